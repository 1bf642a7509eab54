"""How fast rows come in through the one import path: points and grid values from CSV, and the whole demo city.

The databases are made for this run beside the deployment's own, and dropped. Five rounds each into an empty table, medians.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg

from benchmarks.ratios import Sheet

NAME = "luodi_bench_imports"
ROWS = 150_000
ROUNDS = 5
ROWS_PER_SECOND = 30_000
DEMO_SECONDS = 60


def server() -> Path:
    from config import env

    if not env.uses_private_cluster() and NAME not in os.environ.get("DATABASE_URL", ""):
        raise SystemExit("Set no DATABASE_URL: this measures in a database of its own in the private cluster.")
    return env.socket_directory()


def fresh_database(where: Path) -> str:
    with psycopg.connect(host=str(where), user="luodi", dbname="luodi", autocommit=True) as maintenance:
        maintenance.execute(f'DROP DATABASE IF EXISTS "{NAME}" WITH (FORCE)')
        maintenance.execute(f'CREATE DATABASE "{NAME}"')
    return f"postgis://luodi@/{NAME}?host={where}"


def files(folder: Path) -> tuple[Path, Path]:
    """(grid values, points): as many rows as a city's grid has cells."""
    import numpy as np

    from geo import hexes

    draw = np.random.default_rng(1)
    lon, lat = draw.uniform(119.5, 121.0, ROWS), draw.uniform(35.6, 37.1, ROWS)
    cells = hexes.texts(
        np.unique(hexes.cells_at(draw.uniform(119.5, 121.0, 3 * ROWS), draw.uniform(35.6, 37.1, 3 * ROWS)))
    )
    grid, points = folder / "grid.csv", folder / "points.csv"
    values = (f"people,{cell},{number % 97 + 0.5},all\n" for number, cell in enumerate(cells[:ROWS]))
    grid.write_text("layer,h3,value,period\n" + "".join(values))
    places = (
        f"P{number},School {number},school,{x:.6f},{y:.6f}\n"
        for number, (x, y) in enumerate(zip(lon, lat, strict=True))
    )
    points.write_text("code,name,category,lng,lat\n" + "".join(places))
    return grid, points


def rate(kind: str, path: Path, crs: str | None) -> float:
    """Rows per second of the median round; the table is emptied between rounds."""
    from django.db import connection

    from geo.importing.kinds import kind_named
    from geo.importing.options import Options
    from geo.importing.run import load_file

    table = kind_named(kind).model._meta.db_table
    rates = []
    for _ in range(ROUNDS):
        with connection.cursor() as cursor:
            cursor.execute(f"TRUNCATE {table} CASCADE")
        report = load_file(kind, path, Options(crs=crs))
        if report.inserted != report.read or report.rejected:
            raise SystemExit(f"{kind}: {report.inserted} of {report.read} rows loaded; nothing was measured")
        rates.append(report.read / report.seconds)
    return statistics.median(rates)


def demo_seconds(address: str) -> float:
    """The whole demo city into an empty, migrated database, by the command."""
    command = [sys.executable, "manage.py"]
    environment = {**os.environ, "DATABASE_URL": address}
    subprocess.run([*command, "migrate", "--verbosity", "0"], env=environment, check=True)
    begun = time.perf_counter()
    subprocess.run([*command, "demo", "--seed", "1"], env=environment, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begun


def main() -> int:
    where = server()
    sheet = Sheet()
    sheet.at_most("demo city, generated and loaded", demo_seconds(fresh_database(where)), DEMO_SECONDS, "s")
    os.environ["DATABASE_URL"] = fresh_database(where)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    from django.core.management import call_command

    from geo.models import GridLayer

    call_command("migrate", verbosity=0)
    GridLayer.objects.create(code="people", name="People", unit="persons", aggregate="sum")
    with tempfile.TemporaryDirectory() as folder:
        grid, points = files(Path(folder))
        sheet.at_least("grid values", rate("grid", grid, None), ROWS_PER_SECOND, "rows/s")
        sheet.at_least("points", rate("facilities", points, "EPSG:4490"), ROWS_PER_SECOND, "rows/s")
    from django.db import connection

    connection.close()
    with psycopg.connect(host=str(where), user="luodi", dbname="luodi", autocommit=True) as maintenance:
        maintenance.execute(f'DROP DATABASE "{NAME}" WITH (FORCE)')
    return sheet.status


if __name__ == "__main__":
    sys.exit(main())
