"""GET industries/ and industries/{code}/sheet/."""

from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from tests.factories.enterprises import EnterpriseFactory, EnterpriseYearFactory, region

pytestmark = pytest.mark.django_db

SignIn = Callable[..., APIClient]


@pytest.fixture
def city() -> None:
    """East makes batteries (60) and beer (40), west beer (100); three battery firms, one of them without figures."""
    root = region("370200", 119, 35, 121, 37, level="city", is_root=True)
    west = region("370202", 119, 35, 120, 37, name="西区", name_en="West", parent=root)
    east = region("370203", 120, 35, 121, 37, name="东区", name_en="East", parent=root)
    for name, industry, district, lng, output in (
        ("Cell", "3841", east, 120.5, 50),
        ("Pack", "3849", east, 120.5, 10),
        ("Mute", "384", east, 120.5, None),
        ("Beer", "1513", east, 120.5, 40),
        ("Brew", "1513", west, 119.5, 100),
    ):
        firm = EnterpriseFactory(name=name, industry=industry, region=district, lng=lng, lat=36.2, land_mu=10)
        EnterpriseYearFactory(enterprise=firm, output=output, employees=4)
    EnterpriseYearFactory(enterprise=EnterpriseFactory(industry="3841"), output=10_000)


def industries(client: APIClient) -> dict[str, dict[str, Any]]:
    return {row["code"]: row for row in client.get("/api/v1/industries/").json()["results"]}


def sheet(client: APIClient, code: str = "batteries", query: str = "") -> dict[str, Any]:
    answer = client.get(f"/api/v1/industries/{code}/sheet/{query}")
    assert answer.status_code == 200, answer.json()
    return dict(answer.json())


def test_a_visitor_counts_firms_from_three_and_reads_no_money(api_client: APIClient, city: None) -> None:
    found = industries(api_client)

    assert len(found) == 27
    assert (found["batteries"]["firms"], found["batteries"]["suppressed"]) == (3, False)
    assert (found["beverages"]["firms"], found["beverages"]["suppressed"]) == (None, True)
    assert (found["aerospace"]["firms"], found["aerospace"]["suppressed"]) == (None, True)
    assert not {"output", "employees"} & set(found["batteries"])


def test_staff_count_every_firm_in_the_city_and_its_output(as_person: SignIn, city: None) -> None:
    found = industries(as_person("planner"))

    assert (found["beverages"]["firms"], found["beverages"]["output"]) == (2, 140)
    assert (found["aerospace"]["firms"], found["aerospace"]["output"]) == (0, None)


def test_names_follow_the_language(api_client: APIClient) -> None:
    assert industries(api_client)["batteries"]["name"] == "Batteries and energy storage"
    api_client.credentials(HTTP_ACCEPT_LANGUAGE="zh-CN")
    assert industries(api_client)["batteries"]["name"] == "动力电池与储能"


def test_a_sheet_tells_numbers_districts_density_and_leaders(as_person: SignIn, city: None) -> None:
    found = sheet(as_person("planner"))

    assert (found["firms"], found["reference_year"], found["unit"]) == (3, 2024, "10k CNY")
    assert found["totals"]["output"] == {"value": 60, "unit": "10k CNY", "firms": 2}
    assert found["totals"]["tax"] == {"value": None, "unit": "10k CNY", "firms": 0}
    assert found["share"] == 60 / 200
    assert found["ratios"]["output_per_mu"] == 3
    west, east = found["districts"]
    assert (east["name"], east["firms"], east["size"], east["share"]) == ("East", 3, 60, 0.6)
    assert (east["quotient"], east["specialised"]) == (pytest.approx(2), True)
    assert (west["firms"], west["quotient"], west["specialised"]) == (0, 0, False)
    assert len(found["density"]["cells"]) == 1
    assert (found["density"]["values"], found["density"]["firms"]) == ([60], [3])
    assert [firm["name"] for firm in found["top"]] == ["Cell", "Pack"]
    assert found["concentration"]["districts"] == 1
    assert found["industry"]["filter"] == "384"


def test_a_sheet_outlines_the_clusters_with_their_leaders(as_person: SignIn, city: None) -> None:
    for number, output in enumerate((7, 9, 8)):
        firm = EnterpriseFactory(name=f"New {number}", industry="384", lng=120.51, lat=36.2)
        EnterpriseYearFactory(enterprise=firm, output=output)

    (cluster,) = sheet(as_person("planner"))["clusters"]

    assert (cluster["firms"], cluster["size"], cluster["share"], cluster["place"]) == (6, 84, 1, "East")
    assert [firm["name"] for firm in cluster["leaders"]] == ["Cell", "Pack", "New 1"]
    assert cluster["outline"]["type"] == "Polygon"


@pytest.mark.parametrize(("size", "value"), [("jobs", 12), ("count", 3)])
def test_a_sheet_may_be_sized_by(as_person: SignIn, city: None, size: str, value: float) -> None:
    found = sheet(as_person("planner"), query=f"?size={size}&resolution=7")

    assert found["density"]["values"] == [value]
    assert found["density"]["resolution"] == 7
    assert found["districts"][1]["size"] == value


def test_a_sheet_of_an_empty_deployment_is_empty_not_an_error(as_person: SignIn) -> None:
    found = sheet(as_person("planner"))

    assert (found["firms"], found["share"], found["reference_year"]) == (0, None, None)
    assert found["districts"] == found["top"] == found["density"]["cells"] == []


def test_a_sheet_takes_the_same_few_queries_however_many_firms(
    as_person: SignIn, city: None, django_assert_max_num_queries: Any
) -> None:
    client = as_person("planner")
    sheet(client)

    with django_assert_max_num_queries(7):  # session, user, versions twice, synthetic, reference year, leaders
        sheet(client)


def test_a_new_year_redraws_the_sheet(as_person: SignIn, city: None) -> None:
    client = as_person("planner")
    assert sheet(client)["totals"]["output"]["value"] == 60

    EnterpriseYearFactory(enterprise=EnterpriseFactory(industry="3842", lng=120.5, lat=36.2), year=2024, output=40)
    assert sheet(client)["totals"]["output"]["value"] == 100


@pytest.mark.parametrize("role", [None, "investor"])
def test_the_live_sheet_is_for_staff(api_client: APIClient, as_person: SignIn, city: None, role: str | None) -> None:
    client = as_person(role) if role else api_client

    answer = client.get("/api/v1/industries/batteries/sheet/")

    assert answer.status_code == 403
    assert "value" not in str(answer.json())


@pytest.mark.parametrize(
    ("address", "status", "attr"),
    [
        ("industries/gold/sheet/", 404, None),
        ("industries/food/sheet/?size=weight", 400, "size"),
        ("industries/food/sheet/?resolution=12", 400, "resolution"),
        ("industries/food/sheet/?resolution=x", 400, "resolution"),
        ("industries/food/sheet/?colour=red", 400, "colour"),
        ("industries/?limit=3", 400, "limit"),
    ],
)
def test_a_wrong_address_is_answered_in_words(as_person: SignIn, address: str, status: int, attr: str | None) -> None:
    answer = as_person("planner").get(f"/api/v1/{address}")

    assert answer.status_code == status
    assert answer.json()["errors"][0]["attr"] == attr
    assert answer.json()["errors"][0]["detail"]
