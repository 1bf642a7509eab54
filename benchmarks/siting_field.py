"""Times the fit field of a whole city over HTTP against the limits the project set itself (ratio below 1: within).

Qingdao's real outline, about 156,000 cells of resolution 9; 60 substations, 20 water, 15 gas and 25 sewage works,
70 motorway accesses, 300 facilities of other kinds, residents on every cell, 200 zones and 60 committed projects, all
seeded. Every question differs, so that no answer can be kept. Content is compared first: 200 cells worked out one by one
from the definitions. A scratch database is made beside the deployment's own, and dropped.

    .venv/bin/python benchmarks/siting_field.py
"""

from __future__ import annotations

import gzip
import http.client
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import numpy as np  # noqa: E402
import psycopg  # noqa: E402
import pyarrow as pa  # noqa: E402

from config import env  # noqa: E402

ROUNDS = 5
LIMIT_SECONDS = 0.300
LIMIT_MEGABYTES = 700
DATABASE = "luodi_bench_siting"
PORT = int(os.environ.get("PORT", "8114"))
ARROW = "application/vnd.apache.arrow.stream"
STATIONS = {
    "substation": (60, 120.0),
    "water_plant": (20, 80_000.0),
    "gas_station": (15, 20_000.0),
    "sewage_plant": (25, 60_000.0),
    "motorway_access": (70, None),
    "school": (300, None),
}
WEIGHTS = {"power": 0.3, "water": 0.15, "gas": 0.1, "sewage": 0.15, "labour": 0.2, "motorway": 0.1}


@contextmanager
def scratch_database() -> Iterator[None]:
    """A database of its own; DATABASE_URL names it to everything that follows."""
    place = env.database_url()
    server = {"host": place["HOST"], "port": place["PORT"], "user": place["USER"], "password": place["PASSWORD"]}
    with psycopg.connect(dbname=place["NAME"], autocommit=True, **server) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {DATABASE}")
        secret = f":{quote(place['PASSWORD'])}" if place["PASSWORD"] else ""
        os.environ["DATABASE_URL"] = (
            f"postgis://{place['USER']}{secret}@/{DATABASE}?host={quote(place['HOST'], safe='')}&port={place['PORT']}"
        )
        try:
            yield
        finally:
            connection.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")


def fill() -> str:
    """The city and everything in it; answers a token of a planner."""
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    django.setup()
    from django.contrib.gis.geos import MultiPolygon, Point, Polygon
    from django.core.management import call_command
    from django.db import connection
    from knox.models import AuthToken

    from accounts.models import User
    from geo.city import city_grid
    from geo.models import Facility, GridLayer, GridValue, Zone
    from siting.models import Project

    call_command("migrate", verbosity=0)
    call_command("city", "370200")
    random, grid = np.random.default_rng(0), city_grid()

    def places(count: int) -> list[Point]:
        return [Point(tuple(grid.centres[cell]), srid=4490) for cell in random.integers(0, len(grid), count)]

    Facility.objects.bulk_create(
        Facility(
            code=f"{category}-{number}",
            name=f"{category} {number}",
            category=category,
            capacity=None if capacity is None else float(random.lognormal(0, 0.4) * capacity),
            place=place,
        )
        for category, (count, capacity) in STATIONS.items()
        for number, place in enumerate(places(count))
    )
    Zone.objects.bulk_create(
        Zone(
            code=f"Z{number}",
            kind="permanent_farmland" if number % 2 else "development_zone",
            hazard_max=None if number % 2 else "medium",
            outline=MultiPolygon(
                Polygon.from_bbox((place.x - 0.01, place.y - 0.01, place.x + 0.01, place.y + 0.01)), srid=4490
            ),
        )
        for number, place in enumerate(places(200))
    )
    Project.objects.bulk_create(
        Project(
            code=f"P{number}",
            name=f"P{number}",
            status="committed",
            place=place,
            **{
                name: float(random.lognormal(0, 1) * typical)
                for name, typical in (
                    ("power_mva", 10),
                    ("water_m3d", 900),
                    ("gas_m3h", 300),
                    ("sewage_m3d", 700),
                    ("jobs", 500),
                )
            },
        )
        for number, place in enumerate(places(60))
    )
    layer = GridLayer.objects.create(code="resident_workers", name="工作人口", unit="persons", aggregate="sum")
    GridValue.objects.bulk_create(
        (
            GridValue(layer=layer, cell=cell, value=value)
            for cell, value in zip(
                grid.cells.astype(np.int64).tolist(), random.lognormal(2, 1.5, len(grid)).tolist(), strict=True
            )
        ),
        batch_size=20_000,
    )
    _, token = AuthToken.objects.create(
        user=User.objects.create_user(username="bench", password=os.urandom(16).hex(), role="planner")
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return str(token)


@contextmanager
def server() -> Iterator[int]:
    """The server as `make run` starts it; gives the process id of its parent."""
    command = [sys.executable, "-m", "granian", "config.wsgi:application", "--interface", "wsgi", "--no-ws"]
    place = ["--host", "127.0.0.1", "--port", str(PORT), "--workers", "1", "--blocking-threads", "4"]
    process = subprocess.Popen([*command, *place, "--log-level", "warning"], cwd=ROOT)
    try:
        for _ in range(200):
            try:
                ask_path("/healthz")
                break
            except OSError:
                time.sleep(0.1)
        yield process.pid
    finally:
        process.terminate()
        process.wait()


def ask_path(path: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)
    connection.request("GET", path)
    return connection.getresponse().status


def project(seed: int) -> dict[str, float]:
    random = np.random.default_rng(seed)
    needs = {"power_mva": 60, "water_m3d": 9000, "gas_m3h": 3000, "sewage_m3d": 7000, "jobs": 90_000}
    return {name: float(random.uniform(0.5, 2) * need) for name, need in needs.items()}


def ask(token: str, accept: str, needs: dict[str, float]) -> tuple[float, bytes]:
    """Seconds until the last byte, and the body as it was before compression."""
    weights = dict.fromkeys(
        ("steam", "housing", "rail", "port", "airport", "metro", "hospital", "agglomeration", "job_housing"), 0.0
    )
    body = json.dumps({"project": needs, "field": True, "weights": weights | WEIGHTS})
    headers = {
        "Authorization": f"Bearer {token}",
        "Content-Type": "application/json",
        "Accept": accept,
        "Accept-Encoding": "gzip",
    }
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=300)
    start = time.perf_counter()
    connection.request("POST", "/api/v1/siting/fit/", body, headers)
    answer = connection.getresponse()
    content = answer.read()
    seconds = time.perf_counter() - start
    if answer.status != 200:
        raise SystemExit(f"{answer.status}: {content[:500]!r}")
    return seconds, gzip.decompress(content) if answer.headers["Content-Encoding"] == "gzip" else content


def assert_right(body: bytes, needs: dict[str, float]) -> int:
    """200 cells worked out one by one from METHODS 6; answers how many cells the field has."""
    from geo import hexes
    from geo.models import Facility, GridValue
    from siting.models import Project

    table = pa.ipc.open_stream(body).read_all()
    cells, values = table["cell"].to_numpy(), table["value"].to_numpy(zero_copy_only=False)
    workers = np.array(GridValue.objects.values_list("cell", "value"), dtype=object)
    homes, owner = np.unique(hexes.parents(workers[:, 0].astype(np.uint64), 8), return_inverse=True)
    supplies: dict[str, tuple[Any, Any]] = {
        category: (at(Facility.objects.filter(category=category), 9), amounts(category)) for category in STATIONS
    }
    supplies["labour"] = hexes.centres(homes), np.bincount(owner, workers[:, 1].astype(float))
    chosen = np.random.default_rng(1).choice(np.flatnonzero(~np.isnan(values)), 200, replace=False)
    logs = np.zeros(200)
    for resource, (source, need, reach, resolution) in {
        "power": ("substation", "power_mva", 8, 9),
        "water": ("water_plant", "water_m3d", 15, 9),
        "gas": ("gas_station", "gas_m3h", 15, 9),
        "sewage": ("sewage_plant", "sewage_m3d", 15, 9),
        "labour": ("labour", "jobs", 10, 8),
    }.items():
        where, amount = supplies[source]
        pull = decay(at(Project.objects.all(), resolution)[:, None], where[None], reach) * amount
        whole = pull.sum(axis=1, keepdims=True)
        shares = np.divide(pull, whole, out=np.zeros_like(pull), where=whole > 0)
        drawn = (shares * np.array(Project.objects.values_list(need, flat=True))[:, None]).sum(axis=0)
        sites = hexes.centres(hexes.parents(cells[chosen], resolution))
        reached = decay(sites[:, None], where[None], reach) @ np.maximum(0, amount - drawn)
        logs += WEIGHTS[resource] * np.log(np.maximum(np.minimum(1, reached / needs[need]), 0.01))
    km = hexes.distances_km(hexes.centres(cells[chosen])[:, None], supplies["motorway_access"][0][None]).min(axis=1)
    logs += WEIGHTS["motorway"] * np.log(np.maximum(np.clip((20 - km) / 15, 0, 1), 0.01))
    worst = float(np.abs(100 * np.exp(logs) - values[chosen]).max())
    if worst > 1e-3:
        raise SystemExit(f"the field is {worst} away from the definition")
    return len(cells)


def at(rows: Any, resolution: int) -> Any:
    from geo import hexes

    places = [point.coords for point in rows.order_by("pk").values_list("place", flat=True)]
    cells = hexes.cells_at([lon for lon, _ in places], [lat for _, lat in places])
    return hexes.centres(hexes.parents(cells, resolution))


def amounts(category: str) -> Any:
    from geo.models import Facility

    rows = Facility.objects.filter(category=category).order_by("pk").values_list("capacity", flat=True)
    return np.array([np.nan if capacity is None else capacity for capacity in rows], dtype=float)


def decay(one: Any, other: Any, reach: float) -> Any:
    from geo import hexes

    distance = hexes.distances_km(one, other)
    return np.where(distance <= reach, 0.01 ** ((distance / reach) ** 2), 0.0)


def resident_megabytes(parent: int) -> float:
    """Of the server and its worker."""
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    total = 0
    for process in (str(parent), *children):
        status = Path(f"/proc/{process}/status").read_text()
        total += int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS")))
    return total / 1024


def main() -> None:
    with scratch_database():
        token = fill()
        with server() as process:
            cold, body = ask(token, ARROW, project(0))
            cells = assert_right(body, project(0))
            print(f"{cells:,} cells; the first answer, everything read and worked out, {cold:.2f} s")
            taken: dict[str, list[float]] = {"JSON": [], "Arrow": []}
            for seed in range(1, ROUNDS + 1):
                for name, accept in (("JSON", "application/json"), ("Arrow", ARROW)):
                    taken[name].append(ask(token, accept, project(seed))[0])
            resident = resident_megabytes(process)
    ratios = [statistics.median(seconds) / LIMIT_SECONDS for seconds in taken.values()]
    for (name, seconds), ratio in zip(taken.items(), ratios, strict=True):
        print(f"field as {name:6} {statistics.median(seconds) * 1000:6.0f} ms  limit 300 ms  ratio {ratio:.2f}")
    print(f"resident memory {resident:6.0f} MB  limit {LIMIT_MEGABYTES} MB  ratio {resident / LIMIT_MEGABYTES:.2f}")
    if max(*ratios, resident / LIMIT_MEGABYTES) > 1:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
