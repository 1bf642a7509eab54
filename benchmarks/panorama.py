"""How quickly the panorama of a chain of 300 nodes stands, and what a frame costs while it is panned, from a Chromium trace.

Against a running server: `LUODI_BENCH_SERVER` (default http://127.0.0.1:8000), a visitor in the distribution's Chromium. The chain is made here and handed
to the page in place of the server's answer, so that the measure is the page's alone. Script and layout of a frame are what the main thread spent on events, timers,
functions, style and layout between two frames.
"""

import json
import os
import random
import sys
import time
from bisect import bisect_right
from typing import Any  # what a trace and an answer of the server hold

from playwright.sync_api import Browser, Page, Route, sync_playwright

from benchmarks.ratios import Sheet
from tests.e2e.chromium import CHROMIUM

SERVER = os.environ.get("LUODI_BENCH_SERVER", "http://127.0.0.1:8000")
NODES, EDGES, FRAMES = 300, 600, 120
FRAME_MS, INTERACTIVE_SECONDS = 16.0, 2.0
WORK = {
    "EvaluateScript", "FunctionCall", "EventDispatch", "FireAnimationFrame", "TimerFire", "RunMicrotasks", "UpdateLayoutTree", "RecalculateStyles",
    "Layout", "PrePaint", "V8.GCScavenger", "MinorGC", "MajorGC", "IntersectionObserverController::computeIntersections",
}  # fmt: skip
CATEGORIES = [
    "devtools.timeline",
    "disabled-by-default-devtools.timeline",
    "disabled-by-default-devtools.timeline.frame",
]
Event = dict[str, Any]


def chain() -> dict[str, Any]:
    """Three stages, states and edges by chance, as a visitor gets them."""
    chance = random.Random(1)
    stages = ["upstream"] * 120 + ["midstream"] * 120 + ["downstream"] * 60
    nodes = [
        {
            "node": f"n{at}", "name": f"环节{at}号产品", "name_en": f"Product {at}", "stage": stage, "parent": None, "leaf": True,
            "essential": False, "state": chance.choice(["missing", "weak", "absent", "balanced", "strong"]),
            "behind_missing": False, "enterprises": chance.randint(0, 90),
        }
        for at, stage in enumerate(stages)
    ]  # fmt: skip
    pairs = {(chance.randrange(NODES), chance.randrange(NODES)) for _ in range(EDGES + 50)}
    edges = [
        {"source": f"n{min(pair)}", "target": f"n{max(pair)}", "coefficient": 0.1, "assumed": True}
        for pair in list(pairs)[:EDGES]
        if pair[0] != pair[1]
    ]
    thresholds = {
        "version": 0,
        "weak_rate": 0.6,
        "strong_lq": 1.5,
        "single_source": 0.7,
        "chokepoint": 0.3,
        "unknown_barrier": 0.5,
    }
    return {
        "code": "bench", "name": "三百环节", "name_en": "Three hundred", "synthetic": True, "thresholds": thresholds, "drawn": True,
        "size": NODES, "nodes": nodes, "edges": edges,
    }  # fmt: skip


def traced(browser: Browser, page: Page) -> list[Event]:
    """The trace of panning to and fro with the pointer, and of scrolling."""
    box = page.locator(".ground").bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] - 20, box["y"] + box["height"] / 2
    browser.start_tracing(page=page, categories=CATEGORIES)
    page.mouse.move(x, y)
    page.mouse.down()
    for at in range(FRAMES):
        page.mouse.move(x - 4 * (at % 60), y - 5 * (at % 60))
    page.mouse.up()
    for at in range(FRAMES):
        page.mouse.wheel(0, 60 if at % 60 < 30 else -60)
    found: list[Event] = json.loads(browser.stop_tracing())["traceEvents"]
    return found


def frames(events: list[Event]) -> list[float]:
    """Milliseconds of script and layout in each frame of the page's main thread, by the thread's own clock: what the machine
    does beside it does not count. Work within work counts once."""
    begins = [event for event in events if event["name"] == "BeginMainThreadFrame"]
    threads = [(event["pid"], event["tid"]) for event in begins]
    main = max(set(threads), key=threads.count)
    edges = sorted(event["ts"] for event in begins if (event["pid"], event["tid"]) == main)
    spent = [0.0] * len(edges)
    reached = 0.0
    own = [event for event in events if event.get("ph") == "X" and (event["pid"], event["tid"]) == main]
    for event in sorted((event for event in own if event["name"] in WORK), key=lambda event: event["ts"]):
        if event["ts"] < reached:
            continue  # within the one before
        reached = event["ts"] + event.get("dur", 0)
        frame = bisect_right(edges, event["ts"]) - 1
        if frame >= 0:
            spent[frame] += float(event.get("tdur") or event.get("dur") or 0) / 1000
    return sorted(spent)


def main() -> int:
    sheet = Sheet()
    answer = json.dumps(chain(), ensure_ascii=False)

    def hand_over(route: Route) -> None:
        route.fulfill(status=200, content_type="application/json", body=answer)

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 900}, locale="zh-CN")
        page.route("**/api/v1/chains/bench/", hand_over)
        page.goto(f"{SERVER}/chains")
        page.wait_for_load_state("networkidle")
        start = time.perf_counter()
        page.goto(f"{SERVER}/chains/bench")
        page.locator("[data-node]").nth(NODES - 1).wait_for(state="attached")
        page.locator("[data-node]").first.click(trial=True)
        sheet.at_most("panorama of 300 nodes, interactive", time.perf_counter() - start, INTERACTIVE_SECONDS, "s")
        spent = frames(traced(browser, page))
        browser.close()
    sheet.at_most(f"script and layout of a frame, median of {len(spent)}", spent[len(spent) // 2], FRAME_MS, "ms")
    sheet.at_most("the same, 95th percentile", spent[int(0.95 * (len(spent) - 1))], FRAME_MS, "ms")
    return sheet.status


if __name__ == "__main__":
    sys.exit(main())
