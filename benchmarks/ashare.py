"""The whole A-share graph through the API, loaded by the lines of docs/real-city/ashare-graph.md: 95,558 nodes, 109,626 edges.

Its firms are given what the files lack: every second one stands in the city, with an output by chance, so that all figures have something to work on.
The first answer is that of a process that has read nothing yet; what is asked of the machine's own clock is told beside the wall's, as others may use it too.
"""

import os
import random
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any  # what an answer holds

from benchmarks import databases
from benchmarks.ratios import Sheet

NAME = os.environ.get("LUODI_BENCH_GRAPH_DATABASE", "luodi_bench_graph")
PAGE = databases.ROOT / "docs" / "real-city" / "ashare-graph.md"
COLD_SECONDS, STOP_MS, ROUNDS = 15.0, 300.0, 7
NODE = "锂离子电池"


def fill() -> None:
    """The loads of the page, then city and outputs."""
    from django.db import transaction

    from chains.models import EnterpriseNode
    from enterprises.models import Enterprise, EnterpriseYear
    from geo import hexes

    if not EnterpriseNode.objects.exists():
        for line in re.findall(r"^\.venv/bin/python (manage\.py load .*)$", PAGE.read_text(encoding="utf-8"), re.M):
            print(f"   {line[:90]} …", file=sys.stderr, flush=True)
            words = [word.strip('"') for word in re.findall(r'"[^"]*"|\S+', line)]
            subprocess.run([sys.executable, *words], cwd=databases.ROOT, check=False, stdout=subprocess.DEVNULL)
    if Enterprise.objects.in_city().exists():
        return
    chance = random.Random(1)
    firms = list(Enterprise.objects.order_by("id").values_list("id", flat=True))
    with transaction.atomic():
        Enterprise.objects.filter(pk__in=firms[::2]).update(
            in_city=True, place="SRID=4490;POINT(118 36.3)", cell=hexes.cell_at(118.0, 36.3)
        )
        EnterpriseYear.objects.bulk_create(
            EnterpriseYear(enterprise_id=firm, year=2024, output=chance.lognormvariate(8, 1.5)) for firm in firms
        )


def timed(ask: Callable[[], Any]) -> tuple[float, float]:
    """Seconds by the wall's clock and of this process."""
    wall, own = time.perf_counter(), time.process_time()
    answer = ask()
    if answer.status_code != 200:
        raise SystemExit(answer.content.decode())
    return time.perf_counter() - wall, time.process_time() - own


def median_ms(ask: Callable[[], Any]) -> float:
    ask()
    return 1000 * statistics.median(timed(ask)[0] for _ in range(ROUNDS))


def main() -> int:
    databases.prepare(NAME)
    fill()
    from django.conf import settings

    settings.ALLOWED_HOSTS = ["*"]
    from rest_framework.test import APIClient

    from accounts.models import Role, User
    from chains.models import ChainNode
    from enterprises.models import Enterprise

    sheet, client = Sheet(), APIClient()
    staff = User.objects.filter(username="bench").first() or User.objects.create_user(username="bench", role=Role.ADMIN)
    client.force_authenticate(staff)
    chain = "/api/v1/chains/ashare/"
    wall, own = timed(lambda: client.get(chain))
    print(f"   supply, state, criticality, chokepoints of the whole graph, cold: {own:.2f} s of this process")
    sheet.at_most("the same by the wall's clock", wall, COLD_SECONDS, "s")
    print(f"   ratio to the limit {wall / COLD_SECONDS:.2f}")
    firm = Enterprise.objects.in_city().filter(nodes__isnull=False).order_by("id").values_list("uscc", flat=True)[0]
    sheet.at_most(
        "one firm stops: p50",
        median_ms(lambda: client.post(f"{chain}disruption/", {"enterprises": [firm]}, format="json")), STOP_MS, "ms",
    )  # fmt: skip
    node = ChainNode.objects.get(name=NODE).code
    told: dict[str, Callable[[], Any]] = {
        f"what lies around {NODE}": lambda: client.get(f"{chain}neighbourhood/", {"node": node}),
        f"firms worth inviting for {NODE}": lambda: client.get(f"{chain}targets/", {"node": node}),
        "firms worth inviting for the whole graph": lambda: client.get(f"{chain}targets/"),
        "firms worth inviting for the city": lambda: client.get("/api/v1/targets/directory/"),
    }
    for what, ask in told.items():
        print(f"   {what}: p50 {median_ms(ask):.0f} ms")
    return sheet.status


if __name__ == "__main__":
    sys.exit(main())
