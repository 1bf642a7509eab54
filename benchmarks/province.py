"""A province to measure on: a database of its own with a million parcels in 200 parks and a million firms.

The rows are made by the database itself, laid down along its space-filling curve as the import path does.
"""

import os
import sys
from functools import cache

import django

NAME = os.environ.get("LUODI_BENCH_DATABASE", "luodi_bench")
PARCELS = int(os.environ.get("LUODI_BENCH_ROWS", "1000000"))
PARKS = 200
CENTRE = (118.0, 36.3)

PARCELS_SQL = """
INSERT INTO landparcels_parcel (code, name, status, land_use, admits, excludes, outline, cell, extra, {indicators})
SELECT 'B' || n, '', CASE WHEN n % 10 = 0 THEN 'draft' ELSE 'published' END, '100102', '{{}}', '{{}}', outline, NULL,
       '{{}}', {values}
FROM (
    SELECT n, ST_Multi(ST_SetSRID(ST_MakePolygon(ST_MakeLine(ARRAY(
        SELECT ST_MakePoint(x + size * cos(2 * pi() * (k % 10) / 10), y + size * 0.8 * sin(2 * pi() * (k % 10) / 10))
        FROM generate_series(0, 10) AS k))), 4490)) AS outline
    FROM (
        SELECT n, 0.0006 + 0.0004 * random() AS size,
               {west} + 4.5 * ((park * 7919) % 997) / 997.0 + 0.0022 * (place % 71) AS x,
               {south} + 3.2 * ((park * 104729) % 991) / 991.0 + 0.0018 * (place / 71) AS y
        FROM (SELECT n, n % {parks} AS park, n / {parks} AS place FROM generate_series(1, {rows}) AS n) AS numbered
    ) AS placed
) AS drawn
ORDER BY outline
"""

FIRMS_SQL = """
INSERT INTO enterprises_enterprise (uscc, name, industry, place, in_city, source_id)
SELECT 'local:b' || n, '企业 ' || n, (ARRAY['3612', '3841', '2710', '3973', '1391'])[1 + n % 5],
       ST_SetSRID(ST_MakePoint({west} + 4.5 * x, {south} + 3.2 * y), 4490), false, NULL
FROM (SELECT n, random() AS x, random() AS y FROM generate_series(1, {rows}) AS n) AS numbered
ORDER BY ST_MakePoint(x, y)
"""


@cache
def address() -> str:
    """DATABASE_URL of the measuring database, beside the deployment's own."""
    from config import env

    if not env.uses_private_cluster():
        raise SystemExit("Set no DATABASE_URL: the measurements use a database of their own in the private cluster.")
    return f"postgis://luodi@/{NAME}?host={env.socket_directory()}"


def prepare() -> None:
    """Create, migrate and fill the database unless that was done before; then set Django up on it."""
    import psycopg

    from config import env

    where = env.socket_directory()
    with psycopg.connect(host=str(where), user="luodi", dbname="luodi", autocommit=True) as maintenance:
        if not maintenance.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME]).fetchone():
            maintenance.execute(f'CREATE DATABASE "{NAME}"')
    os.environ["DATABASE_URL"] = address()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    _fill()


def _fill() -> None:
    import numpy as np
    from django.db import connection

    from geo import hexes
    from landparcels.indicators import catalogue
    from landparcels.models import Parcel

    if Parcel.objects.count() == PARCELS:
        return
    print(f"making {PARCELS:,} parcels and firms …", file=sys.stderr, flush=True)
    west, south = CENTRE[0] - 2.25, CENTRE[1] - 1.6
    codes = list(catalogue())
    values = [f"({low} + random() * {high - low})" for low, high in (SPANS.get(code, (0, 100)) for code in codes)]
    places = {"west": west, "south": south, "rows": PARCELS, "parks": PARKS}
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('luodi.bulk', 'bench', false)")
        cursor.execute("TRUNCATE landparcels_parcel, enterprises_enterprise CASCADE")
        cursor.execute(PARCELS_SQL.format(indicators=", ".join(codes), values=", ".join(values), **places))
        cursor.execute(FIRMS_SQL.format(**places))
        for table, point in (("landparcels_parcel", "label_point"), ("enterprises_enterprise", "place")):
            cursor.execute(f"SELECT id, ST_X({point}), ST_Y({point}) FROM {table}")
            rows = np.array(cursor.fetchall())
            cells = hexes.cells_at(rows[:, 1], rows[:, 2]).astype(np.int64)
            cursor.execute("CREATE TEMPORARY TABLE fresh (id bigint PRIMARY KEY, cell bigint)")
            with cursor.copy("COPY fresh FROM STDIN") as copy:
                for row in zip(rows[:, 0].astype(int).tolist(), cells.tolist(), strict=True):
                    copy.write_row(row)
            cursor.execute(f"UPDATE {table} AS t SET cell = fresh.cell FROM fresh WHERE fresh.id = t.id")
            cursor.execute("DROP TABLE fresh")
            cursor.execute(f"CLUSTER {table} USING {'parcel_web' if 'parcel' in table else 'enterprise_web'}")
            cursor.execute(f"VACUUM ANALYZE {table}")


SPANS = {"far_min": (0.6, 1.0), "far_max": (1.0, 3.0)}
