"""Fifty thousand parcels in and out: an XLSX import with its memory, exports with theirs, and the card of one parcel.

In a database made for this run. The parcels lie side by side in blocks, as parks do, so that neighbours are found as well; every
number an indicator takes is filled in. Import and exports run in processes of their own, whose peak memory the system tells: of each
export beyond what the process held before it, once for all parcels and once for a fifth of them, as it may not grow with the rows.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks import imports
from benchmarks.ratios import Sheet

NAME = "luodi_bench_exchange"
PARCELS = int(os.environ.get("LUODI_BENCH_PARCELS", "50000"))
BLOCK = 25
IMPORT_SECONDS, IMPORT_MB, EXPORT_SECONDS, EXPORT_MB, CARD_SECONDS = 60, 512, 20, 128, 2

STEP = r"""
import os, re, sys, time
from pathlib import Path
def peak_mb():  # getrusage would tell that of the process which began this one, where it is higher
    return int(re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())[1]) / 1024
held = 0
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
import django
django.setup()
begun = time.perf_counter()
{work}
seconds = time.perf_counter() - begun
print(count, seconds, peak_mb() - held)
"""
IMPORT = """
from geo.importing import events
from geo.importing.options import Options
from geo.importing.run import load_file
with events.together():
    count = load_file("parcels", Path(sys.argv[1]), Options(crs="EPSG:4490", strict=True)).inserted
    loaded = time.perf_counter() - begun
print(f"   import of rows {loaded:.1f} s; with what follows from them:", file=sys.stderr)
"""
EXPORT = """
from datetime import date
from landparcels.exporting import export
from landparcels.models import Parcel
format, rows = sys.argv[1], int(sys.argv[2])
first = Parcel.objects.order_by("pk").first().pk
held = peak_mb()
begun = time.perf_counter()
found = export(Parcel.objects.filter(pk__lt=first + rows), format, "", on=date(2026, 1, 1), english=False)
count = sum(len(piece) for piece in found.content)
"""
CARD = """
from django.test import Client
client = Client()
for code in ("E0", "E1"):
    began = time.perf_counter()
    answer = client.get(f"/api/v1/parcels/{code}/card.pdf")
    assert answer.status_code == 200, answer.content[:300]
    print(f"   card {code}: {time.perf_counter() - began:.2f} s", file=sys.stderr)
count = 2
begun += 0
"""


def workbook(path: Path) -> None:
    """Squares of 100 m in blocks of 25 by 25, with every declared number in the middle of its range."""
    from openpyxl import Workbook

    from landparcels.indicators import of_origin

    declared = of_origin("declared")
    spans = [(field.low or 0, field.high or 100) for field in declared.values()]
    samples = []
    for step in range(40):
        values = [round(low + (high - low) * (0.3 + step / 100)) for low, high in spans]
        samples.append(
            [
                low if field.fault(value) else value
                for field, value, (low, _) in zip(declared.values(), values, spans, strict=True)
            ]
        )
    book = Workbook(write_only=True)
    sheet = book.create_sheet("parcels")
    sheet.append(["code", "name", "status", "land_use", *declared, "wkt"])
    for number in range(PARCELS):
        block, place = divmod(number, BLOCK * BLOCK)
        row, column = divmod(place, BLOCK)
        west = 119.6 + 0.04 * (block % 10) + 0.001 * column
        south = 35.9 + 0.04 * (block // 10) + 0.001 * row
        east, north = west + 0.001, south + 0.001
        ring = f"{west:.4f} {south:.4f}, {east:.4f} {south:.4f}, {east:.4f} {north:.4f}, {west:.4f} {north:.4f}, {west:.4f} {south:.4f}"
        sheet.append(
            [f"E{number}", f"地块 {number}", "published", "100102", *samples[number % 40], f"POLYGON (({ring}))"]
        )
    book.save(path)


def apart(work: str, *arguments: str) -> tuple[float, float, float]:
    """(what the work counted, seconds, peak MB) of a process of its own."""
    told = subprocess.run(
        [sys.executable, "-c", STEP.format(work=work), *arguments], capture_output=True, text=True, check=False
    )
    sys.stderr.write(told.stderr)
    if told.returncode:
        raise SystemExit(told.stdout)
    count, seconds, megabytes = told.stdout.split()[-3:]
    return float(count), float(seconds), float(megabytes)


def main() -> int:
    imports.NAME = NAME
    os.environ["DATABASE_URL"] = imports.fresh_database(imports.server())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("city", "370200", verbosity=0)
    sheet = Sheet()
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder) / "parcels.xlsx"
        workbook(book)
        loaded, seconds, megabytes = apart(IMPORT, str(book))
        if loaded != PARCELS:
            raise SystemExit(f"{loaded:,.0f} of {PARCELS:,} parcels loaded; nothing was measured")
        sheet.at_most(f"XLSX import of {PARCELS:,} parcels, and what follows", seconds, IMPORT_SECONDS, "s")
        sheet.at_most("peak memory of the import", megabytes, IMPORT_MB, "MB")
        times = [apart(EXPORT, "gpkg", str(PARCELS))[1] for _ in range(3)]
        sheet.at_most(f"export of {PARCELS:,} parcels to GeoPackage", statistics.median(times), EXPORT_SECONDS, "s")
        for format in ("gpkg", "shp", "xlsx", "csv", "geojson"):
            _, _, of_a_fifth = apart(EXPORT, format, str(PARCELS // 5))
            size, seconds, megabytes = apart(EXPORT, format, str(PARCELS))
            print(
                f"   {format} of {size / 1e6:,.0f} MB in {seconds:.1f} s; of a fifth {of_a_fifth:,.0f} MB more are held"
            )
            sheet.at_most(f"{format}: memory held for it at its peak", megabytes, EXPORT_MB, "MB")
        _, seconds, _ = apart(CARD)
        sheet.at_most("card of a parcel, mean of the first two", seconds / 2, CARD_SECONDS, "s")
    drop()
    return sheet.status


def drop() -> None:
    import psycopg
    from django.db import connection

    connection.close()
    with psycopg.connect(host=str(imports.server()), user="luodi", dbname="luodi", autocommit=True) as maintenance:
        maintenance.execute(f'DROP DATABASE IF EXISTS "{NAME}" WITH (FORCE)')


if __name__ == "__main__":
    begun = time.perf_counter()
    status = main()
    print(f"   {time.perf_counter() - begun:.0f} s in all")
    sys.exit(status)
