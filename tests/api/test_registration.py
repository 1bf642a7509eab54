"""Registration with little, one's own account, and taking one's data out again."""

from collections.abc import Callable
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.core import mail
from django.core.signing import dumps
from django.db import InternalError, ProgrammingError, connection, transaction
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings
from rest_framework.test import APIClient

from accounts.models import AuditEntry, User
from investors.models import Consent, ConsentText, Investor
from investors.registration import CONFIRMATION, confirmation
from tests.factories.investors import REGISTRATION

pytestmark = pytest.mark.django_db
SignIn = Callable[..., APIClient]
MakePerson = Callable[..., User]


def register(client: APIClient, **other: Any) -> Any:  # Any: the answer of a test client
    return client.post("/api/v1/registration/", {**REGISTRATION, **other})


def without(*names: str) -> dict[str, Any]:
    return {name: value for name, value in REGISTRATION.items() if name not in names}


@pytest.fixture
def wang(api_client: APIClient) -> User:
    """Registered and signed in with `api_client`."""
    assert register(api_client).status_code == 201
    return User.objects.get(role="investor")


def test_an_investor_registers_and_is_signed_in(api_client: APIClient) -> None:
    asked = api_client.get("/api/v1/registration/").json()
    assert asked["open"] is True
    assert "erase" in asked["consent"]["text"]

    answer = register(api_client, consent=asked["consent"]["version"])

    assert answer.status_code == 201
    user = User.objects.get()
    assert (user.role, user.region_code, user.display_name) == ("investor", "", "青岛某某精密")
    assert Investor.objects.values_list("industry", "scale").get() == ("3841", "medium")
    assert Consent.objects.values_list("text__version", "given").get() == ("2026-11", True)
    assert api_client.get("/api/v1/session/").json()["user"]["role"] == "investor"


def test_people_sign_in_with_either_contact(wang: User, api_client: APIClient) -> None:
    api_client.delete("/api/v1/session/")
    for name in ("wang@EXAMPLE.cn", "+86 138-1234-5678"):
        answer = api_client.post("/api/v1/session/", {"username": name, "password": REGISTRATION["password"]})
        assert answer.status_code == 200
        assert answer.json()["user"]["display_name"] == "青岛某某精密"


def test_failed_sign_ins_are_kept_without_the_contact(wang: User, api_client: APIClient) -> None:
    api_client.delete("/api/v1/session/")
    for name in ("wang@example.cn", "nobody@example.cn", "13812345678"):
        assert api_client.post("/api/v1/session/", {"username": name, "password": "wrong"}).status_code == 403
    kept = str(list(AccessAttempt.objects.values()))
    assert wang.username in kept
    assert "example.cn" not in kept
    assert "13812345678" not in kept


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"name": ""}, "name"),
        ({"name": "a\x07b"}, "name"),
        ({"industry": "C9"}, "industry"),
        ({"industry": "abc"}, "industry"),
        ({"scale": "huge"}, "scale"),
        ({"email": "no address"}, "email"),
        ({"phone": "12"}, "phone"),
        ({"phone": "", "email": ""}, "email"),
        ({"password": "short"}, "password"),
        ({"password": "password123"}, "password"),
        ({"password": "wang@example.cn"}, "password"),
        ({"consent": "1999-01"}, "consent"),
        ({"role": "admin"}, "role"),
    ],
)
def test_what_is_wrong_with_a_registration_is_named(api_client: APIClient, wrong: dict[str, str], named: str) -> None:
    answer = register(api_client, **wrong)
    assert answer.status_code == 400
    assert named in {error["attr"] for error in answer.json()["errors"]}
    assert not User.objects.exists()


@pytest.mark.parametrize("missing", ["name", "password", "consent"])
def test_what_is_missing_is_named(api_client: APIClient, missing: str) -> None:
    answer = api_client.post("/api/v1/registration/", without(missing))
    assert [error["attr"] for error in answer.json()["errors"]] == [missing]


def test_one_contact_is_enough_and_industry_and_scale_are_optional(api_client: APIClient) -> None:
    assert api_client.post("/api/v1/registration/", without("email", "industry", "scale")).status_code == 201


def test_a_contact_registers_once(wang: User) -> None:
    other = APIClient(HTTP_ACCEPT_LANGUAGE="en")
    for given, named in (
        ({"phone": ""}, "email"),
        ({"email": ""}, "phone"),
        ({"email": "", "phone": "+8613812345678"}, "phone"),
    ):
        answer = register(other, **given)
        assert answer.status_code == 400
        assert answer.json()["errors"][0]["attr"] == named


def test_registration_can_be_closed(api_client: APIClient, settings: Settings) -> None:
    settings.REGISTRATION_OPEN = False
    assert api_client.get("/api/v1/registration/").json()["open"] is False
    assert register(api_client).status_code == 403
    assert not User.objects.exists()


def test_an_address_that_registers_too_often_has_to_wait(settings: Settings) -> None:
    settings.REGISTRATIONS_PER_HOUR = 2
    answers = [
        register(APIClient(HTTP_ACCEPT_LANGUAGE="en"), email=f"w{number}@example.cn", phone="").status_code
        for number in range(3)
    ]
    assert answers == [201, 201, 429]
    elsewhere = APIClient(HTTP_ACCEPT_LANGUAGE="en", REMOTE_ADDR="192.0.2.7")
    assert register(elsewhere, email="w3@example.cn", phone="").status_code == 201


def test_behind_a_proxy_the_address_it_saw_counts_not_the_one_a_client_claims(settings: Settings) -> None:
    settings.REGISTRATIONS_PER_HOUR, settings.TRUSTED_PROXY = 1, True
    seen = [("1.1.1.1, 198.51.100.1", 201), ("2.2.2.2, 198.51.100.1", 429), ("198.51.100.2", 201)]
    for number, (forwarded, status) in enumerate(seen):
        client = APIClient(HTTP_ACCEPT_LANGUAGE="en", HTTP_X_FORWARDED_FOR=forwarded)
        assert register(client, email=f"p{number}@example.cn", phone="").status_code == status


def test_a_person_reads_and_changes_what_is_kept_of_them(wang: User, api_client: APIClient) -> None:
    told = api_client.get("/api/v1/account/").json()
    assert (told["email"], told["phone"], told["industry"]) == ("Wang@example.cn", "138 1234 5678", "3841")
    assert told["consents"][0]["version"] == "2026-11"
    assert told["consent_due"] is False

    changed = api_client.patch("/api/v1/account/", {"name": "新名", "phone": "", "scale": "large", "wants_mail": False})
    assert changed.status_code == 200
    assert (changed.json()["name"], changed.json()["phone"], changed.json()["scale"]) == ("新名", "", "large")
    assert changed.json()["industry"] == "3841"
    assert api_client.patch("/api/v1/account/", {"email": ""}).status_code == 400
    assert api_client.patch("/api/v1/account/", {"role": "admin"}).status_code == 400


def test_a_visitor_has_no_account(api_client: APIClient) -> None:
    for method, path in (
        (api_client.get, "account/"),
        (api_client.patch, "account/"),
        (api_client.post, "account/erase/"),
        (api_client.post, "account/consent/"),
        (api_client.post, "account/confirmation/"),
    ):
        assert method(f"/api/v1/{path}", {}).status_code == 403


def test_a_newer_text_is_to_be_agreed_to(wang: User, api_client: APIClient) -> None:
    ConsentText.objects.create(version="2027-01", zh="新", en="New", valid_from=timezone.localdate())
    assert api_client.get("/api/v1/account/").json()["consent_due"] is True
    assert api_client.post("/api/v1/account/consent/", {"version": "2026-11"}).status_code == 400
    assert api_client.post("/api/v1/account/consent/", {"version": "2027-01"}).json()["consent_due"] is False
    assert Consent.objects.filter(user=wang).count() == 2


def test_consents_and_their_texts_cannot_be_changed_or_deleted(wang: User) -> None:
    for statement in (
        "UPDATE investors_consent SET given = false",
        "DELETE FROM investors_consent",
        "UPDATE investors_consenttext SET zh = ''",
        "DELETE FROM investors_consenttext",
    ):
        with (
            pytest.raises((InternalError, ProgrammingError), match="append-only"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


def test_a_person_takes_their_data_out(wang: User, api_client: APIClient) -> None:
    assert api_client.post("/api/v1/account/erase/", {"password": "wrong"}).status_code == 400
    assert api_client.post("/api/v1/account/erase/", {"password": REGISTRATION["password"]}).status_code == 204

    assert api_client.get("/api/v1/session/").json()["user"] is None
    user = User.objects.get()
    assert (user.is_active, user.display_name, user.email, user.phone) == (False, "", "", "")
    assert user.email_fingerprint is user.phone_fingerprint is None
    assert user.erased_at is not None
    assert not Investor.objects.exists()
    assert list(Consent.objects.order_by("id").values_list("given", flat=True)) == [True, False]
    again = api_client.post("/api/v1/session/", {"username": "wang@example.cn", "password": REGISTRATION["password"]})
    assert again.status_code == 403
    entries = AuditEntry.objects.filter(table="accounts_user", row=str(user.pk))
    assert entries.filter(action="insert").exists()  # the chain is whole, and holds nothing
    for secret in ("example.cn", "5678", "青岛某某精密"):
        assert secret not in str(list(AuditEntry.objects.values()))


def test_the_data_of_staff_are_the_administrators(as_person: SignIn) -> None:
    assert as_person("land").post("/api/v1/account/erase/", {"password": "a long password"}).status_code == 403


def test_an_address_is_confirmed_by_the_link_sent_to_it(
    api_client: APIClient, settings: Settings, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    settings.MAILS, settings.SITE_ADDRESS = True, "https://land.example.cn"
    with django_capture_on_commit_callbacks(execute=True):
        register(api_client)
    user = User.objects.get()
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name, (args ->> 'user_id')::int FROM procrastinate_jobs")
        assert cursor.fetchall() == [("investors.send_confirmation", user.pk)]
    confirmation(user).send()
    token = mail.outbox[0].body.rpartition("confirm=")[2]

    visitor = APIClient(HTTP_ACCEPT_LANGUAGE="en")
    for wrong in (f"{token}x", dumps([user.pk, "0" * 16], salt=CONFIRMATION), dumps("x", salt=CONFIRMATION)):
        assert visitor.post("/api/v1/account/confirm/", {"token": wrong}).status_code == 400
    assert visitor.post("/api/v1/account/confirm/", {"token": token}).status_code == 204
    assert api_client.get("/api/v1/account/").json()["email_confirmed"] is True

    api_client.patch("/api/v1/account/", {"email": "other@example.cn"})
    assert api_client.get("/api/v1/account/").json()["email_confirmed"] is False
    assert visitor.post("/api/v1/account/confirm/", {"token": token}).status_code == 400


def test_an_account_has_no_end_of_confirmations_sent_by_changing_its_address(
    wang: User, api_client: APIClient, settings: Settings
) -> None:
    """Each would go to an address of somebody else's."""
    settings.REGISTRATIONS_PER_HOUR = 3
    change = [api_client.patch("/api/v1/account/", {"email": f"n{number}@example.cn"}) for number in range(5)]
    assert [answer.status_code for answer in change] == [200, 200, 200, 429, 429]
    assert User.objects.get().email == "n2@example.cn"
    assert api_client.patch("/api/v1/account/", {"name": "王", "email": "n2@example.cn"}).status_code == 200
