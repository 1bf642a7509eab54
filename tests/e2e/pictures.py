"""The pictures of the documentation, taken of a running demo: `python -m tests.e2e.pictures [http://127.0.0.1:8000]`."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.e2e.chromium import launch

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "images"
LARGEST = 300_000


def as_it_is(page: Page) -> None:
    """Nothing to do first."""


def open_first_parcel(page: Page) -> None:
    page.get_by_role("tab", name="排序").click()
    page.get_by_role("listbox").get_by_role("option").first.click()
    page.get_by_text("准入预检").wait_for()


@dataclass(frozen=True)
class Picture:
    name: str
    path: str
    before: Callable[[Page], None] = as_it_is
    width: int = 1280
    height: int = 800


PROJECT = "industry=batteries&investment=80000&mu=60&output=150000&tax=6000&jobs=800"
PICTURES = (
    Picture("portal", "/"),
    Picture("portal-en", "/?lang=en"),
    Picture("land", f"/land?{PROJECT}", open_first_parcel),
    Picture("land-phone", f"/land?{PROJECT}", width=360, height=740),
    Picture("chain", "/chains/batteries"),
    Picture("industry-map", "/maps/batteries"),
    Picture("siting", "/siting"),
    Picture("data", "/data"),
    Picture("wall", "/land?wall=1&colour=status&at=120.36,36.25,10.4", width=1920, height=1080),
)


def take(site: str, names: set[str]) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = launch(playwright)
        for picture in PICTURES:
            if names and picture.name not in names:
                continue
            page = browser.new_page(viewport={"width": picture.width, "height": picture.height})
            page.set_default_timeout(60_000)
            page.goto(site + picture.path)
            page.wait_for_load_state("networkidle")
            picture.before(page)
            page.wait_for_load_state("networkidle")
            page.wait_for_timeout(3000)  # the map's last tiles fade in
            file = FOLDER / f"{picture.name}.png"
            page.screenshot(path=file)
            page.close()
            size = file.stat().st_size
            print(f"{size / 1000:8.0f} kB  {file.name}{'  too large' if size > LARGEST else ''}")  # noqa: T201
        browser.close()


if __name__ == "__main__":
    address = next((argument for argument in sys.argv[1:] if "://" in argument), "http://127.0.0.1:8000")
    take(address.rstrip("/"), {argument for argument in sys.argv[1:] if "://" not in argument})
