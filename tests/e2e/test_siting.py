"""落图: a planner states what a project needs, sees where it fits, and asks why."""

import re

from playwright.sync_api import expect

from tests.e2e.conftest import OpenPage
from tests.e2e.holding import Held


def test_a_visitor_is_asked_to_sign_in(open_page: OpenPage) -> None:
    page = open_page("/siting")
    expect(page.get_by_role("link", name="去登录")).to_be_visible()
    expect(page.get_by_text("综合适配度")).to_have_count(0)


def test_needs_and_a_place_give_a_fit_with_its_bottleneck_and_stay_in_the_address(open_as_planner: OpenPage) -> None:
    page = open_as_planner("/siting?site=120.19,36.0", map_drawn=True)
    drawer = page.get_by_role("complementary", name="选址分析")
    expect(drawer.get_by_text("综合适配度").first).to_be_visible()

    page.get_by_label("用电").fill("40")
    page.keyboard.press("Tab")

    expect(page).to_have_url(re.compile("power_mva(:|%3A)40"))
    power = drawer.locator("li").filter(has_text="电力").first
    expect(power).to_contain_text("需 40 MVA")
    expect(power).to_contain_text("最大单站")
    power.get_by_role("button").click()
    expect(power).to_contain_text("权重")


def test_a_need_that_nothing_can_carry_is_the_bottleneck(open_as_planner: OpenPage) -> None:
    page = open_as_planner("/siting?site=120.19,36.0&needs=power_mva:5000")
    drawer = page.get_by_role("complementary", name="选址分析")
    expect(drawer.get_by_text("瓶颈：电力")).to_be_visible()
    expect(drawer.locator("li").first).to_contain_text("缺")


def test_a_click_on_the_map_puts_the_project_there_and_draws_the_field(open_as_planner: OpenPage) -> None:
    page = open_as_planner("/siting?at=120.19,36.0,12&needs=power_mva:40", map_drawn=True)
    canvas = page.locator("canvas.maplibregl-canvas")
    box = canvas.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)

    expect(page).to_have_url(re.compile(r"site=120\.\d+(,|%2C)3[56]\.\d+"))
    drawer = page.get_by_role("complementary", name="选址分析")
    expect(drawer.get_by_text("综合适配度").first).to_be_visible()
    expect(page.get_by_role("region", name="图例")).to_contain_text("适配度")


def test_a_site_in_the_sea_is_answered_in_words(open_as_planner: OpenPage) -> None:
    page = open_as_planner("/siting?site=121.5,35.0")
    drawer = page.get_by_role("complementary", name="选址分析")
    expect(drawer.get_by_role("alert")).to_contain_text("请在市域陆地上选点")


def test_a_loaded_project_brings_its_needs(open_as_planner: OpenPage) -> None:
    page = open_as_planner("/siting")
    page.locator(".el-select").first.click()
    page.locator(".el-select-dropdown__item:visible").first.click()
    expect(page).to_have_url(re.compile("project="))
    expect(page).to_have_url(re.compile("needs="))


def test_usual_needs_that_come_late_do_not_cover_those_of_a_project_chosen_since(open_as_planner: OpenPage) -> None:
    page = open_as_planner("/siting?needs=investment:50000,land_mu:100")
    held = Held(page, lambda request: "/requirement-profiles/" in request.url)
    with page.expect_request("**/requirement-profiles/**"):
        page.get_by_role("combobox", name="按行业填入典型需求").click()
        page.locator(".el-select-dropdown__item:visible").first.click()

    expect(page.locator(".el-select-dropdown__item:visible")).to_have_count(0)
    page.locator(".el-select").first.click()
    page.locator(".el-select-dropdown__item:visible").first.click()
    expect(page).to_have_url(re.compile("project="))
    fields = page.locator(".needs input")
    before = [field.input_value() for field in fields.all()]
    with page.expect_response("**/requirement-profiles/**"):
        held.let_go()

    page.evaluate("new Promise((drawn) => setTimeout(drawn))")
    assert [field.input_value() for field in fields.all()] == before


def test_parcels_are_ranked_for_the_project_and_lead_to_their_page(open_as_planner: OpenPage) -> None:
    page = open_as_planner("/siting?needs=power_mva:10,land_mu:20")
    page.get_by_role("button", name="为此项目排序宗地").click()
    cards = page.locator("ol .card")
    expect(cards.first).to_be_visible()
    cards.first.click()
    expect(page.get_by_role("complementary", name="选址分析")).to_be_visible()
    page.get_by_role("link", name="宗地详情").first.click()
    expect(page).to_have_url(re.compile("/land/"))


def test_the_panel_is_a_sheet_on_a_phone(open_as_planner: OpenPage) -> None:
    page = open_as_planner("/siting?site=120.19,36.0", width=360, height=740)
    page.get_by_role("button", name="关闭").click()
    expect(page.get_by_label("用电")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
