"""投资人: registers with little, has new land told, asks about a parcel, and is answered."""

import re
from random import randrange

from playwright.sync_api import Page, expect

from tests.e2e.conftest import OpenPage
from tests.e2e.people import signed_in


def register(page: Page, name: str, phone: str) -> None:
    page.get_by_label("企业或个人名称").fill(name)
    page.get_by_label("手机或电话").fill(phone)
    page.get_by_label("密码").fill("correct horse battery")
    page.get_by_label("我已阅读并同意").check()
    page.get_by_role("button", name="注册并登录").click()


def test_an_investor_registers_from_the_land_page_and_is_told_of_new_land(open_page: OpenPage) -> None:
    page = open_page("/land?mu=30")
    page.get_by_role("button", name="有新地时通知我").click()
    page.get_by_role("link", name="注册").click()
    register(page, "测试投资人甲", f"139{randrange(10**8):08}")
    page.wait_for_url(re.compile(r"/land\?mu=30"))

    page.get_by_role("button", name="有新地时通知我").click()
    page.get_by_label("名称").fill("三十亩以上")
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_text("已保存“三十亩以上”")).to_be_visible()
    page.get_by_role("link", name="在账户页管理").click()
    expect(page.get_by_role("article").filter(has_text="三十亩以上")).to_contain_text("宗符合")

    page.get_by_role("button", name="清除我的信息…").click()
    page.get_by_label("请输入密码确认").fill("correct horse battery")
    page.get_by_role("button", name="立即清除").click()
    expect(page.get_by_role("navigation").get_by_text("登录")).to_be_visible()


def test_a_question_about_a_parcel_is_answered_by_its_office(open_page: OpenPage) -> None:
    visitor = open_page("/register")
    offered = visitor.request.get(f"{visitor.url.removesuffix('/register')}/api/v1/parcels/?status=published&limit=1")
    visitor.goto(visitor.url.replace("/register", f"/land/{offered.json()['results'][0]['code']}"))
    visitor.get_by_role("button", name="咨询承办部门").click()
    visitor.get_by_label("想了解什么").fill("能否先租后让？")
    visitor.get_by_label("称呼").fill("测试工")
    visitor.get_by_label("手机或电话").fill("13912340002")
    visitor.get_by_label("我已阅读并同意").check()
    visitor.get_by_role("button", name="发送").click()
    expect(visitor.get_by_text("已送达宗地所在区域的承办部门。")).to_be_visible()

    office = signed_in(open_page, "demo-land", "/inbox", width=360, height=740)
    office.get_by_role("button", name="能否先租后让").first.click()
    expect(office.get_by_text("139****0002")).to_be_visible()
    office.get_by_role("button", name="显示联系方式").click()
    expect(office.get_by_text("13912340002")).to_be_visible()
    expect(office.get_by_text("本次查看已写入审计。")).to_be_visible()
    office.get_by_label("写回复").fill("可以。")
    office.get_by_role("button", name="发送").click()
    expect(office.get_by_role("paragraph").filter(has_text="已答复").first).to_be_visible()
