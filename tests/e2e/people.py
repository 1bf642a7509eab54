"""People of the demo at the browser."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from playwright.sync_api import Page

from democity.accounts import demo_password


def sign_in(page: Page, username: str) -> None:
    """On the page for it; over when the page is there that was asked for."""
    page.get_by_label("用户名").fill(username)
    page.get_by_label("密码").fill(demo_password(username))
    page.keyboard.press("Enter")
    page.get_by_role("navigation").get_by_text("演示").wait_for()
    page.wait_for_url(lambda url: "/signin" not in url)


def signed_in(open_page: Callable[..., Page], username: str, path: str, **how: Any) -> Page:  # width and height
    page = open_page(f"/signin?next={quote(path, safe='/')}", **how)
    sign_in(page, username)
    return page
