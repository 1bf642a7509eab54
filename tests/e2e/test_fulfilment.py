"""履约 and 拿地即开工: two people judge one measurement; land staff keep a checklist that a visitor reads."""

import re
from random import randrange
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import expect

from tests.e2e.conftest import OpenPage
from tests.e2e.people import signed_in


def test_a_measurement_is_recorded_by_one_person_and_confirmed_by_another(open_page: OpenPage) -> None:
    page = signed_in(open_page, "demo-land", "/fulfilment")
    expect(page.locator("[data-summary]")).to_contain_text("达标率")
    page.get_by_role("main").get_by_role("listitem").get_by_role("button").first.click()
    drawer = page.get_by_role("complementary")
    drawer.get_by_role("button", name=re.compile("固定资产投资强度")).click()
    drawer.get_by_role("button", name="登记实测").click()
    drawer.get_by_label("时点").select_option(label="竣工时")
    drawer.get_by_label("实测值").fill("1")
    drawer.get_by_label("佐证").fill("审计报告 7")
    drawer.get_by_role("button", name="保存").click()
    expect(drawer).to_contain_text("待核验")
    expect(drawer).to_contain_text("等待另一位工作人员核验")

    reviewer = signed_in(open_page, "demo-reviewer", "/" + page.url.split("/", 3)[3])
    drawer = reviewer.get_by_role("complementary")
    drawer.get_by_role("button", name=re.compile("固定资产投资强度")).click()
    drawer.get_by_label("整改期至").first.fill("2099-01-01")
    drawer.get_by_role("button", name="确认").first.click()
    expect(drawer).to_contain_text("整改中")
    expect(drawer).to_contain_text(re.compile(r"差 9\d\.\d%"))


def test_land_staff_keep_a_checklist_that_a_visitor_reads_without_its_papers(open_page: OpenPage) -> None:
    page = signed_in(open_page, "demo-land", "/fulfilment")
    code = page.evaluate(
        "async () => (await (await fetch('api/v1/parcels/?status=published&limit=1')).json()).results[0].code"
    )
    page.goto(f"{page.url.split('/fulfilment')[0]}/land/parcels/{code}")
    section = page.locator("[data-readiness]").first
    section.get_by_role("button", name="查看全部事项").click()
    section.get_by_role("button", name="修改净地").click()
    section.get_by_label("状态").select_option(label="办理中")
    section.get_by_label("文号").fill("净地函 12 号")
    section.get_by_role("button", name="保存").click()
    expect(section).to_contain_text("净地（办理中）")
    expect(section).to_contain_text("净地函 12 号")

    visitor = open_page(f"/land/parcels/{code}")
    section = visitor.locator("[data-readiness]").first
    expect(section).to_contain_text("净地（办理中）")
    section.get_by_role("button", name="查看全部事项").click()
    expect(section).not_to_contain_text("净地函 12 号")
    expect(section.get_by_role("button", name="修改净地")).to_have_count(0)


def test_who_was_slower_on_a_checklist_keeps_what_was_typed_and_decides(open_page: OpenPage) -> None:
    page = signed_in(open_page, "demo-land", "/fulfilment?view=assessments")
    page.locator(".holders button").first.click()
    table, number = page.locator("section.one"), randrange(10**6)
    table.get_by_role("button", name="修改").first.click()
    reference = table.get_by_label("文号")
    reference.fill(f"我的文号 {number}")
    page.evaluate(  # a colleague, in the meantime
        """async ([region, note]) => {
          const {csrf} = await (await fetch("api/v1/session/")).json();
          const {items} = await (await fetch(`api/v1/assessments/${region}/`)).json();
          const body = JSON.stringify({items: [{item: items[0].item, note}]});
          const headers = {"Content-Type": "application/json", "X-CSRFToken": csrf};
          await fetch(`api/v1/assessments/${region}/`, {method: "PATCH", headers, body});
        }""",
        [parse_qs(urlsplit(page.url).query)["holder"][0], f"同事 {number}"],
    )
    page.keyboard.press("Escape")
    expect(reference).to_have_value(f"我的文号 {number}")

    table.get_by_role("button", name="保存").click()
    expect(table.get_by_role("alert")).to_contain_text(
        re.compile(rf"“演示 土地专员”于 .* 修改了备注（.* → 同事 {number}")
    )
    expect(reference).to_have_value(f"我的文号 {number}")
    table.get_by_role("button", name="保留我的修改").click()
    expect(reference).to_have_count(0)
    expect(table).to_contain_text(f"我的文号 {number}")
    expect(table).to_contain_text(f"同事 {number}")


def test_commitments_ask_a_visitor_to_sign_in(open_page: OpenPage) -> None:
    page = open_page("/fulfilment", width=360, height=740)
    expect(page.get_by_text("履约情况仅供本地工作人员查看。")).to_be_visible()
