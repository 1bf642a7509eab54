"""A province to measure on: a database of its own with a million parcels in 200 parks and a million firms.

Everything is worked out before it is written, and written once, along the space-filling curve as the import path does;
indexes are built and triggers switched on when the rows stand. Every third parcel of a street has a road beside it, so
that parcels touch in threes.
"""

import os
import sys
from typing import Any

from benchmarks import databases

NAME = os.environ.get("LUODI_BENCH_DATABASE", "luodi_bench")
PARCELS = int(os.environ.get("LUODI_BENCH_ROWS", "1000000"))
CITIES, PARKS_EACH = 10, 20
PARKS = CITIES * PARKS_EACH
CENTRE = (118.0, 36.3)
WEST, SOUTH = CENTRE[0] - 2.25, CENTRE[1] - 1.6

REGIONS_SQL = """
INSERT INTO geo_region (adcode, name, level, parent_id, path, is_root)
SELECT '990000', '基准省', 'province', NULL, '/990000/', true
UNION ALL
SELECT '99' || lpad(city::text, 2, '0') || '00', '市 ' || city, 'city', '990000',
       '/990000/99' || lpad(city::text, 2, '0') || '00/', false
FROM generate_series(1, {cities}) AS city
UNION ALL
SELECT '99' || lpad(city::text, 2, '0') || lpad(park::text, 2, '0'), '园区 ' || city || '-' || park, 'park',
       '99' || lpad(city::text, 2, '0') || '00',
       '/990000/99' || lpad(city::text, 2, '0') || '00/99' || lpad(city::text, 2, '0') || lpad(park::text, 2, '0') || '/', false
FROM generate_series(1, {cities}) AS city, generate_series(1, {parks}) AS park
"""

PARCELS_SQL = """
INSERT INTO landparcels_parcel
    (code, name, status, land_use, admits, excludes, region_id, outline, cell, extra, {indicators})
SELECT 'B' || n, '', CASE WHEN n % 10 = 0 THEN 'draft' ELSE 'published' END, '100102', '{{}}', '{{}}', region, outline,
       cell, '{{}}', {values}
FROM (
    SELECT n, region, cell, ST_Multi(ST_SetSRID(ST_MakePolygon(ST_MakeLine(ARRAY(
        SELECT ST_MakePoint(west + wide * x, south + high * y) FROM unnest(
            ARRAY[0, 1/3., 2/3., 1, 1, 1, 2/3., 1/3., 0, 0, 0], ARRAY[0, 0, 0, 0, 0.5, 1, 1, 1, 1, 0.5, 0]
        ) AS corner (x, y)
    ))), 4490)) AS outline
    FROM placed
) AS drawn
ORDER BY outline
"""

FIRMS_SQL = """
INSERT INTO enterprises_enterprise (uscc, name, industry, listed, place, in_city, source_id)
SELECT 'local:b' || n, '企业 ' || n, (ARRAY['3612', '3841', '2710', '3973', '1391'])[1 + n % 5], true,
       ST_SetSRID(ST_MakePoint(x, y), 4490), false, NULL
FROM (SELECT n, {west} + 4.5 * random() AS x, {south} + 3.2 * random() AS y FROM generate_series(1, {rows}) AS n) AS numbered
ORDER BY ST_MakePoint(x, y)
"""


def address() -> str:
    """DATABASE_URL of the measuring database, beside the deployment's own."""
    return databases.address(NAME)


def prepare(*, firms: bool = True) -> None:
    """Create, migrate and fill the database unless that was done before; then set Django up on it."""
    databases.prepare(NAME)
    _fill(firms=firms)


def _fill(*, firms: bool) -> None:
    from django.db import connection

    from enterprises.models import Enterprise
    from landparcels.models import Parcel

    with connection.cursor() as cursor:
        if Parcel.objects.count() != PARCELS:
            _tell("parcels")
            cursor.execute("SELECT set_config('luodi.bulk', 'bench', false)")
            cursor.execute("TRUNCATE landparcels_parcel, landparcels_parcelneighbour, geo_region CASCADE")
            cursor.execute(REGIONS_SQL.format(cities=CITIES, parks=PARKS_EACH))
            _place(cursor)
            _write(cursor, "landparcels_parcel", _parcels())
            _tell("neighbours")
            cursor.execute(_neighbours())
            cursor.execute("ANALYZE landparcels_parcelneighbour, geo_region")
        if firms and Enterprise.objects.filter(listed=True).count() != PARCELS:
            _tell("firms")
            cursor.execute("SELECT set_config('luodi.bulk', 'bench', false)")
            cursor.execute("TRUNCATE enterprises_enterprise CASCADE")
            _write(cursor, "enterprises_enterprise", FIRMS_SQL.format(west=WEST, south=SOUTH, rows=PARCELS))
            _count_cells(cursor)


def _tell(what: str) -> None:
    print(f"making {PARCELS:,} {what} …", file=sys.stderr, flush=True)


def _place(cursor: Any) -> None:  # Any: Django's cursor
    """Where each parcel lies: parks on a grid, streets of 71 parcels in each, a road after every third."""
    import numpy as np

    from geo import hexes

    n = np.arange(1, PARCELS + 1)
    park, place = n % PARKS, n // PARKS
    column, row = place % 71, place // 71
    wide, high = 0.0016, 0.0010 + 0.0004 * np.random.default_rng(1).random(PARCELS)
    west = WEST + 0.225 * (park % 20) + wide * column + 0.0004 * (column // 3)
    south = SOUTH + 0.32 * (park // 20) + 0.0018 * row
    cells = hexes.cells_at(west + wide / 2, south + high / 2).astype(np.int64)
    region = [f"99{1 + one // PARKS_EACH:02}{1 + one % PARKS_EACH:02}" for one in range(PARKS)]
    cursor.execute(
        "CREATE TEMPORARY TABLE placed (n bigint, region text, west float8, south float8, wide float8, high float8, cell bigint)"
    )
    rows = zip(n.tolist(), park.tolist(), west.tolist(), south.tolist(), high.tolist(), cells.tolist(), strict=True)
    with cursor.copy("COPY placed FROM STDIN") as copy:
        for number, one, left, low, tall, cell in rows:
            copy.write_row((number, region[one], left, low, wide, tall, cell))


def _parcels() -> str:
    from landparcels.indicators import catalogue
    from landparcels.power import VOLTAGES

    codes = [*catalogue(), *VOLTAGES]
    values = [f"({low} + random() * {high - low})" for low, high in (SPANS.get(code, (0, 100)) for code in codes)]
    return PARCELS_SQL.format(indicators=", ".join(codes), values=", ".join(values))


def _write(cursor: Any, table: str, statement: str) -> None:  # Any: Django's cursor
    """Rows first, then the indexes that do not hold a truth."""
    cursor.execute(
        "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = %s AND indexdef NOT LIKE '%%UNIQUE%%'", [table]
    )
    indexes = cursor.fetchall()
    for name, _ in indexes:
        cursor.execute(f'DROP INDEX "{name}"')
    cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    cursor.execute(statement)
    cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    for _, definition in indexes:
        cursor.execute(definition)
    cursor.execute(f"VACUUM ANALYZE {table}")


def _neighbours() -> str:
    """The statement by which the migration fills the table."""
    from geo.sql import load

    text = load("neighbours.sql", "landparcels.sql")
    return text[text.rindex("INSERT INTO landparcels_parcelneighbour") :]


def _count_cells(cursor: Any) -> None:  # Any: Django's cursor
    import numpy as np

    from geo import hexes

    cursor.execute("SELECT id, ST_X(place), ST_Y(place) FROM enterprises_enterprise")
    rows = np.array(cursor.fetchall())
    cells = hexes.cells_at(rows[:, 1], rows[:, 2]).astype(np.int64)
    cursor.execute("CREATE TEMPORARY TABLE fresh (id bigint PRIMARY KEY, cell bigint)")
    with cursor.copy("COPY fresh FROM STDIN") as copy:
        for row in zip(rows[:, 0].astype(int).tolist(), cells.tolist(), strict=True):
            copy.write_row(row)
    cursor.execute("UPDATE enterprises_enterprise AS firm SET cell = fresh.cell FROM fresh WHERE fresh.id = firm.id")
    cursor.execute("CLUSTER enterprises_enterprise USING enterprise_web")
    cursor.execute("VACUUM ANALYZE enterprises_enterprise")


SPANS = {"far_min": (0.6, 1.0), "far_max": (1.0, 3.0)}
