"""What interrupts a form: a session that has ended, somebody who was quicker, an answer that is late or does not come. Nothing that was typed is lost."""

import re
from random import randrange

from playwright.sync_api import Page, expect

from democity.accounts import demo_password
from tests.e2e.conftest import OpenPage
from tests.e2e.holding import Held
from tests.e2e.people import signed_in


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
    number, given = page.locator("input[name=number]"), f"青自然资告字〔2026〕更正{randrange(10**6)}号"
    number.fill(given)
    end_session(page)

    page.get_by_role("button", name="保存更正").click()
    dialog = page.get_by_role("dialog", name="登录已过期")
    expect(dialog.get_by_label("用户名")).to_have_value("demo-land")
    page.keyboard.press("Escape")
    expect(page.get_by_text("登录已过期，没有发送，也未做任何更改")).to_be_visible()
    expect(number).to_have_value(given)

    page.get_by_role("button", name="保存更正").click()
    dialog.get_by_label("密码").fill("not the password")
    dialog.get_by_role("button", name="登录", exact=True).click()
    expect(dialog.get_by_text("用户名或密码不正确。")).to_be_visible()
    dialog.get_by_label("密码").fill(demo_password("demo-land"))
    dialog.get_by_role("button", name="登录", exact=True).click()

    expect(dialog).to_have_count(0)
    expect(number).to_have_count(0)
    expect(page.locator("dl.facts").get_by_text(given).first).to_be_visible()


def test_another_person_who_signs_in_sends_nothing_unasked(open_page: OpenPage) -> None:
    page = open_correction(open_page)
    number, given = page.locator("input[name=number]"), f"青自然资告字〔2026〕他人{randrange(10**6)}号"
    number.fill(given)
    end_session(page)
    page.get_by_role("button", name="保存更正").click()
    dialog = page.get_by_role("dialog", name="登录已过期")
    dialog.get_by_label("用户名").fill("demo-admin")
    dialog.get_by_label("密码").fill(demo_password("demo-admin"))
    dialog.get_by_role("button", name="登录", exact=True).click()

    expect(page.get_by_text(re.compile("现在登录的是“演示 管理员”.*没有发送"))).to_be_visible()
    expect(number).to_have_value(given)
    page.get_by_role("button", name="保存更正").click()
    expect(page.locator("dl.facts").get_by_text(given).first).to_be_visible()


def test_who_was_slower_is_told_what_changed_and_decides(open_page: OpenPage) -> None:
    page = open_correction(open_page)
    phone = f"0532-{randrange(10**8):08}"
    page.locator("input[name=contact_phone]").fill(phone)
    step = page.evaluate(  # a colleague, in the meantime
        """async (code) => {
          const session = await (await fetch("api/v1/session/")).json();
          const notices = await (await fetch(`api/v1/notices/?parcel=${encodeURIComponent(code)}`)).json();
          const open = notices.results.find((one) => one.closed_on === null);
          const headers = {"Content-Type": "application/json", "X-CSRFToken": session.csrf};
          const price_step = open.price_step === 33 ? 34 : 33;
          await fetch(`api/v1/notices/${open.id}/`, {method: "PATCH", headers, body: JSON.stringify({price_step})});
          return price_step;
        }""",
        page.url.split("/land/")[1].split("?")[0],
    )

    page.get_by_role("button", name="保存更正").click()
    expect(page.get_by_text(re.compile(rf"“演示 土地专员”于 .* 修改了加价幅度（.* → {step}"))).to_be_visible()
    expect(page.locator("input[name=contact_phone]")).to_have_value(phone)
    page.get_by_role("button", name="保留我的修改").click()
    expect(page.locator("input[name=contact_phone]")).to_have_count(0)
    expect(page.locator("dl.facts").get_by_text(f"{step} 万元").first).to_be_visible()


def test_a_reply_is_sent_once_and_what_is_typed_meanwhile_stays(open_page: OpenPage) -> None:
    page = signed_in(open_page, "demo-land", "/inbox")
    threads = page.locator("button.row")
    threads.first.click()
    reply, words = page.get_by_label("写回复"), f"可以看地（{randrange(10**6)}）。"
    reply.fill(words)
    held = Held(page, lambda request: request.url.endswith("/messages/"))
    reply.press("Control+Enter")
    reply.press("Control+Enter")
    reply.press_sequentially("周三上午。")
    held.let_go()
    expect(reply).to_have_value("周三上午。")
    expect(page.locator(".bubble").filter(has_text=words)).to_have_count(1)

    threads.nth(1).click()
    expect(reply).to_have_value("")
    threads.first.click()
    expect(reply).to_have_value("周三上午。")


def test_two_changes_in_a_row_are_both_made(open_page: OpenPage) -> None:
    page = signed_in(open_page, "demo-investor", "/account")
    search = page.get_by_role("article").first
    held = Held(page, lambda request: request.method == "PATCH")
    search.get_by_label("启用").click()
    search.get_by_label("系统内通知").click()
    with page.expect_response(lambda answer: "by_app" in (answer.request.post_data or "")) as second:
        held.let_go()
    assert second.value.ok, second.value.text()
    expect(page.get_by_role("alert")).to_have_count(0)


def test_what_is_typed_while_an_account_is_saved_stays(open_page: OpenPage) -> None:
    page = signed_in(open_page, "demo-investor", "/account")
    phone = page.get_by_label("手机或电话")
    held = Held(page, lambda request: request.method == "PATCH")
    page.get_by_role("button", name="保存").first.click()
    phone.fill("13900001234")
    held.let_go()
    expect(page.get_by_role("status").filter(has_text="已保存")).to_be_visible()
    expect(phone).to_have_value("13900001234")


def test_a_password_typed_while_another_is_refused_stays(open_page: OpenPage) -> None:
    page = open_page("/signin")
    password = page.get_by_label("密码")
    page.get_by_label("用户名").fill("demo-land")
    password.fill("not the password")
    held = Held(page, lambda request: request.method == "POST")
    password.press("Enter")
    password.fill("the next one")
    held.let_go()
    expect(page.get_by_text("用户名或密码不正确。")).to_be_visible()
    expect(password).to_have_value("the next one")


def test_a_note_outlives_a_change_beside_it_that_fails_and_the_drawer_it_is_in(open_page: OpenPage) -> None:
    page = signed_in(open_page, "demo-promotion", "/targets")
    page.locator("td.firm button").first.click()
    drawer = page.get_by_role("complementary")
    note = drawer.get_by_label("添加记录")
    note.fill("约周三来访")
    page.route("**/api/v1/targets/*/", lambda route: route.abort())  # the change, and reading it again
    drawer.get_by_role("combobox").first.select_option(index=1)
    expect(drawer.get_by_role("alert").first).to_be_visible()
    expect(note).to_have_value("约周三来访")

    page.unroute("**/api/v1/targets/*/")
    page.keyboard.press("Escape")
    expect(drawer).to_have_count(0)
    page.locator("td.firm button").first.click()
    expect(note).to_have_value("约周三来访")
