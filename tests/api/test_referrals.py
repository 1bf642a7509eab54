"""Referrals of a project from a region without land to a sister region."""

from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from accounts.models import AuditEntry, Notification, User
from geo.models import Region
from landparcels.referrals.models import Referral
from tests.factories.geo import RegionFactory

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/referrals/"
WANTED = {"hard": [{"indicator": "power_capacity", "op": "gte", "value": 20}], "area_mu": [50, None]}
SignIn = Callable[..., APIClient]
MakePerson = Callable[..., User]


@pytest.fixture(autouse=True)
def three_districts() -> None:
    city = RegionFactory(adcode="990000", level="city", is_root=True)
    for adcode in ("990001", "990002", "990003"):
        RegionFactory(adcode=adcode, parent=city)


def asked(**more: Any) -> dict[str, Any]:  # Any: JSON
    return {"from_region": "990001", "to_region": "990002", "requirement": WANTED, "note": "急需", **more}


def made(client: APIClient, **more: Any) -> int:  # Any: JSON
    answer = client.post(ADDRESS, asked(**more))
    assert answer.status_code == 201, answer.content
    return int(answer.json()["id"])


def test_a_referral_reaches_the_staff_of_the_other_region(as_person: SignIn, person: MakePerson) -> None:
    receiver = person("promotion", region="990002")
    elsewhere = person("promotion", region="990003")
    whole_city = person("admin")

    made(as_person("promotion", region="990001"), link="/land?mu=50&region=990002")

    told = Notification.objects.get()
    assert (told.user_id, told.link) == (receiver.pk, "/land?referrals=1")
    assert elsewhere.pk != receiver.pk != whole_city.pk
    (row,) = as_person("land", region="990002").get(ADDRESS).json()["results"]
    assert (row["from_region"], row["to_region"], row["state"], row["note"]) == ("990001", "990002", "open", "急需")
    assert (row["requirement"], row["link"]) == (WANTED, "/land?mu=50&region=990002")


def test_where_nobody_is_bound_to_the_region_the_whole_city_is_told(as_person: SignIn, person: MakePerson) -> None:
    admin = person("admin")

    made(as_person("land", region="990001"))

    assert [told.user_id for told in Notification.objects.all()] == [admin.pk]


def test_only_the_two_regions_see_it(as_person: SignIn, api_client: APIClient) -> None:
    referral = made(as_person("promotion", region="990001"))

    assert len(as_person("planner", region="990001").get(ADDRESS).json()["results"]) == 1
    assert as_person("promotion", region="990003").get(ADDRESS).json()["results"] == []
    stranger = as_person("promotion", region="990003").post(f"{ADDRESS}{referral}/accept/", {})
    never = as_person("promotion", region="990003").post(f"{ADDRESS}999999/accept/", {})
    assert (stranger.status_code, stranger.content) == (404, never.content)
    assert api_client.get(ADDRESS).status_code in (401, 403)
    assert as_person("investor").get(ADDRESS).status_code == 403


def test_the_receiver_accepts_once_and_the_sender_is_told(as_person: SignIn) -> None:
    referral = made(as_person("promotion", region="990001"))
    receiver = as_person("promotion", region="990002")

    answered = receiver.post(f"{ADDRESS}{referral}/accept/", {"note": "欢迎"}).json()
    again = receiver.post(f"{ADDRESS}{referral}/decline/", {})

    assert (answered["state"], answered["answer"]) == ("accepted", "欢迎")
    assert again.status_code == 409
    assert Referral.objects.get().state == "accepted"
    assert Notification.objects.filter(key=f"referral-{referral}-accepted").count() == 1
    assert AuditEntry.objects.filter(table="landparcels_referral").count() == 2


def test_each_side_takes_its_own_steps(as_person: SignIn) -> None:
    sender = as_person("promotion", region="990001")
    referral = made(sender)

    assert sender.post(f"{ADDRESS}{referral}/accept/", {}).status_code == 403
    assert as_person("land", region="990002").post(f"{ADDRESS}{referral}/withdraw/", {}).status_code == 403
    assert as_person("reviewer", region="990002").post(f"{ADDRESS}{referral}/accept/", {}).status_code == 403
    assert sender.post(f"{ADDRESS}{referral}/withdraw/", {}).json()["state"] == "withdrawn"


def test_one_refers_for_ones_own_region_alone(as_person: SignIn, api_client: APIClient) -> None:
    assert as_person("promotion", region="990003").post(ADDRESS, asked()).status_code == 403
    assert as_person("planner", region="990001").post(ADDRESS, asked()).status_code == 403
    assert as_person("investor").post(ADDRESS, asked()).status_code == 403
    assert api_client.post(ADDRESS, asked()).status_code in (401, 403)
    assert Referral.objects.count() == 0


@pytest.mark.parametrize(
    ("wrong", "part"),
    [
        ({"to_region": "990001"}, "to_region"),
        ({"to_region": "123456"}, "to_region"),
        ({"from_region": "\x00"}, "from_region"),
        ({"requirement": {"hard": 3}}, "requirement"),
        ({"requirement": [1]}, "requirement"),
        ({"requirement": {"colour": "red"}}, "requirement"),
        ({"link": "https://elsewhere.example/"}, "link"),
        ({"link": "/land/x?javascript"}, "link"),
        ({"link": "//elsewhere.example"}, "link"),
        ({"note": "x" * 2001}, "note"),
        ({"charm": 1}, "charm"),
    ],
)
def test_a_wrong_referral_is_named_in_words(as_person: SignIn, wrong: dict[str, Any], part: str) -> None:
    answer = as_person("admin").post(ADDRESS, asked(**wrong))

    assert answer.status_code == 400, answer.content
    error = answer.json()["errors"][0]
    assert error["attr"].split(".")[0] == part
    assert error["detail"]


def test_the_list_is_filtered_by_state_and_says_when_nothing_changed(as_person: SignIn) -> None:
    client = as_person("admin")
    referral = made(client)

    assert len(client.get(ADDRESS, {"state": "open"}).json()["results"]) == 1
    assert client.get(ADDRESS, {"state": "accepted"}).json()["results"] == []
    assert client.get(ADDRESS, {"state": "lost"}).status_code == 400
    etag = client.get(ADDRESS)["ETag"]
    assert client.get(ADDRESS, HTTP_IF_NONE_MATCH=etag).status_code == 304
    client.post(f"{ADDRESS}{referral}/withdraw/", {})
    assert client.get(ADDRESS, HTTP_IF_NONE_MATCH=etag).status_code == 200


def test_a_referral_goes_elsewhere_says_the_database(person: MakePerson) -> None:
    from django.db import IntegrityError, transaction
    from django.utils import timezone

    here = Region.objects.get(adcode="990001")
    with pytest.raises(IntegrityError, match="referral_goes_elsewhere"), transaction.atomic():
        Referral.objects.create(
            from_region=here, to_region=here, requirement={}, made_by=person("admin"), made_at=timezone.now()
        )
