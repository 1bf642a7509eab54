"""GET notices/, the rounds of a parcel, the counters by month, and what waits on a desk."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.models import AuditEntry
from landparcels.models import Notice, Parcel, ParcelTransition
from tests.factories.complete import complete_parcel
from tests.factories.geo import RegionFactory
from tests.factories.landparcels import ParcelFactory
from tests.shapes import rectangle

pytestmark = pytest.mark.django_db
SignIn = Callable[..., APIClient]
TODAY = timezone.localdate


@pytest.fixture
def parcel() -> Parcel:
    city = RegionFactory(adcode="990000", is_root=True, level="city", outline=rectangle(120, 36, 121, 37))
    RegionFactory(adcode="990001", parent=city, outline=rectangle(120, 36, 120.5, 37))
    return complete_parcel("published", code="A1", region_id="990001")


def days(number: int) -> str:
    return (TODAY() + timedelta(days=number)).isoformat()


def announce(client: APIClient, code: str = "A1", **more: Any) -> Any:  # Any: the client's answer
    body = {"number": "青自然告字〔2026〕8号", "bid_start": days(-1), "bid_deadline": days(9), "deposit": 90, **more}
    return client.post(f"/api/v1/parcels/{code}/notices/", body, format="json")


def step(client: APIClient, notice: int, action: str, **body: Any) -> Any:  # Any: the client's answer
    return client.post(f"/api/v1/notices/{notice}/{action}/", body, format="json")


def stage(client: APIClient, query: str = "") -> str:
    told: str = client.get(f"/api/v1/parcels/A1/{query}").json()["supply_stage"]
    return told


def test_a_parcel_is_announced_opened_for_bids_and_sold(
    parcel: Parcel, as_person: SignIn, api_client: APIClient
) -> None:
    officer = as_person("land", username="officer")
    stages = [stage(api_client)]

    told = announce(officer, url="https://example.cn/8")
    assert told.status_code == 201
    notice = told.json()["id"]
    stages.append(stage(api_client))
    step(officer, notice, "list")
    stages.append(stage(api_client))
    sold = step(officer, notice, "close", outcome="sold", deal_price=510).json()
    stages.append(stage(api_client))

    assert stages == ["stock", "announced", "listed", "sold"]
    assert (sold["deal_price"], sold["deposit"], sold["closed_on"]) == (510, 90, days(0))
    parcel.refresh_from_db()
    assert (parcel.status, parcel.deposit) == ("reserved", 90)
    assert ParcelTransition.objects.latest("id").note == "成交 青自然告字〔2026〕8号"
    assert AuditEntry.objects.filter(table="landparcels_notice").exists()


def test_what_found_no_buyer_is_announced_again_and_both_rounds_are_told(
    parcel: Parcel, as_person: SignIn, api_client: APIClient
) -> None:
    officer = as_person("land")
    first = announce(officer).json()["id"]
    step(officer, first, "list")
    step(officer, first, "close", outcome="failed")
    assert stage(api_client) == "failed"

    again = announce(officer, number="青自然告字〔2026〕12号", deposit=70).json()

    rows = api_client.get("/api/v1/notices/?parcel=A1").json()["results"]
    assert [(row["round"], row["stage"], row["deposit"]) for row in rows] == [(2, "announced", 70), (1, "failed", 90)]
    assert again["round"] == 2
    parcel.refresh_from_db()
    assert (parcel.status, parcel.deposit) == ("published", 70)


def test_a_parcel_with_a_day_of_listing_is_planned_until_it_is_announced_and_may_be_called_off(
    parcel: Parcel, as_person: SignIn, api_client: APIClient
) -> None:
    officer = as_person("land")
    assert stage(api_client) == "stock"
    Parcel.objects.update(planned_listing=TODAY() + timedelta(days=30))
    assert stage(api_client) == "planned"
    assert [row["code"] for row in api_client.get("/api/v1/parcels/?stage=planned").json()["results"]] == ["A1"]

    called_off = announce(officer).json()["id"]
    step(officer, called_off, "close", outcome="cancelled")
    assert stage(api_client) == "cancelled"
    assert announce(officer, number="青自然告字〔2026〕20号").json()["round"] == 2
    assert stage(api_client) == "announced"


def test_the_terms_of_an_open_round_are_the_parcels_own(
    parcel: Parcel, as_person: SignIn, api_client: APIClient
) -> None:
    announce(as_person("land"))

    Parcel.objects.update(price_step=5, contact_phone="0532-99")

    (row,) = api_client.get("/api/v1/notices/").json()["results"]
    assert (row["price_step"], row["contact_phone"], row["start_price"]) == (5, "0532-99", 30)


def test_a_parcel_on_offer_is_neither_announced_twice_nor_reserved_beside_its_round(
    parcel: Parcel, as_person: SignIn
) -> None:
    officer = as_person("land")
    announce(officer)

    assert announce(officer).status_code == 409
    reserved = officer.post("/api/v1/parcels/A1/reserve/", {}, format="json")
    assert reserved.status_code == 409
    assert "close that as sold" in reserved.json()["errors"][0]["detail"]


def test_a_round_ends_only_after_bids_were_taken_but_may_be_called_off(parcel: Parcel, as_person: SignIn) -> None:
    officer = as_person("land")
    notice = announce(officer).json()["id"]

    early = step(officer, notice, "close", outcome="failed")
    assert early.status_code == 409
    assert "is announced; it has to be open for bids" in early.json()["errors"][0]["detail"]
    assert step(officer, notice, "close", outcome="cancelled").json()["stage"] == "cancelled"
    assert step(officer, notice, "list").status_code == 409


def test_withdrawing_a_parcel_calls_its_round_off_and_hides_it(
    parcel: Parcel, as_person: SignIn, api_client: APIClient
) -> None:
    officer = as_person("land")
    notice = announce(officer).json()["id"]

    officer.post("/api/v1/parcels/A1/withdraw/", {"note": "界址有误"}, format="json")

    assert Notice.objects.get(pk=notice).stage == "cancelled"
    assert api_client.get("/api/v1/notices/").json()["results"] == []
    assert len(officer.get("/api/v1/notices/").json()["results"]) == 1


@pytest.mark.parametrize(
    ("wrong", "attr"),
    [
        ({"bid_deadline": "2020-01-01"}, "bid_deadline"),
        ({"announced_on": "2999-01-01"}, "announced_on"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"deposit": -1}, "deposit"),
        ({"supply_mode": "gift"}, "supply_mode"),
        ({"price": 3}, "price"),
        ({"number": ""}, "number"),
    ],
)
def test_a_wrong_notice_is_refused_by_its_field_and_changes_nothing(
    parcel: Parcel, as_person: SignIn, wrong: dict[str, Any], attr: str
) -> None:
    answer = announce(as_person("land"), **wrong)

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["attr"] == attr
    assert not Notice.objects.exists()
    assert Parcel.objects.get().bid_deadline is None


def test_only_what_is_published_is_announced_by_those_of_its_region(parcel: Parcel, as_person: SignIn) -> None:
    RegionFactory(adcode="990002", is_root=True)
    assert announce(as_person("land", region="990002")).status_code == 403
    assert announce(as_person("reviewer")).status_code == 403
    assert announce(as_person("investor")).status_code == 403
    Parcel.objects.update(status="approved")
    assert announce(as_person("land")).status_code == 409


def notice(parcel: Parcel, announced_on: str, **more: Any) -> Notice:
    columns = {"round": 1, "number": "N", "area_mu": parcel.area_mu, "announced_on": announced_on, **more}
    return Notice.objects.create(parcel=parcel, **columns)


def test_notices_are_filtered_sorted_and_paged(parcel: Parcel, api_client: APIClient) -> None:
    other = ParcelFactory(code="B1", lng=120.8, bid_start=date(2026, 5, 1), bid_deadline=date(2026, 6, 1))
    ParcelFactory(code="C1", status="draft").refresh_from_db()
    parcel.refresh_from_db()
    other.refresh_from_db()
    notice(parcel, "2026-03-02", outcome="failed", closed_on="2026-04-01", bid_deadline="2026-03-30")
    notice(parcel, "2026-05-02", round=2, number="M")
    notice(other, "2026-04-02")
    notice(Parcel.objects.get(code="C1"), "2026-04-02")

    def found(query: str) -> list[tuple[str, int]]:
        rows = api_client.get(f"/api/v1/notices/?{query}").json()["results"]
        return [(row["code"], row["round"]) for row in rows]

    assert found("") == [("A1", 2), ("B1", 1), ("A1", 1)]
    assert found("stage=failed") == [("A1", 1)]
    assert found("region=990001&sort=announced_on") == [("A1", 1), ("A1", 2)]
    assert found("bbox=120.7,36,121,37") == [("B1", 1)]
    assert found("q=M") == [("A1", 2)]
    assert found("announced_on__gte=2026-04-01&announced_on__lte=2026-04-30") == [("B1", 1)]
    assert found("sort=bid_deadline") == [("A1", 1), ("B1", 1), ("A1", 2)]
    first = api_client.get("/api/v1/notices/?limit=2").json()
    assert [row["round"] for row in api_client.get(first["next"]).json()["results"]] == [1]
    assert api_client.get("/api/v1/notices/?stage=gone").status_code == 400


def test_a_parcel_of_a_day_tells_the_stage_of_that_day(parcel: Parcel, api_client: APIClient) -> None:
    Parcel.objects.update(shown_since=datetime(2026, 1, 1, tzinfo=UTC))
    parcel.refresh_from_db()
    notice(parcel, "2026-03-02", listed_on="2026-03-20", closed_on="2026-04-01", outcome="failed")

    assert [stage(api_client, f"?on=2026-{day}") for day in ("03-01", "03-02", "03-31", "04-01")] == [
        "stock",
        "announced",
        "listed",
        "failed",
    ]
    rows = api_client.get("/api/v1/parcels/?on=2026-03-25&stage=listed").json()["results"]
    assert [row["code"] for row in rows] == ["A1"]
    assert api_client.get("/api/v1/parcels/?stage=listed").json()["results"] == []


def test_the_counters_of_a_month_can_be_checked_by_hand(parcel: Parcel, api_client: APIClient) -> None:
    """15 mu announced this month and sold, 15 mu announced and not sold the month before, one parcel new."""
    parcel.refresh_from_db()
    today = TODAY()
    last_month = today.replace(day=1) - timedelta(days=1)
    notice(parcel, last_month.isoformat(), outcome="failed", closed_on=last_month)
    notice(parcel, today.isoformat(), round=2, listed_on=today, outcome="sold", closed_on=today, deal_price=480)
    for before, after in (("approved", "published"), ("published", "reserved"), ("reserved", "published")):
        ParcelTransition.objects.create(
            parcel=parcel, code="A1", action="publish", before=before, after=after, at=timezone.now(), actor=""
        )
    hidden = ParcelFactory(code="D1", status="withdrawn", region_id="990001")
    hidden.refresh_from_db()
    notice(hidden, today.isoformat())

    told = api_client.get("/api/v1/parcels/statistics/?by=month&region=990000").json()

    assert len(told["months"]) == 24
    before, now = told["months"][-2:]
    assert (now["month"], now["announced"], now["sold"], now["failed"], now["added"]) == (f"{today:%Y-%m}", 1, 1, 0, 1)
    assert now["announced_mu"] == now["sold_mu"] == now["added_mu"] == pytest.approx(parcel.area_mu)
    assert now["deal_price"] == 480
    assert (before["announced"], before["sold"], before["failed"]) == (1, 0, 1)
    (district,) = told["by_region"]
    assert (district["region"], district["announced"], district["this_month"]["announced"]) == ("990001", 2, 1)
    assert told["this_month"] == {name: value for name, value in now.items() if name != "month"}


def test_the_counters_of_another_region_are_none_and_an_unknown_one_is_refused(
    parcel: Parcel, api_client: APIClient
) -> None:
    RegionFactory(adcode="990002", is_root=True)
    parcel.refresh_from_db()
    notice(parcel, TODAY().isoformat())

    told = api_client.get("/api/v1/parcels/statistics/?by=month&region=990002").json()
    assert told["this_month"]["announced"] == 0
    assert told["by_region"] == []
    assert api_client.get("/api/v1/parcels/statistics/?by=month&region=1").status_code == 400
    assert api_client.get("/api/v1/parcels/statistics/?by=week").status_code == 400


def test_a_desk_shows_what_waits_for_whom(parcel: Parcel, as_person: SignIn, api_client: APIClient) -> None:
    officer, reviewer = as_person("land", username="officer"), as_person("reviewer")
    for code in ("W1", "W2", "W3"):
        complete_parcel(code=code, region_id="990001")
        officer.post(f"/api/v1/parcels/{code}/submit/", {}, format="json")
    reviewer.post("/api/v1/parcels/W2/approve/", {}, format="json")
    reviewer.post("/api/v1/parcels/W3/send-back/", {"note": "界址点缺失"}, format="json")
    announce(officer)

    told = reviewer.get("/api/v1/publication/desk/").json()

    assert {name: told[name]["count"] for name in ("submitted", "approved", "sent_back")} == {
        "submitted": 1,
        "approved": 1,
        "sent_back": 1,
    }
    (waiting,) = told["submitted"]["results"]
    assert (waiting["code"], waiting["actor"], waiting["mine"]) == ("W1", "officer", True)
    assert told["sent_back"]["results"][0]["note"] == "界址点缺失"
    assert [one["code"] for one in told["ending"]] == ["A1"]
    assert officer.get("/api/v1/publication/desk/").json()["submitted"]["results"][0]["mine"] is False
    assert api_client.get("/api/v1/publication/desk/").status_code == 403


def test_a_desk_is_that_of_the_readers_region(parcel: Parcel, as_person: SignIn) -> None:
    RegionFactory(adcode="990002", is_root=True)
    complete_parcel("submitted", code="W1", region_id="990001")
    announce(as_person("land"))

    told = as_person("reviewer", region="990002").get("/api/v1/publication/desk/").json()

    assert told["submitted"]["count"] == 0
    assert told["ending"] == []
