from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from tests.factories.geo import FacilityFactory, RegionFactory, RoadFactory, ZoneFactory
from tests.shapes import point, square

SignIn = Callable[..., APIClient]


@pytest.mark.django_db
def test_visitors_see_no_utilities_and_no_capacities(api_client: APIClient) -> None:
    FacilityFactory(category="substation", capacity=100)
    FacilityFactory(code="H", category="hospital", capacity=500)

    rows = api_client.get("/api/v1/facilities/").json()["results"]

    assert [row["code"] for row in rows] == ["H"]
    assert "capacity" not in rows[0]


@pytest.mark.django_db
def test_staff_see_both(as_person: SignIn) -> None:
    FacilityFactory(category="substation", capacity=100)
    rows = as_person("planner").get("/api/v1/facilities/").json()["results"]
    assert rows[0]["capacity"] == 100


@pytest.mark.django_db
def test_red_lines_are_for_staff(api_client: APIClient, as_person: SignIn) -> None:
    ZoneFactory(code="red", kind="ecological_redline")
    ZoneFactory(code="park", kind="development_zone")
    assert [z["code"] for z in api_client.get("/api/v1/zones/").json()["results"]] == ["park"]
    assert len(as_person("land").get("/api/v1/zones/").json()["results"]) == 2


@pytest.mark.django_db
def test_lists_page_by_cursor_without_loss_or_repeat(api_client: APIClient) -> None:
    codes = {FacilityFactory(category="port").code for _ in range(7)}
    seen: list[str] = []
    address = "/api/v1/facilities/?limit=3"
    while address:
        page = api_client.get(address).json()
        seen += [row["code"] for row in page["results"]]
        address = page["next"]
    assert len(seen) == 7
    assert set(seen) == codes


@pytest.mark.django_db
def test_geometry_is_left_out_unless_asked_for(api_client: APIClient) -> None:
    FacilityFactory(category="port", place=point(0.25, 0.75))
    plain = api_client.get("/api/v1/facilities/").json()["results"][0]
    assert (plain["lng"], plain["lat"]) == (0.25, 0.75)
    collection = api_client.get("/api/v1/facilities/?geometry=true").json()
    assert collection["features"][0]["geometry"] == {"type": "Point", "coordinates": [0.25, 0.75]}


@pytest.mark.django_db
def test_a_region_filter_takes_what_lies_within_its_outline(api_client: APIClient) -> None:
    RegionFactory(adcode="370211", outline=square(0, 0))
    FacilityFactory(code="in", category="port", place=point(0.5, 0.5))
    FacilityFactory(code="out", category="port", place=point(1.5, 0.5))
    rows = api_client.get("/api/v1/facilities/?region=370211").json()["results"]
    assert [row["code"] for row in rows] == ["in"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("colour=red", "Unknown parameter colour"),
        ("limit=501", "from 1 to 500"),
        ("limit=ten", "from 1 to 500"),
        ("sort=height", "Cannot sort by height"),
        ("category=castle", "category"),
        ("geometry=maybe", "true or false"),
    ],
)
def test_a_wrong_parameter_is_named(api_client: APIClient, query: str, words: str) -> None:
    answer = api_client.get(f"/api/v1/facilities/?{query}")
    assert answer.status_code == 400
    error = answer.json()["errors"][0]
    assert words in error["detail"] or words == error["attr"]


@pytest.mark.django_db
def test_words_come_in_the_language_that_was_asked_for() -> None:
    answer = APIClient(HTTP_ACCEPT_LANGUAGE="zh-CN,zh;q=0.9").get("/api/v1/facilities/?colour=red")
    assert answer.json()["errors"][0]["detail"].startswith("不认识参数“colour”")


@pytest.mark.django_db
def test_regions_come_whole_parents_first(api_client: APIClient) -> None:
    city = RegionFactory(adcode="370200", level="city")
    RegionFactory(adcode="370211", parent=city)
    rows = api_client.get("/api/v1/regions/").json()["results"]
    assert [row["adcode"] for row in rows] == ["370200", "370211"]
    assert "outline" not in rows[0]
    outline = api_client.get("/api/v1/regions/370211/?outline=true").json()["outline"]
    assert outline["type"] == "MultiPolygon"


@pytest.mark.django_db
def test_an_unknown_region_is_not_found_in_words(api_client: APIClient) -> None:
    answer = api_client.get("/api/v1/regions/999/")
    assert answer.status_code == 404
    assert answer.json()["errors"][0]["detail"] == "There is no region with adcode 999; see regions/."


@pytest.mark.django_db
def test_an_unchanged_list_is_not_sent_again(api_client: APIClient) -> None:
    RoadFactory(road_class="motorway", line="SRID=4490;MULTILINESTRING((0 0, 1 1))")
    first = api_client.get("/api/v1/roads/")
    assert api_client.get("/api/v1/roads/", HTTP_IF_NONE_MATCH=first["ETag"]).status_code == 304
    RoadFactory(road_class="trunk", line="SRID=4490;MULTILINESTRING((0 0, 1 1))")
    assert api_client.get("/api/v1/roads/", HTTP_IF_NONE_MATCH=first["ETag"]).status_code == 200


@pytest.mark.django_db
def test_an_answer_is_asked_for_again_on_the_next_day(api_client: APIClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is overdue, expired or open for bids changes at midnight, with no table having changed."""
    first = api_client.get("/api/v1/roads/")
    tomorrow = timezone.localdate() + timedelta(days=1)
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: tomorrow)
    assert api_client.get("/api/v1/roads/", HTTP_IF_NONE_MATCH=first["ETag"]).status_code == 200
