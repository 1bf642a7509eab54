"""Enquiries: a thread between one who looks for land and the office of its region, and who is shown what."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings
from rest_framework.test import APIClient

from accounts.models import AuditEntry, Notification, User
from investors.erasure import erase_what_is_due
from investors.models import Consent, Enquiry, Message
from landparcels.models import Parcel
from tests.factories.geo import RegionFactory
from tests.factories.investors import ENQUIRY, REGISTRATION
from tests.factories.landparcels import ParcelFactory

pytestmark = pytest.mark.django_db
SignIn = Callable[..., APIClient]
MakePerson = Callable[..., User]
ADDRESS = "/api/v1/enquiries/"
SECRETS = ("王小明", "13812345678", "wang@example.cn")
MASKED = {"person": "王**", "phone": "138****5678", "email": "w***@example.cn"}


@pytest.fixture(autouse=True)
def land() -> None:
    """Two districts, a park in the western one; P1 in the park, P2 in the west, P3 in the east, and a draft."""
    city = RegionFactory(adcode="990000", level="city", name="市")
    west = RegionFactory(adcode="990001", parent=city, name="西区", name_en="West")
    RegionFactory(adcode="990001P", parent=west, level="park", name="西园")
    RegionFactory(adcode="990002", parent=city, name="东区")
    for code, region, status in (
        ("P1", "990001P", "published"),
        ("P2", "990001", "published"),
        ("P3", "990002", "published"),
        ("DRAFT", "990001", "draft"),
    ):
        ParcelFactory(code=code, region_id=region, status=status)


@pytest.fixture
def wang(api_client: APIClient) -> APIClient:
    assert api_client.post("/api/v1/registration/", REGISTRATION).status_code == 201
    return api_client


def ask(client: APIClient, **other: Any) -> Any:  # Any: the answer of a test client
    return client.post(ADDRESS, {**ENQUIRY, **other})


def asked(client: APIClient, **other: Any) -> int:
    answer = ask(client, **other)
    assert answer.status_code == 201, answer.json()
    return int(answer.json()["results"][0]["id"])


def told(user: str) -> list[str]:
    return list(Notification.objects.filter(user__username=user).order_by("id").values_list("en", flat=True))


def test_a_thread_names_its_parcels_and_falls_back_on_the_code(wang: APIClient) -> None:
    Parcel.objects.filter(code="P1").update(name="西园一号")
    Parcel.objects.filter(code="P2").update(name="")
    (row,) = ask(wang, parcels=["P2", "P1"]).json()["results"]
    assert (row["parcels"], row["parcel_names"]) == (["P1", "P2"], ["西园一号", "P2"])


def test_an_enquiry_goes_to_the_office_of_the_parcels_region_and_is_answered_there(
    wang: APIClient, as_person: SignIn
) -> None:
    office = as_person("land", region="990001", username="west", display_name="李科长")
    as_person("promotion", region="990002", username="east")
    as_person("admin", username="admin")
    number = asked(wang)
    assert told("west") == ["A new enquiry: P1"]
    assert told("east") == told("admin") == []

    (row,) = office.get(f"{ADDRESS}?unread=true").json()["results"]
    assert (row["state"], row["asker"], row["parcels"], row["unread"]) == ("new", "王**", ["P1"], True)
    assert office.post(f"{ADDRESS}{number}/read/").status_code == 204
    assert office.get(f"{ADDRESS}?unread=true").json()["results"] == []

    answer = office.post(f"{ADDRESS}{number}/messages/", {"text": "可以，110 kV 已接入。"}).json()
    assert (answer["state"], answer["owner"]) == ("answered", "west")
    (row,) = wang.get(ADDRESS).json()["results"]
    assert (row["unread"], row["mine"], row["state"]) == (True, True, "answered")
    thread = wang.get(f"{ADDRESS}{number}/").json()
    assert [(said["by_office"], said["author"]) for said in thread["messages"]] == [(False, "王小明"), (True, "李科长")]
    assert wang.get("/api/v1/notifications/").json()["results"][0]["text"] == "Your enquiry was answered: P1"

    again = wang.post(f"{ADDRESS}{number}/messages/", {"text": "谢谢，水呢？"}).json()
    assert again["state"] == "waiting"
    assert told("west") == ["A new enquiry: P1", "A new message in an enquiry: P1"]


def test_parcels_of_two_districts_make_a_thread_with_each_office(wang: APIClient) -> None:
    rows = ask(wang, parcels=["P1", "P2", "P3"]).json()["results"]
    assert sorted((row["region"], tuple(row["parcels"])) for row in rows) == [
        ("990001", ("P1", "P2")),
        ("990002", ("P3",)),
    ]


def test_the_nearest_office_is_told_and_the_next_above_where_there_is_none(wang: APIClient, as_person: SignIn) -> None:
    as_person("promotion", region="990000", username="city")
    asked(wang)
    as_person("promotion", region="990001P", username="park")
    asked(wang)
    assert (len(told("city")), len(told("park"))) == (1, 1)


def test_a_visitor_may_ask_with_a_contact_and_a_consent(api_client: APIClient) -> None:
    number = asked(api_client)
    assert Enquiry.objects.get(pk=number).user is None
    assert Consent.objects.values_list("enquiry", "text__version").get() == (number, "2026-11")
    assert api_client.get(ADDRESS).status_code == 403
    assert api_client.get(f"{ADDRESS}{number}/").status_code == 403


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"consent": ""}, "consent"),
        ({"consent": "1999"}, "consent"),
        ({"person": ""}, "person"),
        ({"phone": "", "email": ""}, "phone"),
        ({"phone": "12"}, "phone"),
        ({"email": "x"}, "email"),
        ({"message": " "}, "message"),
        ({"message": "a\x00b"}, "message"),
        ({"message": "x" * 4001}, "message"),
        ({"parcels": []}, "parcels"),
        ({"parcels": ["NEVER"]}, "parcels"),
        ({"owner": "me"}, "owner"),
    ],
)
def test_what_is_wrong_with_an_enquiry_is_named(api_client: APIClient, wrong: dict[str, Any], named: str) -> None:
    answer = ask(api_client, **wrong)
    assert answer.status_code == 400
    assert named in {error["attr"] for error in answer.json()["errors"]}
    assert not Enquiry.objects.exists()


def test_a_parcel_one_may_not_see_is_as_absent_as_one_that_never_was(api_client: APIClient) -> None:
    hidden, never = ask(api_client, parcels=["DRAFT"]), ask(api_client, parcels=["NEVER"])
    assert hidden.content.decode().replace("DRAFT", "NEVER") == never.content.decode()


def test_an_address_that_asks_too_often_has_to_wait(api_client: APIClient, settings: Settings) -> None:
    settings.ENQUIRIES_PER_HOUR = 1
    assert [ask(api_client).status_code for _ in range(2)] == [201, 429]


def test_the_contact_comes_from_the_account_where_none_is_given(wang: APIClient) -> None:
    answer = wang.post(ADDRESS, {"parcels": ["P1"], "message": "?"})
    contact = wang.get(f"{ADDRESS}{answer.json()['results'][0]['id']}/").json()["contact"]
    assert contact == {"person": "青岛某某精密", "phone": "138 1234 5678", "email": "Wang@example.cn"}


# ------------------------------------------------------------------ who is shown what
ROLES = ("promotion", "planner", "land", "reviewer", "admin")


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("region", ["990001", "990002", ""])
def test_nobody_sees_a_contact_without_asking_for_it_and_only_the_office_assigned_is_given_it(
    wang: APIClient, as_person: SignIn, role: str, region: str
) -> None:
    number = asked(wang)
    client = as_person(role, region=region)
    elsewhere = region == "990002"
    answers = [client.get(ADDRESS), client.get(f"{ADDRESS}{number}/"), client.post(f"{ADDRESS}export/", {})]
    for answer in answers:
        text = answer.getvalue().decode()
        assert "王小明" not in text
        assert "wang@example.cn" not in text
        if role in ("planner", "reviewer") or elsewhere:
            assert "13812345678" not in text  # also not inside of the message
    assert answers[1].status_code == (404 if elsewhere else 200)
    if not elsewhere:
        assert answers[1].json()["contact"] == MASKED

    shown = client.post(f"{ADDRESS}{number}/contact/")
    handles = role in ("promotion", "land", "admin")
    assert shown.status_code == (404 if elsewhere else 200 if handles else 403)
    entries = AuditEntry.objects.filter(action="reveal", table="investors_enquiry", row=str(number))
    if shown.status_code == 200:
        assert tuple(shown.json().values()) == SECRETS
        assert shown["Cache-Control"] == "no-store"
        entry = entries.get()
        assert entry.actor.startswith(role)
        assert entry.after == {"shown": ["person", "phone", "email"]}
    else:
        assert not entries.exists()


@pytest.mark.parametrize("role", [*ROLES, "investor"])
def test_a_thread_of_another_person_or_region_is_as_absent_as_one_that_never_was(
    wang: APIClient, as_person: SignIn, role: str
) -> None:
    number = asked(wang)
    client = as_person(role, region="" if role == "investor" else "990002")
    for method, path, body in (
        ("get", "", None),
        ("patch", "", {"revision": 1, "state": "closed"}),
        ("post", "messages/", {"text": "x"}),
        ("post", "read/", {}),
        ("post", "contact/", {}),
    ):
        hidden = getattr(client, method)(f"{ADDRESS}{number}/{path}", body)
        never = getattr(client, method)(f"{ADDRESS}99999999/{path}", body)
        assert (hidden.status_code, hidden.content) == (404, never.content)
    assert client.get(ADDRESS).json()["results"] == []
    assert client.get(f"{ADDRESS}?unread=true").json()["results"] == []
    assert Message.objects.count() == 1


@pytest.mark.parametrize("role", ["planner", "reviewer"])
def test_staff_of_other_departments_read_and_do_no_more(wang: APIClient, as_person: SignIn, role: str) -> None:
    number = asked(wang)
    client = as_person(role, region="990001")
    assert client.get(f"{ADDRESS}{number}/").json()["may_handle"] is False
    assert client.get(f"{ADDRESS}{number}/").json()["colleagues"] == []
    assert client.post(f"{ADDRESS}{number}/messages/", {"text": "x"}).status_code == 403
    assert client.patch(f"{ADDRESS}{number}/", {"revision": 1, "state": "closed"}).status_code == 403
    assert client.post(f"{ADDRESS}export/", {"contacts": True}).status_code == 403


def test_staff_do_not_answer_themselves(as_person: SignIn) -> None:
    client = as_person("land", region="990001")
    number = asked(client)
    assert client.get(f"{ADDRESS}{number}/").json()["may_handle"] is False
    assert client.post(f"{ADDRESS}{number}/contact/").status_code == 403


def test_the_database_the_audit_the_news_and_the_log_hold_no_contact(
    wang: APIClient, as_person: SignIn, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    office = as_person("land", region="990001")
    number = asked(wang)
    office.post(f"{ADDRESS}{number}/messages/", {"text": "回电 13812345678"})
    office.post(f"{ADDRESS}{number}/contact/")
    office.post(f"{ADDRESS}export/", {"contacts": True})
    with connection.cursor() as cursor:
        for table in ("investors_enquiry", "investors_message", "accounts_auditentry", "accounts_notification",
                      "procrastinate_jobs", "investors_attempt", "axes_accesslog"):  # fmt: skip
            cursor.execute(f"SELECT t::text FROM {table} AS t")
            kept = str(cursor.fetchall())
            for secret in SECRETS:
                assert secret not in kept, table
    said = " ".join(record.getMessage() for record in caplog.records if not record.name.startswith("django.db"))
    for secret in SECRETS:
        assert secret not in said


def test_an_export_holds_contacts_of_ones_own_office_and_each_is_written_down(
    wang: APIClient, as_person: SignIn
) -> None:
    ask(wang, parcels=["P1", "P3"], person="=1+1")
    office = as_person("promotion", region="990001")
    masked = office.post(f"{ADDRESS}export/", {}).getvalue().decode()
    assert "138****5678" in masked
    assert not AuditEntry.objects.filter(action="export").exists()

    answer = office.post(f"{ADDRESS}export/", {"contacts": True})
    text = answer.getvalue().decode()
    assert answer["Cache-Control"] == "no-store"
    assert text.startswith("\ufeff")
    assert "13812345678" in text
    assert "'=1+1" in text  # no formula for a spreadsheet
    assert "P3" not in text
    assert AuditEntry.objects.filter(action="export", table="investors_enquiry").count() == 1


def test_an_export_tells_the_days_of_the_city_not_of_greenwich(wang: APIClient, as_person: SignIn) -> None:
    ask(wang, parcels=["P1"])
    Enquiry.objects.update(
        created_at=datetime(2026, 3, 1, 23, 30, tzinfo=UTC), moved_at=datetime(2026, 3, 2, 16, 30, tzinfo=UTC)
    )
    text = as_person("promotion", region="990001").post(f"{ADDRESS}export/", {}).getvalue().decode()
    assert "2026-03-02,2026-03-03" in text


# ------------------------------------------------------------------ state and owner
def test_a_thread_is_taken_over_handed_over_and_closed(wang: APIClient, as_person: SignIn) -> None:
    number = asked(wang)
    west = as_person("land", region="990001", username="west")
    as_person("promotion", region="990001", username="colleague", display_name="同事")
    as_person("land", region="990002", username="east")
    seen = west.get(f"{ADDRESS}{number}/").json()
    assert {one["username"] for one in seen["colleagues"]} == {"west", "colleague"}

    mine = west.patch(f"{ADDRESS}{number}/", {"revision": seen["revision"], "owner": "west"}).json()
    assert mine["owner"] == "west"
    assert len(west.get(f"{ADDRESS}?owner=me").json()["results"]) == 1
    assert west.patch(f"{ADDRESS}{number}/", {"revision": mine["revision"], "owner": "east"}).status_code == 400
    over = west.patch(f"{ADDRESS}{number}/", {"revision": mine["revision"], "owner": "colleague"}).json()
    assert over["owner_name"] == "同事"
    assert told("colleague") == ["west handed an enquiry over to you: P1"]

    closed = west.patch(f"{ADDRESS}{number}/", {"revision": over["revision"], "state": "closed"}).json()
    assert closed["state"] == "closed"
    assert closed["closed_at"] is not None
    assert wang.post(f"{ADDRESS}{number}/messages/", {"text": "还有"}).json()["state"] == "waiting"
    assert told("colleague")[-1] == "A new message in an enquiry: P1"


def test_two_who_change_the_same_thread_are_told_of_each_other(wang: APIClient, as_person: SignIn) -> None:
    number = asked(wang)
    one, other = (as_person("land", region="990001", username=name) for name in ("one", "other"))
    revision = one.get(f"{ADDRESS}{number}/").json()["revision"]
    assert one.patch(f"{ADDRESS}{number}/", {"revision": revision, "owner": "one"}).status_code == 200
    late = other.patch(f"{ADDRESS}{number}/", {"revision": revision, "owner": "other"})
    assert late.status_code == 409
    assert "one changed who handles it (empty → one)" in late.json()["errors"][0]["detail"]
    assert Enquiry.objects.get().owner == User.objects.get(username="one")


def test_the_one_who_asks_may_close_and_nothing_else(wang: APIClient) -> None:
    number = asked(wang)
    assert wang.patch(f"{ADDRESS}{number}/", {"revision": 1, "state": "answered"}).status_code == 403
    assert wang.patch(f"{ADDRESS}{number}/", {"revision": 1, "owner": ""}).status_code == 403
    assert wang.patch(f"{ADDRESS}{number}/", {"revision": 1, "state": "closed"}).json()["state"] == "closed"


@pytest.mark.parametrize("query", ["state=lost", "owner=", "asked_by=all", "sort=id", "person=1"])
def test_a_wrong_filter_is_named_or_finds_nothing(wang: APIClient, query: str) -> None:
    answer = wang.get(f"{ADDRESS}?{query}")
    assert answer.status_code == (200 if query == "owner=" else 400)


def test_a_list_costs_the_same_however_long_it_is(
    wang: APIClient, as_person: SignIn, settings: Settings, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    settings.ENQUIRIES_PER_HOUR = 100
    for _ in range(12):
        asked(wang)
    office = as_person("land", region="990001")
    with django_assert_max_num_queries(9):
        assert len(office.get(ADDRESS).json()["results"]) == 12


# ------------------------------------------------------------------ erasure
def test_contacts_and_texts_go_a_year_after_an_enquiry_was_closed(wang: APIClient, as_person: SignIn) -> None:
    number = asked(wang)
    office = as_person("land", region="990001")
    office.post(f"{ADDRESS}{number}/messages/", {"text": "王先生，可以。"})
    wang.patch(f"{ADDRESS}{number}/", {"revision": Enquiry.objects.get().revision, "state": "closed"})
    assert erase_what_is_due() == (0, 0)
    Enquiry.objects.update(closed_at=timezone.now() - timedelta(days=366))
    assert erase_what_is_due() == (1, 0)
    assert erase_what_is_due() == (0, 0)

    enquiry = Enquiry.objects.get()
    assert (enquiry.person, enquiry.phone, enquiry.email) == ("", "", "")
    assert set(Message.objects.values_list("text", flat=True)) == {""}
    assert office.post(f"{ADDRESS}{number}/contact/").json() == {"person": "", "phone": "", "email": ""}
    assert wang.post(f"{ADDRESS}{number}/messages/", {"text": "还在？"}).status_code == 409
    assert office.get(f"{ADDRESS}{number}/").json()["erased_at"] is not None


def test_a_thread_that_fell_silent_is_erased_as_well(api_client: APIClient) -> None:
    asked(api_client)
    Enquiry.objects.update(moved_at=timezone.now() - timedelta(days=366))
    assert erase_what_is_due() == (1, 0)
    assert Enquiry.objects.get().state == "closed"


def test_an_account_that_is_not_used_is_warned_and_then_erased_with_its_threads(wang: APIClient) -> None:
    asked(wang)
    User.objects.filter(role="investor").update(last_login=timezone.now() - timedelta(days=340))
    assert erase_what_is_due() == (0, 0)
    assert erase_what_is_due() == (0, 0)
    assert "sign in once to keep it" in Notification.objects.get(user__role="investor", topic="account").en
    User.objects.filter(role="investor").update(last_login=timezone.now() - timedelta(days=366))
    assert erase_what_is_due() == (0, 1)
    assert Enquiry.objects.get().phone == ""
    assert User.objects.get(role="investor").is_active is False


def test_ones_own_request_takes_the_contacts_out_of_ones_threads(wang: APIClient) -> None:
    asked(wang)
    assert wang.post("/api/v1/account/erase/", {"password": REGISTRATION["password"]}).status_code == 204
    enquiry = Enquiry.objects.get()
    assert (enquiry.person, enquiry.phone, enquiry.email, enquiry.state) == ("", "", "", "closed")
    kept = str(list(AuditEntry.objects.values("before", "after")))
    for secret in (*SECRETS, "Wang@example.cn", "138 1234 5678"):
        assert secret not in kept
    assert AuditEntry.objects.filter(table="investors_enquiry", action="update").exists()
