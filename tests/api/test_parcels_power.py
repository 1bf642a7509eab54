"""A power need meets parcels: match, list, pre-check both ways, histograms and the parcel say the same (METHODS 5)."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from landparcels import shapes, verdict_shapes
from tests.factories.landparcels import parcels
from tests.shapes import rectangle

pytestmark = pytest.mark.django_db
LIST = "/api/v1/parcels/"
RULE = "A need above 20 MVA wants a substation of 110 kV or more"


def spare(largest: float, high: float, unsaid: float) -> dict[str, float]:
    return {"power_capacity": largest, "power_high_voltage": high, "power_unknown_voltage": unsaid}


@pytest.fixture
def land() -> None:
    """50 MVA each: at 35 kV, at 110 kV, at who knows what; 60 mixed: 30 at 110 kV, 40 unknown; and one without a figure."""
    parcels(
        {"code": "high", **spare(50, 50, 0)},
        {"code": "low", **spare(50, 0, 0)},
        {"code": "mixed", **spare(60, 30, 40)},
        {"code": "unsaid", **spare(50, 0, 50)},
        {"code": "who knows"},
    )


def at_least(mva: float) -> dict[str, object]:
    return {"indicator": "power_capacity", "op": "gte", "value": mva}


def ask(client: APIClient, **asked: Any) -> Any:  # Any: JSON
    answer = client.post(f"{LIST}match/", asked)
    assert answer.status_code == 200, answer.content
    return answer.json()


@pytest.mark.parametrize(
    ("mva", "sure", "possible"),
    [
        (20, ["high", "low", "mixed", "unsaid"], []),
        (20.1, ["high", "mixed"], ["unsaid"]),
        (30, ["high", "mixed"], ["unsaid"]),
        (35, ["high"], ["mixed", "unsaid"]),
        (45, ["high"], ["unsaid"]),
        (55, [], []),
    ],
)
def test_match_list_and_map_agree_who_has_the_power(
    api_client: APIClient, land: None, mva: float, sure: list[str], possible: list[str]
) -> None:
    matched = ask(api_client, hard=[at_least(mva)])
    lenient = ask(api_client, hard=[at_least(mva)], allow_unknown=True)
    listed = api_client.get(LIST, {"power_capacity__gte": mva}).json()

    assert sorted(row["code"] for row in matched["results"]) == sure
    assert sorted(row["code"] for row in listed["results"]) == sure
    assert sorted(row["code"] for row in lenient["results"]) == sorted([*sure, *possible, "who knows"])
    unknown = {row["code"] for row in lenient["results"] if row["unknown"]}
    assert unknown == {*possible, "who knows"}


def test_each_criterion_says_what_the_voltage_makes_of_it(api_client: APIClient, land: None) -> None:
    wish = {"indicator": "power_capacity", "ideal": 40, "accept": 10}

    rows = {row["code"]: row for row in ask(api_client, soft=[wish])["results"]}

    assert {code: round(row["score"], 1) for code, row in rows.items()} == {
        "high": 100.0, "mixed": 66.7, "low": 33.3, "unsaid": 33.3, "who knows": 0.0
    }  # fmt: skip
    assert {code: round(row["score_if_known"], 1) for code, row in rows.items()} == {
        "high": 100.0, "mixed": 100.0, "low": 33.3, "unsaid": 100.0, "who knows": 100.0
    }  # fmt: skip
    told = {code: row["criteria"][0].get("voltage") for code, row in rows.items()}
    assert {code: one and one["outcome"] for code, one in told.items()} == {
        "high": "met", "mixed": "unknown", "low": "short", "unsaid": "unknown", "who knows": None
    }  # fmt: skip
    assert told["low"]["reason_en"] == (
        f"{RULE}: the 50 MVA in reach come at a lower voltage, of which 20 MVA can be used"
    )
    assert rows["low"]["criteria"][0]["value"] == 50.0  # the figure stays what it is
    assert "voltage" not in ask(api_client, soft=[{**wish, "ideal": 20}])["results"][0]["criteria"][0]


def test_a_need_that_nothing_meets_is_relaxed_to_what_any_voltage_carries(api_client: APIClient) -> None:
    parcels({"code": "low", **spare(50, 0, 0)})

    (way,) = ask(api_client, hard=[at_least(25)])["relax"]

    assert (way["value"], way["to"], way["count"]) == (25.0, 20.0, 1)
    assert way["reason_en"] == RULE


def test_every_member_of_a_group_has_the_power(api_client: APIClient) -> None:
    outlines = [rectangle(120.3 + 0.001 * at, 36.2, 120.301 + 0.001 * at, 36.201) for at in range(3)]
    parcels(
        {"code": "A", "outline": outlines[0], **spare(50, 50, 0)},
        {"code": "B", "outline": outlines[1], **spare(50, 25, 0)},
        {"code": "C", "outline": outlines[2], **spare(50, 0, 0)},
    )

    def groups(mva: float) -> list[list[str]]:
        found = ask(api_client, hard=[at_least(mva)], area_mu=[20, None], groups=True)["groups"]
        return [[row["code"] for row in group["parcels"]] for group in found]

    assert groups(20) == [["A", "B"], ["B", "C"]]
    assert groups(25) == [["A", "B"]]
    assert groups(26) == []


def test_a_project_states_the_power_it_needs(api_client: APIClient, land: None) -> None:
    found = ask(api_client, project={"power_mva": 25})
    checked = {code: api_client.post(f"{LIST}{code}/precheck/", {"power_mva": 25}).json() for code in ("low", "unsaid")}
    asked = api_client.post(f"{LIST}admitting/", {"power_mva": 25}).json()

    power = {row["code"]: row["admission"]["power"] for row in found["results"]}
    assert {code: (one["outcome"], one["shortfall"]) for code, one in power.items()} == {
        "high": ("pass", None),
        "mixed": ("pass", None),
        "low": ("fail", 5.0),
        "unsaid": ("not_stated", None),
        "who knows": ("not_stated", None),
    }
    assert {code: answer["power"] for code, answer in checked.items()} == {code: power[code] for code in checked}
    assert power["high"]["voltage"]["reason_en"] == f"{RULE}: one in reach can give 50 MVA"
    assert (asked["too_weak"], [row["code"] for row in asked["results"]]) == (
        1,
        ["high", "mixed", "unsaid", "who knows"],
    )
    admitted = ask(api_client, project={"power_mva": 25}, admitting=True)
    assert (admitted["total"], admitted["not_admitting"]) == (4, 1)


def test_a_parcel_says_what_a_large_need_finds_there(api_client: APIClient, land: None) -> None:
    details = {
        code: api_client.get(f"{LIST}{code}/").json()["indicators"]["power_capacity"]
        for code in ("high", "mixed", "low")
    }

    assert {code: one["voltage"]["outcome"] for code, one in details.items()} == {
        "high": "met", "mixed": "met", "low": "short"
    }  # fmt: skip
    assert (details["mixed"]["high_voltage"], details["mixed"]["unknown_voltage"]) == (30.0, 40.0)
    assert details["low"]["above_mva_needs_kv"] == [20, 110]


def test_a_histogram_of_power_knows_what_large_needs_find(api_client: APIClient, land: None) -> None:
    power = api_client.get(f"{LIST}histograms/", {"indicators": "power_capacity"}).json()["power_capacity"]

    assert (sum(power["counts"]), power["unknown"]) == (4, 1)
    assert (power["edges"][0], power["edges"][-1]) == (30.0, 60.0)
    large = power["large"]
    assert (large["counts"][0], large["counts"][16], sum(large["counts"])) == (1, 1, 2)  # 30 mixed, 50 of the high one
    assert (large["above"], large["unknown"]) == (20.0, 2)  # of the mixed one it is unknown between 30 and 40


@pytest.mark.parametrize("voltages", [{"power_high_voltage": 50.0}, {"power_high_voltage": 0.0}])
def test_a_histogram_of_one_value_is_one_bar(api_client: APIClient, voltages: dict[str, float]) -> None:
    parcels({"power_capacity": 50.0, **voltages})

    power = api_client.get(f"{LIST}histograms/", {"indicators": "power_capacity"}).json()["power_capacity"]

    assert (power["counts"], power["large"]["counts"]) == ([1], [int(voltages["power_high_voltage"] > 20)])


def test_answers_about_power_look_as_the_interface_describes_them(api_client: APIClient, land: None) -> None:
    found = ask(api_client, hard=[at_least(25)], project={"power_mva": 25})
    relaxed = ask(api_client, hard=[at_least(55)])["relax"][0]
    admission = found["results"][0]["admission"]

    for answer, shape in (
        (found["results"][0]["hard"][0], shapes.HardShape),
        (found["results"][0]["hard"][0]["voltage"], verdict_shapes.VoltageShape),
        (admission["power"], verdict_shapes.PowerShape),
        (relaxed, shapes.RelaxationShape),
        (api_client.post(f"{LIST}low/precheck/", {"power_mva": 25}).json(), shapes.PrecheckShape),
        (api_client.post(f"{LIST}admitting/", {"power_mva": 25}).json(), shapes.AdmittingShape),
    ):
        assert set(answer) == set(shape().fields)


def test_a_power_that_is_no_amount_is_refused(api_client: APIClient, land: None) -> None:
    answer = api_client.post(f"{LIST}low/precheck/", {"power_mva": -1})

    assert (answer.status_code, answer.json()["errors"][0]["attr"]) == (400, "power_mva")
