import json
from collections.abc import Callable
from datetime import date
from typing import Any

import h3
import numpy as np
import pyarrow as pa
import pytest
from pytest_django import DjangoAssertNumQueries
from rest_framework.test import APIClient

from geo import hexes
from geo.models import GridValue
from tests.factories.geo import FacilityFactory, GridLayerFactory, ZoneFactory
from tests.factories.landparcels import ParcelFactory
from tests.factories.siting import ProjectFactory, found_city
from tests.shapes import point, rectangle

FIT = "/api/v1/siting/fit/"
AsPerson = Callable[..., APIClient]
HERE = [0.1, 0.1]


@pytest.fixture
def planner(as_person: AsPerson) -> APIClient:
    """In a city with one substation at the place the tests look at."""
    found_city()
    FacilityFactory(code="S1", name="一号站", name_en="First", capacity=100, voltage_kv=110, place=point(*HERE))
    return as_person("planner")


def ask(client: APIClient, *, status: int = 200, **body: Any) -> Any:
    answer = client.post(FIT, body, format="json")
    assert answer.status_code == status, answer.content
    return answer.json()


def test_siting_is_for_staff(api_client: APIClient, db: None) -> None:
    found_city()
    assert ask(api_client, at=HERE, status=403)["errors"][0]["code"] == "not_authenticated"


def test_the_catalogue_says_what_a_site_is_judged_by(as_person: AsPerson, api_client: APIClient) -> None:
    assert api_client.get("/api/v1/siting/resources/").status_code == 403
    power, *_, efficiency = as_person("planner").get("/api/v1/siting/resources/").json()["results"]
    assert power == {
        "resource": "power", "kind": "capacity", "name_zh": "电力", "name_en": "Power", "unit": "MVA", "weight": 0.18,
        "category": "substation", "layer": "", "asks": "power_mva", "per_unit": 1, "reach_km": 8,
        "ideal_km": None, "limit_km": None,
    }  # fmt: skip
    assert (efficiency["resource"], efficiency["weight"]) == ("land_efficiency", 0)


def test_a_site_is_opened_down_to_the_stations_behind_it(planner: APIClient) -> None:
    FacilityFactory(code="S2", capacity=80, spare=20, as_of=date(2025, 6, 30), place=point(0.13, 0.1))
    FacilityFactory(code="S3", capacity=None, place=point(0.1, 0.12))
    ProjectFactory(code="P", status="committed", power_mva=30, place=point(*HERE), committed_on=date(2025, 1, 1))
    answer = ask(planner, project={"power_mva": 40}, at=HERE)
    power = answer["resources"]["power"]
    assert answer["cell"] == h3.latlng_to_cell(HERE[1], HERE[0], 9)
    assert (answer["distance"], answer["stability"], answer["excluded"]) == ("great-circle", None, [])
    assert (power["kind"], power["weight"], power["demand"], power["unit"]) == ("capacity", 1.0, 40, "MVA")
    assert power["fit"] == 1.0
    assert answer["composite"] == pytest.approx(100)
    assert answer["bottleneck"] is None
    km = hexes.distances_km(*hexes.centres(hexes.cells_at([0.1, 0.13], [0.1, 0.1])))
    weight = 0.01 ** ((km / 8) ** 2)
    drawn = 30 * 100 / (100 + 20 * weight)  # the rest of its draw is in the spare recorded half a year later
    assert power["largest"] == {
        "code": "S1", "name": "First", "km": 0, "approximate": False, "residual": pytest.approx(100 - drawn),
        "amount": 100, "amount_is": "capacity", "as_of": None, "voltage_kv": 110,
        "draws": [{"project": "P", "amount": pytest.approx(drawn), "already_in_figure": False}], "draws_more": 0,
    }  # fmt: skip
    assert power["accessible"] == pytest.approx(100 - drawn + 20 * weight)
    assert power["total"] == pytest.approx(100 - drawn + 20)
    assert (power["stations_in_reach"], power["stations_unknown"]) == (3, 1)
    assert [station["code"] for station in power["nearest"]] == ["S1", "S3", "S2"]
    assert power["nearest"][1]["residual"] is None
    assert power["nearest"][2]["as_of"] == "2025-06-30"
    assert power["nearest"][2]["draws"][0]["already_in_figure"]
    assert (power["unserved"], power["committed_unserved"]) == (0, 0)


def test_what_is_missing_is_said_by_amount_and_name(planner: APIClient) -> None:
    FacilityFactory(category="motorway_access", place=point(0.2, 0.1))
    answer = ask(planner, project={"power_mva": 400}, at=HERE, weights={"power": 1, "motorway": 1})
    power, motorway = answer["resources"]["power"], answer["resources"]["motorway"]
    assert (power["fit"], power["unserved"], power["weight"]) == (0.25, 300, 0.5)
    assert motorway["km"] == pytest.approx(11.1, abs=0.4)
    assert motorway["fit"] == pytest.approx((20 - motorway["km"]) / 15)
    assert answer["bottleneck"] == "power"
    assert answer["composite"] == pytest.approx(100 * 0.25**0.5 * motorway["fit"] ** 0.5)
    assert {"resource": "water", "name": "Water", "reason": "the project does not state this need"} in answer[
        "left_out"
    ]


def test_a_committed_project_does_not_compete_with_itself(planner: APIClient) -> None:
    ProjectFactory(code="P1", status="committed", power_mva=80, place=point(*HERE))
    assert ask(planner, project={"code": "P1"}, at=HERE)["resources"]["power"]["fit"] == 1.0
    assert ask(planner, project={"power_mva": 80}, at=HERE)["resources"]["power"]["fit"] == 0.25
    assert ask(planner, project={"code": "P1", "power_mva": 200}, at=HERE)["resources"]["power"]["fit"] == 0.5


def test_an_excluded_site_has_reasons_and_no_composite(planner: APIClient) -> None:
    ZoneFactory(code="R1", name="Red", kind="ecological_redline", outline=rectangle(0.05, 0.05, 0.15, 0.15))
    ZoneFactory(code="D1", name="Park", kind="development_zone", hazard_max="low", outline=rectangle(0, 0, 0.3, 0.2))
    answer = ask(planner, project={"power_mva": 40, "hazard": "high"}, at=HERE)
    assert answer["composite"] is None
    assert answer["composite_if_allowed"] == pytest.approx(100)
    assert {(reason["kind"], reason["zone"]) for reason in answer["excluded"]} == {
        ("ecological_redline", "R1"),
        ("development_zone", "D1"),
    }
    assert "in the ecological red line Red" in [reason["detail"] for reason in answer["excluded"]]


def test_a_dangerous_project_without_a_zone_for_it_is_warned_about(planner: APIClient) -> None:
    answer = ask(planner, project={"power_mva": 40, "hazard": "medium"}, at=HERE)
    assert [warning["code"] for warning in answer["warnings"]] == ["hazard_unplaced"]
    assert answer["composite"] == pytest.approx(100)


@pytest.mark.parametrize(
    ("body", "attr", "said"),
    [
        ({"at": [1.0, 1.0]}, "at", "not in the city"),
        ({"at": [120.0]}, "at", "longitude, latitude"),
        ({"at": [200.0, 0.1]}, "at", "longitude, latitude"),
        ({"at": ["x", 0.1]}, "at.0", "number"),
        ({}, None, "Give one of"),
        ({"at": HERE, "field": True}, None, "Give one of"),
        ({"at": HERE, "coffee": 1}, "coffee", "Unknown field"),
        ({"at": HERE, "project": {"coffee": 1}}, "project.coffee", "Unknown field"),
        ({"at": HERE, "project": {"power_mva": -1}}, "project.power_mva", "greater"),
        ({"at": HERE, "project": {"power_mva": "much"}}, "project.power_mva", "number"),
        ({"at": HERE, "project": {"hazard": "extreme"}}, "project.hazard", "extreme"),
        ({"at": HERE, "project": {"node": "cells"}}, "project.node", "chain/node"),
        ({"at": HERE, "weights": {"coffee": 1}}, "weights", "no resource coffee"),
        ({"at": HERE, "weights": {"power": -1}}, "weights", "from 0 up"),
        ({"field": True, "resolution": 10}, "resolution", "9"),
        ({"parcels": ["nowhere"]}, "parcels", "no parcel nowhere"),
        ({"parcels": []}, "parcels", "empty"),
    ],
)
def test_bad_input_is_answered_in_words(planner: APIClient, body: dict[str, Any], attr: str | None, said: str) -> None:
    answer = planner.post(FIT, body, format="json")
    assert answer.status_code == 400
    [error] = answer.json()["errors"]
    assert error["attr"] in {attr, "non_field_errors"} if attr is None else error["attr"] == attr
    assert said in error["detail"]


def test_an_empty_deployment_says_what_to_do(as_person: AsPerson) -> None:
    answer = as_person("planner").post(FIT, {"at": HERE}, format="json")
    assert answer.status_code == 400
    assert "manage.py city" in answer.json()["errors"][0]["detail"]


def test_errors_come_in_chinese_to_those_who_read_it(planner: APIClient) -> None:
    answer = planner.post(FIT, {"at": [1.0, 1.0]}, format="json", HTTP_ACCEPT_LANGUAGE="zh-CN")
    assert "不在本市范围内" in answer.json()["errors"][0]["detail"]


def test_parcels_are_ranked_and_excluded_ones_come_last(planner: APIClient) -> None:
    ZoneFactory(kind="flood", outline=rectangle(0.0, 0.0, 0.02, 0.02))
    for number, lon in enumerate((0.11, 0.16, 0.1, 0.01)):
        ParcelFactory(code=f"P{number}", lng=lon, lat=0.1 if lon > 0.02 else 0.01)
    answer = ask(planner, project={"power_mva": 100}, parcels=["P0", "P1", "P2", "P3"])
    results = answer["results"]
    assert [(one["code"], one["rank"]) for one in results] == [("P2", 1), ("P0", 2), ("P1", 3), ("P3", None)]
    assert [reason["kind"] for reason in results[3]["excluded"]] == ["flood"]
    assert results[0]["composite"] == pytest.approx(100)
    assert all(one["stability"] is None for one in results)  # ten candidates or fewer say nothing
    assert results[1]["resources"]["power"]["nearest"][0]["code"] == "S1"


def test_a_ranking_of_many_parcels_says_how_stable_it_is(planner: APIClient) -> None:
    FacilityFactory(category="motorway_access", place=point(0.25, 0.1))
    for number in range(15):
        ParcelFactory(code=f"P{number:02}", lng=0.03 + 0.015 * number, lat=0.1)
    results = ask(planner, project={"power_mva": 100}, parcels=[f"P{number:02}" for number in range(15)])["results"]
    assert "nearest" not in results[0]["resources"]["power"]  # figures alone in a long ranking
    stability = [one["stability"] for one in results]
    assert sum(stability) == pytest.approx(10)
    assert results[0]["stability"] > results[-1]["stability"]


def test_the_field_agrees_with_the_site(planner: APIClient) -> None:
    ZoneFactory(kind="flood", outline=rectangle(0.25, 0.15, 0.3, 0.2))
    FacilityFactory(category="motorway_access", place=point(0.2, 0.1))
    project = {"power_mva": 90}
    field = ask(planner, project=project, field=True)
    found = dict(zip(field["cells"], field["values"], strict=True))
    assert field["excluded"] == sum(value is None for value in found.values()) > 0
    assert field["weights"].keys() == {"power", "motorway"}
    for place in ([0.1, 0.1], [0.16, 0.13], [0.28, 0.18]):
        site = ask(planner, project=project, at=place)
        expected = site["composite"]
        assert found[site["cell"]] == (None if expected is None else pytest.approx(expected, abs=0.0051))


def test_the_field_comes_as_arrow_when_asked(planner: APIClient) -> None:
    plain = ask(planner, project={"power_mva": 90}, field=True)
    answer = planner.post(
        FIT,
        {"project": {"power_mva": 90}, "field": True},
        format="json",
        HTTP_ACCEPT="application/vnd.apache.arrow.stream",
        HTTP_ACCEPT_ENCODING="identity",
    )
    assert answer["Content-Type"] == "application/vnd.apache.arrow.stream"
    table = pa.ipc.open_stream(answer.content).read_all()
    assert hexes.texts(table["cell"].to_numpy()) == plain["cells"]
    assert np.abs(table["value"].to_numpy() - np.array(plain["values"])).max() < 0.0051
    assert json.loads(table.schema.metadata[b"left_out"]) == plain["left_out"]


def test_a_coarser_field_shows_the_mean_of_its_cells(planner: APIClient) -> None:
    fine = ask(planner, project={"power_mva": 90}, field=True)
    coarse = ask(planner, project={"power_mva": 90}, field=True, resolution=8)
    cell = h3.latlng_to_cell(0.1, 0.1, 8)
    below = [
        value for text, value in zip(fine["cells"], fine["values"], strict=True) if h3.cell_to_parent(text) == cell
    ]
    assert coarse["resolution"] == 8
    assert coarse["values"][coarse["cells"].index(cell)] == pytest.approx(np.mean(below), abs=0.01)


def test_committed_demand_that_nothing_serves_is_told(planner: APIClient) -> None:
    ProjectFactory(status="committed", power_mva=12, place=point(0.28, 0.18))
    ProjectFactory(status="committed", power_mva=130, place=point(*HERE))
    assert ask(planner, project={"power_mva": 9}, field=True)["unserved"] == {"power": pytest.approx(42)}


def test_labour_counts_the_workers_around(planner: APIClient) -> None:
    layer = GridLayerFactory(code="resident_workers")
    GridValue.objects.create(layer=layer, cell=hexes.cell_at(HERE[0], HERE[1]), period="night", value=3000)
    labour = ask(planner, project={"jobs": 6000}, at=HERE)["resources"]["labour"]
    assert (labour["accessible"], labour["fit"], labour["demand"]) == (3000, 0.5, 6000)
    assert labour["total"] == 3000


def test_what_is_kept_is_renewed_when_data_change(planner: APIClient) -> None:
    before = ask(planner, project={"power_mva": 400}, at=HERE)["resources"]["power"]["fit"]
    FacilityFactory(capacity=100, place=point(*HERE))
    after = ask(planner, project={"power_mva": 400}, at=HERE)["resources"]["power"]["fit"]
    assert (before, after) == (0.25, 0.5)


def test_a_warm_answer_asks_the_database_little(
    planner: APIClient, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    ask(planner, project={"power_mva": 40}, at=HERE)
    with django_assert_max_num_queries(7):  # session, user, three stamps
        ask(planner, project={"power_mva": 50}, at=HERE)
