"""What a page may cost, and what is left of it without WebGL."""

import gzip
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.chromium import CHROMIUM

ALL_SCRIPT = 1_200_000


def test_all_script_together_stays_within_its_budget(pages: Path) -> None:
    scripts = list((pages / "assets").glob("*.js"))

    assert scripts
    assert sum(len(gzip.compress(script.read_bytes())) for script in scripts) <= ALL_SCRIPT


def test_built_files_name_no_other_server(pages: Path) -> None:
    """Fonts, styles and workers are our own; addresses in comments of licences and names of XML are no requests."""
    styles = [style.read_text(encoding="utf-8") for style in (pages / "assets").glob("*.css")]
    document = (pages / "index.html").read_text(encoding="utf-8")

    assert not [style for style in styles if "url(http" in style or "url(//" in style or "@import" in style]
    assert "http://" not in document
    assert "https://" not in document


@pytest.fixture
def browser_without_webgl(browser: Browser) -> Browser:
    return browser.browser_type.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-3d-apis"])


def test_without_webgl_the_page_says_so_and_the_ranking_still_works(browser_without_webgl: Browser, site: str) -> None:
    page = browser_without_webgl.new_page(locale="zh-CN")
    page.goto(f"{site}/land?mu=30")

    expect(page.get_by_text("没有 WebGL2")).to_be_visible(timeout=30_000)
    page.get_by_role("tab", name="排序").click()
    page.get_by_role("listbox").get_by_role("option").first.click()

    expect(page.get_by_role("complementary").get_by_role("heading", name="用途与行业")).to_be_visible(timeout=30_000)
    browser_without_webgl.close()
