"""POST parcels/match/ and parcels/{code}/precheck/."""

from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries
from rest_framework.test import APIClient

from geo.models import Region
from landparcels import shapes
from landparcels.models import Parcel
from tests.factories.landparcels import ParcelFactory, parcels

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/parcels/match/"
POWER = {"indicator": "power_capacity", "op": "gte", "value": 20}
NEAR_PORT = {"indicator": "port_km", "ideal": 0, "accept": 40, "weight": 2}


def ask(client: APIClient, **asked: Any) -> Any:  # Any: JSON
    answer = client.post(ADDRESS, asked)
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_a_match_ranks_what_is_on_offer_with_reasons(api_client: APIClient) -> None:
    parcels(
        {"code": "A", "power_capacity": 25.0, "port_km": 30.0},
        {"code": "B", "power_capacity": 20.0, "port_km": 10.0},
        {"code": "C", "power_capacity": 50.0},
        {"code": "weak", "power_capacity": 19.9, "port_km": 0.0},
        {"code": "unknown", "port_km": 0.0},
        {"code": "taken", "power_capacity": 90.0, "status": "reserved"},
        {"code": "draft", "power_capacity": 90.0, "status": "draft"},
    )

    found = ask(api_client, hard=[POWER], soft=[NEAR_PORT])

    assert [(row["rank"], row["code"], row["score"]) for row in found["results"]] == [
        (1, "B", 75.0),
        (2, "A", 25.0),
        (3, "C", 0.0),
    ]
    assert found["total"] == 3
    first, _, last = found["results"]
    assert first["criteria"] == [{"indicator": "port_km", "value": 10.0, "satisfaction": 0.75, "weight": 2.0}]
    assert (last["criteria"][0]["value"], last["unknown"], last["score_if_known"]) == (None, ["port_km"], 100.0)
    assert (first["stability"], first["admission"]) == (None, None)


def test_unknowns_pass_when_allowed(api_client: APIClient) -> None:
    parcels({"code": "A"})

    assert ask(api_client, hard=[POWER])["total"] == 0
    found = ask(api_client, hard=[POWER], allow_unknown=True)
    assert (found["total"], found["results"][0]["unknown"]) == (1, ["power_capacity"])


def test_a_match_looks_where_it_is_told(api_client: APIClient) -> None:
    Region.objects.create(adcode="370200", name="青岛市", level="city", path="/370200/")
    Region.objects.create(adcode="370211", name="黄岛区", level="district", parent_id="370200", path="/370200/370211/")
    parcels(
        {"code": "A", "region_id": "370211"},
        {"code": "B", "region_id": "370200", "lng": 120.4},
        {"code": "C", "lng": 120.5, "side": 0.002},
    )

    def codes(**where: object) -> list[str]:
        return [row["code"] for row in ask(api_client, **where)["results"]]

    assert codes(region="370200") == ["A", "B"]
    assert codes(region="370211") == ["A"]
    assert codes(bbox=[120.35, 36, 120.6, 37]) == ["B", "C"]
    assert codes(area_mu=[20, None]) == ["C"]
    assert codes(area_mu=[None, 20]) == ["A", "B"]


def test_an_industry_leaves_out_the_parcels_that_exclude_it(api_client: APIClient) -> None:
    parcels(
        {"code": "open", "admits": ["38"]},
        {"code": "shut", "excludes": ["384"]},
        {"code": "silent"},
    )

    found = ask(api_client, industry="C3841")

    assert {row["code"]: row["admission"]["industry"] for row in found["results"]} == {
        "open": "admitted",
        "silent": "not_stated",
    }
    assert found["excluded_by_industry"] == 1


def test_a_project_is_checked_against_each_parcel(api_client: APIClient) -> None:
    """15.0 mu and 5,000 of investment are 334 per mu."""
    ParcelFactory(code="A", investment_intensity_min=300.0, tax_per_mu_min=20.0, far_min=1.0)

    (row,) = ask(api_client, project={"industry": "3841", "mu": 20, "investment": 5000, "tax": 150})["results"]

    admission = row["admission"]
    assert (admission["passed"], admission["failed"]) == (1, 1)
    by_code = {check["indicator"]: check for check in admission["indicators"]}
    assert by_code["investment_intensity_min"]["outcome"] == "pass"
    assert by_code["tax_per_mu_min"]["shortfall"] == pytest.approx(20 - 150 / 14.969, abs=1e-3)
    assert by_code["far_min"] == {
        "indicator": "far_min",
        "outcome": "not_stated",
        "required": 1.0,
        "planned": None,
        "shortfall": None,
        "missing": "project",
        "unit": "1",
    }
    assert (admission["area"]["outcome"], round(admission["area"]["shortfall"], 2)) == ("fail", 5.03)


def test_an_empty_match_says_what_to_relax(api_client: APIClient) -> None:
    parcels({"power_capacity": 15.0}, {"power_capacity": 12.0})

    found = ask(api_client, hard=[POWER])

    assert (found["total"], found["results"]) == (0, [])
    assert found["relax"] == [
        {
            "indicator": "power_capacity",
            "op": "gte",
            "value": 20.0,
            "to": 15.0,
            "count": 1,
            "without": 2,
            "together": [],
        }
    ]


def test_stability_comes_when_asked_for(api_client: APIClient) -> None:
    parcels(*({"port_km": float(km)} for km in range(12)))

    found = ask(api_client, soft=[NEAR_PORT], stability=True, limit=12)

    assert [row["stability"] for row in found["results"]] == [1.0] * 10 + [0.0] * 2


def test_a_published_parcel_is_matched_at_once_and_a_withdrawn_one_no_more(api_client: APIClient) -> None:
    parcel = ParcelFactory(status="approved")
    assert ask(api_client)["total"] == 0

    parcel.status = "published"
    parcel.save()
    assert ask(api_client)["total"] == 1

    Parcel.objects.filter(pk=parcel.pk).update(status="withdrawn")
    assert ask(api_client)["total"] == 0


def test_a_warm_match_asks_no_more_than_whether_anything_changed(
    api_client: APIClient, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    ParcelFactory(power_capacity=30.0)
    ask(api_client)

    with django_assert_num_queries(2):  # the version of the table; the middleware takes the actor back
        ask(api_client, hard=[POWER], soft=[NEAR_PORT])


@pytest.mark.parametrize(
    ("asked", "part"),
    [
        ({"hard": [{"indicator": "beauty", "op": "gte", "value": 1}]}, "hard.0.indicator"),
        ({"hard": [{"indicator": "port_km", "op": "near", "value": 1}]}, "hard.0.op"),
        ({"hard": [{"indicator": "port_km", "op": "gte", "value": "far"}]}, "hard.0.value"),
        ({"hard": [POWER, {"indicator": "power_capacity", "op": "lte", "value": 10}]}, "hard.1"),
        ({"soft": [{**NEAR_PORT, "weight": -1}]}, "soft.0.weight"),
        ({"soft": [{"indicator": "port_km", "ideal": 1}]}, "soft.0.accept"),
        ({"bbox": [121, 36, 120, 37]}, "bbox"),
        ({"bbox": [121, 36]}, "bbox"),
        ({"area_mu": [30, 20]}, "area_mu"),
        ({"industry": "cars"}, "industry"),
        ({"region": "999999"}, "region"),
        ({"limit": 0}, "limit"),
        ({"project": {"investment": -5}}, "project.investment"),
        ({"project": {"charm": 5}}, "project.charm"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_wrong_requirement_is_named_in_words(api_client: APIClient, asked: dict[str, Any], part: str) -> None:
    ParcelFactory()

    answer = api_client.post(ADDRESS, asked)

    assert answer.status_code == 400, answer.content
    error = answer.json()["errors"][0]
    assert (error["attr"], bool(error["detail"])) == (part, True)


@pytest.mark.parametrize("body", [b"[1, 2]", b'"text"', b"{broken", b'{"hard": {"a": 1}}', b'{"hard": [7]}', b"NaN"])
def test_a_body_that_is_no_requirement_is_refused(api_client: APIClient, body: bytes) -> None:
    assert api_client.post(ADDRESS, body, content_type="application/json").status_code == 400


@pytest.mark.parametrize(
    "body",
    [
        b'{"hard": [{"indicator": "port_km", "op": "gte", "value": 1e999}]}',
        b'{"soft": [{"indicator": "port_km", "ideal": 1e308, "accept": -1e308}]}',
        b'{"soft": [{"indicator": "port_km", "ideal": 1, "accept": 0, "weight": 1e308}]}',
        b'{"project": {"footprint_m2": 1e308}}',
        b'{"region": "\\u0000"}',
        b'{"hard": [' + b",".join([b'{"indicator": "port_km", "op": "gte", "value": 1}'] * 101) + b"]}",
    ],
)
def test_what_is_beyond_all_bounds_is_refused(api_client: APIClient, body: bytes) -> None:
    ParcelFactory(building_coefficient_min=30.0)

    assert api_client.post(ADDRESS, body, content_type="application/json").status_code == 400


def test_words_come_in_the_language_asked_for(api_client: APIClient) -> None:
    answer = api_client.post(ADDRESS, {"region": "999999"}, HTTP_ACCEPT_LANGUAGE="zh-CN")

    assert "没有代码为 999999 的区域" in answer.json()["errors"][0]["detail"]


def test_a_plan_is_checked_on_one_parcel(api_client: APIClient) -> None:
    ParcelFactory(code="A", admits=["38"], energy_per_value_added_max=0.35, construction_months_max=24)

    answer = api_client.post(
        "/api/v1/parcels/A/precheck/",
        {"industry": "3841", "energy_tce": 450, "value_added": 1000, "construction_months": 24},
    ).json()

    assert (answer["code"], answer["industry"], answer["passed"], answer["failed"]) == ("A", "admitted", 1, 1)
    failed = next(row for row in answer["indicators"] if row["outcome"] == "fail")
    assert (failed["indicator"], failed["shortfall"], failed["unit"]) == (
        "energy_per_value_added_max",
        pytest.approx(0.1),
        "tce/10k CNY",
    )


def test_answers_look_as_the_interface_describes_them(api_client: APIClient) -> None:
    ParcelFactory(code="A", power_capacity=30.0)

    found = ask(api_client, hard=[POWER], soft=[NEAR_PORT], project={"mu": 20})
    relaxed = ask(api_client, hard=[{**POWER, "value": 50}])
    checked = api_client.post("/api/v1/parcels/A/precheck/", {}).json()

    (row,), (relax,) = found["results"], relaxed["relax"]
    for answer, shape in (
        (found, shapes.MatchShape),
        (row, shapes.ResultShape),
        (row["criteria"][0], shapes.CriterionShape),
        (row["hard"][0], shapes.HardShape),
        (row["admission"], shapes.AdmissionShape),
        (row["admission"]["area"], shapes.AreaShape),
        (relax, shapes.RelaxationShape),
        (checked, shapes.PrecheckShape),
        (checked["indicators"][0], shapes.CheckShape),
    ):
        assert set(answer) == set(shape().fields)


def test_a_wrong_plan_is_named(api_client: APIClient) -> None:
    ParcelFactory(code="A")

    answer = api_client.post("/api/v1/parcels/A/precheck/", {"tax": "plenty"})

    assert (answer.status_code, answer.json()["errors"][0]["attr"]) == (400, "tax")
