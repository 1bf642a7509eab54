"""enquiries/thread/: a visitor follows and continues what they asked by the link they were given, and nobody else's."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.core.signing import Signer
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings
from rest_framework.test import APIClient

from accounts.models import Notification
from investors import visitors
from investors.erasure import erase_enquiry
from investors.models import Enquiry
from tests.factories.geo import RegionFactory
from tests.factories.landparcels import ParcelFactory

pytestmark = pytest.mark.django_db
SignIn = Callable[..., APIClient]
THREAD = "/api/v1/enquiries/thread/"


@pytest.fixture(autouse=True)
def parcel() -> None:
    ParcelFactory(code="P1", region=RegionFactory(adcode="990001", is_root=True, level="city"), status="published")


def ask(client: APIClient, **more: Any) -> dict[str, Any]:  # Any: JSON
    consent = client.get("/api/v1/registration/").json()["consent"]["version"]
    body = {"parcels": ["P1"], "message": "能否先租后让？", "person": "王", "email": "w@example.cn", "consent": consent}
    answer = client.post("/api/v1/enquiries/", {**body, **more})
    assert answer.status_code == 201, answer.json()
    row: dict[str, Any] = answer.json()["results"][0]
    return row


def test_a_visitor_reads_the_answer_behind_the_link_and_asks_on(api_client: APIClient, as_person: SignIn) -> None:
    office = as_person("land", region="990001")
    asked = ask(api_client)
    assert office.post(f"/api/v1/enquiries/{asked['id']}/messages/", {"text": "可以。"}).status_code == 201

    told = api_client.post(THREAD, {"token": asked["token"]})
    assert told.status_code == 200
    assert told["Cache-Control"] == "no-store"
    assert (told.json()["parcels"], told.json()["state"]) == (["P1"], "answered")
    assert [(said["by_office"], said["text"]) for said in told.json()["messages"]] == [
        (False, "能否先租后让？"),
        (True, "可以。"),
    ]

    more = api_client.post(f"{THREAD}messages/", {"token": asked["token"], "text": "谢谢，租期多久？"})
    assert (more.status_code, more.json()["state"]) == (201, "waiting")
    assert Notification.objects.filter(topic="inbox").count() == 2
    row = office.get(f"/api/v1/enquiries/{asked['id']}/").json()
    assert row["messages"][-1]["text"] == "谢谢，租期多久？"


def test_a_link_that_was_made_up_leads_nowhere(api_client: APIClient) -> None:
    asked = ask(api_client)
    other = Signer(salt="something.else").sign_object(asked["id"])
    for token in ("x", other, asked["token"][:-1], f"{asked['token']}x"):
        assert api_client.post(THREAD, {"token": token}).status_code == 404
        assert api_client.post(f"{THREAD}messages/", {"token": token, "text": "?"}).status_code == 404


def test_who_has_an_account_gets_no_link(as_person: SignIn) -> None:
    investor = as_person("investor")
    assert ask(investor)["token"] == ""
    assert investor.post(THREAD, {"token": visitors.token_of(Enquiry.objects.get())}).status_code == 404


def test_the_link_ends_with_the_erasure(api_client: APIClient) -> None:
    token = ask(api_client)["token"]
    erase_enquiry(Enquiry.objects.get())
    assert api_client.post(THREAD, {"token": token}).status_code == 404


def test_a_visitor_who_left_an_address_is_mailed_the_link_and_not_the_answer(
    api_client: APIClient,
    as_person: SignIn,
    settings: Settings,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    settings.MAILS, settings.SITE_ADDRESS = True, "https://land.example.cn"
    asked = ask(api_client)
    enquiry = Enquiry.objects.get()

    message = visitors.answer_mail(enquiry)
    assert message is not None
    assert (message.to, asked["token"] in message.body) == (["w@example.cn"], True)
    assert "https://land.example.cn/enquiry#" in message.body
    settings.SITE_ADDRESS = ""
    assert visitors.answer_mail(enquiry) is None
    with django_capture_on_commit_callbacks(execute=True):
        office = as_person("land", region="990001")
        assert office.post(f"/api/v1/enquiries/{asked['id']}/messages/", {"text": "可以。"}).status_code == 201
    assert mail.outbox == []
