"""Two loads at once into a table that is still empty: the first writes, the second waits and finds its rows there."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import monotonic, sleep

import numpy as np
import pytest
import shapely
from django.db import connection, transaction

from geo.importing.batch import Batch
from geo.importing.loading import Staging
from geo.importing.options import Options
from geo.importing.run import load_file
from geo.models import Facility


def merged(*codes: str, name: str) -> tuple[int, int]:
    """(rows inserted, rows updated) of substations with these codes."""
    columns = {"code": [*codes], "name": [name] * len(codes), "category": ["substation"] * len(codes)}
    staging = Staging(Facility, (*columns, "place"), ("code",))
    places = shapely.points(np.arange(len(codes)) / 10 + 120, 36.0)
    staging.pour(Batch(range(len(codes)), columns, places), "place")
    return staging.merge()


def merged_elsewhere(*codes: str, name: str) -> tuple[int, int]:
    try:
        with transaction.atomic():
            return merged(*codes, name=name)
    finally:
        connection.close()


def wait_for_a_lock() -> None:
    ends = monotonic() + 20
    with connection.cursor() as cursor:
        while monotonic() < ends:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'geo_facility'::regclass")
            if cursor.fetchone()[0]:
                return
            sleep(0.02)
    pytest.fail("nobody waited for the first load")


@pytest.mark.django_db(transaction=True)
def test_the_second_of_two_first_loads_updates_what_the_first_wrote() -> None:
    with ThreadPoolExecutor(1) as other:
        with transaction.atomic():
            assert merged("S1", "S2", name="先") == (2, 0)
            waiting = other.submit(merged_elsewhere, "S2", "S3", name="后")
            wait_for_a_lock()
        assert waiting.result(timeout=20) == (1, 1)
    assert dict(Facility.objects.values_list("code", "name")) == {"S1": "先", "S2": "后", "S3": "后"}


@pytest.mark.django_db
def test_the_second_load_of_a_file_updates_its_rows(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("code,name,category,lng,lat\nS1,一号,substation,120.1,36.1\n", encoding="utf-8")
    reports = [load_file("facilities", file, Options(crs="EPSG:4490")) for _ in range(2)]
    assert [(report.inserted, report.updated) for report in reports] == [(1, 0), (0, 1)]
