"""`?on=` for what leaves the house: exports, the comparison and the card as parcels were shown at the end of a day."""

import csv
import io
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pyogrio.raw
import pytest
from rest_framework.test import APIClient

from geo.importing.kinds import short_name
from landparcels.card.models import IssuedCard
from landparcels.exporting import FORMATS
from landparcels.models import Parcel
from tests.factories.landparcels import CityIndicatorFactory, ParcelFactory, square_outline

pytestmark = pytest.mark.django_db
EXPORT = "/api/v1/parcels/export/"
DAY = "2026-03-05"


@pytest.fixture
def parcels() -> None:
    """One whose price, steam and outline changed since that day, one that came later, one withdrawn since."""
    CityIndicatorFactory(code="steam_supply", name_zh="可供蒸汽", unit="t/h")
    then = {"shown_since": datetime(2026, 3, 1, tzinfo=UTC)}
    ParcelFactory(code="A", start_price=30, extra={"steam_supply": 20}, **then)
    ParcelFactory(code="B", shown_since=datetime(2026, 4, 1, tzinfo=UTC))
    ParcelFactory(code="C", **then)
    Parcel.objects.filter(code="A").update(
        start_price=45, extra={"steam_supply": 35}, outline=square_outline(120.3, 36.2, 0.002)
    )
    Parcel.objects.filter(code="C").update(status="withdrawn")


def rows(client: APIClient, folder: Path, format: str, query: str) -> list[tuple[str, float, float, float]]:
    """Code, price, steam and mu of each parcel in the file."""
    answer = client.get(f"{EXPORT}?format={format}{query}")
    assert answer.status_code == 200
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]  # a streamed answer
    names: tuple[str, ...] = ("code", "start_price", "steam_supply", "area_mu")
    if format in ("csv", "xlsx"):
        if format == "csv":
            table = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
        else:
            found = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0].iter_rows(values_only=True)
            table = [[str(cell) for cell in row] for row in found]
        header = [name.split(" (")[0] for name in table[0]]
        return [
            (row[header.index("code")], *(float(row[header.index(name)]) for name in names[1:]))  # type: ignore[misc]
            for row in table[1:]
        ]
    path = folder / f"parcels.{format}"
    path.write_bytes(content)
    if format == "shp":
        zipfile.ZipFile(path).extractall(folder)
        path, names = folder / "parcels.shp", tuple(map(short_name, names))
    meta, _, _, values = pyogrio.raw.read(path, read_geometry=False)
    columns = [list(meta["fields"]).index(name) for name in names]
    return [
        (row[0], float(row[1]), float(row[2]), float(row[3]))
        for row in zip(*(values[at] for at in columns), strict=True)
    ]


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_tells_a_day_as_it_was_shown(
    api_client: APIClient, parcels: None, tmp_path: Path, format: str
) -> None:
    ((code, price, steam, mu),) = rows(api_client, tmp_path, format, f"&on={DAY}")
    ((_, now_price, now_steam, now_mu),) = rows(api_client, tmp_path, format, "&code=A")

    assert (code, price, steam) == ("A", 30, 20)
    assert (now_price, now_steam) == (45, 35)
    assert 4 * mu == pytest.approx(now_mu, rel=1e-3)


def test_the_file_is_named_for_its_day(api_client: APIClient, parcels: None) -> None:
    assert f"parcels-{DAY}-" in api_client.get(f"{EXPORT}?format=csv&on={DAY}")["Content-Disposition"]


def test_filters_hold_for_the_values_of_the_day(api_client: APIClient, parcels: None, tmp_path: Path) -> None:
    assert rows(api_client, tmp_path, "csv", f"&on={DAY}&start_price__gte=40") == []
    assert len(rows(api_client, tmp_path, "csv", f"&on={DAY}&steam_supply__lte=20")) == 1


@pytest.mark.parametrize("day", ["2199-01-01", "yesterday", "2026-02-30"])
def test_a_day_that_is_none_or_still_to_come_is_refused(api_client: APIClient, parcels: None, day: str) -> None:
    for path in (f"{EXPORT}?format=csv&on={day}", f"/api/v1/parcels/A/card.pdf?on={day}"):
        answer = api_client.get(path)
        assert (answer.status_code, answer.json()["errors"][0]["attr"]) == (400, "on")


@pytest.mark.parametrize("path", ["A/similar/", "A/publication/", "histograms/"])
def test_what_knows_today_alone_says_so(api_client: APIClient, parcels: None, path: str) -> None:
    answer = api_client.get(f"/api/v1/parcels/{path}?on={DAY}")

    assert (answer.status_code, answer.json()["errors"][0]["attr"]) == (400, "on")


def test_a_comparison_of_a_day(api_client: APIClient, parcels: None) -> None:
    (then,) = api_client.get(f"/api/v1/parcels/compare/?codes=A&on={DAY}").json()["results"]

    assert then["indicators"]["start_price"] == 30
    assert api_client.get(f"/api/v1/parcels/compare/?codes=B&on={DAY}").status_code == 404


def test_the_card_of_a_day_says_so_and_is_checked_against_today(api_client: APIClient, parcels: None) -> None:
    answer = api_client.get(f"/api/v1/parcels/A/card.pdf?on={DAY}")
    card = IssuedCard.objects.get()
    told = api_client.get(f"/api/v1/cards/{card.code}/").json()

    assert answer.content.startswith(b"%PDF")
    assert (told["shown_on"], told["state"], told["outline_changed"]) == (DAY, "changed", True)
    price = next(row for row in told["rows"] if row["key"] == "start_price")
    assert (price["printed"], price["today"]) == ("30 ×10k CNY/mu", "45 ×10k CNY/mu")
    assert api_client.get(f"/api/v1/parcels/C/card.pdf?on={DAY}").status_code == 404
