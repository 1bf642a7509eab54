"""Tiles of a million parcels and a million points by HTTP with rights, against raw ST_AsMVT over a socket and tipg on the same tables.

Four connections, uncompressed unless said otherwise, five interleaved rounds, medians. What the three answer is compared
first: as many features in each of the tiles. The limits are held against tiles drawn anew, as raw ST_AsMVT and tipg draw them: that server
has no memory of tiles; and against the server as it is deployed, which keeps what it drew lately.
"""

import os
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import shapely.geometry

from benchmarks import http_load, province
from benchmarks.ratios import Sheet

ROUNDS = 5
SECONDS = 4.0


@dataclass(frozen=True)
class Subject:
    """A layer of ours, and the same rows for those who know no rights."""

    layer: str
    table: str
    identity: str
    fields: tuple[str, ...]
    seen: str
    """What a visitor may see, in SQL."""
    filter: str
    """The same in CQL2, as far as the rows need it."""
    place: str
    """A point of each row, in degrees."""

    @property
    def raw(self) -> str:
        return f"""
WITH tile AS MATERIALIZED (
    SELECT ST_TileEnvelope(%(z)s, %(x)s, %(y)s) AS box,
           ST_TileEnvelope(%(z)s, %(x)s, %(y)s, margin => 64 / 4096.0) AS wide
)
SELECT ST_AsMVT(feature, '{self.layer}', 4096, 'shape', '{self.identity}') FROM (
    SELECT {self.identity}, ST_AsMVTGeom(web, tile.box, 4096, 64) AS shape, {", ".join(self.fields)}
    FROM {self.table}, tile WHERE web && tile.wide AND {self.seen}
) AS feature
"""

    def ours(self, tile: "Tile") -> str:
        z, x, y = tile
        return f"/tiles/{self.layer}/{z}/{x}/{y}.mvt"

    def theirs(self, tile: "Tile") -> str:
        z, x, y = tile
        return (
            f"/collections/public.{self.table}/tiles/WebMercatorQuad/{z}/{x}/{y}"
            f"?geom-column=web&properties={','.join(self.fields)}&filter={self.filter}&filter-lang=cql2-text"
        )


PARCELS = Subject(
    "parcels", "landparcels_parcel", "id", ("code", "status", "area_mu", "land_use", "start_price"),
    "status IN ('published', 'reserved', 'transferred')", "status%3D%27published%27", "label_point",
)  # fmt: skip
FIRMS = Subject(
    "enterprises", "enterprises_enterprise", "id", ("uscc", "name", "industry", "scale", "rating"),
    "listed", "listed%3Dtrue", "place",
)  # fmt: skip

Tile = tuple[int, int, int]


def tiles_at(zoom: int, number: int, subject: Subject = PARCELS) -> list[Tile]:
    """Tiles in which rows lie, the same in every run."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT DISTINCT floor((ST_X({subject.place}) + 180) / 360 * (1 << %s))::int, "
            f"floor((1 - ln(tan(radians(ST_Y({subject.place}))) + 1 / cos(radians(ST_Y({subject.place})))) / pi()) / 2 * (1 << %s))::int "
            f"FROM {subject.table} WHERE id %% 97 = 0 ORDER BY 1, 2",
            [zoom, zoom],
        )
        found = cursor.fetchall()
    random.Random(1).shuffle(found)
    return [(zoom, x, y) for x, y in found[:number]]


def raw_rate(subject: Subject, tiles: list[Tile], seconds: float) -> float:
    """The database alone: four connections, prepared statements, from threads."""
    import psycopg

    from config import env

    def ask(share: list[Tile]) -> int:
        done = 0
        with psycopg.connect(
            host=str(env.socket_directory()), user="luodi", dbname=province.NAME, autocommit=True
        ) as link:
            ends = time.perf_counter() + seconds
            while time.perf_counter() < ends:
                z, x, y = share[done % len(share)]
                link.execute(subject.raw, {"z": z, "x": x, "y": y}, prepare=True, binary=True).fetchone()
                done += 1
        return done

    shares = [tiles[start::4] or tiles for start in range(4)]
    with ThreadPoolExecutor(4) as pool:
        return sum(pool.map(ask, shares)) / seconds


def serve_luodi(port: int, memory: str = "48") -> subprocess.Popen[bytes]:
    return subprocess.Popen(
            [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port),
             "--workers", "1", "--blocking-threads", "4", "--no-ws", "--no-access-log", "--log-level", "error", "config.wsgi:application"],
        env={**os.environ, "DATABASE_URL": province.address(), "LUODI_TILE_MEMORY_MB": memory},
    )  # fmt: skip


def serve_tipg(port: int) -> subprocess.Popen[bytes]:
    from config import env

    where = f"postgresql://luodi@{quote(str(env.socket_directory()), safe='')}/{province.NAME}"
    environment = {
        **os.environ,
        "DATABASE_URL": where,
        "TIPG_DB_SCHEMAS": '["public"]',
        "TIPG_DB_TABLES": f'["public.{PARCELS.table}", "public.{FIRMS.table}"]',
        "TIPG_MAX_FEATURES_PER_TILE": "100000000",
        "DB_MIN_CONN_SIZE": "4",
        "DB_MAX_CONN_SIZE": "4",
    }
    return subprocess.Popen(
        [
            sys.executable,
            "-m",
            "uvicorn",
            "tipg.main:app",
            "--host",
            "127.0.0.1",
            "--port",
            str(port),
            "--log-level",
            "error",
        ],
        env=environment,
    )


def compare(subject: Subject, luodi: int, tipg: int, tiles: list[Tile]) -> None:
    """The three answer the same features, or nothing is measured."""
    import urllib.request

    import mapbox_vector_tile
    from django.db import connection

    for tile in tiles:
        z, x, y = tile
        with connection.cursor() as cursor:
            cursor.execute(subject.raw, {"z": z, "x": x, "y": y})
            raw = bytes(cursor.fetchone()[0])
        found = []
        for content in (
            raw,
            urllib.request.urlopen(f"http://127.0.0.1:{luodi}{subject.ours(tile)}").read(),
            urllib.request.urlopen(f"http://127.0.0.1:{tipg}{subject.theirs(tile)}").read(),
        ):
            layers = mapbox_vector_tile.decode(content).values() if content else ()
            found.append(
                sum(touches_the_tile(f["geometry"], layer["extent"]) for layer in layers for f in layer["features"])
            )
        if found[0] != found[1] or not 0 <= found[1] - found[2] <= 2:  # tipg drops what only rounding brings inside
            raise SystemExit(f"tile {tile}: raw, luodi and tipg answer {found} features; nothing was measured")


def touches_the_tile(geometry: dict[str, Any], extent: int) -> bool:  # GeoJSON of the decoder
    """Whether it lies in the tile itself; what lies in the margin alone tipg leaves out."""
    west, south, east, north = shapely.geometry.shape(geometry).bounds
    return bool(east > 0 and west < extent and north > 0 and south < extent)


def median_rates(sides: dict[str, Callable[[], float]]) -> dict[str, float]:
    rounds: dict[str, list[float]] = {name: [] for name in sides}
    for _ in range(ROUNDS):
        for name, ask in sides.items():
            rounds[name].append(ask())
    return {name: statistics.median(rates) for name, rates in rounds.items()}


def hold(
    sheet: Sheet, subject: Subject, zoom: int, of_raw: float, of_tipg: float, luodi: int, deployed: int, tipg: int
) -> None:
    """One zoom of one table: content first, then the rates in turn."""
    tiles = tiles_at(zoom, 400, subject)
    compare(subject, luodi, tipg, tiles[:10])
    mine, other = [subject.ours(tile) for tile in tiles], [subject.theirs(tile) for tile in tiles]
    rates = median_rates(
        {
            "raw": lambda: raw_rate(subject, tiles, SECONDS),
            "luodi": lambda: http_load.rate(luodi, mine, seconds=SECONDS)[0],
            "gzip": lambda: http_load.rate(luodi, mine, seconds=SECONDS, headers="Accept-Encoding: gzip\r\n")[0],
            "with memory": lambda: http_load.rate(deployed, mine, seconds=SECONDS)[0],
            "tipg": lambda: http_load.rate(tipg, other, seconds=SECONDS)[0],
        }
    )
    what = f"{subject.layer} z{zoom}"
    print(f"   {what} tiles/s: " + ", ".join(f"{name} {figure:,.0f}" for name, figure in rates.items()))
    sheet.at_least(f"{what} luodi / raw ST_AsMVT", rates["luodi"] / rates["raw"], of_raw)
    sheet.at_least(f"{what} luodi / tipg", rates["luodi"] / rates["tipg"], of_tipg)
    if zoom == 12:
        sheet.at_least(f"{what} luodi with gzip / raw ST_AsMVT", rates["gzip"] / rates["raw"], 0.6)
    sheet.at_least(f"{what} luodi as deployed / raw ST_AsMVT", rates["with memory"] / rates["raw"], of_raw)


def main() -> int:
    province.prepare()
    sheet = Sheet()
    luodi, deployed, tipg = http_load.free_port(), http_load.free_port(), http_load.free_port()
    servers = [serve_luodi(luodi, memory="0"), serve_luodi(deployed), serve_tipg(tipg)]
    try:
        http_load.wait_for(luodi, "/healthz")
        http_load.wait_for(deployed, "/healthz")
        http_load.wait_for(tipg, "/healthz")
        for subject in (PARCELS, FIRMS):
            for zoom, of_raw, of_tipg in ((14, 0.5, 5.0), (12, 0.75, 1.5)):
                hold(sheet, subject, zoom, of_raw, of_tipg, luodi, deployed, tipg)
        low = tiles_at(8, 60)
        http_load.rate(luodi, ["/api/v1/parcels/histograms/?indicators=far_max"], seconds=0.1)  # as the page does first
        _, times = http_load.rate(luodi, [PARCELS.ours(tile) for tile in low], seconds=SECONDS)
        sheet.at_most("z8 unfiltered p95", 1000 * statistics.quantiles(times, n=20)[-1], 150, "ms")
        sheet.at_most("z8 three filters, first answer of each filter, p95", first_filtered(luodi, low), 600, "ms")
    finally:
        for server in servers:
            server.terminate()
        for server in servers:
            server.wait()
    return sheet.status


def first_filtered(port: int, tiles: list[Tile]) -> float:
    """Milliseconds: every request has thresholds that nobody asked for before, so nothing kept can help."""
    import urllib.request

    times = []
    for number in range(40):
        query = f"?far_max__gte={1.2 + number / 100}&tax_per_mu_min__lte={60 + number / 10}&highway_km__lte=70"
        begun = time.perf_counter()
        urllib.request.urlopen(f"http://127.0.0.1:{port}{PARCELS.ours(tiles[number % len(tiles)])}{query}").read()
        times.append(1000 * (time.perf_counter() - begun))
    return statistics.quantiles(times, n=20)[-1]


if __name__ == "__main__":
    sys.exit(main())
