"""招商名录: from a missing link to a followed firm, and the calls that everyone may read."""

from playwright.sync_api import expect

from tests.e2e.conftest import OpenPage
from tests.e2e.holding import Held
from tests.e2e.people import signed_in


def test_a_firm_is_taken_up_from_the_directory_noted_and_seen_by_others_only_as_followed(open_page: OpenPage) -> None:
    page = signed_in(open_page, "demo-huangdao", "/targets?view=directory")
    card = page.get_by_role("article").filter(has=page.get_by_role("button", name="认领跟进")).first
    name = card.locator(".name").inner_text()
    card.get_by_role("button", name="依据").click()
    expect(card.get_by_text("需求", exact=True)).to_be_visible()
    card.get_by_role("button", name="认领跟进").click()
    mine = page.get_by_role("article").filter(has_text=name)
    expect(mine.get_by_text("由本区域跟进")).to_be_visible()

    mine.get_by_role("button", name="打开").click()
    drawer = page.get_by_role("complementary", name=name)
    drawer.get_by_label("添加记录").fill("电话沟通，约下周来访")
    drawer.locator(".note").get_by_role("button", name="保存").click()
    expect(drawer.get_by_role("listitem").filter(has_text="电话沟通，约下周来访")).to_be_visible()
    with page.expect_download() as started:
        drawer.get_by_role("button", name="中文").click()
    assert started.value.suggested_filename.endswith("-zh.pdf")

    other = signed_in(open_page, "demo-chengyang", "/targets?view=directory")
    theirs = other.get_by_role("article").filter(has_text=name)
    expect(theirs.get_by_text("黄岛区自")).to_be_visible()
    expect(theirs.get_by_role("button", name="申请移交")).to_be_visible()
    expect(theirs.get_by_role("button", name="打开")).to_have_count(0)


def test_nothing_can_be_taken_up_before_it_is_known_who_follows_it(open_page: OpenPage) -> None:
    page = signed_in(open_page, "demo-huangdao", "/targets")
    held = Held(page, lambda request: "/targets/followed/" in request.url)
    page.get_by_role("button", name="城市名录").click()
    expect(page.get_by_role("button", name="依据").first).to_be_visible()
    expect(page.get_by_role("button", name="认领跟进")).to_have_count(0)
    held.let_go()
    expect(page.get_by_role("button", name="认领跟进").first).to_be_visible()


def test_a_visitor_reads_the_calls_on_a_phone(open_page: OpenPage) -> None:
    page = open_page("/calls", width=360, height=780)
    expect(page.get_by_role("heading", name="揭榜需求")).to_be_visible()
    expect(page.get_by_role("article").first).to_contain_text("联系：")
    expect(page.get_by_role("button", name="新建需求榜")).to_have_count(0)
