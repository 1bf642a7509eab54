"""供需对接: from a search by pinyin to what answers it and the office's inbox."""

from random import randrange

from playwright.sync_api import expect

from tests.e2e.conftest import OpenPage
from tests.e2e.people import signed_in


def test_staff_write_a_post_down_find_it_by_pinyin_and_ask_for_what_answers_it(open_page: OpenPage) -> None:
    page = signed_in(open_page, "demo-promotion", "/board")
    product = f"测试用蜂窝陶瓷{randrange(10**6):06}"
    wants = page.get_by_role("region", name="需求")
    wanted = wants.get_by_role("button").first
    firm = wanted.locator(".firm").inner_text().split(" ·")[0]
    page.get_by_role("button", name="新增供需").click()
    page.get_by_label("企业", exact=True).fill(firm)
    code = page.locator("#board-firms option").first
    code.wait_for(state="attached")
    page.get_by_label("企业", exact=True).fill(code.get_attribute("value") or "")
    for kind in ("供应", "需求"):
        expect(page.get_by_role("radio", name=kind)).to_be_visible()
    page.get_by_label("产品", exact=True).fill(product)
    page.get_by_role("button", name="存为草稿").click()
    drawer = page.get_by_role("complementary", name=product)
    drawer.get_by_role("button", name="发布").click()
    expect(drawer.get_by_role("button", name="结束")).to_be_visible()

    page.get_by_label("产品名、拼音或首字母").fill("fengwotaoci")
    offers = page.get_by_role("region", name="供应")
    expect(offers.get_by_role("button", name=product)).to_contain_text("拼音")
    drawer.get_by_role("button", name="联系（经由招商部门）").click()
    drawer.get_by_label("想采购或供应什么").fill("想要两吨，下月交货")
    drawer.get_by_role("button", name="发送").click()
    drawer.get_by_role("link", name="查看这次咨询").click()
    expect(page.get_by_role("link", name=f"供应：{product}")).to_be_visible()


def test_a_visitor_reads_the_board_on_a_phone(open_page: OpenPage) -> None:
    page = open_page("/board", width=360, height=780)
    expect(page.get_by_role("heading", name="供需对接")).to_be_visible()
    expect(page.get_by_role("region", name="需求")).to_be_visible()
    expect(page.get_by_role("button", name="新增供需")).to_have_count(0)
