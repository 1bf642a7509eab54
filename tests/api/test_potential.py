"""Potential in the portrait of a firm: GET enterprises/{uscc}/."""

from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from enterprises.models import Enterprise
from tests.factories.enterprises import EnterpriseFactory, EnterpriseYearFactory

pytestmark = pytest.mark.django_db
SignIn = Callable[..., APIClient]


def firm(number: int, *, in_city: bool = True, industry: str = "3841", **figures: float | None) -> Enterprise:
    place = {"lng": 120.3, "lat": 36.1} if in_city else {}
    made: Enterprise = EnterpriseFactory(uscc=f"local:{number}", industry=industry, land_mu=10, listed=True, **place)
    told = {"revenue": 100, "output": 100, "profit": number, "tax": number, "rd": number, "employees": 10}
    EnterpriseYearFactory(enterprise=made, year=2024, **{**told, **figures})
    return made


def portrait(client: APIClient, number: int) -> dict[str, Any]:
    answer = client.get(f"/api/v1/enterprises/local:{number}/")
    assert answer.status_code == 200
    body: dict[str, Any] = answer.json()
    return body


def test_the_best_of_eight_peers_stands_at_the_top_and_its_inputs_are_told(as_person: SignIn) -> None:
    for number in range(1, 9):
        firm(number)
    told = portrait(as_person("promotion"), 8)["potential"]
    assert told["score"] == pytest.approx(100)
    assert told["percentile"] == 1
    assert (told["peers"], told["division"], told["among"], told["known"]) == (8, "38", "city", 4)
    by_name = {row["criterion"]: row for row in told["criteria"]}
    assert (by_name["tax_per_mu"]["value"], by_name["tax_per_mu"]["low"], by_name["tax_per_mu"]["year"]) == (
        0.8, 0.1, 2024,
    )  # fmt: skip
    assert by_name["growth"] | {"low": 0, "high": 0, "median": 0} == {
        "criterion": "growth", "unit": "1", "value": None, "year": None, "filled": True, "weight": 0,
        "low": 0, "high": 0, "median": 0,
    }  # fmt: skip
    assert sum(row["weight"] for row in told["criteria"]) == pytest.approx(1)


def test_too_little_known_gives_no_score_and_says_how_little(as_person: SignIn) -> None:
    for number in range(1, 9):
        firm(number)
    firm(9, revenue=None)
    told = portrait(as_person("promotion"), 9)["potential"]
    assert (told["score"], told["percentile"], told["peers"], told["known"], told["needed"]) == (
        None, None, None, 2, 4,
    )  # fmt: skip


def test_a_firm_elsewhere_is_weighed_against_all_loaded_firms(as_person: SignIn) -> None:
    for number in range(1, 8):
        firm(number)
    firm(8, in_city=False)
    client = as_person("promotion")
    elsewhere, here = portrait(client, 8)["potential"], portrait(client, 7)["potential"]
    assert (elsewhere["among"], elsewhere["division"], elsewhere["peers"]) == ("all", "38", 8)
    assert (here["among"], here["division"], here["peers"]) == ("city", None, 7)


def test_potential_is_for_staff(api_client: APIClient, as_person: SignIn) -> None:
    firm(1)
    assert "potential" not in portrait(api_client, 1)
    assert "potential" not in portrait(as_person("investor"), 1)


def test_a_new_figure_shows_at_once(as_person: SignIn) -> None:
    made = [firm(number) for number in range(1, 9)]
    client = as_person("promotion")
    before = portrait(client, 1)["potential"]["score"]
    made[0].years.update(profit=90, tax=90, rd=90)
    assert portrait(client, 1)["potential"]["score"] > before
