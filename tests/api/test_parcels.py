"""GET parcels/, parcels/{code}/, histograms, statistics, requirement-profiles/, tiles."""

import base64
import json
from collections.abc import Callable
from datetime import date

import pytest
from django.contrib.gis.geos import Point
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from rest_framework.test import APIClient

from geo.models import Facility, Region, Source
from landparcels import shapes
from landparcels.indicators import catalogue
from landparcels.models import Parcel
from tests.factories.landparcels import ParcelFactory, RegionalValueFactory, RequirementProfileFactory

pytestmark = pytest.mark.django_db
LIST = "/api/v1/parcels/"


def codes(client: APIClient, query: str = "") -> list[str]:
    answer = client.get(LIST + query)
    assert answer.status_code == 200, answer.content
    return [row["code"] for row in answer.json()["results"]]


def complaint(client: APIClient, query: str, name: str) -> str:
    answer = client.get(LIST + query)
    assert answer.status_code == 400, answer.content
    error = answer.json()["errors"][0]
    assert error["attr"] == name
    return str(error["detail"])


@pytest.fixture
def city() -> None:
    Region.objects.create(adcode="370200", name="青岛市", name_en="Qingdao", level="city", path="/370200/")
    Region.objects.create(
        adcode="370211", name="黄岛区", name_en="Huangdao", level="district", parent_id="370200", path="/370200/370211/"
    )


def test_a_row_has_plain_values_and_unknown_is_null(api_client: APIClient) -> None:
    ParcelFactory(code="A", power_capacity=0.0, land_use="100102")

    (row,) = api_client.get(LIST).json()["results"]

    assert row["indicators"]["power_capacity"] == 0.0
    assert row["indicators"]["start_price"] is None
    assert set(row["indicators"]) == set(catalogue())
    assert (row["status"], row["lng"], row["lat"], round(row["area_mu"], 1)) == ("published", 120.3, 36.2, 15.0)
    assert (row["land_use_zh"], row["land_use_en"]) == ("二类工业用地", "Industry, class 2")
    assert "outline" not in row


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?power_capacity__gte=20", ["B", "C"]),
        ("?power_capacity__lte=20", ["A", "B"]),
        ("?power_capacity__gte=15&power_capacity__lte=25", ["B"]),
        ("?power_capacity__isnull=true", ["D"]),
        ("?power_capacity__isnull=false", ["A", "B", "C"]),
        ("?bbox=120.25,36.1,120.35,36.3", ["A", "C"]),
        ("?region=370200", ["A", "B"]),
        ("?q=黄岛", ["B"]),
        ("?q=alpha", ["A"]),
        ("?status=reserved", ["C"]),
        ("?status=reserved,transferred", ["C", "D"]),
        ("?land_use=1001", ["A"]),
        ("?code=A,D", ["A", "D"]),
        ("?area_mu__gte=20", ["D"]),
    ],
)
def test_the_list_filters(api_client: APIClient, city: None, query: str, expected: list[str]) -> None:
    ParcelFactory(code="A", name="Alpha", power_capacity=10.0, region_id="370200", land_use="100101")
    ParcelFactory(code="B", power_capacity=20.0, region_id="370211", lng=120.4, land_use="1101")
    ParcelFactory(code="C", power_capacity=30.0, status="reserved")
    ParcelFactory(code="D", status="transferred", lng=120.4, side=0.002)

    assert codes(api_client, query) == expected


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("?colour=red", "colour"),
        ("?power_capacity__gte=much", "power_capacity__gte"),
        ("?power_capacity__isnull=maybe", "power_capacity__isnull"),
        ("?status=sold", "status"),
        ("?bbox=1,2,3", "bbox"),
        ("?region=999999", "region"),
        ("?sort=password", "sort"),
        ("?limit=0", "limit"),
        ("?limit=501", "limit"),
        ("?cursor=nonsense", "cursor"),
        ("?geometry=maybe", "geometry"),
    ],
)
def test_a_wrong_parameter_is_named_in_words(api_client: APIClient, query: str, name: str) -> None:
    assert complaint(api_client, query, name)


def test_pages_follow_the_sort_and_lose_no_unknowns(api_client: APIClient) -> None:
    prices = {"A": 30.0, "B": None, "C": 10.0, "D": 30.0, "E": None, "F": 20.0}
    for code, price in prices.items():
        ParcelFactory(code=code, start_price=price)

    def walked(sort: str) -> list[str]:
        found, address = [], f"{LIST}?sort={sort}&limit=1"
        while address:
            page = api_client.get(address).json()
            found += [row["code"] for row in page["results"]]
            address = page["next"]
        return found

    assert walked("start_price") == ["C", "F", "A", "D", "B", "E"]
    assert walked("-start_price") == ["A", "D", "F", "C", "B", "E"]
    assert walked("-code") == ["F", "E", "D", "C", "B", "A"]


@pytest.mark.parametrize("inside", [["far", "A"], [1, "\0"], [1], 7, {"a": 1}, [[1], "A"]])
def test_a_cursor_somebody_made_up_is_refused(api_client: APIClient, inside: object) -> None:
    cursor = base64.urlsafe_b64encode(json.dumps(inside).encode()).decode()

    assert complaint(api_client, f"?sort=start_price&cursor={cursor}", "cursor")


@pytest.mark.parametrize("address", ["?q=%00", "?region=%00", "?code=%00", "?land_use=%00", "histograms/?region=%00"])
def test_a_null_character_is_an_error_of_the_asker(api_client: APIClient, address: str) -> None:
    assert api_client.get(LIST + address).status_code in (400, 404)


def test_geometry_comes_when_asked_for(api_client: APIClient) -> None:
    ParcelFactory(code="A")

    answer = api_client.get(LIST + "?geometry=true").json()

    assert answer["type"] == "FeatureCollection"
    (feature,) = answer["features"]
    assert feature["properties"]["code"] == "A"
    assert feature["geometry"]["type"] == "MultiPolygon"
    assert answer["next"] is None


def test_a_list_asks_the_database_twice(
    api_client: APIClient, django_assert_num_queries: DjangoAssertNumQueries, city: None
) -> None:
    for _ in range(5):
        ParcelFactory(region_id="370211")

    codes(api_client)

    with django_assert_num_queries(3):  # versions for the ETag, the dictionary's once it is not recent, the rows
        assert len(codes(api_client)) == 5


def test_what_a_visitor_may_not_see_does_not_exist(
    api_client: APIClient, as_person: Callable[..., APIClient], city: None
) -> None:
    ParcelFactory(code="secret", status="draft", region_id="370211")

    assert codes(api_client) == []
    hidden, nothing = api_client.get(LIST + "secret/"), api_client.get(LIST + "nothing/")
    assert hidden.status_code == nothing.status_code == 404
    assert hidden.content.replace(b"secret", b"nothing") == nothing.content
    assert api_client.post(LIST + "secret/precheck/", {}).status_code == 404
    assert codes(as_person("land", region="370211")) == ["secret"]
    assert codes(as_person("land", region="370213")) == []


def test_an_answer_says_when_nothing_changed(api_client: APIClient) -> None:
    parcel = ParcelFactory()
    first = api_client.get(LIST)

    again = api_client.get(LIST, HTTP_IF_NONE_MATCH=first["ETag"])
    parcel.start_price = 12.0
    parcel.save()
    changed = api_client.get(LIST, HTTP_IF_NONE_MATCH=first["ETag"])

    assert (again.status_code, changed.status_code) == (304, 200)
    assert first["Cache-Control"] == "private, no-cache"


@pytest.fixture
def told_parcel(city: None) -> Parcel:
    source = Source.objects.create(name="宗地表.xlsx", kind="parcels", as_of=date(2026, 3, 1))
    place = Source.objects.create(name="设施表", kind="facilities", synthetic=True)
    for code, category, lat, spare in (
        ("s1", "substation", 36.21, 28.0),
        ("s2", "substation", 36.22, 14.0),
        ("m1", "motorway_access", 36.23, None),
    ):
        Facility.objects.create(
            code=code,
            name=f"名 {code}",
            category=category,
            spare=spare,
            capacity=50.0,
            voltage_kv=110.0 if code == "s1" else None,
            as_of=date(2026, 2, 1) if spare else None,
            place=Point(120.3, lat, srid=4490),
            source=place,
        )
    RegionalValueFactory(region_id="370200", reference="鲁发改价格〔2024〕1号")
    return ParcelFactory(
        code="A", region_id="370211", source=source, start_price=28.0, power_capacity=28.0, highway_km=3.3,
        electricity_price=0.67,
    )  # fmt: skip


def test_each_figure_of_a_parcel_says_where_it_comes_from(api_client: APIClient, told_parcel: Parcel) -> None:
    indicators = api_client.get(LIST + "A/").json()["indicators"]

    declared = indicators["start_price"]
    assert (declared["value"], declared["unit"], declared["origin"]) == (28.0, "10k CNY/mu", "declared")
    assert (declared["source"], declared["as_of"]) == ("宗地表.xlsx", "2026-03-01")

    regional = indicators["electricity_price"]
    assert (regional["value"], regional["origin"], regional["region"]) == (0.67, "regional", "370200")
    assert (regional["source"], regional["as_of"]) == ("鲁发改价格〔2024〕1号", "2024-01-01")

    distance = indicators["highway_km"]
    assert (distance["distance"], distance["facility"]["name"]) == ("straight_line", "名 m1")
    assert distance["synthetic"] is True


def test_a_detail_looks_as_the_interface_describes_it(api_client: APIClient, told_parcel: Parcel) -> None:
    detail = api_client.get(LIST + "A/").json()
    statistics = api_client.get(LIST + "statistics/?by=month").json()

    assert set(detail) == set(shapes.ParcelDetailShape().fields)
    for indicator in detail["indicators"].values():
        assert set(indicator) <= set(shapes.IndicatorDetailShape().fields)
    assert set(statistics) == set(shapes.StatisticsShape().fields)
    assert set(statistics["regions"][0]) == set(shapes.RegionCountShape().fields)


def test_power_shows_the_total_and_the_second_source(api_client: APIClient, told_parcel: Parcel) -> None:
    power = api_client.get(LIST + "A/").json()["indicators"]["power_capacity"]

    assert (power["value"], power["total"], power["reach_km"], power["sources"]) == (28.0, 42.0, 8, 2)
    assert power["largest"] == {"amount": 28.0, "voltage_kv": 110.0}
    assert power["second"] == {"amount": 14.0, "voltage_kv": None}
    assert power["as_of"] == "2026-02-01"


def test_a_total_is_zero_out_of_reach_and_unknown_where_nothing_is_loaded(
    api_client: APIClient, told_parcel: Parcel
) -> None:
    Facility.objects.create(code="w", name="w", category="water_plant", capacity=9.0, place=Point(121, 36, srid=4490))

    indicators = api_client.get(LIST + "A/").json()["indicators"]

    assert (indicators["water_capacity"]["total"], indicators["water_capacity"]["sources"]) == (0, 0)
    assert indicators["gas_capacity"]["total"] is None


def test_a_visitor_never_learns_the_name_or_place_of_a_plant(
    api_client: APIClient, as_person: Callable[..., APIClient], told_parcel: Parcel
) -> None:
    for_visitor = api_client.get(LIST + "A/")
    for_staff = as_person("planner").get(LIST + "A/").json()["indicators"]["power_capacity"]

    assert "名 s1" not in for_visitor.content.decode()
    assert "facilities" not in for_visitor.json()["indicators"]["power_capacity"]
    assert [row["name"] for row in for_staff["facilities"]] == ["名 s1", "名 s2"]


def test_a_detail_costs_few_queries(
    api_client: APIClient, told_parcel: Parcel, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    api_client.get(LIST + "A/")

    with django_assert_max_num_queries(14):  # the room above asks five for what is spare, and one is for the roads
        api_client.get(LIST + "A/")


def test_histograms_show_what_is_on_offer(api_client: APIClient) -> None:
    for price in (10.0, 20.0, 34.0, None):
        ParcelFactory(start_price=price, services_level=7)
    ParcelFactory(start_price=900.0, status="reserved")
    ParcelFactory(start_price=900.0, status="draft")

    answer = api_client.get(LIST + "histograms/?indicators=start_price,services_level,metro_km").json()

    price = answer["start_price"]
    assert (price["min"], price["max"], price["unknown"], sum(price["counts"])) == (10.0, 34.0, 1, 3)
    assert (len(price["counts"]), len(price["edges"])) == (24, 25)
    assert (price["counts"][0], price["counts"][10], price["counts"][23]) == (1, 1, 1)
    assert answer["services_level"] == {"edges": [7.0, 7.0], "counts": [4], "unknown": 0, "min": 7.0, "max": 7.0}
    assert answer["metro_km"] == {"edges": [], "counts": [], "unknown": 4, "min": None, "max": None}


def test_histograms_of_everything_cover_area_and_the_catalogue(api_client: APIClient) -> None:
    assert set(api_client.get(LIST + "histograms/").json()) == {"area_mu", *catalogue()}


def test_histograms_refuse_what_they_do_not_know(api_client: APIClient) -> None:
    answer = api_client.get(LIST + "histograms/?indicators=beauty")

    assert (answer.status_code, answer.json()["errors"][0]["attr"]) == (400, "indicators")


def test_statistics_count_parcels_and_mu(api_client: APIClient, city: None) -> None:
    ParcelFactory(region_id="370211")
    ParcelFactory(region_id="370211", status="reserved")
    ParcelFactory(region_id="370211", status="draft")

    answer = api_client.get(LIST + "statistics/").json()

    assert set(answer["status"]) == {"published", "reserved"}
    assert answer["status"]["published"]["parcels"] == 1
    (huangdao,) = answer["regions"]
    assert (huangdao["name_en"], huangdao["parcels"], round(huangdao["mu"], 1)) == ("Huangdao", 1, 15.0)


def test_profiles_are_found_by_industry(api_client: APIClient) -> None:
    RequirementProfileFactory(scope="38", low=5.0, high=60.0, reference="调研")
    RequirementProfileFactory(scope="39")

    (profile,) = api_client.get("/api/v1/requirement-profiles/?scope=3841").json()["results"]

    assert profile == {
        "scope": "38",
        "need": "power_capacity",
        "basis": "absolute",
        "low": 5.0,
        "typical": 20.0,
        "high": 60.0,
        "source": "调研",
    }
    assert len(api_client.get("/api/v1/requirement-profiles/").json()["results"]) == 2


@pytest.mark.parametrize(("zoom", "x", "y"), [(14, 13666, 6422), (8, 213, 100)])
def test_the_map_shows_what_the_list_shows(zoom: int, x: int, y: int) -> None:
    import mapbox_vector_tile

    client = Client()
    ParcelFactory(code="A", start_price=12.0)
    ParcelFactory(code="B", status="draft")

    everything = client.get(f"/tiles/parcels/{zoom}/{x}/{y}.mvt")
    filtered = client.get(f"/tiles/parcels/{zoom}/{x}/{y}.mvt?start_price__gte=20")

    (feature,) = mapbox_vector_tile.decode(everything.content)["parcels"]["features"]
    properties = feature["properties"]
    assert (properties.get("code"), properties.get("n")) == (("A", None) if zoom == 14 else (None, 1))
    assert properties["area_mu"] == pytest.approx(14.97, abs=0.01)
    assert filtered.status_code == 204
