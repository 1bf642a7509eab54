"""路网 beside 直线: how far it is by road to the places that a parcel's straight distances lead to."""

import pytest
from django.contrib.gis.geos import LineString, MultiLineString
from rest_framework.test import APIClient

from geo.models import Facility, Road
from landparcels.card.wording import where_from
from tests.factories.geo import FacilityFactory, RoadFactory
from tests.factories.landparcels import ParcelFactory
from tests.shapes import point

pytestmark = pytest.mark.django_db
STEP_KM = 1.1119
"""A hundredth of a degree of the equator."""


@pytest.fixture
def here() -> None:
    """A parcel on the equator; a hospital 5 steps away, and 3 + 4 steps by the only road."""
    ParcelFactory(code="A", lng=120.0, lat=0.0, hospital_km=5 * STEP_KM, port_km=60.0)
    FacilityFactory(category="hospital", name="医院", place=point(120.03, 0.04))
    FacilityFactory(category="port", name="港", place=point(120.5, 0.0))
    RoadFactory(line=MultiLineString(LineString((120.0, 0.0), (120.03, 0.0), (120.03, 0.04)), srid=4490))


def facility(client: APIClient, indicator: str) -> dict[str, object]:
    told: dict[str, object] = client.get("/api/v1/parcels/A/").json()["indicators"][indicator]["facility"]
    return told


def test_the_way_by_road_stands_beside_the_straight_line(here: None, api_client: APIClient) -> None:
    assert facility(api_client, "hospital_km")["road_km"] == pytest.approx(7 * STEP_KM, abs=0.01)
    assert "road_km" not in facility(api_client, "port_km")  # fifty kilometres from the road


def test_it_follows_a_change_of_the_roads_at_once(here: None, api_client: APIClient) -> None:
    before = api_client.get("/api/v1/parcels/A/")
    Road.objects.create(line=MultiLineString(LineString((120.0, 0.0), (120.03, 0.04)), srid=4490))

    assert api_client.get("/api/v1/parcels/A/", HTTP_IF_NONE_MATCH=before["ETag"]).status_code == 200
    assert facility(api_client, "hospital_km")["road_km"] == pytest.approx(5 * STEP_KM, abs=0.01)
    Road.objects.all().delete()
    assert "road_km" not in facility(api_client, "hospital_km")


def test_where_no_road_is_loaded_only_the_straight_line_is_said(api_client: APIClient) -> None:
    ParcelFactory(code="A", lng=120.0, lat=0.0, hospital_km=5 * STEP_KM)
    Facility.objects.create(code="h", name="h", category="hospital", place=point(120.03, 0.04))

    assert "road_km" not in facility(api_client, "hospital_km")


def test_a_card_says_both() -> None:
    place = {"name": "医院", "road_km": 7.78}

    assert where_from({"facility": place, "distance": "straight_line"}, english=False) == "医院 · 直线 · 路网 7.8 公里"
    assert where_from({"facility": place, "distance": "straight_line"}, english=True).endswith("by road 7.8 km")
