"""GET parcels/export/: the list's rights and filters, as a file."""

import csv
import io
import json
from collections.abc import Callable

import openpyxl
import pytest
from django.conf import LazySettings
from rest_framework.test import APIClient

from geo.models import Region
from landparcels.exporting import FORMATS
from tests.factories.landparcels import CityIndicatorFactory, ParcelFactory

pytestmark = pytest.mark.django_db
LIST = "/api/v1/parcels/"
EXPORT = f"{LIST}export/"


def content(answer: object) -> bytes:
    return b"".join(answer.streaming_content)  # type: ignore[attr-defined]  # a streamed answer


def codes(client: APIClient, query: str = "") -> list[str]:
    answer = client.get(f"{EXPORT}?format=csv{query}")
    assert answer.status_code == 200, answer.content
    return [row["code"] for row in csv.DictReader(io.StringIO(content(answer).decode("utf-8-sig")))]


def complaint(client: APIClient, query: str) -> tuple[int, str | None, str]:
    answer = client.get(f"{EXPORT}?{query}")
    error = answer.json()["errors"][0]
    return answer.status_code, error["attr"], error["detail"]


@pytest.fixture
def parcels() -> None:
    for adcode in ("370211", "370213"):
        Region.objects.create(adcode=adcode, name=adcode, level="district", path=f"/{adcode}/")
    ParcelFactory(code="A", start_price=12.0, region_id="370211")
    ParcelFactory(code="B", start_price=30.0, region_id="370213")
    ParcelFactory(code="C", status="draft", region_id="370211")
    ParcelFactory(code="D", status="draft", region_id="370213")


@pytest.mark.parametrize("format", FORMATS)
def test_each_format_comes_as_a_dated_file(api_client: APIClient, parcels: None, format: str) -> None:
    answer = api_client.get(f"{EXPORT}?format={format}")

    assert answer.status_code == 200
    assert answer.streaming
    assert content(answer)
    suffix = "zip" if format == "shp" else format
    name = answer["Content-Disposition"]
    assert name.startswith('attachment; filename="parcels-20')
    assert name.endswith(f'.{suffix}"')
    assert answer["ETag"]


def test_everyone_exports_what_they_may_see(
    api_client: APIClient, as_person: Callable[..., APIClient], parcels: None
) -> None:
    assert codes(api_client) == ["A", "B"]
    assert codes(as_person("land", region="370211")) == ["A", "B", "C"]
    assert codes(as_person("planner")) == ["A", "B", "C", "D"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("&start_price__gte=20", ["B"]),
        ("&region=370211", ["A"]),
        ("&code=A,B", ["A", "B"]),
        ("&status=reserved", []),
        ("&bbox=121,36,122,37", []),
        ("&q=A", ["A"]),
    ],
)
def test_the_filters_are_the_list_s(api_client: APIClient, parcels: None, query: str, expected: list[str]) -> None:
    assert codes(api_client, query) == expected


def test_geojson_answers_in_crs84(api_client: APIClient, parcels: None) -> None:
    answer = api_client.get(f"{EXPORT}?format=geojson&code=A")

    (feature,) = json.loads(content(answer))["features"]
    assert feature["properties"]["start_price"] == 12.0
    assert answer["Content-Type"] == "application/geo+json"


def test_headers_speak_the_reader_s_language(api_client: APIClient, parcels: None) -> None:
    answer = api_client.get(f"{EXPORT}?format=csv", headers={"Accept-Language": "zh"})

    assert "起始价（万元/亩）" in content(answer).decode()


@pytest.mark.parametrize(
    ("query", "attr"),
    [
        ("", "format"),
        ("format=dxf", "format"),
        ("format=csv&crs=GCJ-02", "crs"),
        ("format=geojson&crs=gk", "crs"),
        ("format=csv&beauty=1", "beauty"),
        ("format=csv&sort=code", "sort"),
        ("format=csv&start_price__gte=cheap", "start_price__gte"),
        ("format=csv&status=lost", "status"),
        ("format=shp&encoding=Latin-1", "encoding"),
        ("format=csv&encoding=GBK", "encoding"),
    ],
)
def test_what_cannot_be_exported_is_named(api_client: APIClient, parcels: None, query: str, attr: str) -> None:
    status, named, words = complaint(api_client, query)

    assert (status, named) == (400, attr)
    assert words


def test_the_template_is_for_staff_and_has_the_city_s_own_columns(
    api_client: APIClient, as_person: Callable[..., APIClient]
) -> None:
    CityIndicatorFactory(code="steam", name_zh="可供蒸汽", unit="t/h")

    answer = as_person("land").get(f"{LIST}template.xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(content(answer))).worksheets[0]
    headers = [cell.value for cell in sheet[1]]

    assert {"code", "start_price (10k CNY/mu)", "steam (t/h)", "wkt"} <= set(headers)
    assert not {"power_capacity (MVA)", "source", "area_mu (mu)"} & set(headers)
    assert api_client.get(f"{LIST}template.xlsx").status_code == 403


def test_own_indicators_filter_and_leave_with_what_one_may_see(
    api_client: APIClient, as_person: Callable[..., APIClient]
) -> None:
    CityIndicatorFactory(code="steam", unit="t/h")
    CityIndicatorFactory(code="secret", public=False)
    ParcelFactory(code="A", extra={"steam": 5, "secret": 1})
    ParcelFactory(code="B", extra={"steam": 50})

    assert codes(api_client, "&steam__gte=10") == ["B"]
    public = content(api_client.get(f"{EXPORT}?format=csv")).decode()
    assert "steam (t/h)" in public
    assert "secret" not in public
    assert "secret" in content(as_person("land").get(f"{EXPORT}?format=csv")).decode()
    assert complaint(api_client, "format=csv&secret__gte=1")[:2] == (400, "secret__gte")


def test_too_many_is_said_with_a_way_out(api_client: APIClient, parcels: None, settings: LazySettings) -> None:
    settings.LARGEST_EXPORT = 1

    status, _, words = complaint(api_client, "format=gpkg")

    assert (status, words) == (
        400,
        "These are 2 parcels, one export holds at most 1; narrow them by region or indicator.",
    )
    assert codes(api_client, "&code=A") == ["A"]
