"""PATCH notices/{id}/: what an open round says is put right, by whom it concerns, and never over somebody else's change."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.models import AuditEntry
from landparcels.models import Notice, Parcel
from tests.factories.complete import complete_parcel
from tests.factories.geo import RegionFactory

pytestmark = pytest.mark.django_db
SignIn = Callable[..., APIClient]


def days(number: int) -> str:
    return (timezone.localdate() + timedelta(days=number)).isoformat()


@pytest.fixture
def officer(as_person: SignIn) -> APIClient:
    return as_person("land", username="li", display_name="Li", region="990001")


@pytest.fixture
def notice(officer: APIClient) -> dict[str, Any]:  # Any: JSON
    city = RegionFactory(adcode="990000", is_root=True, level="city")
    RegionFactory(adcode="990001", parent=city)
    RegionFactory(adcode="990002", parent=city)
    complete_parcel("published", code="A1", region_id="990001")
    body = {"number": "8号", "bid_start": days(-1), "bid_deadline": days(9), "deposit": 90}
    answer = officer.post("/api/v1/parcels/A1/notices/", body)
    assert answer.status_code == 201, answer.json()
    told: dict[str, Any] = answer.json()
    return told


def correct(client: APIClient, notice: dict[str, Any], mark: str | None = None, **given: Any) -> Any:  # Any: JSON
    seen = {"If-Match": f'"{mark}"'} if mark else {}
    return client.patch(f"/api/v1/notices/{notice['id']}/", given, headers=seen)


def test_an_open_round_is_corrected_in_place_for_everyone_to_see(
    notice: dict[str, Any], officer: APIClient, api_client: APIClient
) -> None:
    answer = correct(
        officer, notice, notice["mark"], number="8号更正", url="https://example.cn/8", bid_deadline=days(20), deposit=None,
        price_step=5, supply_mode="flexible", contact_office="供地科", contact_phone="0532-1234",
    )  # fmt: skip

    assert answer.status_code == 200, answer.json()
    told = api_client.get(f"/api/v1/notices/{notice['id']}/").json()
    assert told == {**notice, **told} and told["mark"] != notice["mark"]
    assert (told["number"], told["url"], told["round"]) == ("8号更正", "https://example.cn/8", 1)
    assert (told["bid_start"], told["bid_deadline"]) == (days(-1), days(20))
    assert (told["deposit"], told["price_step"], told["supply_mode"]) == (None, 5, "flexible")
    assert (told["contact_office"], told["contact_phone"]) == ("供地科", "0532-1234")
    parcel = Parcel.objects.get(code="A1")
    assert (parcel.bid_deadline.isoformat(), parcel.contact_office) == (days(20), "供地科")  # type: ignore[union-attr]
    entry = AuditEntry.objects.filter(table="landparcels_notice", action="update").get()
    assert (entry.actor, entry.before, entry.after) == (
        "li",
        {"number": "8号", "url": ""},
        {"number": "8号更正", "url": "https://example.cn/8"},
    )


def test_what_somebody_else_changed_meanwhile_is_told_and_nothing_is_overwritten(
    notice: dict[str, Any], officer: APIClient, as_person: SignIn
) -> None:
    other = as_person("land", username="wang", display_name="Wang", region="990001")
    assert correct(other, notice, notice["mark"], bid_deadline=days(15)).status_code == 200

    late = correct(officer, notice, notice["mark"], number="9号")

    assert (late.status_code, late.json()["errors"][0]["code"]) == (409, "changed_meanwhile")
    assert f"Wang changed the deadline ({days(9)} → {days(15)})" in late.json()["errors"][0]["detail"]
    assert Notice.objects.get().number == "8号"
    fresh = officer.get(f"/api/v1/notices/{notice['id']}/").json()["mark"]
    assert correct(officer, notice, fresh, number="9号").json()["bid_deadline"] == days(15)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"bid_deadline": days(-2)}, "Bidding ends before it starts"),
        ({"number": ""}, "may not be blank"),
        ({"deposit": -1}, "greater than or equal to 0"),
        ({"supply_mode": "gift"}, "There is no"),
        ({"url": "javascript:alert(1)"}, "valid URL"),
        ({"round": 2}, "round"),
    ],
)
def test_a_wrong_correction_is_refused_in_words(
    notice: dict[str, Any], officer: APIClient, given: dict[str, Any], words: str
) -> None:
    answer = correct(officer, notice, notice["mark"], **given)
    assert answer.status_code == 400
    assert words in str(answer.json()["errors"])
    assert officer.get(f"/api/v1/notices/{notice['id']}/").json() == notice


def test_a_round_that_is_over_is_not_corrected(notice: dict[str, Any], officer: APIClient) -> None:
    officer.post(f"/api/v1/notices/{notice['id']}/close/", {"outcome": "cancelled"})
    answer = correct(officer, notice, number="9号")
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (409, "conflict")
    assert Notice.objects.get().number == "8号"


def test_only_land_officers_of_the_region_correct(
    notice: dict[str, Any], as_person: SignIn, api_client: APIClient
) -> None:
    assert correct(api_client, notice, number="9号").status_code == 403
    assert correct(as_person("investor"), notice, number="9号").status_code == 403
    assert correct(as_person("reviewer", region="990001"), notice, number="9号").status_code == 403
    assert correct(as_person("land", region="990002"), notice, number="9号").status_code in {403, 404}
    assert Notice.objects.get().number == "8号"
