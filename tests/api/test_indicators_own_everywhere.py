"""Every way in which a standard indicator is met, met by a city's own too: one of each type, in both languages."""

import csv
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pyogrio.raw
import pytest
from rest_framework.test import APIClient

from geo.importing.kinds import short_name
from geo.importing.options import Options
from geo.importing.run import load_file
from landparcels.card.models import IssuedCard
from landparcels.exporting import FORMATS
from landparcels.models import Parcel
from tests.factories.landparcels import CityIndicatorFactory, ParcelFactory
from tests.factories.landparcels import square_outline as outline

pytestmark = pytest.mark.django_db
LIST = "/api/v1/parcels/"
SOIL = [{"code": "passed", "zh": "已通过", "en": "Passed"}, {"code": "none", "zh": "未开展", "en": "Not begun"}]
VOLTAGES = [{"code": code, "zh": f"{code}千伏", "en": f"{code} kV"} for code in ("10", "35", "110")]
CARBON, STEAM = "carbon_per_value_added", "steam_supply"
CODES = (CARBON, STEAM, "soil_survey", "voltages", "own_dock")
NAMES = ("单位增加值碳排放", "可供蒸汽", "土壤污染状况调查", "电压等级", "自有码头")
Way = Callable[[APIClient], Any]
SignIn = Callable[..., APIClient]


@pytest.fixture(autouse=True)
def parcels() -> None:
    admission = {"group": "admission", "unit": "tCO2/10k CNY", "bound": "at_most"}
    CityIndicatorFactory(code=CARBON, name_zh=NAMES[0], name_en="Carbon per value added", **admission)
    CityIndicatorFactory(code=STEAM, name_zh=NAMES[1], name_en="Steam", unit="t/h", bound="higher_better")
    CityIndicatorFactory(code="soil_survey", name_zh=NAMES[2], name_en="Soil", type="choice", choices=SOIL)
    CityIndicatorFactory(code="voltages", name_zh=NAMES[3], name_en="Voltages", type="choices", choices=VOLTAGES)
    CityIndicatorFactory(code="own_dock", name_zh=NAMES[4], name_en="Dock", type="yes_no")
    CityIndicatorFactory(code="hidden_limit", name_zh="内部上限", public=False, **admission)
    one = {CARBON: 0.5, STEAM: 20, "soil_survey": "passed", "voltages": ["10", "110"], "own_dock": True}
    ParcelFactory(code="A", extra={**one, "hidden_limit": 3})
    ParcelFactory(
        code="B",
        lng=120.4,
        extra={CARBON: 1.5, STEAM: 40, "soil_survey": "none", "voltages": ["35"], "own_dock": False},
    )


def post(client: APIClient, path: str, **asked: Any) -> Any:  # Any: JSON
    answer = client.post(f"{LIST}{path}", asked, format="json")
    assert answer.status_code == 200, answer.content
    return answer.json()


def codes_of(rows: list[dict[str, Any]]) -> list[str]:
    return [row["code"] for row in rows]


@pytest.mark.parametrize(
    "query", [f"{CARBON}__lte=1", f"{STEAM}__lte=20", "soil_survey=passed", "voltages__in=110", "own_dock=true"]
)
def test_lists_tiles_and_exports_filter_by_them(api_client: APIClient, query: str) -> None:
    assert codes_of(api_client.get(f"{LIST}?{query}").json()["results"]) == ["A"]
    text = b"".join(api_client.get(f"{LIST}export/?format=csv&{query}").streaming_content)  # type: ignore[attr-defined]
    assert [row["code"] for row in csv.DictReader(io.StringIO(text.decode("utf-8-sig")))] == ["A"]
    assert api_client.get(f"/tiles/parcels/14/13666/6422.mvt?{query}").status_code == 200


def test_the_catalogue_the_list_the_page_and_the_comparison_hold_them(api_client: APIClient) -> None:
    catalogue = {row["code"]: row for row in api_client.get("/api/v1/indicators/").json()["results"]}
    assert [catalogue[code]["name_zh"] for code in CODES] == list(NAMES)
    assert all(catalogue[code]["name_en"] for code in CODES)
    rows = api_client.get(LIST).json()["results"]
    detail = api_client.get(f"{LIST}A/").json()
    compared = api_client.get(f"{LIST}compare/?codes=A,B").json()
    assert set(CODES) <= set(rows[0]["indicators"]) & set(detail["indicators"])
    assert detail["indicators"]["voltages"]["value"] == ["10", "110"]
    assert set(CODES) <= set(compared["results"][0]["indicators"])
    assert compared["marks"][STEAM]["best"] == ["B"]


def test_sliders_stand_on_their_histograms(api_client: APIClient) -> None:
    told = api_client.get(f"{LIST}histograms/").json()

    assert {code: sum(told[code]["counts"]) for code in CODES} == dict.fromkeys(CODES, 2) | {"voltages": 3}


HARD = [
    {"indicator": CARBON, "op": "lte", "value": 1},
    {"indicator": STEAM, "op": "lte", "value": 30},
    {"indicator": "soil_survey", "op": "in", "value": ["passed"]},
    {"indicator": "voltages", "op": "in", "value": ["110"]},
    {"indicator": "own_dock", "op": "eq", "value": True},
]
SOFT = [
    {"indicator": CARBON, "ideal": 0.5, "accept": 1.5},
    {"indicator": STEAM, "ideal": 20, "accept": 40},
    {"indicator": "soil_survey", "ideal": ["passed"]},
    {"indicator": "voltages", "ideal": ["110"]},
    {"indicator": "own_dock", "ideal": True, "accept": False},
]


@pytest.mark.parametrize("hard", HARD, ids=CODES)
def test_a_match_holds_to_them_and_says_which_to_relax(api_client: APIClient, hard: dict[str, Any]) -> None:
    assert codes_of(post(api_client, "match/", hard=[hard])["results"]) == ["A"]
    ParcelFactory(code="C", power_capacity=50, extra={})
    Parcel.objects.filter(code="A").update(extra={})
    ways = post(api_client, "match/", hard=[hard, {"indicator": "power_capacity", "op": "gte", "value": 1}])["relax"]
    assert hard["indicator"] in json.dumps(ways)


@pytest.mark.parametrize("soft", SOFT, ids=CODES)
def test_a_match_weighs_them(api_client: APIClient, soft: dict[str, Any]) -> None:
    first, second = post(api_client, "match/", soft=[soft])["results"]

    assert ((first["code"], first["score"]), second["score"]) == (("A", 100.0), 0.0)


def test_saved_searches_keep_them(as_person: SignIn) -> None:
    answer = as_person("investor").post(
        "/api/v1/saved-searches/", {"name": "x", "requirement": {"hard": HARD, "soft": SOFT}}, format="json"
    )

    assert (answer.status_code, answer.json()["meets"]) == (201, 1)


def checks(told: dict[str, Any]) -> dict[str, tuple[str, float | None]]:
    return {row["indicator"]: (row["outcome"], row["shortfall"]) for row in told["indicators"]}


def test_a_plan_is_checked_against_those_of_admission(api_client: APIClient) -> None:
    """1 tCO2 per 10k CNY: within 1.5, and 0.5 above 0.5."""
    outcomes = {code: checks(post(api_client, f"{code}/precheck/", **{CARBON: 1}))[CARBON] for code in ("A", "B")}
    unstated = checks(post(api_client, "A/precheck/", investment=1))
    matched = post(api_client, "match/", project={CARBON: 1})["results"]
    admitted = post(api_client, "admitting/", **{CARBON: 1})

    assert outcomes == {"A": ("fail", 0.5), "B": ("pass", None)}
    assert unstated[CARBON] == ("not_stated", None)
    assert {row["code"]: checks(row["admission"])[CARBON][0] for row in matched} == {"A": "fail", "B": "pass"}
    assert codes_of(post(api_client, "match/", project={CARBON: 1}, admitting=True)["results"]) == ["B"]
    assert codes_of(admitted["results"]) == ["B"]
    assert next(row for row in admitted["indicators"] if row["indicator"] == CARBON)["failed"] == 1


def test_what_is_for_staff_is_neither_asked_nor_told_in_a_pre_check(api_client: APIClient, as_person: SignIn) -> None:
    path = f"{LIST}A/precheck/"

    assert api_client.post(path, {"hidden_limit": 9}, format="json").status_code == 400
    assert "hidden_limit" not in checks(post(api_client, "A/precheck/", **{CARBON: 1}))
    assert "hidden_limit" not in checks(post(api_client, "match/", project={CARBON: 1})["results"][0]["admission"])
    assert checks(post(as_person("land"), "A/precheck/", hidden_limit=5))["hidden_limit"] == ("fail", 2)


def test_similar_parcels_differ_in_them(api_client: APIClient) -> None:
    (found,) = api_client.get(f"{LIST}A/similar/?limit=1").json()["results"]

    assert found["compared"] == 5  # areas are the same by a hair; the five own ones are known on both sides
    told = {one["indicator"]: (one["here"], one["there"]) for one in found["differences"]}
    assert set(told) <= set(CODES) and len(told) == 3
    Parcel.objects.filter(code="B").update(extra={"voltages": ["10"], "soil_survey": "passed", "own_dock": True})
    (nearer,) = api_client.get(f"{LIST}A/similar/?limit=1").json()["results"]
    assert [one for one in nearer["differences"] if one["indicator"] in CODES] == [
        {"indicator": "voltages", "here": ["10", "110"], "there": ["10"]}
    ]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_card_prints_them(api_client: APIClient, language: str) -> None:
    assert api_client.get(f"{LIST}A/card.pdf?language={language}").content.startswith(b"%PDF")
    printed = json.loads(IssuedCard.objects.get().content)["indicators"]

    assert {code: printed[code]["value"] for code in (STEAM, "soil_survey")} == {STEAM: 20, "soil_survey": "passed"}
    assert set(CODES) <= set(printed)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_template_offers_them(as_person: SignIn, language: str) -> None:
    answer = as_person("land").get(f"{LIST}template.xlsx", HTTP_ACCEPT_LANGUAGE=language)
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]
    headers = [str(cell.value) for cell in book.worksheets[0][1]]

    for expected in CODES if language == "en" else NAMES:
        assert any(header.startswith(expected) for header in headers), expected


def fields(content: bytes, format: str, folder: Path) -> list[str]:
    if format == "csv":
        return next(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    if format == "xlsx":
        return [str(cell.value) for cell in openpyxl.load_workbook(io.BytesIO(content)).worksheets[0][1]]
    path = folder / f"parcels.{format}"
    path.write_bytes(content)
    if format == "shp":
        zipfile.ZipFile(path).extractall(folder)
        path = folder / "parcels.shp"
    return list(pyogrio.raw.read(path, read_geometry=False)[0]["fields"])


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_carries_them(api_client: APIClient, tmp_path: Path, format: str) -> None:
    answer = api_client.get(f"{LIST}export/?format={format}")
    found = fields(b"".join(answer.streaming_content), format, tmp_path)  # type: ignore[attr-defined]

    for code in CODES:
        name = short_name(code) if format == "shp" else code
        assert any(field.split(" (")[0] == name for field in found), code
    if format in ("csv", "xlsx"):
        chinese = api_client.get(f"{LIST}export/?format={format}", HTTP_ACCEPT_LANGUAGE="zh-hans")
        headers = fields(b"".join(chinese.streaming_content), format, tmp_path)  # type: ignore[attr-defined]
        assert all(any(header.startswith(name) for header in headers) for name in NAMES)


def test_a_file_brings_them(tmp_path: Path) -> None:
    file = tmp_path / "parcels.csv"
    shape = outline(120.5, 36.2).wkt
    file.write_text(f'code,{",".join(CODES)},wkt\nN,0.7,25,已通过,10;35,yes,"{shape}"\n', encoding="utf-8")

    assert load_file("parcels", file, Options(crs="EPSG:4490")).refusals == []
    assert Parcel.objects.get(code="N").extra == {
        CARBON: 0.7,
        STEAM: 25,
        "soil_survey": "passed",
        "voltages": ["10", "35"],
        "own_dock": True,
    }
