"""What interrupts a form: a session that has ended, somebody who was quicker. Nothing that was typed is lost."""

import re

from playwright.sync_api import Page, expect

from democity.accounts import demo_password
from tests.e2e.conftest import OpenPage
from tests.e2e.test_publication import signed_in


def end_session(page: Page) -> None:
    """As a sign-out in another tab, or the passing of two weeks: the page itself is told nothing."""
    site = re.sub(r"(https?://[^/]+).*", r"\1", page.url)
    token = page.request.get(f"{site}/api/v1/session/").json()["csrf"]
    answer = page.request.delete(f"{site}/api/v1/session/", headers={"X-CSRFToken": token})
    assert answer.status == 204, answer.text()


def open_correction(open_page: OpenPage) -> Page:
    """The form of a notice whose round is open."""
    page = signed_in(open_page, "demo-land", "/notices")
    site = page.url.split("/notices")[0]
    found = page.request.get(f"{site}/api/v1/notices/?stage=announced,listed&limit=1").json()["results"]
    page.goto(f"{site}/land/{found[0]['code']}")
    page.get_by_role("button", name="更正公告").click()
    return page


def test_a_form_outlives_the_session_it_was_opened_in(open_page: OpenPage) -> None:
    page = open_correction(open_page)
    number = page.locator("input[name=number]")
    number.fill("青自然资告字〔2026〕更正一号")
    end_session(page)

    page.get_by_role("button", name="保存更正").click()
    dialog = page.get_by_role("dialog", name="登录已过期")
    expect(dialog.get_by_label("用户名")).to_have_value("demo-land")
    page.keyboard.press("Escape")
    expect(page.get_by_text("登录已过期，没有发送，也未做任何更改")).to_be_visible()
    expect(number).to_have_value("青自然资告字〔2026〕更正一号")

    page.get_by_role("button", name="保存更正").click()
    dialog.get_by_label("密码").fill("not the password")
    dialog.get_by_role("button", name="登录", exact=True).click()
    expect(dialog.get_by_text("用户名或密码不正确。")).to_be_visible()
    dialog.get_by_label("密码").fill(demo_password("demo-land"))
    dialog.get_by_role("button", name="登录", exact=True).click()

    expect(dialog).to_have_count(0)
    expect(number).to_have_count(0)
    expect(page.locator("dl.facts").get_by_text("青自然资告字〔2026〕更正一号").first).to_be_visible()


def test_another_person_who_signs_in_sends_nothing_unasked(open_page: OpenPage) -> None:
    page = open_correction(open_page)
    number = page.locator("input[name=number]")
    number.fill("青自然资告字〔2026〕他人号")
    end_session(page)
    page.get_by_role("button", name="保存更正").click()
    dialog = page.get_by_role("dialog", name="登录已过期")
    dialog.get_by_label("用户名").fill("demo-admin")
    dialog.get_by_label("密码").fill(demo_password("demo-admin"))
    dialog.get_by_role("button", name="登录", exact=True).click()

    expect(page.get_by_text(re.compile("现在登录的是“演示 管理员”.*没有发送"))).to_be_visible()
    expect(number).to_have_value("青自然资告字〔2026〕他人号")
    page.get_by_role("button", name="保存更正").click()
    expect(page.locator("dl.facts").get_by_text("青自然资告字〔2026〕他人号").first).to_be_visible()


def test_who_was_slower_is_told_what_changed_and_decides(open_page: OpenPage) -> None:
    page = open_correction(open_page)
    page.locator("input[name=contact_phone]").fill("0532-55550000")
    page.evaluate(  # a colleague, in the meantime
        """async (code) => {
          const session = await (await fetch("api/v1/session/")).json();
          const notices = await (await fetch(`api/v1/notices/?parcel=${encodeURIComponent(code)}`)).json();
          const open = notices.results.find((one) => one.closed_on === null);
          const headers = {"Content-Type": "application/json", "X-CSRFToken": session.csrf};
          await fetch(`api/v1/notices/${open.id}/`, {method: "PATCH", headers, body: JSON.stringify({price_step: 33})});
        }""",
        page.url.split("/land/")[1].split("?")[0],
    )

    page.get_by_role("button", name="保存更正").click()
    expect(page.get_by_text(re.compile(r"“演示 土地专员”于 .* 修改了加价幅度（.* → 33"))).to_be_visible()
    expect(page.locator("input[name=contact_phone]")).to_have_value("0532-55550000")
    page.get_by_role("button", name="保留我的修改").click()
    expect(page.locator("input[name=contact_phone]")).to_have_count(0)
    expect(page.locator("dl.facts").get_by_text("33 万元").first).to_be_visible()
