"""What was paid for land is told to everyone, who holds it to staff."""

from collections.abc import Callable
from datetime import date

import pytest
from rest_framework.test import APIClient

from geo.models import Region
from landparcels.deals.models import LandDeal
from tests.factories.geo import RegionFactory

pytestmark = pytest.mark.django_db
SignIn = Callable[..., APIClient]


@pytest.fixture
def deals() -> None:
    city = RegionFactory(adcode="990000", level="city", is_root=True)
    for number, adcode in enumerate(("990001", "990002")):
        RegionFactory(adcode=adcode, name=f"区{number}", level="district", parent=city)
    rows = [  # district, year, use, mu, price
        ("990001", 2024, "工业用地", 10, 300),
        ("990001", 2024, "工业用地", 20, 800),
        ("990001", 2024, "工业用地", 10, 500),
        ("990001", 2025, "工业用地", 10, None),
        ("990002", 2025, "其他商服用地", 10, 2000),
        ("990002", 2025, "工业用地", 0, 70),
    ]
    LandDeal.objects.bulk_create(
        LandDeal(code=f"D{at}", region_id=where, signed_on=date(year, 5, 1 + at), land_use=use, area_mu=mu, price=price,
                 holder=f"甲{at}公司", address=f"第{at}号", way="listing")
        for at, (where, year, use, mu, price) in enumerate(rows)
    )  # fmt: skip


def test_the_list_filters_sorts_and_prices(deals: None, api_client: APIClient) -> None:
    found = api_client.get("/api/v1/land-deals/?region=990001&land_use=工业&sort=-price_per_mu&limit=2").json()[
        "results"
    ]
    assert [(deal["code"], deal["price_per_mu"]) for deal in found] == [("D2", 50), ("D1", 40)]
    assert found[0]["placed_at"] == "district"
    newest = api_client.get("/api/v1/land-deals/").json()["results"]
    assert [deal["code"] for deal in newest] == ["D5", "D4", "D3", "D2", "D1", "D0"]
    assert newest[0]["price_per_mu"] is None  # no area


def test_around_a_park_are_the_deals_of_its_district(deals: None, api_client: APIClient) -> None:
    RegionFactory(adcode="990002P1", level="park", parent=Region.objects.get(adcode="990002"))
    found = api_client.get("/api/v1/land-deals/?around=990002P1").json()["results"]
    assert [deal["code"] for deal in found] == ["D5", "D4"]


def test_who_holds_the_land_is_for_staff(deals: None, api_client: APIClient, as_person: SignIn) -> None:
    assert "holder" not in api_client.get("/api/v1/land-deals/").json()["results"][0]
    assert as_person("land").get("/api/v1/land-deals/").json()["results"][0]["holder"] == "甲5公司"


def test_the_summary_gives_quartiles_of_what_has_a_price(deals: None, api_client: APIClient) -> None:
    years = api_client.get("/api/v1/land-deals/summary/?region=990000&land_use=工业用地").json()["years"]
    assert years == [
        {"year": 2025, "deals": 2, "mu": 10, "priced": 0, "low": None, "median": None, "high": None},
        {"year": 2024, "deals": 3, "mu": 40, "priced": 3, "low": 35, "median": 40, "high": 45},
    ]


@pytest.mark.parametrize(
    ("query", "words"),
    [("way=barter", "way"), ("region=1", "no region"), ("signed_on__gte=soon", "signed_on__gte"), ("colour=red", "colour")],
)  # fmt: skip
def test_a_wrong_question_is_answered_in_words(deals: None, api_client: APIClient, query: str, words: str) -> None:
    for where in ("land-deals/", "land-deals/summary/"):
        answer = api_client.get(f"/api/v1/{where}?{query}")
        assert answer.status_code == 400
        assert words in str(answer.json())
