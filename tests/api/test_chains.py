"""GET chains/ and chains/{code}/."""

from collections.abc import Callable
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries
from rest_framework.test import APIClient

from chains.models import ChainEdge, ChainNode
from enterprises.models import Enterprise, EnterpriseYear, SupplyTie
from tests.factories.chains import (
    ChainFactory,
    ChainNodeFactory,
    EnterpriseNodeFactory,
    battery_chain,
    maker,
)
from tests.factories.enterprises import EnterpriseFactory, EnterpriseYearFactory

pytestmark = pytest.mark.django_db
SignIn = Callable[..., APIClient]

MONEY = {
    "supply", "demand", "rate", "local_sourcing", "sourcing_coverage", "hhi", "lq", "single_source", "criticality", "dependence", "barrier",
    "chokepoint_risk", "chokepoint", "without_output", "confidence",
}  # fmt: skip


def panorama(client: APIClient, code: str = "batteries") -> dict[str, Any]:
    answer = client.get(f"/api/v1/chains/{code}/")
    assert answer.status_code == 200, answer.json()
    body: dict[str, Any] = answer.json()
    return body


def nodes(client: APIClient, code: str = "batteries") -> dict[str, dict[str, Any]]:
    return {node["node"]: node for node in panorama(client, code)["nodes"]}


def test_the_panorama_has_every_figure_of_the_method(as_person: SignIn) -> None:
    battery_chain()
    found = nodes(as_person("promotion"))
    assert {code: node["state"] for code, node in found.items()} == {
        "materials": "missing",
        "solvent": "absent",
        "lithium": "missing",
        "cathode": "weak",
        "separator": "missing",
        "cell": "balanced",
        "pack": "balanced",
    }
    cathode = found["cathode"]
    assert (cathode["supply"], cathode["demand"], cathode["rate"]) == (30, 60, 0.5)
    assert cathode["hhi"] == pytest.approx(5 / 9)
    assert cathode["criticality"] == 1.0
    assert cathode["dependence"] == 0.5
    assert cathode["chokepoint_risk"] == 0.25
    assert (cathode["chokepoint"], cathode["single_source"]) == (False, False)
    assert cathode["enterprises"] == 2
    assert cathode["lq"] is None
    lithium = found["lithium"]
    assert lithium["chokepoint_risk"] == pytest.approx(1.0 * 0.8 * 0.9)
    assert lithium["chokepoint"] is True
    assert found["cell"]["single_source"] is True
    assert found["cell"]["essential"] is True
    assert {code for code, node in found.items() if node["behind_missing"]} == {"solvent"}


def test_a_parent_has_sums_a_state_and_counts_and_null_for_the_rest(as_person: SignIn) -> None:
    battery_chain()
    parent = nodes(as_person("promotion"))["materials"]
    assert (parent["leaf"], parent["supply"], parent["demand"], parent["enterprises"]) == (False, 30, 85, 2)
    assert parent["rate"] is parent["hhi"] is parent["criticality"] is parent["chokepoint"] is None


def test_edges_tell_which_coefficient_is_assumed(as_person: SignIn) -> None:
    battery_chain()
    edges = {(edge["source"], edge["target"]): edge for edge in panorama(as_person("planner"))["edges"]}
    assert edges["cathode", "cell"] == {"source": "cathode", "target": "cell", "coefficient": 0.5, "assumed": False}
    assert edges["separator", "cell"] == {"source": "separator", "target": "cell", "coefficient": 0.25, "assumed": True}


@pytest.mark.parametrize("role", [None, "investor"])
def test_visitors_see_structure_states_and_numbers_of_firms_and_no_more(
    role: str | None, as_person: SignIn, api_client: APIClient
) -> None:
    battery_chain()
    client = as_person(role) if role else api_client
    answer = panorama(client)
    assert "reference_year" not in answer
    for node in answer["nodes"]:
        assert not MONEY & set(node)
    assert {"node", "name", "stage", "state", "enterprises", "behind_missing"} <= set(answer["nodes"][0])
    assert answer["edges"][0]["coefficient"] is not None


def test_the_list_counts_states_and_gaps_of_leaves(as_person: SignIn, api_client: APIClient) -> None:
    battery_chain()
    ChainFactory()  # without nodes: not in use
    body = as_person("promotion").get("/api/v1/chains/").json()
    assert body["next"] is None
    (chain,) = body["results"]
    cells = chain.pop("cells")
    assert len(cells) == 6
    assert cells[1] == {
        "node": "lithium", "name": "环节 lithium", "name_en": "", "stage": "upstream", "state": "missing",
    }  # fmt: skip
    assert chain == {
        "code": "batteries",
        "name": "动力电池",
        "name_en": "Batteries",
        "nodes": 6,
        "enterprises": 4,
        "states": {"missing": 2, "weak": 1, "absent": 1, "balanced": 2, "strong": 0},
        "gaps": 3,
        "synthetic": False,
        "supply": 170,
        "without_output": 0,
        "chokepoints": 2,
        "thresholds": 0,
    }
    (public,) = api_client.get("/api/v1/chains/").json()["results"]
    assert set(chain) - set(public) == {"supply", "without_output", "chokepoints"}


def test_a_chain_too_large_to_be_drawn_says_so_and_sends_no_nodes(
    api_client: APIClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    battery_chain()
    assert panorama(api_client)["drawn"] is True
    monkeypatch.setattr("chains.answers.MOST_DRAWN", 6)
    answer = panorama(api_client)
    assert (answer["drawn"], answer["size"], answer["nodes"], answer["edges"]) == (False, 7, [], [])


def test_only_enterprises_in_the_city_count(as_person: SignIn) -> None:
    node = ChainNodeFactory()
    maker(node, 70)
    maker(node, 500, lng=None, lat=None)
    found = nodes(as_person("planner"), node.chain.code)[node.code]
    assert (found["supply"], found["enterprises"]) == (70, 1)


def test_an_enterprise_divides_its_output_over_all_its_chains(as_person: SignIn) -> None:
    here, elsewhere = ChainNodeFactory(), ChainNodeFactory()
    firm = maker(here, 100, share=0.4)
    EnterpriseNodeFactory(enterprise=firm, node=here, product="second product")
    EnterpriseNodeFactory(enterprise=firm, node=elsewhere)
    client = as_person("planner")
    assert nodes(client, here.chain.code)[here.code]["supply"] == pytest.approx(70)
    assert nodes(client, elsewhere.chain.code)[elsewhere.code]["supply"] == pytest.approx(30)


def test_an_output_older_than_three_years_is_unknown_and_counted(as_person: SignIn) -> None:
    node = ChainNodeFactory()
    maker(node, 70, year=2021)
    maker(node, 30, year=2020)
    maker(node, None)
    EnterpriseYearFactory(enterprise=EnterpriseFactory(), year=2024)  # the newest year loaded
    found = nodes(as_person("planner"), node.chain.code)[node.code]
    assert (found["supply"], found["enterprises"], found["without_output"]) == (70, 3, 2)


def test_figures_follow_when_data_changes(as_person: SignIn) -> None:
    battery_chain()
    client = as_person("planner")
    assert nodes(client)["cathode"]["state"] == "weak"
    EnterpriseYear.objects.filter(enterprise__name="甲").update(output=40)
    assert nodes(client)["cathode"]["state"] == "balanced"
    ChainEdge.objects.filter(supplier__code="cathode").delete()
    assert nodes(client)["cathode"]["rate"] is None
    ChainNode.objects.filter(code="cathode").update(national_output=1)
    assert nodes(client)["cathode"]["state"] == "balanced"


def test_recorded_local_sourcing_stands_beside_the_potential_where_it_covers_enough(as_person: SignIn) -> None:
    """Of 60 cathodes needed, 24 are recorded: 18 from 甲 here, 6 from elsewhere."""
    battery_chain()
    cathode, cell = ChainNode.objects.get(code="cathode"), Enterprise.objects.get(name="丙")
    far = maker(cathode, 500, lng=None, lat=None)
    SupplyTie.objects.create(supplier=Enterprise.objects.get(name="甲"), customer=cell, amount=18, year=2024)
    tie = SupplyTie.objects.create(supplier=far, customer=cell, amount=6)
    client = as_person("planner")
    found = nodes(client)["cathode"]
    assert (found["local_sourcing"], found["sourcing_coverage"]) == (0.75, 0.4)
    assert found["rate"] == 0.5
    assert nodes(client)["cell"]["sourcing_coverage"] == 0
    assert nodes(client)["pack"]["sourcing_coverage"] is None
    SupplyTie.objects.filter(pk=tie.pk).update(year=2020)  # too old: 18 of 60 are just enough
    assert nodes(client)["cathode"]["local_sourcing"] == 1
    SupplyTie.objects.filter(year=2024).update(amount=17)
    assert nodes(client)["cathode"]["local_sourcing"] is None


def test_a_circle_of_edges_and_a_chain_without_firms_have_answers(api_client: APIClient) -> None:
    from tests.factories.chains import ChainEdgeFactory

    chain = ChainFactory()
    one, other = ChainNodeFactory(chain=chain), ChainNodeFactory(chain=chain)
    ChainEdgeFactory(supplier=one, customer=other)
    ChainEdgeFactory(supplier=other, customer=one)
    assert {node["state"] for node in panorama(api_client, chain.code)["nodes"]} == {"absent"}


def test_an_unchanged_chain_is_not_sent_again(as_person: SignIn) -> None:
    battery_chain()
    client = as_person("planner")
    first = client.get("/api/v1/chains/batteries/")
    assert first["Cache-Control"] == "private, no-cache"
    again = client.get("/api/v1/chains/batteries/", HTTP_IF_NONE_MATCH=first["ETag"])
    assert again.status_code == 304
    maker(ChainNode.objects.get(code="cathode"), 5)
    assert client.get("/api/v1/chains/batteries/", HTTP_IF_NONE_MATCH=first["ETag"]).status_code == 200


def test_the_number_of_queries_does_not_grow_with_chains_or_firms(
    api_client: APIClient, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    battery_chain()
    for _ in range(3):
        maker(ChainNodeFactory(), 10)
    with django_assert_num_queries(14):  # version, chain, version twice around the kept arrays, ten to read them
        panorama(api_client)
    with django_assert_num_queries(3):
        panorama(api_client)
    with django_assert_num_queries(3):
        api_client.get("/api/v1/chains/")


def test_an_unknown_chain_is_not_found_in_words(api_client: APIClient) -> None:
    answer = api_client.get("/api/v1/chains/nonsense/")
    assert answer.status_code == 404
    assert answer.json()["errors"][0]["detail"] == "There is no chain with code nonsense; see chains/."
    answer = api_client.get("/api/v1/chains/nonsense/", HTTP_ACCEPT_LANGUAGE="zh-CN")
    assert answer.json()["errors"][0]["detail"] == "没有代码为“nonsense”的产业链；目录见 chains/。"


@pytest.mark.parametrize("path", ["", "batteries/", "batteries/nodes/cell/"])
def test_an_unknown_parameter_is_named(path: str, api_client: APIClient) -> None:
    battery_chain()
    answer = api_client.get(f"/api/v1/chains/{path}?stat=weak")
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["attr"] == "stat"
