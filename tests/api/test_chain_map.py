"""GET chains/{code}/flows/, chains/{code}/parks/ and enterprises/{uscc}/chains/."""

from collections.abc import Callable

import pytest
from django.contrib.gis.geos import MultiPolygon, Point, Polygon
from pytest_django import DjangoAssertNumQueries
from rest_framework.test import APIClient

from enterprises.models import Enterprise, SupplyTie
from geo.fields import STORAGE_SRID
from geo.models import Zone
from tests.factories.chains import EnterpriseNodeFactory, battery_chain
from tests.factories.enterprises import EnterpriseFactory, region

pytestmark = pytest.mark.django_db
SignIn = Callable[..., APIClient]
BASE = "/api/v1/chains/batteries/"


@pytest.fixture
def two_districts() -> None:
    """甲 (20 cathodes) and 丙 (100 cells) in the west; 乙 (10 cathodes) and 丁 (40 packs) in the east."""
    battery_chain()
    west, east = region("370211", 120.0, 36.0, 120.2, 36.2), region("370212", 120.2, 36.0, 120.4, 36.2)
    Enterprise.objects.filter(name__in="甲丙").update(region=west, place=Point(120.1, 36.1, srid=STORAGE_SRID))
    Enterprise.objects.filter(name__in="乙丁").update(region=east)


def named(name: str) -> Enterprise:
    return Enterprise.objects.get(name=name)


def flows(client: APIClient, query: str = "") -> tuple[str, dict[tuple[str, str], tuple[float, int]]]:
    body = client.get(f"{BASE}flows/{query}").json()
    return body["basis"], {(row["source"], row["target"]): (row["amount"], row["ties"]) for row in body["flows"]}


def test_flows_are_estimated_from_what_districts_make_and_need(as_person: SignIn, two_districts: None) -> None:
    """Of the 60 cathodes needed half can be met: 25 go to cells (west), 5 to packs (east), two thirds of both from the west.
    Cells are enough: 24 go from west to east. Separators are not made at all."""
    basis, found = flows(as_person("promotion"))
    assert basis == "estimated"
    assert {pair: amount for pair, (amount, _) in found.items()} == {
        ("370211", "370211"): pytest.approx(25 * 2 / 3),
        ("370212", "370211"): pytest.approx(25 / 3),
        ("370211", "370212"): pytest.approx(5 * 2 / 3 + 24),
        ("370212", "370212"): pytest.approx(5 / 3),
    }


def test_recorded_ties_are_added_up_where_there_are_amounts(as_person: SignIn, two_districts: None) -> None:
    for supplier, customer, amount in (("乙", "丙", 4), ("甲", "丙", 6), ("丙", "丁", None), ("丁", "甲", 9)):
        SupplyTie.objects.create(supplier=named(supplier), customer=named(customer), amount=amount, year=2024)
    client = as_person("promotion")
    basis, found = flows(client)
    assert basis == "recorded"
    assert found == {  # packs are no input of cathodes: that tie is not of this chain
        ("370212", "370211"): (4, 1), ("370211", "370211"): (6, 1), ("370211", "370212"): (0, 1),
    }  # fmt: skip
    assert flows(client, "?basis=estimated")[0] == "estimated"
    assert client.get(f"{BASE}flows/?basis=guess").status_code == 400


def test_a_district_says_what_it_makes_of_the_chain(as_person: SignIn, two_districts: None) -> None:
    districts = as_person("promotion").get(f"{BASE}flows/").json()["districts"]
    assert {row["adcode"]: row["supply"] for row in districts} == {"370211": 120, "370212": 50}


def test_parks_are_listed_with_what_they_have_of_the_chain(as_person: SignIn, two_districts: None) -> None:
    for code, west in (("a", 120.05), ("b", 120.25), ("empty", 120.5)):
        outline = MultiPolygon(Polygon.from_bbox((west, 36.05, west + 0.1, 36.15)), srid=STORAGE_SRID)
        Zone.objects.create(code=code, name=f"园区{code}", kind="development_zone", outline=outline)
    rows = as_person("promotion").get(f"{BASE}parks/").json()["results"]
    assert [(row["code"], row["enterprises"], row["supply"], row["nodes"]) for row in rows] == [
        ("a", 2, 120, ["cell", "cathode"]), ("b", 2, 50, ["pack", "cathode"]),
    ]  # fmt: skip
    assert rows[0]["share"] == pytest.approx(120 / 170)


def test_parks_cost_the_same_however_many(
    as_person: SignIn, two_districts: None, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = as_person("promotion")
    client.get(f"{BASE}parks/")
    for number in range(30):
        west = 120 + number / 100
        outline = MultiPolygon(Polygon.from_bbox((west, 36.05, west + 0.1, 36.15)), srid=STORAGE_SRID)
        Zone.objects.create(code=f"{number}", kind="development_zone", outline=outline)
    with django_assert_max_num_queries(15):
        assert len(client.get(f"{BASE}parks/").json()["results"]) > 10


def test_where_firms_stand_is_for_staff(api_client: APIClient, as_person: SignIn, two_districts: None) -> None:
    for client in (api_client, as_person("investor")):
        assert client.get(f"{BASE}flows/").status_code == client.get(f"{BASE}parks/").status_code == 403


def test_a_firm_names_its_chains_and_what_they_rest_on(as_person: SignIn, api_client: APIClient) -> None:
    battery_chain()
    firm = named("甲")
    (row,) = as_person("promotion").get(f"/api/v1/enterprises/{firm.uscc}/chains/").json()["results"]
    assert (row["chain"], row["node"], row["state"]) == ("batteries", "cathode", "weak")
    assert (row["share"], row["amount"], row["supply_share"]) == (1, 20, pytest.approx(2 / 3))
    (public,) = api_client.get(f"/api/v1/enterprises/{firm.uscc}/chains/").json()["results"]
    assert set(row) - set(public) == {"share", "amount", "supply_share"}
    assert api_client.get(f"/api/v1/enterprises/{named('乙').uscc}/chains/").status_code == 404


def test_a_firm_outside_the_city_has_a_place_in_chains_and_no_part_of_the_supply(as_person: SignIn) -> None:
    battery_chain()
    made = EnterpriseNodeFactory(node__code="cell-2", enterprise=EnterpriseFactory(), product="电芯")
    (row,) = as_person("promotion").get(f"/api/v1/enterprises/{made.enterprise.uscc}/chains/").json()["results"]
    assert (row["node"], row["products"], row["share"], row["amount"]) == ("cell-2", ["电芯"], None, None)
