"""How quickly the panorama of a chain of 300 nodes can be used, and what a frame costs while it is panned, in Chromium.

The server runs as in production over a database of its own, warm; the visitor's browser has an empty cache each time. "Interactive" is from the start of
the navigation, by the page's own clock, until all cards are drawn and a click on one has opened its drawer with what the server says of the node. Script and
layout of a frame are what the main thread spent on events, timers, functions, style and layout between two frames, from a trace.
"""

import json
import os
import random
import statistics
import sys
import tempfile
import time
from bisect import bisect_right
from pathlib import Path
from typing import Any  # what a trace holds
from urllib.request import urlopen

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks import databases
from benchmarks.ratios import Sheet
from tests.e2e.chromium import CHROMIUM

NAME = os.environ.get("LUODI_BENCH_CHAIN_DATABASE", "luodi_bench_chain")
NODES, EDGES, FIRMS, ROUNDS, FRAMES = 300, 600, 2000, 7, 120
FRAME_MS, INTERACTIVE_SECONDS, ANSWER_MS = 16.0, 2.0, 100.0
WORK = {
    "EvaluateScript", "FunctionCall", "EventDispatch", "FireAnimationFrame", "TimerFire", "RunMicrotasks", "UpdateLayoutTree", "RecalculateStyles",
    "Layout", "PrePaint", "V8.GCScavenger", "MinorGC", "MajorGC", "IntersectionObserverController::computeIntersections",
}  # fmt: skip
CATEGORIES = [
    "devtools.timeline",
    "disabled-by-default-devtools.timeline",
    "disabled-by-default-devtools.timeline.frame",
]
WATCH = """
window.reached = {};
(function watch() {
  const cards = document.querySelectorAll("[data-node]");
  if (!reached.drawn && cards.length >= NODES) {
    reached.drawn = performance.now();
    cards[0].click();
  }
  if (reached.drawn && document.querySelector("aside.drawer section h3")) reached.opened = performance.now();
  else requestAnimationFrame(watch);
})();
""".replace("NODES", str(NODES))
Event = dict[str, Any]


def fill() -> None:
    """One chain of three stages with firms, outputs and edges by chance, unless it is there."""
    from django.contrib.gis.geos import Point

    from chains.models import Chain, ChainEdge, ChainNode, EnterpriseNode
    from enterprises.models import Enterprise, EnterpriseYear
    from geo import hexes

    if EnterpriseNode.objects.filter(node__chain__code="bench").exists():
        return
    chance = random.Random(1)
    chain = Chain.objects.create(code="bench", name="三百环节", name_en="Three hundred")
    stages = ["upstream"] * 120 + ["midstream"] * 120 + ["downstream"] * 60
    nodes = ChainNode.objects.bulk_create(
        ChainNode(chain=chain, code=f"n{at}", name=f"环节{at}号产品", name_en=f"Product {at}", stage=stage)
        for at, stage in enumerate(stages)
    )
    pairs = {tuple(sorted(chance.sample(range(NODES), 2))) for _ in range(EDGES + 50)}
    ChainEdge.objects.bulk_create(
        ChainEdge(chain=chain, supplier=nodes[one], customer=nodes[other]) for one, other in sorted(pairs)[:EDGES]
    )
    place = Point(118.0, 36.3, srid=4490)
    firms = Enterprise.objects.bulk_create(
        Enterprise(
            uscc=f"local:p{at}", name=f"企业 {at}", in_city=True, place=place, cell=hexes.cell_at(place.x, place.y)
        )
        for at in range(FIRMS)
    )
    EnterpriseYear.objects.bulk_create(
        EnterpriseYear(enterprise=firm, year=2024, output=chance.lognormvariate(8, 1.5)) for firm in firms
    )
    EnterpriseNode.objects.bulk_create(EnterpriseNode(enterprise=firm, node=chance.choice(nodes)) for firm in firms)


def interactive(browser: Browser, address: str) -> tuple[float, float]:
    """Seconds until all cards are drawn, and until the drawer of one stands open; an empty cache."""
    page = browser.new_page(viewport={"width": 1280, "height": 900}, locale="zh-CN")
    page.add_init_script(WATCH)
    page.goto(address, wait_until="commit")
    page.wait_for_function("window.reached?.opened")
    reached = page.evaluate("window.reached")
    page.close()
    return reached["drawn"] / 1000, reached["opened"] / 1000


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
    databases.prepare(NAME)
    from django.db import transaction

    with transaction.atomic():
        fill()
    from tests.e2e.city import served

    sheet = Sheet()
    with (
        tempfile.TemporaryDirectory() as folder,
        served(NAME, Path(folder) / "log.txt") as port,
        sync_playwright() as playwright,
    ):
        address = f"http://127.0.0.1:{port}"
        answers = [answer_ms(f"{address}/api/v1/chains/bench/") for _ in range(ROUNDS)]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        interactive(browser, f"{address}/chains/bench")  # the first of a new browser and a new server says nothing
        drawn, opened = zip(*(interactive(browser, f"{address}/chains/bench") for _ in range(ROUNDS)), strict=True)
        print(f"   the first answer of the chain, which reads it: {answers[0]:.0f} ms")
        sheet.at_most("the server's answer of the chain: p50", statistics.median(answers[1:]), ANSWER_MS, "ms")
        print(f"   panorama of {NODES} nodes, all cards drawn: p50 {statistics.median(drawn):.2f} s")
        sheet.at_most(
            "a click on a node has opened its drawer: p50", statistics.median(opened), INTERACTIVE_SECONDS, "s"
        )
        page = browser.new_page(viewport={"width": 1280, "height": 900}, locale="zh-CN")
        page.goto(f"{address}/chains/bench")
        page.locator("[data-node]").nth(NODES - 1).wait_for(state="attached")
        spent = frames(traced(browser, page))
        browser.close()
    sheet.at_most(f"script and layout of a frame, median of {len(spent)}", spent[len(spent) // 2], FRAME_MS, "ms")
    sheet.at_most("the same, 95th percentile", spent[int(0.95 * (len(spent) - 1))], FRAME_MS, "ms")
    return sheet.status


def answer_ms(address: str) -> float:
    begun = time.perf_counter()
    with urlopen(address) as answer:
        answer.read()
    return 1000 * (time.perf_counter() - begun)


if __name__ == "__main__":
    sys.exit(main())
