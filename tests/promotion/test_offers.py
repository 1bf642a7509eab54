"""The three parcels of a letter: from the node's profile, in the region that invites."""

import numpy as np
import pytest

from landparcels.on_offer import offer
from promotion.offers import best_parcels, wishes
from tests.factories.landparcels import ParcelFactory, RequirementProfileFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("districts")]


def land(code: str, region: str = "990001", **figures: object) -> None:
    ParcelFactory(code=code, region_id=region, **figures)


def codes(node: str = "", industry: str = "", region: str = "990000") -> list[str]:
    return [one.code for one in best_parcels(node, industry, region)]


def test_nothing_on_offer_is_no_parcel() -> None:
    land("A", status="draft")
    land("B", status="reserved")
    assert codes() == []


def test_the_nodes_profile_decides_before_that_of_the_industry() -> None:
    land("near", highway_km=2, start_price=30)
    land("far", highway_km=40, start_price=30)
    land("port", highway_km=20, port_km=1, start_price=30)
    RequirementProfileFactory(scope="batteries/cell", need="highway_km", typical=5)
    RequirementProfileFactory(scope="38", need="highway_km", typical=40)
    asked = {
        wish.indicator: wish.ideal for wish in wishes("batteries/cell", "3841", offer.get(), np.ones(3, dtype=bool))
    }
    assert asked["highway_km"] == 5
    assert codes("batteries/cell", "3841")[0] == "near"


def test_without_a_profile_the_cheapest_and_best_supplied_come_first() -> None:
    land("dear", start_price=60, power_capacity=10)
    land("cheap", start_price=20, power_capacity=40)
    assert codes() == ["cheap", "dear"]


def test_land_of_the_region_that_invites_comes_before_any_other() -> None:
    land("west", start_price=60)
    land("east", region="990002", start_price=20)
    assert codes(region="990001") == ["west"]
    assert codes(region="990002") == ["east"]


def test_a_region_without_land_shows_the_citys() -> None:
    land("east", region="990002")
    assert codes(region="990001") == ["east"]


def test_land_that_excludes_the_industry_is_not_shown() -> None:
    land("open")
    land("shut", excludes=["38"])
    assert codes(industry="3841") == ["open"]


def test_at_most_three_are_shown() -> None:
    for number in range(5):
        land(f"P{number}", start_price=20 + number)
    assert codes() == ["P0", "P1", "P2"]
