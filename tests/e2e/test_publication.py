"""Land on the market for everyone, and a parcel's way past the reviewer for staff."""

import re
from urllib.parse import urlsplit

from playwright.sync_api import expect

from tests.e2e.conftest import OpenPage
from tests.e2e.people import signed_in


def test_a_visitor_reads_this_month_finds_a_notice_and_looks_at_a_day_of_the_past(open_page: OpenPage) -> None:
    page = open_page("/notices")
    for counter in ("公告面积", "出让宗数", "本月新增（宗）"):
        expect(page.locator(".figures").get_by_text(counter)).to_be_visible()
    expect(page.get_by_role("button", name="待办")).to_have_count(0)

    page.get_by_role("group", name="供应阶段").get_by_role("button", name="成交").click()
    expect(page).to_have_url(re.compile("stage=sold"))
    expect(page.locator("tbody .stage:not(.sold)")).to_have_count(0)
    page.locator("section.list tbody tr a").first.click()
    expect(page.locator(".track [aria-current=step]")).to_have_text(re.compile("成交"))

    page.goto(page.url.split("/land/")[0] + "/notices?view=past&on=1995-05-05")
    expect(page.get_by_text("1995-05-05 没有公开的宗地。")).to_be_visible()


def test_a_reviewer_sends_a_parcel_back_and_the_officer_submits_it_again(open_page: OpenPage) -> None:
    page = signed_in(open_page, "demo-reviewer", "/notices?view=desk")
    waiting = page.locator("section", has=page.get_by_role("heading", name="待审核"))
    waiting.get_by_role("link").first.click()
    expect(page.get_by_role("button", name="审核通过")).to_be_enabled()

    page.get_by_role("button", name="退回修改").click()
    page.get_by_label("原因（必填）").fill("缺宗地图（测试）")
    page.get_by_role("button", name="确认退回修改").click()
    expect(page.locator(".history li").first).to_contain_text("缺宗地图（测试）")

    page = signed_in(open_page, "demo-land", urlsplit(page.url).path)
    page.get_by_role("button", name="提交审核").click()
    page.get_by_role("button", name="确认提交审核").click()
    expect(page.locator(".history li").first).to_contain_text("已提交")
    expect(page.get_by_role("button", name=re.compile("审核通过"))).to_be_disabled()  # by someone else
