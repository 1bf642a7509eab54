"""GET parcels/{code}/card.pdf and cards/{code}/."""

import re
from collections.abc import Callable

import pytest
from pytest_django import Settings
from rest_framework.test import APIClient

from geo.printing import qr
from landparcels.card import sheet
from landparcels.card.models import IssuedCard
from tests.factories.geo import FacilityFactory, SourceFactory
from tests.factories.landparcels import ParcelFactory
from tests.geo.test_printing import inside
from tests.shapes import point

pytestmark = pytest.mark.django_db


def test_a_visitor_gets_a_pdf_in_the_language_asked_and_checks_it(api_client: APIClient) -> None:
    ParcelFactory(code="A-1", name="一号地", source=SourceFactory(synthetic=True))

    answer = api_client.get("/api/v1/parcels/A-1/card.pdf?language=zh")

    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer.content.startswith(b"%PDF")
    card = IssuedCard.objects.get()
    assert card.language == "zh"
    assert re.search(rf'filename="card-{card.code}\.pdf"', answer["Content-Disposition"])
    assert b"/FontFile" in inside(answer.content)

    found = api_client.get(f"/api/v1/cards/{card.code}/").json()
    assert found["state"] == "current"
    assert found["parcel"] == {"code": "A-1", "name": "一号地", "synthetic": True}


def test_the_code_on_a_card_leads_to_the_page_that_checks_it(
    api_client: APIClient, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    drawn: list[str] = []

    def drawing(address: str) -> str:
        drawn.append(address)
        return qr(address)

    monkeypatch.setattr(sheet, "qr", drawing)
    ParcelFactory(code="A")

    written = api_client.get("/api/v1/parcels/A/card.pdf")

    number = IssuedCard.objects.get().code
    assert drawn == [f"http://testserver/verify/{number}"]
    assert f"card-{number}.pdf" in written["Content-Disposition"]
    settings.SITE_ADDRESS = "https://land.example.cn/luodi"  # printed inside of the office, read outside
    api_client.get("/api/v1/parcels/A/card.pdf")
    assert drawn[-1] == f"https://land.example.cn/luodi/verify/{number}"


def test_printing_again_keeps_one_card(api_client: APIClient) -> None:
    ParcelFactory(code="A")

    for _ in range(3):
        api_client.get("/api/v1/parcels/A/card.pdf")

    assert IssuedCard.objects.count() == 1
    assert IssuedCard.objects.get().language == "en"  # the client's own


@pytest.mark.parametrize("status", ["draft", "withdrawn"])
def test_what_may_not_be_seen_has_no_card(api_client: APIClient, status: str) -> None:
    ParcelFactory(code="A", status=status)

    hidden, missing = (api_client.get(f"/api/v1/parcels/{code}/card.pdf") for code in ("A", "B"))

    assert hidden.status_code == missing.status_code == 404
    assert IssuedCard.objects.count() == 0


def test_a_card_that_staff_printed_tells_a_visitor_nothing_more(
    api_client: APIClient, as_person: Callable[..., APIClient]
) -> None:
    ParcelFactory(code="A")
    FacilityFactory(category="substation", name="某某变电站", place=point(120.31, 36.2), capacity=100)
    staff = as_person("land")

    staff.get("/api/v1/parcels/A/card.pdf")
    card = IssuedCard.objects.get()

    assert '"audience":"staff"' in card.content
    assert "某某变电站" not in api_client.get(f"/api/v1/cards/{card.code}/").content.decode()


def test_another_language_than_the_two_is_refused(api_client: APIClient) -> None:
    ParcelFactory(code="A")

    assert api_client.get("/api/v1/parcels/A/card.pdf?language=fr").status_code == 400
    assert api_client.get("/api/v1/parcels/A/card.pdf?colour=red").status_code == 400


def test_an_unknown_card_was_not_issued_here(api_client: APIClient) -> None:
    answer = api_client.get("/api/v1/cards/0123456789abcdef/")

    assert answer.status_code == 404
    assert "not issued here" in answer.json()["errors"][0]["detail"]


def test_asking_again_costs_nothing_until_something_changed(api_client: APIClient) -> None:
    parcel = ParcelFactory(code="A")
    first = api_client.get("/api/v1/parcels/A/card.pdf")

    assert api_client.get("/api/v1/parcels/A/card.pdf", HTTP_IF_NONE_MATCH=first["ETag"]).status_code == 304
    parcel.start_price = 40
    parcel.save(update_fields=["start_price"])
    assert api_client.get("/api/v1/parcels/A/card.pdf", HTTP_IF_NONE_MATCH=first["ETag"]).status_code == 200
