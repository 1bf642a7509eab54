"""What holds of every page: it fits a phone, a desk and a wall, in both languages."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import OpenPage

PAGES = ("/", "/land", "/chains", "/maps", "/siting", "/data")
OWN_NAMES = "落地|中文|演示.*"
"""The mark, the other language, and the account's name: the same in both."""
HAN = re.compile(r"[\u4e00-\u9fff]")


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than its window."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def in_english(page: Page) -> None:
    page.evaluate(
        """() => fetch('api/v1/session/').then((answer) => answer.json()).then((told) => fetch('api/v1/session/', {
          method: 'PATCH', headers: {'Content-Type': 'application/json', 'X-CSRFToken': told.csrf},
          body: JSON.stringify({language: 'en'})}))"""
    )


@pytest.mark.parametrize(
    ("width", "height", "languages"), [(360, 740, ("zh", "en")), (3840, 2160, ("en",))], ids=["phone", "wall"]
)
def test_every_page_fits_and_speaks_the_language(
    open_as_planner: OpenPage, width: int, height: int, languages: tuple[str, ...]
) -> None:
    page = open_as_planner("/", width=width, height=height)
    site = re.sub(r"^(https?://[^/]+).*", r"\1", page.url)
    for language in languages:
        if language == "en":
            in_english(page)
        for path in PAGES:
            page.goto(site + path)
            expect(page.locator("html")).to_have_attribute("lang", re.compile(f"^{language}"))
            page.wait_for_function("document.body.innerText.length > 150")  # more than the rail alone
            assert overflow(page) <= 0, f"{path} in {language} at {width} px"
            spoken = re.sub(OWN_NAMES, "", page.get_by_role("navigation").first.inner_text())
            assert bool(HAN.search(spoken)) == (language == "zh"), f"{path}: {spoken}"


@pytest.mark.parametrize(("width", "height"), [(360, 740), (3840, 2160)])
def test_the_sign_in_page_fits_in_both_languages(open_page: OpenPage, width: int, height: int) -> None:
    page = open_page("/signin", width=width, height=height)
    expect(page.get_by_label("用户名")).to_be_visible()
    assert overflow(page) <= 0
    in_english(page)
    page.reload()
    expect(page.get_by_label("Password")).to_be_visible()
    assert overflow(page) <= 0
