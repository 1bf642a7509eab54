"""The distribution's Chromium, drawing WebGL in software."""

import os

from playwright.sync_api import Browser, Playwright

CHROMIUM = os.environ.get("LUODI_CHROMIUM", "/usr/bin/chromium")
WEBGL = ("--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist")


def launch(playwright: Playwright) -> Browser:
    return playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", *WEBGL])
