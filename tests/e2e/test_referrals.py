"""A region without land for a project points to its sisters, and its staff pass the project on to one of them."""

import re

from playwright.sync_api import expect

from tests.e2e.conftest import OpenPage
from tests.e2e.people import signed_in


def test_a_project_without_land_is_passed_on_and_the_other_region_accepts_it(open_page: OpenPage) -> None:
    page = signed_in(open_page, "demo-promotion", "/land")
    site = page.url.split("/land")[0]
    page.goto(f"{site}/land?region=370202&mu=100")
    page.get_by_role("tab", name="排序").click()
    sister = page.locator(".elsewhere li", has=page.get_by_role("button", name="黄岛"))
    expect(sister).to_contain_text("宗")
    sister.get_by_role("button", name="转介到这里").click()
    sister.get_by_label("附言").fill("一百亩，年内开工（测试）")
    sister.get_by_role("button", name="转介", exact=True).click()
    expect(sister.get_by_role("status")).to_have_text("已转介")

    there = signed_in(open_page, "demo-huangdao", "/land?referrals=1")
    row = there.locator("article", has_text="一百亩，年内开工（测试）").first
    expect(row).to_contain_text("待回复")
    row.get_by_role("button", name="接收").click()
    expect(row).to_contain_text("已接收")

    page.goto(f"{site}/land?referrals=1")
    expect(page.locator("article", has_text="一百亩，年内开工（测试）").first).to_contain_text(
        re.compile("已接收.*demo-huangdao")
    )
