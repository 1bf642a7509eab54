"""A city's own indicators over HTTP: the dictionary, and that they filter, sort, match and show like the standard ones."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.gis.geos import MultiPolygon, Polygon
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.models import AuditEntry
from geo.models import Region, Source
from landparcels.indicators.city import CityIndicator
from tests.factories.landparcels import CityIndicatorFactory, ParcelFactory, RegionalValueFactory

pytestmark = pytest.mark.django_db
DICTIONARY = "/api/v1/city-indicators/"
LIST = "/api/v1/parcels/"
SOIL = [{"code": "passed", "zh": "已通过", "en": "Passed"}, {"code": "none", "zh": "未开展", "en": "Not begun"}]
VOLTAGES = [{"code": code, "zh": f"{code}千伏", "en": f"{code} kV"} for code in ("10", "35", "110")]
SignIn = Callable[..., APIClient]


@pytest.fixture
def dictionary() -> None:
    CityIndicatorFactory(
        code="steam", name_zh="可供蒸汽", name_en="Steam", unit="t/h", bound="higher_better", legal_basis_zh="《条例》"
    )
    CityIndicatorFactory(code="soil", name_zh="土壤调查", type="choice", choices=SOIL, group="terms")
    CityIndicatorFactory(code="voltages", name_zh="电压", type="choices", choices=VOLTAGES)
    CityIndicatorFactory(code="dock", name_zh="有码头", type="yes_no", group="services")
    CityIndicatorFactory(code="secret", name_zh="内部评分", public=False)


@pytest.fixture
def parcels(dictionary: None) -> None:
    ParcelFactory(code="A", extra={"steam": 9, "soil": "passed", "voltages": ["10", "110"], "dock": True, "secret": 1})
    ParcelFactory(code="B", extra={"steam": 40.5, "soil": "none", "voltages": ["35"], "dock": False, "secret": 2})
    ParcelFactory(code="C")


def codes(client: APIClient, query: str = "") -> list[str]:
    answer = client.get(LIST + query)
    assert answer.status_code == 200, answer.content
    return [row["code"] for row in answer.json()["results"]]


def complaint(answer: Any) -> tuple[int, str | None]:  # Any: a response
    return answer.status_code, answer.json()["errors"][0]["attr"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?steam__gte=10", ["B"]),  # as numbers: "9" would be above "10"
        ("?steam__lte=9", ["A"]),
        ("?steam=40.5", ["B"]),
        ("?steam__in=9,40.5", ["A", "B"]),
        ("?steam__isnull=true", ["C"]),
        ("?steam__isnull=false", ["A", "B"]),
        ("?soil=passed", ["A"]),
        ("?soil__in=passed,none", ["A", "B"]),
        ("?voltages=110", ["A"]),
        ("?voltages__in=35,110", ["A", "B"]),
        ("?dock=true", ["A"]),
        ("?dock=false", ["B"]),
        ("?sort=steam", ["A", "B", "C"]),
        ("?sort=-steam", ["B", "A", "C"]),
        ("?steam__gte=1&soil=none&start_price__isnull=true", ["B"]),
    ],
)
def test_a_list_filters_and_sorts_by_them(
    api_client: APIClient, parcels: None, query: str, expected: list[str]
) -> None:
    assert codes(api_client, query) == expected


def test_a_tile_forgets_a_filter_that_becomes_staff_only(api_client: APIClient, parcels: None) -> None:
    tile = "/tiles/parcels/14/13666/6422.mvt?steam__gte=10"
    first = api_client.get(tile)
    assert first.status_code == 200

    CityIndicator.objects.filter(code="steam").update(public=False)
    again = api_client.get(tile, HTTP_IF_NONE_MATCH=first["ETag"])
    assert complaint(again) == (400, "steam__gte")


def test_tiles_take_the_same_filters(api_client: APIClient, parcels: None) -> None:
    tile = "/tiles/parcels/14/13666/6422.mvt"
    every, some = api_client.get(tile), api_client.get(f"{tile}?soil=passed")

    assert (every.status_code, some.status_code) == (200, 200)
    assert 0 < len(some.content) < len(every.content)
    assert api_client.get(f"{tile}?secret__gte=1").status_code == 400


def test_pages_follow_an_own_indicator(api_client: APIClient, parcels: None) -> None:
    first = api_client.get(LIST + "?sort=-steam&limit=2").json()

    assert [row["code"] for row in first["results"]] == ["B", "A"]
    assert [row["code"] for row in api_client.get(first["next"]).json()["results"]] == ["C"]


@pytest.mark.parametrize(
    "query",
    ["steam__gte=much", "soil=gone", "dock=maybe", "steam__isnull=x", "soil__gte=1", "sort=soil", "vapour__gte=1"],
)
def test_what_they_cannot_be_asked_is_named(api_client: APIClient, parcels: None, query: str) -> None:
    status, attr = complaint(api_client.get(f"{LIST}?{query}"))

    assert (status, attr) == (400, query.partition("=")[0])


def test_staff_only_ones_do_not_exist_for_others(api_client: APIClient, as_person: SignIn, parcels: None) -> None:
    land = as_person("land")

    assert codes(land, "?secret__gte=2") == ["B"]
    assert complaint(api_client.get(LIST + "?secret__gte=2")) == (400, "secret__gte")
    assert api_client.get(LIST).json()["results"][0]["indicators"].keys() >= {"steam", "soil"}
    assert "secret" not in api_client.get(LIST).json()["results"][0]["indicators"]
    assert "secret" not in api_client.get(LIST + "A/").json()["indicators"]
    assert land.get(LIST + "A/").json()["indicators"]["secret"]["value"] == 1
    hard = {"hard": [{"indicator": "secret", "op": "gte", "value": 2}]}
    assert api_client.post(LIST + "match/", hard, format="json").status_code == 400
    assert land.post(LIST + "match/", hard, format="json").json()["total"] == 1
    listed = {row["code"] for row in api_client.get("/api/v1/indicators/").json()["results"]}
    assert "steam" in listed
    assert "secret" not in listed


def test_the_catalogue_tells_their_type_and_options(api_client: APIClient, dictionary: None) -> None:
    rows = {row["code"]: row for row in api_client.get("/api/v1/indicators/").json()["results"]}

    assert (rows["steam"]["type"], rows["steam"]["own"], rows["steam"]["min"]) == ("decimal", True, None)
    assert (rows["soil"]["type"], rows["soil"]["options"]) == ("choice", SOIL)
    assert rows["steam"]["legal_basis_en"] == "《条例》"
    assert "2023" in rows["far_min"]["legal_basis_zh"]


@pytest.mark.parametrize(
    ("criterion", "expected"),
    [
        ({"indicator": "steam", "op": "gte", "value": 10}, ["B"]),
        ({"indicator": "soil", "op": "eq", "value": "passed"}, ["A"]),
        ({"indicator": "soil", "op": "in", "value": ["none", "passed"]}, ["A", "B"]),
        ({"indicator": "voltages", "op": "in", "value": ["35"]}, ["B"]),
        ({"indicator": "voltages", "op": "eq", "value": 110}, ["A"]),
        ({"indicator": "dock", "op": "eq", "value": True}, ["A"]),
    ],
)
def test_a_match_takes_them_as_constraints(
    api_client: APIClient, parcels: None, criterion: dict[str, object], expected: list[str]
) -> None:
    answer = api_client.post(LIST + "match/", {"hard": [criterion]}, format="json").json()

    assert [row["code"] for row in answer["results"]] == expected


def test_a_match_weighs_them_and_says_values_in_their_words(api_client: APIClient, parcels: None) -> None:
    soft = [
        {"indicator": "soil", "ideal": ["passed"], "weight": 3},
        {"indicator": "dock", "ideal": True, "accept": False},
        {"indicator": "voltages", "ideal": ["35", "110"]},
    ]
    answer = api_client.post(LIST + "match/", {"soft": soft}, format="json").json()
    first, second, third = answer["results"]

    assert [(row["code"], row["score"]) for row in (first, second, third)] == [("A", 100.0), ("B", 20.0), ("C", 0.0)]
    assert [one["value"] for one in first["criteria"]] == ["passed", True, ["10", "110"]]
    assert third["unknown"] == ["soil", "dock", "voltages"]
    assert third["score_if_known"] == 100.0


def test_a_choice_nobody_has_is_offered_to_be_given_up(api_client: APIClient, dictionary: None) -> None:
    ParcelFactory(extra={"soil": "none"})
    hard = [{"indicator": "soil", "op": "eq", "value": "passed"}]

    (way,) = api_client.post(LIST + "match/", {"hard": hard}, format="json").json()["relax"]

    assert (way["indicator"], way["value"], way["to"], way["without"]) == ("soil", "passed", None, 1)


@pytest.mark.parametrize(
    "criterion",
    [
        {"indicator": "soil", "op": "gte", "value": "passed"},
        {"indicator": "soil", "op": "eq", "value": "gone"},
        {"indicator": "soil", "op": "in", "value": []},
        {"indicator": "steam", "op": "in", "value": [1]},
        {"indicator": "steam", "op": "gte", "value": "much"},
        {"indicator": "steam", "op": "gte", "value": True},
    ],
)
def test_a_match_refuses_what_they_cannot_be_asked(
    api_client: APIClient, parcels: None, criterion: dict[str, object]
) -> None:
    assert api_client.post(LIST + "match/", {"hard": [criterion]}, format="json").status_code == 400


def test_histograms_have_a_bin_for_each_choice(api_client: APIClient, parcels: None) -> None:
    answer = api_client.get(LIST + "histograms/?indicators=steam,soil,voltages,dock").json()

    assert (answer["steam"]["min"], answer["steam"]["max"], answer["steam"]["unknown"]) == (9.0, 40.5, 1)
    assert answer["soil"] == {"edges": [-0.5, 0.5, 1.5], "counts": [1, 1], "min": 0.0, "max": 1.0, "unknown": 1}
    assert answer["voltages"]["counts"] == [1, 1, 1]
    assert answer["dock"]["counts"] == [1, 1]


def test_a_comparison_marks_them(api_client: APIClient, parcels: None) -> None:
    answer = api_client.get(LIST + "compare/?codes=A,B").json()

    assert answer["marks"]["steam"] == {"neutral": False, "best": ["B"], "worst": ["A"]}
    assert answer["marks"]["dock"]["neutral"] is True
    assert "soil" not in answer["marks"]
    assert answer["results"][0]["indicators"]["voltages"] == ["10", "110"]


def test_the_dictionary_is_declared_and_changed_by_who_keeps_it(api_client: APIClient, as_person: SignIn) -> None:
    land = as_person("land")
    entry = {"code": "soil", "name_zh": "土壤调查", "group": "terms", "type": "choice", "choices": SOIL}

    assert land.post(DICTIONARY, entry, format="json").status_code == 201
    assert [row["code"] for row in land.get(DICTIONARY).json()["results"]] == ["soil"]
    changed = land.patch(DICTIONARY + "soil/", {"name_en": "Soil survey", "position": 5}, format="json")
    assert (changed.status_code, changed.json()["name_en"], changed.json()["values"]) == (200, "Soil survey", 0)
    assert AuditEntry.objects.filter(table="landparcels_cityindicator", action="update").exists()

    assert as_person("planner").post(DICTIONARY, entry, format="json").status_code == 403
    assert as_person("planner").get(DICTIONARY).status_code == 200
    assert api_client.get(DICTIONARY).status_code == 403


@pytest.mark.parametrize(
    ("wrong", "attr"),
    [
        ({"code": "start_price"}, "code"),
        ({"code": "x"}, "code"),
        ({"type": "poem"}, "type"),
        ({"unit": "furlong"}, "unit"),
        ({"low": 3, "high": 1}, "high"),
        ({"colour": "red"}, "colour"),
        ({"type": "choice"}, "choices"),
    ],
)
def test_an_entry_that_cannot_stand_is_named(as_person: SignIn, wrong: dict[str, object], attr: str) -> None:
    CityIndicatorFactory(code="x")
    entry = {"code": "steam", "name_zh": "可供蒸汽", "group": "energy", "type": "number", "unit": "t/h"} | wrong

    answer = as_person("land").post(DICTIONARY, entry, format="json")

    assert complaint(answer) == (400, attr)
    assert CityIndicator.objects.count() == 1


def test_a_form_opened_before_somebody_s_change_is_told_so(as_person: SignIn, dictionary: None) -> None:
    land = as_person("land")
    seen = land.get(DICTIONARY + "steam/").json()["mark"]
    land.patch(DICTIONARY + "steam/", {"name_zh": "蒸汽供应", "mark": seen}, format="json")

    late = land.patch(DICTIONARY + "steam/", {"name_zh": "蒸汽", "mark": seen}, format="json")

    assert late.status_code == 409
    assert CityIndicator.objects.get(code="steam").name_zh == "蒸汽供应"


def test_a_type_that_parcels_rely_on_stays(as_person: SignIn, parcels: None) -> None:
    answer = as_person("admin").patch(DICTIONARY + "steam/", {"type": "yes_no", "unit": "1"}, format="json")

    assert complaint(answer) == (400, "type")


def test_a_detail_says_who_vouches_and_until_when(api_client: APIClient, dictionary: None) -> None:
    today = timezone.localdate()
    source = Source.objects.create(name="资规局 2026", kind="parcels", as_of=date(2026, 3, 1))
    evidence = {
        "admission": {"as_of": "2026-05-01", "expires": str(today), "reference": "一号文", "department": "某区资规局"},
        "steam": {"expires": str(today - timedelta(days=1))},
    }
    ParcelFactory(code="A", far_min=1.0, start_price=20.0, extra={"steam": 9}, evidence=evidence, source=source)

    told = api_client.get(LIST + "A/").json()
    far, price, steam = (told["indicators"][code] for code in ("far_min", "start_price", "steam"))

    assert (far["as_of"], far["valid_to"], far["expired"]) == ("2026-05-01", str(today), False)
    assert (far["reference"], far["department_zh"], far["source"]) == ("一号文", "某区资规局", "资规局 2026")
    assert "2023" in far["legal_basis_zh"]
    assert (price["as_of"], price["expired"], price.get("valid_to")) == ("2026-03-01", False, None)
    assert (steam["value"], steam["unit"], steam["expired"]) == (9, "t/h", True)
    assert told["expired"] == ["steam"]
    assert api_client.get(LIST).json()["results"][0]["expired"] == ["steam"]


def test_a_regional_value_that_ran_out_is_not_told_and_says_when(api_client: APIClient) -> None:
    outline = MultiPolygon(Polygon.from_bbox((120, 36, 121, 37)), srid=4490)
    for adcode, path in (("370200", "/370200/"), ("370211", "/370200/370211/")):
        Region.objects.create(adcode=adcode, name=adcode, level="district", path=path, outline=outline)
    RegionalValueFactory(region_id="370211", value=0.6, valid_from=date(2024, 1, 1), valid_to=date(2024, 12, 31))
    RegionalValueFactory(
        region_id="370200", indicator="water_price", value=4.0, valid_from=date(2024, 1, 1), valid_to=date(2025, 6, 30)
    )
    ParcelFactory(code="A", region_id="370211", electricity_price=0.6, water_price=4.0)

    ended = api_client.get(LIST + "A/").json()["indicators"]

    assert (ended["electricity_price"]["value"], ended["electricity_price"]["expired"]) == (None, True)
    assert ended["electricity_price"]["valid_to"] == "2024-12-31"
    assert ended["water_price"]["valid_to"] == "2025-06-30"

    RegionalValueFactory(region_id="370200", value=0.7, valid_from=date(2025, 1, 1))
    again = api_client.get(LIST + "A/").json()["indicators"]["electricity_price"]
    assert (again["value"], again["expired"], again["region"]) == (0.7, False, "370200")
