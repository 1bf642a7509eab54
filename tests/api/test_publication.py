"""POST parcels/{code}/submit/ … and what is told of a parcel's publication, to whom."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import mapbox_vector_tile
import pytest
from rest_framework.test import APIClient

from landparcels.models import Parcel
from tests.factories.complete import complete_parcel
from tests.factories.geo import RegionFactory
from tests.factories.landparcels import ParcelFactory, square_outline

pytestmark = pytest.mark.django_db
SignIn = Callable[..., APIClient]
TILE = "13666/6422"
"""Around 120.3, 36.2."""


@pytest.fixture
def parcel() -> Parcel:
    return complete_parcel(code="A1", region=RegionFactory(adcode="990001", is_root=True))


def post(
    client: APIClient, action: str, code: str = "A1", note: str = "", **headers: str
) -> Any:  # Any: the client's answer
    body = {"note": note} if note else {}
    return client.post(f"/api/v1/parcels/{code}/{action}/", body, format="json", headers=headers)


def published(as_person: SignIn) -> tuple[APIClient, APIClient]:
    officer, reviewer = as_person("land", username="officer"), as_person("reviewer", username="reviewer")
    for client, action in ((officer, "submit"), (reviewer, "approve"), (reviewer, "publish")):
        assert post(client, action, note=f"internal {action}").status_code == 200
    return officer, reviewer


def test_each_step_answers_with_the_state_and_what_may_follow(parcel: Parcel, as_person: SignIn) -> None:
    told = post(as_person("land", username="officer"), "submit").json()

    assert (told["code"], told["status"]) == ("A1", "submitted")
    assert [one["action"] for one in told["actions"]] == ["approve", "send_back", "withdraw"]
    assert {one["action"]: one["refused"] for one in told["actions"]}["approve"] == "for another role"
    (step,) = told["history"]
    assert (step["before"], step["after"], step["actor"]) == ("draft", "submitted", "officer")


def test_the_second_to_act_reads_that_somebody_was_quicker(parcel: Parcel, as_person: SignIn) -> None:
    _, reviewer = published(as_person)

    answer = post(reviewer, "publish")

    assert answer.status_code == 409
    assert answer.json()["errors"][0]["code"] == "conflict"
    assert "is published" in answer.json()["errors"][0]["detail"]
    assert "reviewer" in answer.json()["errors"][0]["detail"]


def test_a_repeat_under_the_same_key_is_no_conflict(parcel: Parcel, as_person: SignIn) -> None:
    officer = as_person("land")

    answers = [post(officer, "submit", **{"Idempotency-Key": "a1b2"}) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert len(answers[-1].json()["history"]) == 1


def test_an_incomplete_parcel_is_refused_with_one_error_for_each_gap(parcel: Parcel, as_person: SignIn) -> None:
    Parcel.objects.update(start_price=None, far_min=None)
    officer = as_person("land")

    answer = post(officer, "submit")
    asked = officer.get("/api/v1/parcels/A1/completeness/").json()

    assert answer.status_code == 400
    assert {one["attr"]: one["detail"] for one in answer.json()["errors"]} == {
        "start_price": "Listing price is missing",
        "far_min": "Minimum floor area ratio is missing",
    }
    assert asked["complete"] is False
    assert [(gap["name"], gap["kind"]) for gap in asked["gaps"]] == [("start_price", "missing"), ("far_min", "missing")]


def test_publishing_asks_again_what_is_missing(parcel: Parcel, as_person: SignIn) -> None:
    officer, reviewer = as_person("land"), as_person("reviewer")
    post(officer, "submit")
    post(reviewer, "approve")
    Parcel.objects.update(land_use="")

    assert post(reviewer, "publish").status_code == 400
    assert post(reviewer, "send-back", note="用途缺失").json()["status"] == "draft"


def test_sending_back_and_withdrawing_ask_why(parcel: Parcel, as_person: SignIn) -> None:
    _, reviewer = published(as_person)

    answer = post(reviewer, "withdraw")

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["attr"] == "note"


def test_visitors_see_the_public_steps_and_neither_names_nor_notes(
    parcel: Parcel, as_person: SignIn, api_client: APIClient
) -> None:
    published(as_person)

    told = api_client.get("/api/v1/parcels/A1/publication/")

    assert set(told.json()) == {"code", "status", "history"}
    assert [set(step) for step in told.json()["history"]] == [{"after", "at"}]
    assert "internal" not in told.content.decode()
    assert "officer" not in told.content.decode()
    assert "reviewer" not in told.content.decode()


def test_staff_of_another_region_see_what_visitors_see(parcel: Parcel, as_person: SignIn) -> None:
    published(as_person)
    RegionFactory(adcode="990002", is_root=True)

    told = as_person("land", region="990002").get("/api/v1/parcels/A1/publication/").json()

    assert "actions" not in told
    assert [set(step) for step in told["history"]] == [{"after", "at"}]


def test_a_visitor_takes_no_step_and_asks_for_no_gaps(parcel: Parcel, api_client: APIClient) -> None:
    Parcel.objects.update(status="published")

    assert post(api_client, "withdraw", note="why").status_code == 403
    assert api_client.get("/api/v1/parcels/A1/completeness/").status_code == 403


def test_a_draft_does_not_exist_for_visitors(parcel: Parcel, api_client: APIClient, as_person: SignIn) -> None:
    here = api_client.get("/api/v1/parcels/A1/publication/")
    nowhere = api_client.get("/api/v1/parcels/A2/publication/")

    assert here.status_code == nowhere.status_code == 404
    assert here.json()["errors"][0]["detail"].replace("A1", "A2") == nowhere.json()["errors"][0]["detail"]
    assert post(as_person("investor"), "submit").status_code == 404


WAYS = (
    "api/v1/parcels/?code=A1",
    "api/v1/parcels/A1/",
    "api/v1/parcels/A1/publication/",
    "api/v1/parcels/export/?format=geojson",
    "api/v1/search/?q=东区",
    f"tiles/parcels/14/{TILE}.mvt",
)


@pytest.mark.parametrize("way", WAYS)
def test_what_is_withdrawn_is_gone_at_once(parcel: Parcel, as_person: SignIn, api_client: APIClient, way: str) -> None:
    def is_seen() -> bool:
        answer = api_client.get(f"/{way}")
        if answer.status_code != 200:
            return False
        return b"A1" in (b"".join(answer) if answer.streaming else answer.content)

    officer, _ = published(as_person)
    seen = [is_seen()]
    post(officer, "withdraw", note="界址有误")
    seen.append(is_seen())

    assert seen == [True, False]


def test_what_is_withdrawn_matches_nothing(parcel: Parcel, as_person: SignIn, api_client: APIClient) -> None:
    def matches() -> int:
        return int(api_client.post("/api/v1/parcels/match/", {}, format="json").json()["total"])

    officer, _ = published(as_person)
    found = [matches()]
    post(officer, "withdraw", note="界址有误")
    found.append(matches())

    assert found == [1, 0]


def test_the_list_and_a_parcel_of_a_day_have_the_values_and_the_outline_of_that_day(api_client: APIClient) -> None:
    since = datetime(2026, 3, 1, tzinfo=UTC)
    ParcelFactory(code="A1", start_price=30, shown_since=since)
    ParcelFactory(code="A2", start_price=50, shown_since=datetime(2026, 3, 2, tzinfo=UTC), lng=120.4)
    Parcel.objects.filter(code="A1").update(start_price=45, outline=square_outline(120.3, 36.2, 0.002))

    def codes(query: str) -> list[tuple[str, float]]:
        rows = api_client.get(f"/api/v1/parcels/?{query}").json()["results"]
        return [(row["code"], row["indicators"]["start_price"]) for row in rows]

    assert codes("on=2026-02-28") == []
    assert codes("on=2026-03-01") == [("A1", 30)]
    assert codes("on=2026-03-05&sort=-start_price") == [("A2", 50), ("A1", 30)]
    assert codes("on=2026-03-05&start_price__gte=40&limit=1") == [("A2", 50)]
    assert codes("sort=start_price") == [("A1", 45), ("A2", 50)]

    then = api_client.get("/api/v1/parcels/A1/?on=2026-03-05").json()
    now = api_client.get("/api/v1/parcels/A1/").json()
    assert (then["indicators"]["start_price"]["value"], now["indicators"]["start_price"]["value"]) == (30, 45)
    assert 4 * then["area_mu"] == pytest.approx(now["area_mu"], rel=1e-3)
    assert then["outline"] != now["outline"]
    shapes = api_client.get("/api/v1/parcels/?on=2026-03-05&geometry=true&code=A1").json()
    assert shapes["features"][0]["geometry"] == then["outline"]


def test_a_page_of_a_day_leads_to_the_next(api_client: APIClient) -> None:
    for number in range(3):
        ParcelFactory(code=f"A{number}", shown_since=datetime(2026, 3, 1, tzinfo=UTC))
    Parcel.objects.update(start_price=60)

    first = api_client.get("/api/v1/parcels/?on=2026-03-05&limit=2").json()
    second = api_client.get(first["next"]).json()

    assert [row["code"] for row in first["results"] + second["results"]] == ["A0", "A1", "A2"]


@pytest.mark.parametrize("day", ["2026-02-30", "yesterday", "2999-01-01", "0001-01-01", "2026-3"])
def test_a_day_that_is_none_or_still_to_come_is_refused(api_client: APIClient, day: str) -> None:
    for way in ("parcels/", "parcels/A1/"):
        answer = api_client.get(f"/api/v1/{way}?on={day}")
        assert answer.status_code == 400
        assert answer.json()["errors"][0]["attr"] == "on"


def test_what_was_withdrawn_since_is_not_there_on_any_day_for_a_visitor(
    parcel: Parcel, as_person: SignIn, api_client: APIClient
) -> None:
    Parcel.objects.update(status="published", shown_since=datetime(2026, 3, 1, tzinfo=UTC))
    officer = as_person("land")
    post(officer, "withdraw", note="界址有误")

    way = "/api/v1/parcels/A1/?on=2026-03-05"
    assert api_client.get(way).status_code == 404
    assert officer.get(way).status_code == 200
    assert api_client.get("/api/v1/parcels/?on=2026-03-05").json()["results"] == []


def test_the_map_of_a_day_is_drawn_like_the_list_of_that_day(api_client: APIClient) -> None:
    ParcelFactory(code="A1", shown_since=datetime(2026, 3, 1, tzinfo=UTC), start_price=30)
    Parcel.objects.update(start_price=45)

    def drawn(query: str, at: str = f"14/{TILE}") -> list[dict[str, Any]]:
        answer = api_client.get(f"/tiles/parcels/{at}.mvt?{query}")
        layers = mapbox_vector_tile.decode(answer.content) if answer.content else {}
        return [feature["properties"] for feature in layers.get("parcels", {}).get("features", [])]

    assert [one["start_price"] for one in drawn("on=2026-03-05")] == [30]
    assert [one["start_price"] for one in drawn("")] == [45]
    assert drawn("on=2026-02-28") == []
    assert drawn("on=2026-03-05&start_price__gte=40") == []
    assert [one["n"] for one in drawn("on=2026-03-05", "8/213/100")] == [1]
    assert drawn("on=2026-02-28", "8/213/100") == []
    assert api_client.get("/tiles/parcels.json?on=2026-03-05").status_code == 200
    assert api_client.get(f"/tiles/parcels/14/{TILE}.mvt?on=2999-01-01").status_code == 400
