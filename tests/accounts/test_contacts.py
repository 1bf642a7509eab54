"""Contacts of people: unreadable in the database, found again, masked, and never in the audit."""

from collections.abc import Callable
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from accounts.contacts import decrypt, encrypt, is_contact, mask_email, mask_person, mask_phone, normal
from accounts.models import AuditEntry, User
from accounts.signing_in import account_name, owner_of

MakePerson = Callable[..., User]


def stored(column: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM accounts_user")
        return str(cursor.fetchone()[0])


@pytest.mark.parametrize(
    ("phone", "masked"),
    [("13812345678", "138****5678"), ("138 1234 5678", "138****5678"), ("8623", "****23"), ("", "")],
)
def test_a_phone_number_shows_its_ends(phone: str, masked: str) -> None:
    assert mask_phone(phone) == masked


def test_an_address_shows_its_host_and_a_name_its_first_letter() -> None:
    assert mask_email("wang@example.cn") == "w***@example.cn"
    assert mask_email("") == mask_person("") == ""
    assert mask_person("王小明") == "王**"


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\0"), min_size=1))
def test_what_is_encrypted_can_be_read_again_and_never_shows(text: str) -> None:
    assert decrypt(encrypt(text)) == text
    assert len(text) < 4 or text not in encrypt(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Wang@Example.cn ", "wang@example.cn"),
        ("+86 138-1234-5678", "13812345678"),
        ("（0532）8888 6666", "053288886666"),
    ],
)
def test_one_contact_has_one_spelling(one: str, other: str) -> None:
    assert normal(one) == normal(other)
    assert is_contact(one)


def test_a_name_is_no_contact() -> None:
    assert not is_contact("demo-land")
    assert not is_contact("王小明")


@pytest.mark.django_db
def test_the_database_and_the_audit_hold_no_contact(person: MakePerson) -> None:
    user = person("investor", display_name="王小明")
    user.set_contacts(email="Wang@example.cn", phone="138 1234 5678")
    user.save()

    assert User.objects.get().email == "Wang@example.cn"
    assert "example" not in stored("email")
    assert "1234" not in stored("phone")
    written = str(list(AuditEntry.objects.values_list("before", "after")))
    for secret in ("王小明", "example.cn", "1234", stored("email"), stored("email_fingerprint")):
        assert secret not in written
    last = AuditEntry.objects.latest("id")
    assert (last.after or {})["email"] == (last.after or {})["phone"] == "[personal]"
    assert (last.before or {})["email"] == ""


@pytest.mark.django_db
def test_people_are_found_by_either_contact_and_by_their_name(person: MakePerson) -> None:
    user = person("investor", username="i-1")
    user.set_contacts(email="wang@example.cn", phone="13812345678")
    user.save()
    for typed in ("i-1", "WANG@example.cn", "+86 138 1234 5678"):
        assert account_name(typed) == "i-1"
    assert account_name("nobody@example.cn").startswith("nobody-")
    assert "example" not in account_name("nobody@example.cn")


@pytest.mark.django_db
def test_a_key_is_replaced_by_putting_another_before_it(person: MakePerson, settings: Settings) -> None:
    settings.CONTACT_KEYS = ["the old key"]
    user = person("investor")
    user.set_contacts(email="wang@example.cn", phone="")
    user.save()
    settings.CONTACT_KEYS = ["the new key", "the old key"]
    assert User.objects.get().email == "wang@example.cn"
    assert owner_of("wang@example.cn") == user
    entries = AuditEntry.objects.count()
    call_command("contacts", "--rotate", stdout=StringIO())
    assert AuditEntry.objects.count() == entries
    settings.CONTACT_KEYS = ["the new key"]
    assert User.objects.get().email == "wang@example.cn"
    assert owner_of("wang@example.cn") == user


@pytest.mark.django_db
def test_a_lost_key_shows_nothing_and_loses_nothing(
    person: MakePerson, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.CONTACT_KEYS = ["the old key"]
    user = person("investor")
    user.set_contacts(email="wang@example.cn", phone="")
    user.save()
    settings.CONTACT_KEYS = ["another"]
    lost = User.objects.get()
    assert lost.email == ""
    assert "LUODI_CONTACT_KEY" in caplog.text
    lost.save()
    settings.CONTACT_KEYS = ["the old key"]
    assert User.objects.get().email == "wang@example.cn"
