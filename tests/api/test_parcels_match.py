"""POST parcels/match/ and parcels/{code}/precheck/."""

import json
from typing import Any

import pytest
from django.conf import LazySettings
from pytest_django import DjangoAssertNumQueries
from rest_framework.test import APIClient

from geo.models import Region
from landparcels import shapes, verdict_shapes
from landparcels.models import Parcel
from tests.factories.geo import RegionFactory
from tests.factories.landparcels import ParcelFactory, parcels
from tests.shapes import rectangle

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
    api_client: APIClient, django_assert_num_queries: DjangoAssertNumQueries, settings: LazySettings
) -> None:
    settings.VERSION_SECONDS = 60.0  # the city's own indicators are asked for once in that time
    ParcelFactory(power_capacity=30.0)
    ask(api_client, hard=[POWER], soft=[NEAR_PORT])

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


@pytest.mark.parametrize(
    ("asked", "part", "words"),
    [
        (
            {"hard": [{"indicator": "power_capacity", "op": "gte", "value": 20000}]},
            "hard.0.value",
            "Spare power capacity lies between 0 and 3200 MVA; got 20000. Is it in another unit?",
        ),
        (
            {"soft": [{"indicator": "port_km", "ideal": 0, "accept": 40000}]},
            "soft.0.accept",
            "got 40000. Is it in another unit?",
        ),
        ({"hard": [{"indicator": "start_price", "op": "lte", "value": -1}]}, "hard.0.value", "between 0 and 1700"),
        ({"soft": [{"indicator": "start_price", "ideal": 300000, "accept": 1}]}, "soft.0.ideal", "got 300000"),
    ],
)
def test_kilovolt_amperes_metres_and_yuan_are_taken_for_the_slips_of_unit_they_are(
    api_client: APIClient, asked: dict[str, Any], part: str, words: str
) -> None:
    answer = api_client.post(ADDRESS, asked)

    assert answer.status_code == 400
    (error,) = answer.json()["errors"]
    assert error["attr"] == part
    assert words in error["detail"]


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
        (row["admission"], verdict_shapes.AdmissionShape),
        (row["admission"]["area"], verdict_shapes.AreaShape),
        (relax, shapes.RelaxationShape),
        (checked, shapes.PrecheckShape),
        (checked["indicators"][0], verdict_shapes.CheckShape),
    ):
        fields = shape().fields
        assert {name for name, field in fields.items() if field.required} <= set(answer) <= set(fields)


def test_a_wrong_plan_is_named(api_client: APIClient) -> None:
    ParcelFactory(code="A")

    answer = api_client.post("/api/v1/parcels/A/precheck/", {"tax": "plenty"})

    assert (answer.status_code, answer.json()["errors"][0]["attr"]) == (400, "tax")


def beside(*widths: float) -> list[Any]:  # Any: outlines
    """Rectangles of 0.001 degrees in height, side by side from west to east; about 12 mu for a width of 0.001."""
    outlines, west = [], 120.3
    for width in widths:
        outlines.append(rectangle(west, 36.2, west + width, 36.201))
        west += width
    return outlines


def test_small_parcels_that_touch_are_offered_together(api_client: APIClient) -> None:
    left, middle, right = beside(0.001, 0.001, 0.001)
    parcels(
        {"code": "A", "outline": left, "start_price": 10.0, "port_km": 10.0},
        {"code": "B", "outline": middle, "start_price": 20.0, "port_km": 30.0},
        {"code": "far", "lng": 120.9},
        {"code": "draft", "outline": right, "status": "draft"},
    )

    found = ask(api_client, soft=[NEAR_PORT], area_mu=[20, None], groups=True)

    (group,) = found["groups"]
    assert found["total"] == 0
    assert [row["code"] for row in group["parcels"]] == ["A", "B"]
    assert group["area_mu"] == pytest.approx(sum(row["area_mu"] for row in group["parcels"]))
    assert group["start_price"] == pytest.approx(15.0)
    assert group["score"] == pytest.approx(50.0)  # (75 + 25) / 2
    assert ask(api_client, area_mu=[20, None])["groups"] == []


def test_every_member_of_a_group_keeps_the_hard_criteria_and_the_region(api_client: APIClient) -> None:
    left, middle, right = beside(0.001, 0.001, 0.001)
    RegionFactory(adcode="990001")
    RegionFactory(adcode="990002")
    parcels(
        {"code": "A", "outline": left, "power_capacity": 30.0, "region_id": "990001"},
        {"code": "B", "outline": middle, "power_capacity": 30.0, "region_id": "990001"},
        {"code": "C", "outline": right, "power_capacity": 30.0, "region_id": "990002"},
    )

    def codes(**asked: Any) -> list[list[str]]:  # Any: JSON
        groups = ask(api_client, area_mu=[20, None], groups=True, **asked)["groups"]
        return [[row["code"] for row in group["parcels"]] for group in groups]

    assert codes(hard=[POWER]) == [["A", "B"]]
    Parcel.objects.filter(code="B").update(power_capacity=5.0)
    assert codes(hard=[POWER]) == []


def test_of_a_divisible_parcel_that_is_too_large_a_part_is_offered(api_client: APIClient) -> None:
    parcels({"code": "whole", "side": 0.002}, {"code": "parts", "side": 0.002, "divisible": True})

    found = ask(api_client, area_mu=[10, 20], soft=[{"indicator": "area_mu", "ideal": 20, "accept": 60}])

    (row,) = found["results"]
    assert (row["code"], row["divisible"], row["part_mu"], row["score"]) == ("parts", True, 20.0, 100.0)
    assert row["area_mu"] > 40


def test_what_matters_comes_with_stability(api_client: APIClient) -> None:
    parcels(*({"port_km": float(km), "start_price": 20.0} for km in range(12)))
    cheap = {"indicator": "start_price", "ideal": 10, "accept": 30}

    found = ask(api_client, soft=[NEAR_PORT, cheap], stability=True)

    assert [(one["indicator"], one["share"]) for one in found["matters"]] == [("port_km", 1.0), ("start_price", 0.0)]
    assert ask(api_client, soft=[NEAR_PORT])["matters"] == []


def test_a_drawn_area_and_the_distance_to_a_place(api_client: APIClient) -> None:
    parcels({"code": "in", "lng": 120.30}, {"code": "near", "lng": 120.42}, {"code": "far", "lng": 121.5})
    drawn = {"type": "Polygon", "coordinates": [[[120.2, 36.1], [120.35, 36.1], [120.35, 36.3], [120.2, 36.1]]]}
    near = {"indicator": "place_km", "op": "lte", "value": 20}

    within = ask(api_client, within=drawn)
    reached = ask(api_client, hard=[near], place=[120.31, 36.2])

    assert [row["code"] for row in within["results"]] == ["in"]
    assert sorted(row["code"] for row in reached["results"]) == ["in", "near"]
    assert {row["code"]: round(row["place_km"]) for row in reached["results"]} == {"in": 1, "near": 10}
    listed = api_client.get("/api/v1/parcels/", {"within": json.dumps(drawn)}).json()
    assert [row["code"] for row in listed["results"]] == ["in"]
    bars = api_client.get("/api/v1/parcels/histograms/", {"within": json.dumps(drawn), "indicators": "area_mu"}).json()
    assert sum(bars["area_mu"]["counts"]) == 1
    bars = api_client.get("/api/v1/parcels/histograms/", {"place": "120.31,36.2", "indicators": "area_mu"}).json()
    assert (round(bars["place_km"]["min"]), sum(bars["place_km"]["counts"])) == (1, 3)
    wrong = api_client.get("/api/v1/parcels/histograms/", {"place": "36.2"})
    assert (wrong.status_code, wrong.json()["errors"][0]["attr"]) == (400, "place")


def test_only_parcels_that_would_admit_the_project(api_client: APIClient) -> None:
    parcels(
        {"code": "asks little", "tax_per_mu_min": 10.0}, {"code": "asks much", "tax_per_mu_min": 90.0}, {"code": "?"}
    )

    found = ask(api_client, project={"tax": 400}, admitting=True)

    assert sorted(row["code"] for row in found["results"]) == ["?", "asks little"]
    assert (found["total"], found["not_admitting"]) == (2, 1)


def test_an_empty_region_points_to_its_sisters(api_client: APIClient) -> None:
    city = RegionFactory(adcode="990000", level="city")
    for adcode in ("990001", "990002", "990003"):
        RegionFactory(adcode=adcode, parent=city, level="district")
    parcels(
        {"code": "two", "region_id": "990002", "power_capacity": 30.0, "port_km": 20.0},
        {"code": "three", "region_id": "990003", "power_capacity": 30.0, "port_km": 4.0},
        {"code": "weak", "region_id": "990003", "power_capacity": 3.0},
    )

    found = ask(api_client, region="990001", hard=[POWER], soft=[NEAR_PORT])

    assert [(one["region"], one["total"], one["best"]["code"]) for one in found["elsewhere"]] == [
        ("990003", 1, "three"),
        ("990002", 1, "two"),
    ]
    assert ask(api_client, region="990003", hard=[POWER])["elsewhere"] == []


def test_parcels_that_would_admit_a_plan_with_what_shuts_the_doors(api_client: APIClient) -> None:
    parcels(
        {"code": "stated", "tax_per_mu_min": 10.0, "jobs_per_mu_min": 1.0},
        {"code": "silent"},
        {"code": "dear", "tax_per_mu_min": 90.0},
        {"code": "chemical", "admits": ["26"]},
        {"code": "small", "side": 0.0004},
        {"code": "taken", "status": "reserved"},
    )

    found = api_client.post("/api/v1/parcels/admitting/", {"tax": 400, "jobs": 60, "industry": "38", "mu": 10}).json()

    assert [(row["code"], row["passed"], row["not_stated"]) for row in found["results"]] == [
        ("stated", 2, 15),
        ("silent", 0, 17),
    ]
    counts = {
        name: found[name] for name in ("candidates", "total", "excluded_by_industry", "too_small", "fully_stated")
    }
    assert counts == {"candidates": 5, "total": 2, "excluded_by_industry": 1, "too_small": 1, "fully_stated": 0}
    tax = next(one for one in found["indicators"] if one["indicator"] == "tax_per_mu_min")
    assert (tax["passed"], tax["failed"], tax["not_stated"]) == (1, 1, 3)


def test_similar_parcels_are_on_offer_and_say_in_what_they_differ(api_client: APIClient) -> None:
    parcels(
        {"code": "here", "port_km": 10.0, "start_price": 10.0},
        {"code": "alike", "port_km": 11.0, "start_price": 10.0},
        {"code": "other", "port_km": 90.0, "start_price": 80.0},
        {"code": "taken", "port_km": 10.0, "start_price": 10.0, "status": "transferred"},
        {"code": "draft", "port_km": 10.0, "start_price": 10.0, "status": "draft"},
    )

    found = api_client.get("/api/v1/parcels/here/similar/").json()

    assert [row["code"] for row in found["results"]] == ["alike", "other"]
    assert found["results"][0]["likeness"] > 0.95
    assert found["results"][1]["differences"][0]["there"] in (80.0, 90.0)
    assert len(api_client.get("/api/v1/parcels/here/similar/?limit=1").json()["results"]) == 1
    assert api_client.get("/api/v1/parcels/taken/similar/").json()["results"][0]["code"] in ("here", "alike")
    assert api_client.get("/api/v1/parcels/draft/similar/").status_code == 404


@pytest.mark.parametrize("limit", ["0", "51", "-1", "six", "1e1", "٣", ""])
def test_a_limit_of_similar_parcels_is_a_small_number(api_client: APIClient, limit: str) -> None:
    ParcelFactory(code="A")

    answer = api_client.get("/api/v1/parcels/A/similar/", {"limit": limit})

    assert (answer.status_code, answer.json()["errors"][0]["attr"]) == (400, "limit")


CROSSED = [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]


@pytest.mark.parametrize(
    ("asked", "part"),
    [
        ({"within": {"type": "Point", "coordinates": [1, 2]}}, "within"),
        ({"within": {"type": "Polygon", "coordinates": CROSSED}}, "within"),
        ({"within": {"type": "Polygon", "coordinates": "far"}}, "within"),
        ({"within": {"type": "Polygon", "coordinates": []}}, "within"),
        ({"within": {"type": "Polygon", "coordinates": [[[0, 0], [400, 0], [0, 1], [0, 0]]]}}, "within"),
        ({"within": {"type": "Polygon", "coordinates": [[[at / 900, 0] for at in range(2001)] + [[0, 1], [0, 0]]]}}, "within"),
        ({"within": [120, 36, 121, 37]}, "within"),
        ({"place": [36.2, 120.3]}, "place"),
        ({"place": [120]}, "place"),
        ({"soft": [{"indicator": "place_km", "ideal": 0, "accept": 20}]}, "soft.0.indicator"),
        ({"admitting": "perhaps"}, "admitting"),
        ({"groups": 7}, "groups"),
    ],
)  # fmt: skip
def test_a_wrong_place_is_named_in_words(api_client: APIClient, asked: dict[str, Any], part: str) -> None:
    ParcelFactory()

    answer = api_client.post(ADDRESS, asked)

    assert answer.status_code == 400, answer.content
    assert answer.json()["errors"][0]["attr"] == part


@pytest.mark.parametrize(
    "plan", [{"tax": -1}, {"charm": 1}, {"limit": 0}, {"industry": "cars"}, {"region": "999999"}, {"within": 3}, [1]]
)
def test_a_wrong_plan_admits_nowhere(api_client: APIClient, plan: Any) -> None:  # Any: whatever is sent
    ParcelFactory()

    assert api_client.post("/api/v1/parcels/admitting/", plan).status_code == 400


@pytest.mark.parametrize("text", ["{", "[]", '{"type": "Polygon"}', "120,36,121,37"])
def test_a_wrong_area_of_the_list_is_named(api_client: APIClient, text: str) -> None:
    for address in ("/api/v1/parcels/", "/api/v1/parcels/histograms/"):
        answer = api_client.get(address, {"within": text})
        assert (answer.status_code, answer.json()["errors"][0]["attr"]) == (400, "within")


def test_the_further_answers_look_as_the_interface_describes_them(api_client: APIClient) -> None:
    left, right = beside(0.001, 0.001)
    parcels({"code": "A", "outline": left, "port_km": 3.0}, {"code": "B", "outline": right, "port_km": 90.0})
    found = ask(api_client, soft=[NEAR_PORT], stability=True)
    grouped = ask(api_client, area_mu=[20, None], groups=True, project={"mu": 20})["groups"][0]
    admitted = api_client.post("/api/v1/parcels/admitting/", {}).json()
    alike = api_client.get("/api/v1/parcels/A/similar/").json()

    for answer, shape in (
        (found["matters"][0], shapes.MatterShape),
        (grouped, shapes.GroupShape),
        (grouped["parcels"][0], shapes.PlacedShape),
        (admitted, shapes.AdmittingShape),
        (admitted["results"][0], shapes.AdmittingRowShape),
        (alike, shapes.SimilarShape),
        (alike["results"][0], shapes.AlikeShape),
    ):
        assert set(answer) == set(shape().fields)
