import gzip

import mapbox_vector_tile
import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from rest_framework.test import APIClient

from tests.factories.geo import FacilityFactory, RegionFactory
from tests.shapes import point


@pytest.mark.django_db
def test_a_tile_comes_gzipped_when_asked_and_plain_when_not(client: Client) -> None:
    for number in range(80):
        FacilityFactory(category="port", place=point(10 + number / 100, 10), name=f"港 {number}")
    plain = client.get("/tiles/facilities/1/1/0.mvt")
    packed = client.get("/tiles/facilities/1/1/0.mvt", HTTP_ACCEPT_ENCODING="gzip")

    assert plain["Content-Type"] == "application/vnd.mapbox-vector-tile"
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content


@pytest.mark.django_db
def test_an_unchanged_tile_is_not_sent_again_and_a_changed_one_is(client: Client) -> None:
    FacilityFactory(category="port", place=point(10, 10))
    first = client.get("/tiles/facilities/1/1/0.mvt")
    assert client.get("/tiles/facilities/1/1/0.mvt", HTTP_IF_NONE_MATCH=first["ETag"]).status_code == 304

    FacilityFactory(category="port", place=point(11, 10))
    again = client.get("/tiles/facilities/1/1/0.mvt", HTTP_IF_NONE_MATCH=first["ETag"])
    assert again.status_code == 200
    assert first["Cache-Control"] == "private, no-cache"


@pytest.mark.django_db
def test_the_filters_of_the_list_are_the_filters_of_the_tile(client: Client) -> None:
    FacilityFactory(category="port", place=point(10, 10))
    FacilityFactory(category="airport", place=point(10, 10))

    tile = client.get("/tiles/facilities/1/1/0.mvt?category=airport").content
    found = mapbox_vector_tile.decode(tile)["facilities"]["features"]
    listed = client.get("/api/v1/facilities/?category=airport").json()["results"]

    assert [f["properties"]["code"] for f in found] == [row["code"] for row in listed]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/tiles/facilities/1/2/0.mvt", 404, "out of range"),
        ("/tiles/facilities/30/0/0.mvt", 404, "out of range"),
        ("/tiles/nothing/1/0/0.mvt", 404, "There is no layer nothing"),
        ("/tiles/facilities/1/1/0.mvt?colour=red", 400, "no parameter colour"),
        ("/tiles/facilities/1/1/0.mvt?category=castle", 400, "category"),
        ("/tiles/facilities/1/1/0.mvt?bbox=1,2,3", 400, "west,south,east,north"),
        ("/tiles/facilities/1/1/0.mvt?region=999999", 400, "no region with adcode 999999"),
    ],
)
def test_a_wrong_tile_address_is_answered_in_words(
    api_client: APIClient, address: str, status: int, words: str
) -> None:
    answer = api_client.get(address)
    assert answer.status_code == status
    assert words in answer.json()["errors"][0]["detail"]


@pytest.mark.django_db
def test_a_tile_costs_two_queries(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    """The versions behind the ETag, and the tile itself (which bypasses Django's counting)."""
    FacilityFactory(category="port", place=point(10, 10))
    with django_assert_num_queries(1):
        client.get("/tiles/facilities/1/1/0.mvt")


@pytest.mark.django_db
def test_tilejson_names_fields_bounds_and_keeps_the_filters(api_client: APIClient) -> None:
    RegionFactory(is_root=True)
    answer = api_client.get("/tiles/facilities.json?category=port").json()
    assert answer["bounds"] == [0, 0, 1, 1]
    assert answer["tiles"] == ["http://testserver/tiles/facilities/{z}/{x}/{y}.mvt?category=port"]
    assert "capacity" not in answer["vector_layers"][0]["fields"]
