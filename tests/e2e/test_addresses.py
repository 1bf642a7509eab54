"""The same build at other addresses: below a path prefix, on plain HTTP by IP, behind a proxy that ends TLS."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from democity.accounts import demo_password
from tests.e2e import city, tls
from tests.e2e.conftest import OpenPage


def sign_in(page: Page) -> None:
    page.get_by_role("link", name="登录").click()
    page.get_by_label("用户名").fill("demo-planner")
    page.get_by_label("密码").fill(demo_password("demo-planner"))
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("button", name="账户")).to_be_visible()


def test_it_works_below_a_path_prefix(open_page: OpenPage, city_database: str, pages: Path, tmp_path: Path) -> None:
    environment = {"LUODI_BASE_PATH": "/city/luodi", "LUODI_FRONTEND": str(pages)}
    with city.served(city_database, tmp_path / "log.txt", environment) as port:
        page = open_page("/city/luodi/land?mu=30", at=f"http://127.0.0.1:{port}", map_drawn=True)
        sign_in(page)

        expect(page).to_have_url(re.compile(r"/city/luodi/land\?.*mu=30"))
        cookies = {str(cookie["name"]): cookie for cookie in page.context.cookies()}
        assert cookies["luodi_session"]["path"] == "/city/luodi/"
        page.get_by_role("link", name="首页").click()
        expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_it_works_on_plain_http_by_ip(open_page: OpenPage, site: str) -> None:
    page = open_page("/", map_drawn=True)
    sign_in(page)

    assert site.startswith("http://127.0.0.1:")
    cookies = {str(cookie["name"]): cookie for cookie in page.context.cookies()}
    assert not cookies["luodi_session"]["secure"]
    assert cookies["luodi_session"]["httpOnly"]


def test_it_works_behind_a_proxy_that_ends_tls(
    open_page: OpenPage, city_database: str, pages: Path, tmp_path: Path
) -> None:
    environment = {"LUODI_BEHIND_TLS_PROXY": "1", "LUODI_FRONTEND": str(pages)}
    with (
        city.served(city_database, tmp_path / "log.txt", environment) as port,
        tls.ended_before(port, tmp_path) as secure,
    ):
        page = open_page("/", at=f"https://127.0.0.1:{secure}", map_drawn=True)
        sign_in(page)

        cookies = {str(cookie["name"]): cookie for cookie in page.context.cookies()}
        assert cookies["luodi_session"]["secure"]
        assert cookies["luodi_csrf"]["secure"]
