"""GET enterprises/, enterprises/{uscc}/ and the tile layer of the same rows."""

from collections.abc import Callable
from datetime import date
from typing import Any

import mapbox_vector_tile
import pytest
from rest_framework.test import APIClient

from enterprises.models import Enterprise, SupplyTie
from geo.models import Source
from tests.factories.enterprises import EnterpriseFactory, EnterpriseYearFactory, region

pytestmark = pytest.mark.django_db

SignIn = Callable[..., APIClient]
STAFF_FIELDS = {"land_mu", "output", "output_year"}


def names(client: APIClient, query: str = "") -> list[str]:
    answer = client.get(f"/api/v1/enterprises/{query}")
    assert answer.status_code == 200, answer.json()
    return [firm["name"] for firm in answer.json()["results"]]


def test_a_visitor_lists_listed_firms_without_money(api_client: APIClient) -> None:
    EnterpriseFactory(name="海风电池", listed=True, lng=120.3, lat=36.2, honours=["little_giant"])
    EnterpriseFactory(name="未上市")

    firms = api_client.get("/api/v1/enterprises/").json()["results"]

    assert [firm["name"] for firm in firms] == ["海风电池"]
    assert not STAFF_FIELDS & set(firms[0])
    assert (firms[0]["lng"], firms[0]["lat"], firms[0]["honours"]) == (120.3, 36.2, ["little_giant"])


def test_staff_list_all_firms_with_the_output_that_counts(as_person: SignIn) -> None:
    firm = EnterpriseFactory(land_mu=12.5)
    EnterpriseYearFactory(enterprise=firm, year=2023, output=800)
    EnterpriseFactory()

    first, second = as_person("promotion").get("/api/v1/enterprises/").json()["results"]

    assert (first["output"], first["output_year"], first["land_mu"]) == (800, 2023, 12.5)
    assert (second["output"], second["land_mu"], second["lng"]) == (None, None, None)


def test_the_list_takes_the_same_few_queries_however_long(
    as_person: SignIn, django_assert_max_num_queries: Any
) -> None:
    client = as_person("planner")
    city = region("370200", 119, 35, 121, 37)
    EnterpriseFactory.create_batch(5, lng=120.3, lat=36.2, region=city)

    with django_assert_max_num_queries(5):  # session, user, versions, reference year, firms
        assert len(names(client)) == 5


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?industry=384", ["电池"]),
        ("?industry=384,15", ["电池", "啤酒"]),
        ("?industry=38,15,-384", ["啤酒"]),
        ("?region=370202", ["电池"]),
        ("?bbox=120.2,36.1,120.4,36.3", ["电池"]),
        ("?q=啤", ["啤酒"]),
        ("?q=local:b", ["啤酒"]),
        ("?scale=large&scale=small", ["电池", "啤酒"]),
        ("?rating=A", ["电池"]),
        ("?honours=chain_leader&honours=unicorn", ["啤酒"]),
        ("?in_city=true", ["电池"]),
        ("?in_city=false&listed=false", ["总部"]),
        ("?sort=-uscc", ["总部", "啤酒", "电池"]),
        ("?sort=-output", ["啤酒", "电池", "总部"]),
    ],
)
def test_staff_narrow_the_list_with(as_person: SignIn, query: str, expected: list[str]) -> None:
    district = region("370202", 120, 36, 121, 37)
    battery = EnterpriseFactory(
        uscc="local:a", name="电池", industry="3841", region=district, lng=120.3, lat=36.2, scale="large", rating="A"
    )
    beer = EnterpriseFactory(uscc="local:b", name="啤酒", industry="1513", scale="small", honours=["unicorn"])
    EnterpriseFactory(uscc="local:c", name="总部", listed=False)
    EnterpriseYearFactory(enterprise=battery, output=1)
    EnterpriseYearFactory(enterprise=beer, output=2)

    assert names(as_person("planner"), query) == expected


def test_the_order_by_output_runs_on_from_page_to_page(as_person: SignIn) -> None:
    for output in (3, None, 2, None, 1):
        EnterpriseYearFactory(output=output, enterprise__name=str(output))
    client, seen, address = as_person("planner"), [], "/api/v1/enterprises/?sort=-output&limit=1"

    while address:
        page = client.get(address).json()
        seen += [firm["name"] for firm in page["results"]]
        address = page["next"]

    assert seen == ["3", "2", "1", "None", "None"]


@pytest.mark.parametrize(
    ("query", "attr"),
    [
        ("industry=C38", "industry"),
        ("industry=,", "industry"),
        ("industry=-38", "industry"),
        ("scale=giant", "scale"),
        ("in_city=maybe", "in_city"),
        ("region=999999", "region"),
        ("bbox=1,2,3", "bbox"),
        ("sort=tax", "sort"),
        ("sort=output", "sort"),
        ("limit=0", "limit"),
        ("colour=red", "colour"),
    ],
)
def test_a_wrong_parameter_is_named(api_client: APIClient, query: str, attr: str) -> None:
    answer = api_client.get(f"/api/v1/enterprises/?{query}")

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["attr"] == attr
    assert answer.json()["errors"][0]["detail"]


def portrait(client: APIClient, uscc: str) -> dict[str, Any]:
    answer = client.get(f"/api/v1/enterprises/{uscc}/")
    assert answer.status_code == 200, answer.json()
    return dict(answer.json())


def test_staff_read_years_and_ratios_of_the_year_that_counts(as_person: SignIn) -> None:
    source = Source.objects.create(name="review 2024", kind="enterprises", synthetic=True)
    firm = EnterpriseFactory(uscc="stock:600001", land_mu=10, source=source, services="检测")
    EnterpriseYearFactory(enterprise=firm, year=2024, tax=7)
    EnterpriseYearFactory(enterprise=firm, year=2023, output=500, tax=30, employees=4, value_added=100)

    found = portrait(as_person("promotion"), "stock:600001")

    assert [year["year"] for year in found["years"]] == [2023, 2024]
    assert found["years"][1]["output"] is None
    assert found["ratios"] == {
        "year": 2023,
        "output_per_mu": 50,
        "value_added_per_mu": 10,
        "tax_per_mu": 3,
        "investment_per_mu": None,
        "value_added_per_tce": None,
        "value_added_per_tonne_discharged": None,
        "value_added_per_employee": 25,
    }
    assert found["source"]["synthetic"] is True
    assert found["services"] == "检测"


def test_a_firm_without_figures_says_so(as_person: SignIn) -> None:
    found = portrait(as_person("promotion"), EnterpriseFactory().uscc)

    assert (found["years"], found["ratios"], found["output"]) == ([], None, None)


def test_a_visitor_reads_a_listed_firm_without_money_and_without_unlisted_relatives(api_client: APIClient) -> None:
    mother = EnterpriseFactory(name="Mother", listed=False)
    firm = EnterpriseFactory(listed=True, parent=mother, parent_name="Mother")
    EnterpriseFactory(parent=firm, listed=False)
    child = EnterpriseFactory(parent=firm, listed=True)
    EnterpriseYearFactory(enterprise=firm, output=5)

    found = portrait(api_client, firm.uscc)

    assert not ({*STAFF_FIELDS, "years", "ratios", "standing", "risks", "ties"} & set(found))
    assert found["parent"] is None
    assert found["subsidiaries"] == [{"uscc": child.uscc, "name": child.name, "founded": None, "in_city": False}]


def test_spin_offs_are_told_with_their_year_the_oldest_first(as_person: SignIn) -> None:
    mother = EnterpriseFactory()
    for name, founded in (("late", date(2019, 1, 1)), ("unknown", None), ("early", date(2001, 1, 1))):
        EnterpriseFactory(name=name, parent=mother, founded=founded)

    found = portrait(as_person("planner"), mother.uscc)["subsidiaries"]

    assert [(one["name"], one["founded"]) for one in found] == [
        ("early", "2001-01-01"), ("late", "2019-01-01"), ("unknown", None),
    ]  # fmt: skip


def test_a_firm_stands_among_the_peers_of_its_division(as_person: SignIn) -> None:
    """Ten firms of division 38 with outputs 1 to 10 on 2 mu each: the seventh is at 0.7, the median is 5.5."""
    for output in range(1, 11):
        firm = EnterpriseFactory(name=f"no {output}", industry="3841", lng=120.3, lat=36.1, land_mu=2)
        EnterpriseYearFactory(enterprise=firm, output=output)
    EnterpriseYearFactory(enterprise=EnterpriseFactory(industry="15", lng=120.3, lat=36.1), output=500)

    found = portrait(as_person("planner"), Enterprise.objects.get(name="no 7").uscc)["standing"]

    measures = {row["measure"]: row for row in found["measures"]}
    assert (found["division"], found["peers"]) == ("38", 10)
    assert measures["output"] == {
        "measure": "output", "unit": "10k CNY", "value": 7, "median": 5.5, "percentile": 0.7, "known": 10,
    }  # fmt: skip
    assert measures["output_per_mu"]["value"] == 3.5
    assert measures["rd_intensity"] == {
        "measure": "rd_intensity", "unit": "1", "value": None, "median": None, "percentile": None, "known": 0,
    }  # fmt: skip


def test_with_too_few_of_its_division_the_city_is_the_measure(as_person: SignIn) -> None:
    firm = EnterpriseFactory(industry="3841", lng=120.3, lat=36.1)
    EnterpriseFactory(industry="15", lng=120.3, lat=36.1)
    client = as_person("planner")

    assert portrait(client, firm.uscc)["standing"]["division"] is None
    assert portrait(client, firm.uscc)["standing"]["peers"] == 2
    assert portrait(client, EnterpriseFactory().uscc)["standing"] is None


def test_ties_and_what_leans_on_one_partner_are_told(as_person: SignIn) -> None:
    firm, near, far = EnterpriseFactory(), EnterpriseFactory(lng=120.3, lat=36.1), EnterpriseFactory()
    SupplyTie.objects.create(supplier=near, customer=firm, amount=10, year=2024)
    SupplyTie.objects.create(supplier=far, customer=firm, amount=30, year=2024)
    SupplyTie.objects.create(supplier=firm, customer=near)

    found = portrait(as_person("planner"), firm.uscc)

    assert [(tie["uscc"], tie["amount"]) for tie in found["ties"]["suppliers"]] == [(far.uscc, 30), (near.uscc, 10)]
    assert (found["ties"]["local_purchases"], found["ties"]["local_sales"]) == (0.25, None)
    assert found["risks"] == [{"flag": "one_supplier", "words": "75% of the recorded purchases with one firm"}]


def test_a_parent_that_is_not_loaded_is_told_by_name_to_staff(as_person: SignIn, api_client: APIClient) -> None:
    firm = EnterpriseFactory(parent_name="Some Group", listed=True)

    assert portrait(as_person("planner"), firm.uscc)["parent"] == {"uscc": None, "name": "Some Group"}
    assert portrait(api_client, firm.uscc)["parent"] is None  # nobody knows whether it is public


def test_a_firm_one_may_not_see_does_not_exist(api_client: APIClient) -> None:
    hidden = api_client.get(f"/api/v1/enterprises/{EnterpriseFactory(uscc='local:1').uscc}/")
    absent = api_client.get("/api/v1/enterprises/local:2/")

    assert hidden.status_code == absent.status_code == 404
    assert hidden.json() == {**absent.json(), "errors": hidden.json()["errors"]}
    assert hidden.json()["errors"][0]["detail"].replace("local:1", "local:2") == absent.json()["errors"][0]["detail"]


def test_an_unchanged_list_is_not_sent_again_until_a_year_comes_in(as_person: SignIn) -> None:
    client, firm = as_person("planner"), EnterpriseFactory()
    etag = client.get("/api/v1/enterprises/")["ETag"]

    assert client.get("/api/v1/enterprises/", headers={"If-None-Match": etag}).status_code == 304

    EnterpriseYearFactory(enterprise=firm, output=1)
    assert client.get("/api/v1/enterprises/", headers={"If-None-Match": etag}).status_code == 200


def tile_names(client: APIClient, query: str = "") -> set[str]:
    answer = client.get(f"/tiles/enterprises/12/3416/1605.mvt{query}")
    if answer.status_code == 204:
        return set()
    layer = mapbox_vector_tile.decode(answer.content)["enterprises"]
    return {feature["properties"]["name"] for feature in layer["features"]}


def test_the_map_draws_the_firms_that_the_list_shows(api_client: APIClient, as_person: SignIn) -> None:
    EnterpriseFactory(name="listed", listed=True, industry="3841", lng=120.3, lat=36.2)
    EnterpriseFactory(name="unlisted", industry="1513", lng=120.3, lat=36.2)
    EnterpriseFactory(name="nowhere", listed=True)
    planner = as_person("planner")

    assert tile_names(api_client) == {"listed"}
    assert tile_names(planner) == {"listed", "unlisted"}
    assert tile_names(planner, "?industry=15,16") == {"unlisted"}


def test_an_investor_is_no_staff(as_person: SignIn) -> None:
    EnterpriseFactory(listed=False)

    assert names(as_person("investor")) == []
    assert Enterprise.objects.count() == 1
