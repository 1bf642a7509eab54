"""GET enterprises/{uscc}/local-suppliers/."""

from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from chains.models import ChainNode
from enterprises.models import Enterprise, SupplyTie
from tests.factories.chains import EnterpriseNodeFactory, battery_chain
from tests.factories.enterprises import EnterpriseFactory

pytestmark = pytest.mark.django_db
SignIn = Callable[..., APIClient]


def named(name: str) -> Enterprise:
    return Enterprise.objects.get(name=name)


def suggested(client: APIClient, firm: Enterprise) -> list[dict[str, Any]]:
    answer = client.get(f"/api/v1/enterprises/{firm.uscc}/local-suppliers/")
    assert answer.status_code == 200, answer.json()
    return list(answer.json()["results"])


@pytest.fixture
def outside() -> Enterprise:
    """丙 makes cells and buys for 12 from a firm elsewhere that makes cathodes, which go into cells, and packs, which do not."""
    battery_chain()
    firm: Enterprise = EnterpriseFactory(name="外")
    for code in ("cathode", "pack"):
        EnterpriseNodeFactory(enterprise=firm, node=ChainNode.objects.get(code=code))
    SupplyTie.objects.create(supplier=firm, customer=named("丙"), amount=12, year=2024)
    return firm


def test_what_is_bought_outside_is_found_in_the_city_the_largest_first(as_person: SignIn, outside: Enterprise) -> None:
    (row,) = suggested(as_person("promotion"), named("丙"))
    assert (row["supplier"]["name"], row["amount"], row["node"]) == ("外", 12, "cathode")
    assert [(one["name"], one["amount"]) for one in row["local"]] == [("甲", 20), ("乙", 10)]


def test_who_supplies_already_and_the_firm_itself_are_left_out(as_person: SignIn, outside: Enterprise) -> None:
    SupplyTie.objects.create(supplier=named("甲"), customer=named("丙"))
    EnterpriseNodeFactory(enterprise=named("丙"), node=ChainNode.objects.get(code="cathode"), share=0.1)
    (row,) = suggested(as_person("promotion"), named("丙"))
    assert [one["name"] for one in row["local"]] == ["乙"]


def test_where_no_edge_tells_every_product_of_the_supplier_may_be_meant(as_person: SignIn, outside: Enterprise) -> None:
    SupplyTie.objects.create(supplier=outside, customer=named("丁"))
    rows = suggested(as_person("promotion"), named("丁"))
    assert [(row["node"], row["amount"]) for row in rows] == [("cathode", None)]  # packs need cathodes
    EnterpriseNodeFactory(enterprise=(stranger := EnterpriseFactory()))
    SupplyTie.objects.create(supplier=outside, customer=stranger)
    assert {row["node"] for row in suggested(as_person("planner"), stranger)} == {"cathode", "pack"}


def test_purchases_are_for_staff(api_client: APIClient, outside: Enterprise) -> None:
    assert api_client.get(f"/api/v1/enterprises/{named('丙').uscc}/local-suppliers/").status_code == 403
