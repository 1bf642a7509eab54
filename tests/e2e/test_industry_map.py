"""产业地图: a planner's way from an industry to where it is strong and who leads it."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import PATIENCE_MS, OpenPage


def wait_for_map(page: Page) -> None:
    page.wait_for_selector("[data-idle]", timeout=60_000)


def test_an_industry_is_found_by_name_or_code_and_opens_its_sheet(open_as_planner: OpenPage) -> None:
    page = open_as_planner("/maps")

    expect(page.locator("button.industry")).to_have_count(27)
    search = page.get_by_placeholder("名称或国标行业代码")
    search.fill("3851")
    expect(page.locator("button.industry")).to_have_count(1)
    search.press("Enter")

    expect(page).to_have_url(re.compile("/maps/smart-appliances"))
    expect(page.get_by_role("heading", name=re.compile("智能家电"))).to_be_visible()
    expect(page.get_by_text("企业自己的最近一年")).to_be_visible()
    expect(page.get_by_role("img", name="各区县的产值与区位商")).to_be_visible()
    expect(page.locator(".top li").first).to_contain_text("元")


def test_a_search_that_finds_nothing_says_so_and_leads_back(open_page: OpenPage) -> None:
    page = open_page("/maps")

    page.get_by_placeholder("名称或国标行业代码").fill("黄金")
    expect(page.get_by_text("没有叫“黄金”的产业。")).to_be_visible()
    page.get_by_role("button", name="显示全部").click()

    expect(page.locator("button.industry")).to_have_count(27)


def test_each_view_has_its_legend_with_no_data_in_it_and_stands_in_the_address(open_as_planner: OpenPage) -> None:
    page = open_as_planner("/maps/food")
    wait_for_map(page)
    legend = page.get_by_role("region", name="图例")

    expect(legend).to_contain_text("每个六边形的产值")
    expect(legend).to_contain_text("分位数分级")
    expect(legend).to_contain_text("有企业，无数据")

    page.get_by_role("group", name="地图显示").get_by_role("button", name="区位商").click()
    expect(page).to_have_url(re.compile("view=quotient"))
    expect(legend).to_contain_text("≥ 2.5")
    expect(legend).to_contain_text("无数据")
    expect(legend.locator(".swatch")).to_have_count(9)  # seven classes, no data, clusters

    page.get_by_role("group", name="地图显示").get_by_role("button", name="企业").click()
    expect(legend).to_contain_text("每个六边形的企业数")


def test_the_sheet_is_measured_by_jobs_and_a_link_keeps_it(open_as_planner: OpenPage) -> None:
    page = open_as_planner("/maps/food")

    page.get_by_role("group", name="按什么衡量").get_by_role("button", name="就业").click()

    expect(page).to_have_url(re.compile("size=jobs"))
    expect(page.get_by_role("img", name="各区县的就业与区位商")).to_be_visible()
    page.reload()
    expect(page.get_by_role("group", name="按什么衡量").get_by_role("button", name="就业")).to_have_attribute(
        "aria-pressed", "true"
    )


def test_a_leading_firm_opens_with_its_years_and_ratios_and_esc_closes_it(open_as_planner: OpenPage) -> None:
    page = open_as_planner("/maps/food")

    first = page.locator(".top button").first
    name = first.locator(".who span").first.inner_text()
    first.click()

    drawer = page.get_by_role("complementary")
    expect(drawer.get_by_role("heading", name=name)).to_be_visible()
    expect(drawer.get_by_text("亩均税收").first).to_be_visible()
    expect(drawer.get_by_role("img", name="历年")).to_be_visible()
    page.keyboard.press("Escape")
    expect(drawer).to_have_count(0)


def test_districts_stand_in_a_table_too_and_a_row_marks_one(open_as_planner: OpenPage) -> None:
    page = open_as_planner("/maps/food")

    page.get_by_role("button", name="各区县").click()
    row = page.get_by_role("row").filter(has_text="黄岛区")
    expect(row).to_contain_text("%")
    row.click()

    expect(page).to_have_url(re.compile("district=370211"))


def test_clusters_are_listed_with_their_leaders_and_a_click_goes_there(open_as_planner: OpenPage) -> None:
    page = open_as_planner("/maps/food")
    wait_for_map(page)

    first = page.locator(".clusters li").first
    expect(first).to_contain_text("家")
    expect(page.get_by_role("region", name="图例")).to_contain_text("集群")
    first.locator(".where").click()

    expect(page).to_have_url(re.compile(r"at=[\d.]+,[\d.]+,1[0-3]"))


def test_a_visitor_is_told_that_the_live_sheet_is_for_staff(open_page: OpenPage) -> None:
    page = open_page("/maps/food")

    expect(page.get_by_text("产业的产值、就业和密度供工作人员查看")).to_be_visible()
    expect(page.get_by_role("link", name="工作人员登录")).to_have_attribute("href", re.compile("next=/maps/food"))
    assert "亿元" not in page.locator(".panel").inner_text()


def test_an_industry_that_is_not_there_is_said_not_to_be(open_page: OpenPage) -> None:
    page = open_page("/maps/gold")

    expect(page.get_by_text("没有“gold”这个产业。")).to_be_visible()


@pytest.mark.parametrize(("width", "height"), [(360, 740), (3840, 2160)])
def test_the_sheet_fits_a_phone_and_a_wall(open_as_planner: OpenPage, width: int, height: int) -> None:
    page = open_as_planner("/maps/food", width=width, height=height)

    # A wall drawn without a graphics card takes its time.
    expect(page.get_by_role("heading", name=re.compile("食品加工"))).to_be_visible(timeout=PATIENCE_MS)
    expect(page.get_by_role("img", name="各区县的产值与区位商")).to_be_attached(timeout=PATIENCE_MS)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
