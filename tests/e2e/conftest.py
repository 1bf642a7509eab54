"""Journeys in a browser: the built pages, served as in production, over a small demo city in a database of its own."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connections
from playwright.sync_api import Browser, Page, Response, expect, sync_playwright

from tests.e2e import city
from tests.e2e.chromium import launch
from tests.e2e.people import signed_in

PATIENCE_MS = 20_000
expect.set_options(timeout=PATIENCE_MS)

# Playwright keeps an event loop in this thread, which Django would take for an asynchronous view.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the built pages, or of those at LUODI_FRONTEND: a build in the meantime does not take them away."""
    built = Path(os.environ.get("LUODI_FRONTEND") or city.ROOT / "frontend" / "dist")
    if not (built / "index.html").is_file():
        pytest.fail("The pages are not built: run `make setup`, or `npm run build` in frontend/.")
    return shutil.copytree(built, tmp_path_factory.mktemp("pages") / "dist")


@pytest.fixture(scope="session")
def city_database(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Name of the database with the city."""
    name = f"{settings.DATABASES['default']['TEST']['NAME'].split('_gw')[0]}_browser"
    shared = tmp_path_factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        shared = shared.parent
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))
    city.prepare(name, run, shared / "city.lock", reuse=request.config.getoption("--reuse-db"))
    return name


@pytest.fixture(scope="session")
def site(city_database: str, pages: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the site, without a slash at its end."""
    folder = tmp_path_factory.mktemp("server")
    with city.served(city_database, folder / "log.txt", {"LUODI_FRONTEND": str(pages)}) as port:
        yield f"http://127.0.0.1:{port}"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Closed with each file: while its event loop runs, Django would open a second connection for other tests."""
    with sync_playwright() as playwright:
        chromium = launch(playwright)
        yield chromium
        chromium.close()
        connections.close_all()  # under Playwright's loop this thread has a second connection, which no one else closes


OpenPage = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser, site: str) -> Iterator[OpenPage]:
    """`open_page("/land?mu=50", width=360)`: a fresh visitor's page; with `map_drawn` once its map stands still.

    At the end of the test nothing may have failed in it, and nothing may have been asked of any other server.
    """
    troubles: list[str] = []
    contexts = []

    def check_answer(answer: Response) -> None:
        if answer.status >= 500:
            troubles.append(f"{answer.status} {answer.url}")

    def open_it(
        path: str = "/", *, width: int = 1280, height: int = 800, at: str = site, map_drawn: bool = False
    ) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": height}, locale="zh-CN", ignore_https_errors=True
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        page.on("pageerror", lambda error: troubles.append(f"error in the page: {error}"))
        page.on("response", check_answer)
        page.on(
            "request",
            lambda request: (
                None
                if request.url.startswith((at, "data:", "blob:"))
                else troubles.append(f"asked of another server: {request.url}")
            ),
        )
        page.goto(at + path)
        if map_drawn:
            page.wait_for_selector("[data-idle]", timeout=3 * PATIENCE_MS)
        return page

    yield open_it
    for context in contexts:
        context.close()
    assert not troubles, "\n".join(troubles)


@pytest.fixture
def open_as_planner(open_page: OpenPage) -> OpenPage:
    """Like `open_page`, signed in as the demo's planner."""

    def open_it(path: str, *, map_drawn: bool = False, **how: Any) -> Page:  # width and height
        page = signed_in(open_page, "demo-planner", path, **how)
        if map_drawn:
            page.wait_for_selector("[data-idle]", timeout=3 * PATIENCE_MS)
        return page

    return open_it
