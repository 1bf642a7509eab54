"""The first page: what is on offer now, and the ways in."""

import re

from django.utils.crypto import get_random_string
from playwright.sync_api import Page, expect

from democity.accounts import demo_password
from tests.e2e.conftest import OpenPage


def test_the_portal_shows_what_is_on_offer_and_says_that_it_is_invented(open_page: OpenPage) -> None:
    page = open_page("/", map_drawn=True)

    expect(page.get_by_role("heading", level=1)).to_contain_text("青岛市")
    door = page.get_by_role("link", name=re.compile("我要选地"))
    expect(door).to_contain_text(re.compile(r"\d+\s*宗可供"))
    expect(door).to_contain_text(re.compile(r"[\d,]+\s*亩"))
    expect(page.get_by_text("演示数据 · synthetic")).to_be_visible()


def test_a_door_leads_to_the_land_page(open_page: OpenPage) -> None:
    page = open_page("/")

    page.get_by_role("link", name=re.compile("我要选地")).click()

    expect(page).to_have_url(re.compile(r"/land"))
    expect(page.get_by_role("heading", name="项目")).to_be_visible()


def test_search_finds_a_parcel_and_opens_it(open_page: OpenPage) -> None:
    page = open_page("/")

    page.get_by_role("combobox").wait_for()
    page.keyboard.press("/")
    page.keyboard.insert_text("号地块")  # at once: of "号" alone something else is the first
    page.get_by_role("option").first.wait_for()
    name = page.get_by_role("option").first.locator("span").first.inner_text()
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile(r"/land/\S+"))
    expect(page.get_by_role("complementary").get_by_role("heading", name=name)).to_be_visible()


def test_search_says_when_nothing_is_found(open_page: OpenPage) -> None:
    page = open_page("/")

    page.get_by_role("combobox").fill("没有这样的东西")

    expect(page.get_by_text("没有找到“没有这样的东西”。")).to_be_visible()


def test_the_language_changes_and_is_remembered(open_page: OpenPage) -> None:
    page = open_page("/")

    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Land industry in Qingdao")
    page.reload()

    expect(page.get_by_role("heading", level=1)).to_have_text("Land industry in Qingdao")
    assert page.locator("html").get_attribute("lang") == "en"


def sign_in(page: Page, username: str, password: str) -> None:
    page.get_by_label("用户名").fill(username)
    page.get_by_label("密码").fill(password)
    page.get_by_role("button", name="登录").click()


def test_staff_sign_in_come_back_to_where_they_were_and_sign_out(open_page: OpenPage) -> None:
    page = open_page("/land?mu=50")
    page.get_by_role("link", name="登录").click()

    sign_in(page, "demo-planner", demo_password("demo-planner"))

    expect(page).to_have_url(re.compile(r"/land\?.*mu=50"))
    expect(page.get_by_role("tab", name="排序").locator(".count")).to_have_text(re.compile(r"\d+"))  # asked by POST
    page.get_by_role("button", name="账户").click()
    page.get_by_text("退出登录").click()
    expect(page.get_by_role("link", name="登录")).to_be_visible()


def test_a_wrong_password_is_said_in_words(open_page: OpenPage) -> None:
    page = open_page("/signin")

    sign_in(page, f"nobody-{get_random_string(6)}", "not the password")

    expect(page.get_by_role("alert")).to_contain_text("用户名或密码不正确")


def test_on_a_phone_the_doors_are_a_sheet_over_the_map(open_page: OpenPage) -> None:
    page = open_page("/", width=360, height=740, map_drawn=True)

    expect(page.get_by_role("link", name=re.compile("我要选地"))).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    sheet = page.get_by_role("button", name="拉起或收起面板")
    sheet.press("ArrowDown")
    expect(sheet).to_have_attribute("aria-expanded", "false")


def test_an_address_that_does_not_exist_says_so(open_page: OpenPage) -> None:
    page = open_page("/land/one/two")

    expect(page.get_by_text("没有这个页面")).to_be_visible()
