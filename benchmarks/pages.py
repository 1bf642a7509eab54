"""How long a page takes until its map is idle, and how large the pages' script is.

Against a running server: `LUODI_BENCH_SERVER` (default http://127.0.0.1:8000), a visitor in the distribution's Chromium with WebGL in software. Five rounds over
the pages in turn, a fresh browser profile each, medians.
"""

import gzip
import os
import statistics
import sys
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

from benchmarks.ratios import Sheet

SERVER = os.environ.get("LUODI_BENCH_SERVER", "http://127.0.0.1:8000")
SCRIPTS = Path(__file__).resolve().parents[1] / "frontend" / "dist" / "assets"
PAGES = ("", "land", "data")
ROUNDS = 5
IDLE_SECONDS = 4.0
SCRIPT_MEGABYTES = 1.2
CHROMIUM = ["--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader",
            "--disable-background-networking", "--no-first-run", "--disable-component-update", "--disable-sync"]  # fmt: skip


def script_megabytes() -> float:
    """All script of all pages, compressed as it is sent."""
    scripts = [path for path in SCRIPTS.iterdir() if path.suffix in {".js", ".mjs"}]
    return sum(len(gzip.compress(path.read_bytes(), 9)) for path in scripts) / 1e6


def main() -> int:
    sheet = Sheet()
    sheet.at_most("script of all pages, compressed", script_megabytes(), SCRIPT_MEGABYTES, "MB")
    times: dict[str, list[float]] = {page: [] for page in PAGES}
    with sync_playwright() as playwright:
        for _ in range(ROUNDS):
            for page in PAGES:
                browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=CHROMIUM)
                opened = browser.new_page(viewport={"width": 1280, "height": 800})
                begun = time.perf_counter()
                opened.goto(f"{SERVER}/{page}")
                opened.wait_for_selector("[data-idle]", timeout=60_000)
                times[page].append(time.perf_counter() - begun)
                browser.close()
    for page, seconds in times.items():
        sheet.at_most(f"/{page} until the map is idle", statistics.median(seconds), IDLE_SECONDS, "s")
    return sheet.status


if __name__ == "__main__":
    sys.exit(main())
