"""The pictures of the documentation, taken of a running demo: `python -m tests.e2e.pictures [http://127.0.0.1:8000]`."""

import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import BrowserContext, Page, sync_playwright

from tests.e2e.chromium import launch

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs" / "images"
PLANNER = "demo-planner"
LARGEST = 300_000
DRAWN = "() => [...document.querySelectorAll('[role=application]')].every((map) => map.dataset.idle)"


def as_it_is(page: Page) -> None:
    """Nothing to do first."""


def open_first_parcel(page: Page) -> None:
    page.get_by_role("tab", name="排序").click()
    page.get_by_role("listbox").get_by_role("option").first.click()
    page.get_by_text("准入预检").wait_for()


def open_first_post(page: Page) -> None:
    page.get_by_role("region", name="需求").get_by_role("button").nth(2).click()
    page.get_by_text("谁能供应").wait_for()


@dataclass(frozen=True)
class Picture:
    name: str
    path: str
    before: Callable[[Page], None] = as_it_is
    width: int = 1280
    height: int = 740
    staff: bool = False


NEEDS = "needs=investment:80000,land_mu:80,jobs:600,power_mva:40,water_m3d:2000,gas_m3h:1500,sewage_m3d:1500"

PROJECT = "industry=batteries&investment=80000&mu=60&output=150000&tax=6000&jobs=800"
PICTURES = (
    Picture("portal", "/"),
    Picture("portal-en", "/?lang=en"),
    Picture("land", f"/land?{PROJECT}", open_first_parcel),
    Picture("land-phone", f"/land?{PROJECT}", width=360, height=740),
    Picture("parcel", "/land/parcels/370211-DJK2-2026-001", height=980),
    Picture("targets", "/targets", staff=True),
    Picture("board", "/board?kind=want", open_first_post, staff=True),
    Picture("chain", "/chains/new-energy-vehicles", staff=True),
    Picture("industry-map", "/maps/automobiles", staff=True),
    Picture("siting", f"/siting?{NEEDS}&site=120.2234,36.4411", staff=True),
    Picture("data", "/data", staff=True),
    Picture("wall", "/land?wall=1&colour=status&at=120.36,36.25,10.4", width=1920, height=1080),
)


def sign_in(context: BrowserContext, site: str) -> None:
    accounts = subprocess.run(
        [sys.executable, "manage.py", "demo", "--accounts"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    password = next(line.split()[1] for line in accounts.splitlines() if line.startswith(PLANNER))
    page = context.new_page()
    page.goto(f"{site}/signin")
    page.get_by_label("用户名").fill(PLANNER)
    page.get_by_label("密码").fill(password)
    page.get_by_role("button", name="登录").click()
    page.get_by_role("button", name="账户").wait_for()
    page.close()


def lighten(file: Path) -> None:
    """As small as it can be as it is; with fewer shades where that is not small enough."""
    with Image.open(file) as taken:
        picture = taken.convert("RGB")
    picture.save(file, optimize=True)
    if file.stat().st_size > LARGEST:
        picture.quantize(256, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(file, optimize=True)


def take(site: str, names: set[str]) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = launch(playwright)
        visitor, staff = browser.new_context(locale="zh-CN"), browser.new_context(locale="zh-CN")
        sign_in(staff, site)
        for picture in PICTURES:
            if names and picture.name not in names:
                continue
            page = (staff if picture.staff else visitor).new_page()
            page.set_viewport_size({"width": picture.width, "height": picture.height})
            page.set_default_timeout(60_000)
            page.goto(site + picture.path)
            page.wait_for_load_state("networkidle")
            picture.before(page)
            page.wait_for_load_state("networkidle")
            page.wait_for_function(DRAWN)
            page.wait_for_timeout(1000)  # the map's last tiles fade in
            file = FOLDER / f"{picture.name}.png"
            page.screenshot(path=file)
            page.close()
            lighten(file)
            size = file.stat().st_size
            print(f"{size / 1000:8.0f} kB  {file.name}{'  too large' if size > LARGEST else ''}")  # noqa: T201
        browser.close()


if __name__ == "__main__":
    address = next((argument for argument in sys.argv[1:] if "://" in argument), "http://127.0.0.1:8000")
    take(address.rstrip("/"), {argument for argument in sys.argv[1:] if "://" not in argument})
