"""commitments/: what firms promised for their land; for the staff of the region alone."""

from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.utils import timezone
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries
from rest_framework.test import APIClient

from accounts.models import AuditEntry
from fulfilment.commitments.dates import set_due_dates
from fulfilment.models import Commitment, Milestone, Promise, Verification
from landparcels.models import Parcel
from tests.factories.enterprises import EnterpriseFactory
from tests.factories.fulfilment import commitment_for
from tests.factories.geo import RegionFactory
from tests.factories.landparcels import ParcelFactory
from tests.shapes import rectangle

pytestmark = pytest.mark.django_db
SignIn = Callable[..., APIClient]
COMMITMENTS = "/api/v1/commitments/"
TODAY = timezone.localdate()


@pytest.fixture
def parcel() -> Parcel:
    """Transferred, in the western of two districts; asks for 300 per mu of investment and at most 0.5 tce."""
    city = RegionFactory(adcode="990000", level="city", is_root=True, outline=rectangle(120, 36, 120.2, 36.2))
    RegionFactory(adcode="990001", parent=city, outline=rectangle(120, 36, 120.1, 36.2))
    RegionFactory(adcode="990002", parent=city, outline=rectangle(120.1, 36, 120.2, 36.2))
    return taken("P1")


def taken(code: str, **columns: Any) -> Parcel:
    return ParcelFactory(
        **{
            "code": code,
            "status": "transferred",
            "region_id": "990001",
            "lng": 120.05,
            "lat": 36.05,
            "investment_intensity_min": 300,
            "energy_per_value_added_max": 0.5,
            "construction_months_max": 24,
            "ramp_up_months_max": 12,
            **columns,
        }
    )


@pytest.fixture
def commitment(parcel: Parcel) -> Commitment:
    return commitment_for(parcel, enterprise=EnterpriseFactory(uscc="test:1", name="远航电子"))


def promise_of(answer: dict[str, Any], indicator: str) -> dict[str, Any]:
    return next(one for one in answer["promises"] if one["indicator"] == indicator)


WAYS = ("", "summary/", "export/?format=csv", "{id}/", "{id}/milestones/", "{id}/verifications/")


@pytest.mark.parametrize("way", WAYS)
def test_to_visitors_and_investors_commitments_are_an_address_that_nobody_knows(
    commitment: Commitment, api_client: APIClient, as_person: SignIn, way: str
) -> None:
    for client in (api_client, as_person("investor")):
        nowhere = client.get("/api/v1/no-such-address/")
        for method in (client.get, client.post, client.patch):
            answer = method(COMMITMENTS + way.format(id=commitment.pk))
            assert answer.status_code == nowhere.status_code == 404
            assert answer.json() == nowhere.json()


@pytest.mark.parametrize("role", ["promotion", "planner", "land", "reviewer", "admin"])
def test_staff_of_the_region_read_and_others_find_nothing(commitment: Commitment, as_person: SignIn, role: str) -> None:
    here, elsewhere = as_person(role, region="990001"), as_person(role, region="990002")
    assert [one["parcel"] for one in here.get(COMMITMENTS).json()["results"]] == ["P1"]
    assert here.get(f"{COMMITMENTS}{commitment.pk}/").status_code == 200
    assert elsewhere.get(COMMITMENTS).json()["results"] == []
    assert elsewhere.get(f"{COMMITMENTS}summary/").json()["commitments"] == 0
    assert b"P1" not in elsewhere.get(f"{COMMITMENTS}export/?format=csv").content
    hidden, never = elsewhere.get(f"{COMMITMENTS}{commitment.pk}/"), elsewhere.get(f"{COMMITMENTS}999999/")
    assert hidden.status_code == never.status_code == 404
    assert hidden.content == never.content


@pytest.mark.parametrize("role", ["promotion", "planner", "reviewer"])
def test_other_staff_read_but_record_nothing(commitment: Commitment, as_person: SignIn, role: str) -> None:
    client = as_person(role)
    at = f"{COMMITMENTS}{commitment.pk}/"
    taken("P2")
    assert client.get(at).json()["editable"] is False
    assert client.post(COMMITMENTS, {"parcel": "P2"}, format="json").status_code == 403
    assert client.patch(at, {"note": "x"}, format="json").status_code == 403
    kept = {"name": "start", "met_on": str(TODAY)}
    assert client.post(f"{at}milestones/", kept, format="json").status_code == 403
    measured = {"indicator": "investment_intensity_min", "phase": "completion", "value": 1, "measured_on": str(TODAY)}
    assert client.post(f"{at}verifications/", measured, format="json").status_code == 403


def test_a_commitment_takes_over_what_the_parcel_asks_for(parcel: Parcel, as_person: SignIn) -> None:
    EnterpriseFactory(uscc="test:1", name="远航电子")
    form = {
        "parcel": "P1",
        "uscc": "test:1",
        "grant_number": "青出让〔2026〕1 号",
        "grant_date": "2026-01-01",
        "supervision_number": "监管〔2026〕1 号",
        "hand_over": "2026-01-31",
        "promises": [{"indicator": "investment_intensity_min", "committed": 350}],
    }
    answer = as_person("land", region="990001", username="wang").post(COMMITMENTS, form, format="json")
    assert answer.status_code == 201, answer.content
    made = answer.json()
    assert (made["firm"], made["start_months"], made["construction_months"]) == ("远航电子", 6, 24)
    assert [one["due"] for one in made["milestones"]] == ["2026-07-31", "2028-01-31", "2029-01-31"]
    invested, energy = promise_of(made, "investment_intensity_min"), promise_of(made, "energy_per_value_added_max")
    assert (invested["committed"], invested["threshold"], invested["below_threshold"]) == (350, 300, False)
    assert (energy["committed"], energy["department"]) == (0.5, "发改")
    assert AuditEntry.objects.filter(table="fulfilment_commitment", action="insert", actor="wang").exists()


@pytest.mark.parametrize(
    ("change", "status", "attr", "said"),
    [
        ({"parcel": "P9"}, 400, "parcel", "no parcel"),
        ({"parcel": "OFFER"}, 400, "parcel", "neither reserved nor transferred"),
        ({"uscc": "nobody"}, 400, "uscc", "no enterprise"),
        ({"hand_over": "2025-12-31"}, 400, "hand_over", "before the grant contract"),
        ({"hand_over": "soon"}, 400, "hand_over", "Date"),
        ({"start_months": -1}, 400, "start_months", "greater"),
        ({"promises": [{"indicator": "port_km", "committed": 3}]}, 400, "promises.0.indicator", "no admission"),
        ({"promises": [{"indicator": "rd_intensity_min", "committed": 300}]}, 400, "promises", "between"),
        ({"promises": [{"indicator": "rd_intensity_min"}]}, 400, "promises", "committed value"),
        ({"coffee": 1}, 400, "coffee", "Unknown field"),
        ({"parcel": "RUNS"}, 409, None, "running already"),
    ],
)
def test_a_wrong_commitment_is_refused_in_words_and_nothing_is_kept(
    parcel: Parcel, as_person: SignIn, change: dict[str, Any], status: int, attr: str | None, said: str
) -> None:
    ParcelFactory(code="OFFER", region_id="990001", lng=120.06, lat=36.05)
    commitment_for(taken("RUNS", lng=120.07))
    form = {"parcel": "P1", "grant_date": "2026-01-01", **change}
    answer = as_person("land").post(COMMITMENTS, form, format="json")
    assert answer.status_code == status, answer.content
    error = answer.json()["errors"][0]
    assert error["attr"] == attr
    assert said in error["detail"]
    assert Commitment.objects.count() == 1


def test_a_changed_hand_over_moves_every_date(commitment: Commitment, as_person: SignIn) -> None:
    client = as_person("land")
    at = f"{COMMITMENTS}{commitment.pk}/"
    before = client.get(at).json()
    change = {"revision": before["revision"], "hand_over": "2026-08-31", "ramp_up_months": 6}
    after = client.patch(at, change, format="json").json()
    assert [one["due"] for one in after["milestones"]] == ["2027-02-28", "2028-08-31", "2029-02-28"]
    stale = client.patch(at, change | {"note": "second"}, format="json")
    assert stale.status_code == 409
    told = stale.json()["errors"][0]["detail"]
    assert "changed the hand-over (" in told
    assert "the time to full production (12 → 6)" in told
    assert "Nothing of yours was saved" in told
    assert client.get(at).json()["note"] == ""


def test_promises_are_changed_and_taken_back_until_they_were_measured(
    commitment: Commitment, as_person: SignIn
) -> None:
    client = as_person("land")
    at = f"{COMMITMENTS}{commitment.pk}/"
    form = {
        "promises": [
            {"indicator": "investment_intensity_min", "committed": 280, "department": "工信"},
            {"indicator": "energy_per_value_added_max", "committed": None},
            {"indicator": "rd_intensity_min", "committed": 3},
        ]
    }
    answer = client.patch(at, form, format="json").json()
    invested = promise_of(answer, "investment_intensity_min")
    assert (invested["committed"], invested["department"], invested["below_threshold"]) == (280, "工信", True)
    assert [one["indicator"] for one in answer["promises"]] == ["investment_intensity_min", "rd_intensity_min"]
    measure(client, commitment, 290)
    gone = client.patch(at, {"promises": [{"indicator": "investment_intensity_min", "committed": None}]}, format="json")
    assert gone.status_code == 400
    assert "has been measured" in gone.json()["errors"][0]["detail"]


@pytest.mark.parametrize(
    ("kept", "said"),
    [
        ({"name": "start", "met_on": "2025-12-31"}, "before the hand-over"),
        ({"name": "completion", "met_on": "2026-02-01"}, "before the start"),
        ({"name": "start", "met_on": "2199-01-01"}, "future"),
        ({"name": "party", "met_on": "2026-02-01"}, "There is no"),
        ({"name": "start"}, "required"),
    ],
)
def test_dates_are_kept_in_their_order(
    commitment: Commitment, as_person: SignIn, kept: dict[str, str], said: str
) -> None:
    client = as_person("land")
    at = f"{COMMITMENTS}{commitment.pk}/milestones/"
    begun = client.post(at, {"name": "start", "met_on": "2026-03-01", "reference": "施工许可 7"}, format="json").json()
    assert (
        begun["milestones"][0] | {"met_on": "2026-03-01", "state": "met", "reference": "施工许可 7"}
        == (begun["milestones"][0])
    )
    assert begun["next_milestone"] == "completion"
    answer = client.post(at, kept, format="json")
    assert answer.status_code == 400
    assert said in answer.json()["errors"][0]["detail"]
    undone = client.post(at, {"name": "start", "met_on": None}, format="json").json()
    assert undone["milestones"][0]["met_on"] is None


def measure(client: APIClient, commitment: Commitment, value: float, **more: Any) -> dict[str, Any]:
    form = {
        "indicator": "investment_intensity_min",
        "phase": "completion",
        "value": value,
        "measured_on": str(TODAY - timedelta(1)),
        "reference": "审计报告 3",
        **more,
    }
    answer = client.post(f"{COMMITMENTS}{commitment.pk}/verifications/", form, format="json")
    assert answer.status_code == 201, answer.content
    found: dict[str, Any] = answer.json()
    return found


def judge(client: APIClient, commitment: Commitment, **form: Any) -> Any:  # the client's answer
    newest = Verification.objects.latest("pk")
    at = f"{COMMITMENTS}{commitment.pk}/verifications/{newest.pk}/"
    return client.post(at, form, format="json")


def test_a_measurement_counts_when_another_person_confirmed_it(commitment: Commitment, as_person: SignIn) -> None:
    recorder, verifier = as_person("land"), as_person("reviewer")
    waiting = promise_of(measure(recorder, commitment, 240), "investment_intensity_min")
    assert waiting["completion"]["outcome"] == "waiting"
    assert waiting["history"][0]["may_judge"] is False, "the one who recorded it"
    own = judge(recorder, commitment, verdict="confirmed")
    assert own.status_code == 403
    assert "another person" in own.json()["errors"][0]["detail"]
    until = str(TODAY + timedelta(90))
    answer = judge(verifier, commitment, verdict="confirmed", judgement="属实", rectify_until=until)
    assert answer.status_code == 200, answer.content
    shown = promise_of(answer.json(), "investment_intensity_min")["completion"]
    assert (shown["outcome"], shown["shortfall"], shown["short_by"]) == ("rectifying", 60, pytest.approx(0.2))
    assert answer.json()["results"] == {"promised": 2, "measured": 1, "met": 0, "waiting": 0, "rectifying": 1}
    again = judge(verifier, commitment, verdict="confirmed")
    assert again.status_code == 409


def test_nothing_measured_is_lost_and_the_newest_confirmed_counts(commitment: Commitment, as_person: SignIn) -> None:
    recorder, verifier = as_person("land"), as_person("land")
    measure(recorder, commitment, 240, measured_on=str(TODAY - timedelta(9)))
    judge(verifier, commitment, verdict="confirmed")
    measure(recorder, commitment, 999)
    judge(verifier, commitment, verdict="returned", judgement="口径不符")
    measure(recorder, commitment, 310)
    judge(verifier, commitment, verdict="confirmed")
    answer = as_person("planner").get(f"{COMMITMENTS}{commitment.pk}/").json()
    shown = promise_of(answer, "investment_intensity_min")
    assert [(one["value"], one["outcome"]) for one in shown["history"]] == [
        (310, "met"),
        (999, "returned"),
        (240, "short"),
    ]
    assert shown["completion"]["outcome"] == "met"
    assert shown["full_production"] is None


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"value": -5}, "between"),
        ({"value": 1e9}, "between"),
        ({"value": "much"}, "number"),
        ({"measured_on": "2199-01-01"}, "future"),
        ({"indicator": "rd_intensity_min"}, "promises nothing"),
        ({"phase": "spring"}, "There is no"),
    ],
)
def test_a_wrong_measurement_is_refused_in_words(
    commitment: Commitment, as_person: SignIn, form: dict[str, Any], said: str
) -> None:
    sent = {
        "indicator": "investment_intensity_min",
        "phase": "completion",
        "value": 300,
        "measured_on": str(TODAY),
        **form,
    }
    answer = as_person("land").post(f"{COMMITMENTS}{commitment.pk}/verifications/", sent, format="json")
    assert answer.status_code == 400
    assert said in answer.json()["errors"][0]["detail"]
    assert not Verification.objects.exists()


@pytest.mark.parametrize(
    ("value", "verdict", "days", "said"),
    [(310, "confirmed", 30, "shortfall"), (240, "returned", 30, "shortfall"), (240, "confirmed", -5, "not after")],
)
def test_a_period_to_put_right_is_for_confirmed_shortfalls(
    commitment: Commitment, as_person: SignIn, value: float, verdict: str, days: int, said: str
) -> None:
    measure(as_person("land"), commitment, value)
    until = str(TODAY + timedelta(days))
    answer = judge(as_person("land"), commitment, verdict=verdict, rectify_until=until)
    assert answer.status_code == 400
    assert said in answer.json()["errors"][0]["detail"]


@pytest.fixture
def five(parcel: Parcel) -> dict[str, Commitment]:
    """One commitment of each state."""
    made = {}
    for place, (state, hand_over, kept) in enumerate(
        (
            ("overdue", TODAY - timedelta(300), ()),
            ("due_soon", TODAY - timedelta(170), ()),
            ("on_time", TODAY, ()),
            ("unscheduled", None, ()),
            ("fulfilled", TODAY - timedelta(900), ("start", "completion", "full_production")),
        )
    ):
        one = commitment_for(taken(state, lng=120.01 + place / 100), hand_over=hand_over)
        one.milestones.filter(name__in=kept).update(met_on=TODAY - timedelta(5))
        made[state] = one
    return made


def test_the_list_comes_by_urgency_and_is_filtered(five: dict[str, Commitment], as_person: SignIn) -> None:
    client = as_person("land")
    rows = client.get(COMMITMENTS).json()["results"]
    assert [row["state"] for row in rows[:3]] == ["overdue", "due_soon", "on_time"]
    assert {row["parcel"]: row["state"] for row in rows} == {state: state for state in five}
    for state in five:
        assert [row["parcel"] for row in client.get(COMMITMENTS, {"state": state}).json()["results"]] == [state]
    for query, expected in (
        ({"overdue": "true"}, {"overdue"}),
        ({"overdue": "false"}, set(five) - {"overdue"}),
        ({"state": "overdue,due_soon"}, {"overdue", "due_soon"}),
        ({"parcel": "on_time"}, {"on_time"}),
        ({"q": "fulfil"}, {"fulfilled"}),
        ({"region": "990002"}, set()),
        ({"region": "990000"}, set(five)),
        ({"ended": "true"}, set()),
    ):
        assert {row["parcel"] for row in client.get(COMMITMENTS, query).json()["results"]} == expected, query
    for wrong in ({"state": "late"}, {"overdue": "perhaps"}, {"colour": "red"}, {"region": "1"}):
        assert client.get(COMMITMENTS, wrong).status_code == 400


def test_pages_follow_each_other_without_gaps(five: dict[str, Commitment], as_person: SignIn) -> None:
    client = as_person("land")
    seen, following = [], f"{COMMITMENTS}?limit=2"
    while following:
        page = client.get(following).json()
        seen += [row["parcel"] for row in page["results"]]
        following = page["next"]
    assert seen[:3] == ["overdue", "due_soon", "on_time"]
    assert sorted(seen) == sorted(five)


def test_the_summary_counts_states_and_says_what_the_rate_is_of(five: dict[str, Commitment], as_person: SignIn) -> None:
    recorder, verifier = as_person("land"), as_person("reviewer")
    assert recorder.get(f"{COMMITMENTS}summary/").json()["rate"] is None
    for state, value in (("fulfilled", 320), ("overdue", 200)):
        measure(recorder, five[state], value)
        judge(verifier, five[state], verdict="confirmed")
    found = recorder.get(f"{COMMITMENTS}summary/").json()
    assert found["states"] == dict.fromkeys(five, 1)
    assert found["results"] == {"promised": 10, "measured": 2, "met": 1, "waiting": 0, "rectifying": 0}
    assert (found["rate"], found["without_firm"], found["commitments"]) == (0.5, 5, 5)
    assert recorder.get(f"{COMMITMENTS}summary/", {"state": "fulfilled"}).json()["rate"] == 1


def test_a_list_costs_the_same_however_long_it_is(
    five: dict[str, Commitment], as_person: SignIn, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = as_person("land")
    for one in five.values():
        measure(client, one, 310)
    client.get(COMMITMENTS)
    for limit in (1, 5):
        with django_assert_num_queries(8):
            client.get(COMMITMENTS, {"limit": limit})


def test_an_ended_commitment_makes_room_for_the_next(commitment: Commitment, as_person: SignIn) -> None:
    client = as_person("land")
    at = f"{COMMITMENTS}{commitment.pk}/"
    assert client.patch(at, {"ended_on": "2026-03-01", "note": "收回"}, format="json").status_code == 200
    assert client.get(COMMITMENTS).json()["results"] == []
    assert client.post(COMMITMENTS, {"parcel": "P1"}, format="json").status_code == 201
    assert client.get(COMMITMENTS, {"ended": "true"}).json()["results"][0]["id"] == commitment.pk
    assert Milestone.objects.count() == 6
    again = client.patch(at, {"ended_on": None}, format="json")
    assert again.status_code == 409
    assert "running already" in again.json()["errors"][0]["detail"]
    assert Commitment.objects.get(pk=commitment.pk).ended_on is not None


def test_a_day_beyond_reason_is_refused(commitment: Commitment, as_person: SignIn) -> None:
    client = as_person("land")
    for name in ("hand_over", "grant_date", "ended_on"):
        for day in ("9999-06-01", "0026-06-01"):
            answer = client.patch(f"{COMMITMENTS}{commitment.pk}/", {name: day}, format="json")
            assert answer.status_code == 400, (name, day)
            assert answer.json()["errors"][0]["attr"] == name


def test_the_export_holds_what_the_list_shows(commitment: Commitment, as_person: SignIn) -> None:
    Commitment.objects.update(grant_number="=1+1")
    client = as_person("land")
    csv = client.get(f"{COMMITMENTS}export/?format=csv").content.decode("utf-8-sig")
    header, line = csv.splitlines()
    assert header.startswith("parcel,uscc,")
    assert line.startswith("P1,test:1,远航电子,") and "'=1+1" in line
    sheet = load_workbook(BytesIO(client.get(f"{COMMITMENTS}export/?format=xlsx").content)).active
    assert sheet is not None
    cells = dict(zip((cell.value for cell in sheet[1]), sheet[2], strict=True))
    assert (cells["grant_number"].value, cells["grant_number"].data_type) == ("=1+1", "s")
    assert cells["investment_intensity_min (10k CNY/mu)"].value == 300
    assert client.get(f"{COMMITMENTS}export/?format=pdf").status_code == 400


def test_the_parcel_of_a_visitor_says_nothing_of_a_commitment(commitment: Commitment, api_client: APIClient) -> None:
    for way in ("parcels/P1/", "parcels/P1/readiness/", "parcels/?q=P1", "search/?q=P1"):
        answer = api_client.get(f"/api/v1/{way}")
        assert "远航电子" not in answer.content.decode()


def test_what_was_stored_and_what_follows_agree(commitment: Commitment) -> None:
    assert set_due_dates([commitment]) == 0
    assert dict(Milestone.objects.values_list("name", "due")) == {
        "start": date(2026, 7, 15),
        "completion": date(2028, 1, 15),
        "full_production": date(2029, 1, 15),
    }
    assert Promise.objects.count() == 2
