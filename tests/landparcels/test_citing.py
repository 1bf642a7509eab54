"""Each value cites the file it came with; a file with some columns cites those alone."""

import csv
from collections.abc import Callable
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rest_framework.test import APIClient

from geo.importing.options import Options
from geo.importing.run import load_file
from geo.models import Source
from landparcels.citing import REST, cited_after, source_behind
from landparcels.indicators import of_origin
from landparcels.models import Parcel

SQUARE = "POLYGON((120.1 36.1,120.101 36.1,120.101 36.101,120.1 36.101,120.1 36.1))"
CODES = ("a", "b", "c", "d", "e")


def test_few_columns_are_kept_as_exceptions_and_so_are_the_few_that_are_missing() -> None:
    assert cited_after({}, 1, carried=("a",), others=("b", "c", "d"), now=2) == {REST: 1, "a": 2}
    assert cited_after({}, 1, carried=("a", "b", "c"), others=("d",), now=2) == {"d": 1}


@given(st.lists(st.sets(st.sampled_from(CODES)), min_size=1, max_size=6))
def test_every_value_cites_the_last_file_that_gave_it(files: list[set[str]]) -> None:
    """The first file gives all that it knows; nobody gave what no file named, which stays with the first."""
    last, row = dict.fromkeys(CODES, 1), 1
    cited: dict[str, int | None] = {}
    for number, carried in enumerate(files, 2):
        cited = cited_after(cited, row, carried=carried, others=set(CODES) - carried, now=number)
        row = number
        last |= dict.fromkeys(carried, number)

        assert {code: source_behind(cited, code, row) for code in CODES} == last
        assert len(cited) <= len(CODES)


@pytest.fixture
def load(tmp_path: Path) -> Callable[..., Source]:
    def one(name: str, as_of: date, **values: object) -> Source:
        file = tmp_path / f"{name}.csv"
        file.write_text(f'code,{",".join(values)},wkt\nA1,{",".join(map(str, values.values()))},"{SQUARE}"\n', "utf-8")
        report = load_file("parcels", file, Options(crs="EPSG:4490", source_name=name, as_of=as_of))
        return Source.objects.get(pk=report.source_id or 0)

    return one


@pytest.fixture
def twice(db: None, load: Callable[..., Source]) -> tuple[Source, Source]:
    """All of it in March, the price alone in June."""
    first = load("March", date(2026, 3, 1), start_price=30, far_min=1.2, status="published")
    return first, load("June", date(2026, 6, 1), start_price=42)


def test_a_file_with_one_column_cites_that_one_alone(twice: tuple[Source, Source]) -> None:
    first, second = twice
    parcel = Parcel.objects.get()

    assert (parcel.start_price, parcel.far_min, parcel.source_id) == (42, 1.2, second.pk)
    assert parcel.cited == {REST: first.pk, "start_price": second.pk}


def test_a_file_with_every_column_leaves_nothing_to_remember(
    twice: tuple[Source, Source], load: Callable[..., Source]
) -> None:
    everything = {code: one.allowed[0] if one.allowed else one.low or 0 for code, one in of_origin("declared").items()}

    load("September", date(2026, 9, 1), **everything)

    assert Parcel.objects.get().cited == {}


def test_the_parcel_tells_source_and_day_of_each_value(twice: tuple[Source, Source], api_client: APIClient) -> None:
    told = api_client.get("/api/v1/parcels/A1/").json()["indicators"]

    assert (told["start_price"]["source"], told["start_price"]["as_of"]) == ("June", "2026-06-01")
    assert (told["far_min"]["source"], told["far_min"]["as_of"]) == ("March", "2026-03-01")


def test_an_export_tells_the_sources_that_are_not_the_rows(twice: tuple[Source, Source], api_client: APIClient) -> None:
    answer = api_client.get("/api/v1/parcels/export/", {"format": "csv"})
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]  # a streaming response
    (row,) = csv.DictReader(StringIO(text))

    assert row["source"] == "June"
    assert row["far_min_source"] == "March (2026-03-01)"
    assert row["start_price_source"] == "June (2026-06-01)"
    assert row["far_max_source"] == ""


def test_a_source_that_is_gone_is_not_told(twice: tuple[Source, Source], api_client: APIClient) -> None:
    twice[0].delete()

    told = api_client.get("/api/v1/parcels/A1/").json()["indicators"]

    assert (told["far_min"]["value"], told["far_min"]["source"]) == (1.2, None)
