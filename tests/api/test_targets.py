"""GET chains/{code}/targets/: who is worth inviting, and why."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from chains.models import ChainNode
from enterprises.models import Enterprise, Signal, SupplyTie
from tests.factories.chains import EnterpriseNodeFactory, battery_chain
from tests.factories.enterprises import EnterpriseFactory, EnterpriseYearFactory

pytestmark = pytest.mark.django_db
SignIn = Callable[..., APIClient]


@pytest.fixture(autouse=True)
def batteries() -> None:
    battery_chain()


def outsider(name: str, *nodes: str, **columns: Any) -> Enterprise:
    firm: Enterprise = EnterpriseFactory(name=name, industry="3985", **columns)
    for code in nodes:
        EnterpriseNodeFactory(enterprise=firm, node=ChainNode.objects.get(code=code), product=f"{code}产品")
    return firm


def targets(client: APIClient, query: str = "") -> dict[str, Any]:
    answer = client.get(f"/api/v1/chains/batteries/targets/{query}")
    assert answer.status_code == 200, answer.json()
    body: dict[str, Any] = answer.json()
    return body


def test_a_missing_node_is_needed_fully_and_neighbours_stand_in_for_unknown_ties(as_person: SignIn) -> None:
    """separator is missing and its one user, cell, is made here: need 1, affinity 1, capability unknown: 100."""
    outsider("戊", "separator")
    (row,) = targets(as_person("promotion"), "?node=separator")["results"]
    assert (row["rank"], row["name"], row["node"], row["products"]) == (1, "戊", "separator", ["separator产品"])
    assert row["score"] == pytest.approx(100)
    assert row["capability_unknown"] is True
    assert row["need"] == {
        "value": 1, "exponent": pytest.approx(0.4 / 0.65), "state": "missing",
        "chokepoint_risk": pytest.approx(row["need"]["chokepoint_risk"]), "rate": 0, "behind_missing": False,
    }  # fmt: skip
    assert row["affinity"] == {
        "value": 1, "exponent": pytest.approx(0.25 / 0.65), "basis": "neighbours", "local": 0, "known": 0,
    }  # fmt: skip


def test_known_ties_decide_how_near_a_firm_is(as_person: SignIn) -> None:
    """One of its two customers is here: affinity 0.5, so 100 · 0.5^(0.25 / 0.65)."""
    firm = outsider("戊", "separator")
    here, there = Enterprise.objects.get(name="丙"), EnterpriseFactory(name="远")
    SupplyTie.objects.create(supplier=firm, customer=here, year=2024, amount=30)
    SupplyTie.objects.create(supplier=firm, customer=there)
    (row,) = targets(as_person("promotion"), "?node=separator")["results"]
    assert (row["affinity"]["value"], row["affinity"]["local"], row["affinity"]["known"]) == (0.5, 1, 2)
    assert row["score"] == pytest.approx(100 * 0.5 ** (0.25 / 0.65))
    assert row["evidence"]["ties"] == [
        {"uscc": here.uscc, "name": "丙", "direction": "sells_to", "year": 2024, "amount": 30}
    ]


def test_a_partner_in_both_directions_counts_once(as_person: SignIn) -> None:
    firm, here = outsider("戊", "separator"), Enterprise.objects.get(name="丙")
    SupplyTie.objects.create(supplier=firm, customer=here)
    SupplyTie.objects.create(supplier=here, customer=firm)
    (row,) = targets(as_person("promotion"), "?node=separator")["results"]
    assert (row["affinity"]["local"], row["affinity"]["known"]) == (1, 1)


def test_capability_is_the_potential_among_all_loaded_firms_of_the_division(as_person: SignIn) -> None:
    for number in range(8):
        firm = outsider(f"外{number}", "separator")
        EnterpriseYearFactory(
            enterprise=firm, year=2024, output=100, revenue=100, profit=number, rd=number, employees=10, patents=number
        )
    rows = targets(as_person("promotion"), "?node=separator")["results"]
    assert [row["name"] for row in rows] == [f"外{number}" for number in (7, 6, 5, 4, 3, 2, 1, 0)]
    best = rows[0]["capability"]
    assert (best["value"], best["percentile"], best["peers"], best["division"]) == (pytest.approx(1), 1, 8, "39")
    assert best["exponent"] == 0.35
    assert rows[-1]["score"] == 0


def test_evidence_names_honours_parent_its_branch_here_headquarters_and_what_was_heard(as_person: SignIn) -> None:
    parent = EnterpriseFactory(name="母公司")
    branch = EnterpriseFactory(name="本地子公司", parent=parent, lng=120.3, lat=36.1)
    firm = outsider("戊", "separator", parent=parent, hq_region="深圳", honours=["little_giant"])
    Signal.objects.create(enterprise=firm, date="2026-02-01", kind="expansion", text="扩产", reference="公告")
    Signal.objects.create(enterprise=firm, date="2026-05-01", kind="relocation", text="搬迁")
    (row,) = targets(as_person("promotion"), "?node=separator")["results"]
    assert row["evidence"] == {
        "honours": ["little_giant"],
        "hq_region": "深圳",
        "parent": {"uscc": parent.uscc, "name": "母公司", "in_city": False},
        "local_branches": [{"uscc": branch.uscc, "name": "本地子公司"}],
        "ties": [],
        "signals": [
            {"kind": "relocation", "date": "2026-05-01", "text": "搬迁", "source": ""},
            {"kind": "expansion", "date": "2026-02-01", "text": "扩产", "source": "公告"},
        ],
    }


def test_firms_of_the_city_are_no_targets(as_person: SignIn) -> None:
    assert targets(as_person("promotion"), "?node=cathode") == {"total": 0, "results": []}


def test_a_parent_means_all_its_leaves_and_a_firm_of_several_is_listed_once(as_person: SignIn) -> None:
    """separator is missing (need 1), cathode weak (need ½ of 0.5 unmet): the firm stands at separator."""
    outsider("戊", "cathode", "separator")
    outsider("己", "cathode")
    for query in ("?node=materials", ""):
        answer = targets(as_person("promotion"), query)
        assert answer["total"] == 2
        assert [(row["name"], row["node"]) for row in answer["results"]] == [("戊", "separator"), ("己", "cathode")]


def test_the_list_is_cut_at_the_limit_and_says_how_many_there_are(as_person: SignIn) -> None:
    for name in "戊己庚":
        outsider(name, "separator")
    answer = targets(as_person("promotion"), "?node=separator&limit=2")
    assert (answer["total"], len(answer["results"])) == (3, 2)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("?node=nonsense", "Chain batteries has no node nonsense."),
        ("?limit=0", "limit is a whole number from 1 to 500."),
        ("?node=separator&depth=2", "Unknown parameter depth; known: limit, node."),
    ],
)
def test_what_cannot_be_asked_is_told_in_words(query: str, words: str, as_person: SignIn) -> None:
    answer = as_person("promotion").get(f"/api/v1/chains/batteries/targets/{query}")
    assert (answer.status_code, answer.json()["errors"][0]["detail"]) == (400, words)


def test_targets_are_for_staff(api_client: APIClient, as_person: SignIn) -> None:
    assert api_client.get("/api/v1/chains/batteries/targets/").status_code == 403
    assert as_person("investor").get("/api/v1/chains/batteries/targets/").status_code == 403


def test_an_unknown_chain_is_not_there(as_person: SignIn) -> None:
    assert as_person("promotion").get("/api/v1/chains/nonsense/targets/").status_code == 404


def test_a_new_signal_shows_and_is_not_hidden_by_the_etag(as_person: SignIn) -> None:
    firm, client = outsider("戊", "separator"), as_person("promotion")
    first = client.get("/api/v1/chains/batteries/targets/")
    assert client.get("/api/v1/chains/batteries/targets/", HTTP_IF_NONE_MATCH=first["ETag"]).status_code == 304
    Signal.objects.create(enterprise=firm, date="2026-02-01", kind="bid")
    assert client.get("/api/v1/chains/batteries/targets/", HTTP_IF_NONE_MATCH=first["ETag"]).status_code == 200


def test_more_rows_need_no_more_queries(as_person: SignIn) -> None:
    client = as_person("promotion")

    def queries() -> int:
        targets(client)
        with CaptureQueriesContext(
            connection,
        ) as caught:
            targets(client)
        return len(caught)

    outsider("戊", "separator")
    few = queries()
    for name in "己庚辛":
        outsider(name, "separator", "cathode")
    assert queries() == few
