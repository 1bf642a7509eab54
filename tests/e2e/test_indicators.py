"""指标: a city's own indicators, asked for by an investor and declared by a land officer."""

import re
from random import randrange

from playwright.sync_api import expect

from tests.e2e.conftest import OpenPage
from tests.e2e.people import signed_in


def test_choices_are_pressed_and_what_is_asked_stands_in_the_address(open_page: OpenPage) -> None:
    page = open_page("/land")
    page.get_by_role("button", name=re.compile("^供地条件")).click()
    options = page.get_by_role("group", name="土壤污染状况调查", exact=True)
    options.get_by_role("button", name=re.compile("已通过评审")).click()
    page.get_by_role("group", name="土壤污染状况调查：希望还是必须").get_by_role("button", name="必须").click()

    expect(page).to_have_url(re.compile("soil_survey.*passed"))
    pressed = page.get_by_role("group", name="土壤污染状况调查", exact=True).get_by_role(
        "button", name=re.compile("已通过评审")
    )
    expect(pressed).to_have_attribute("aria-pressed", "true")
    count = (pressed.text_content() or "").split()[-1]
    expect(page.get_by_role("button", name=f"查看 {count} 宗")).to_be_visible()


def test_a_land_officer_declares_an_indicator_and_is_told_what_is_wrong_beside_its_field(open_page: OpenPage) -> None:
    page = signed_in(open_page, "demo-land", "/data?view=indicators")
    number = randrange(10**6)
    page.get_by_role("button", name="新增指标").click()
    page.get_by_label("代码").fill("start_price")
    page.get_by_label("中文名称").fill(f"屋顶光伏 {number}")
    page.get_by_label("类型").select_option("yes_no")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("代码“start_price”已另有用途")).to_be_visible()

    page.get_by_label("代码").fill(f"rooftop_solar_{number}")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_role("listitem").filter(has_text=f"屋顶光伏 {number}")).to_contain_text("0 宗已填")
