"""GET chains/{code}/nodes/{node}/."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries
from rest_framework.test import APIClient

from chains.models import ChainNode, EnterpriseNode
from tests.factories.chains import ChainNodeFactory, EnterpriseNodeFactory, battery_chain, maker
from tests.factories.geo import SourceFactory

pytestmark = pytest.mark.django_db
SignIn = Callable[..., APIClient]


def opened(client: APIClient, node: str, chain: str = "batteries", **headers: str) -> dict[str, Any]:
    answer = client.get(f"/api/v1/chains/{chain}/nodes/{node}/", **headers)  # type: ignore[arg-type]
    assert answer.status_code == 200, answer.json()
    body: dict[str, Any] = answer.json()
    return body


def test_staff_see_makers_with_money_the_largest_first(as_person: SignIn) -> None:
    battery_chain()
    makers = opened(as_person("promotion"), "cathode")["makers"]
    assert [maker["name"] for maker in makers] == ["甲", "乙"]
    assert makers[0] | {"uscc": ""} == {
        "uscc": "",
        "name": "甲",
        "listed": True,
        "products": ["cathode"],
        "lng": 120.3,
        "lat": 36.1,
        "share": 1.0,
        "share_scaled": False,
        "output": 20,
        "output_year": 2024,
        "amount": 20,
        "supply_share": pytest.approx(2 / 3),
    }


def test_visitors_see_the_names_of_listed_makers_and_no_money(api_client: APIClient) -> None:
    battery_chain()
    node = opened(api_client, "cathode")
    assert [set(maker) for maker in node["makers"]] == [{"uscc", "name", "listed", "products", "lng", "lat"}]
    assert node["makers"][0]["name"] == "甲"
    assert node["enterprises"] == 2
    assert set(node["inputs"][0]) == {"node", "name", "name_en", "state", "coefficient", "assumed"}
    assert not {"verdict", "sources", "recorded", "enterprises_outside", "reference_year", "supply"} & set(node)


def test_inputs_and_outputs_say_what_is_needed_and_what_is_there(as_person: SignIn) -> None:
    battery_chain()
    node = opened(as_person("planner"), "cathode")
    (lithium,) = node["inputs"]
    assert (lithium["node"], lithium["state"], lithium["need"], lithium["supply"]) == ("lithium", "missing", 9, 0)
    assert [(user["node"], user["need"]) for user in node["outputs"]] == [("cell", 50), ("pack", 10)]


def test_a_verdict_opens_down_to_its_inputs_and_says_what_would_change_it(as_person: SignIn) -> None:
    battery_chain()
    verdict = opened(as_person("planner"), "cathode")["verdict"]
    assert verdict["state"] == {
        "value": "weak",
        "why": "Local supply covers 50 % of local demand, less than 60 %.",
        "inputs": {"supply": 30, "demand": 60, "rate": 0.5, "lq": None, "essential": False, "without_output": 0},
        "flip": {
            "input": "supply",
            "now": 30,
            "at": 36,
            "beyond": False,
            "becomes": "balanced",
            "words": "It becomes balanced when local supply rises from CNY 300 k to CNY 360 k.",
        },
        "confidence": pytest.approx(2 / 3),
        "assumed": {"supply": 0, "demand": 0, "quotient": 1},
    }
    chokepoint = verdict["chokepoint"]
    assert chokepoint["inputs"]["dependence_origin"] == "computed"
    assert chokepoint["inputs"]["barrier_origin"] == "assumed"
    assert (chokepoint["flip"]["input"], chokepoint["flip"]["at"]) == ("barrier", pytest.approx(0.6))
    assert verdict["thresholds"]["weak_rate"] == 0.6
    assert verdict["single_source"]["flip"]["becomes"] == "single_source"


def test_a_verdict_speaks_chinese_too(as_person: SignIn) -> None:
    battery_chain()
    state = opened(as_person("planner"), "lithium", HTTP_ACCEPT_LANGUAGE="zh-CN")["verdict"]["state"]
    assert state["why"] == "本地没有产值，而本地用户需要 9 万元。"
    assert state["flip"]["words"] == "本地产值只要大于 0，即变为“薄弱”。"


def test_what_only_missing_nodes_use_names_them(as_person: SignIn) -> None:
    battery_chain()
    verdict = opened(as_person("planner"), "solvent")["verdict"]
    assert verdict["behind_missing"] == {"value": True, "users": ["lithium"]}


def test_a_parent_lists_its_leaves_and_all_their_makers(as_person: SignIn) -> None:
    battery_chain()
    node = opened(as_person("planner"), "materials")
    assert node["leaves"] == ["cathode", "separator"]
    assert [maker["name"] for maker in node["makers"]] == ["甲", "乙"]
    assert node["verdict"] is None


def test_products_of_one_maker_stand_together(as_person: SignIn) -> None:
    battery_chain()
    first = EnterpriseNode.objects.get(enterprise__name="乙")
    EnterpriseNodeFactory(enterprise=first.enterprise, node=first.node, product="三元前驱体")
    makers = opened(as_person("planner"), "cathode")["makers"]
    assert makers[1]["products"] == ["cathode", "三元前驱体"]
    assert makers[1]["amount"] == 10


def test_shares_that_were_scaled_are_flagged(as_person: SignIn) -> None:
    node = ChainNodeFactory()
    firm = maker(node, 100, share=0.9)
    EnterpriseNodeFactory(enterprise=firm, node=node, product="two", share=0.6)
    (found,) = opened(as_person("planner"), node.code, node.chain.code)["makers"]
    assert (found["share_scaled"], found["share"], found["amount"]) == (True, 1.0, 100)


def test_a_maker_with_unknown_output_comes_last_and_is_not_nought(as_person: SignIn) -> None:
    battery_chain()
    maker(ChainNode.objects.get(code="cathode"), None, name="戊")
    node = opened(as_person("planner"), "cathode")
    assert node["makers"][-1]["name"] == "戊"
    assert node["makers"][-1]["amount"] is node["makers"][-1]["output"] is node["makers"][-1]["output_year"] is None
    assert node["without_output"] == 1


def test_makers_elsewhere_are_counted_not_named(as_person: SignIn) -> None:
    battery_chain()
    maker(ChainNode.objects.get(code="cathode"), 9, name="外地", lng=None, lat=None)
    node = opened(as_person("planner"), "cathode")
    assert node["enterprises_outside"] == 1
    assert "外地" not in {maker["name"] for maker in node["makers"]}


def test_figures_say_where_they_come_from(as_person: SignIn) -> None:
    battery_chain()
    source = SourceFactory(name="nodes 2024", kind="chain_nodes", as_of=date(2024, 12, 31), synthetic=True)
    ChainNode.objects.filter(code="cathode").update(source=source)
    node = opened(as_person("planner"), "cathode")
    assert node["reference_year"] == 2024
    assert node["synthetic"] is True
    (found,) = node["sources"]
    assert (found["of"], found["name"], found["as_of"], found["synthetic"]) == (
        "node",
        "nodes 2024",
        "2024-12-31",
        True,
    )


def test_a_code_may_hold_a_slash(api_client: APIClient) -> None:
    node = ChainNodeFactory(code="PC/ABS")
    assert opened(api_client, "PC/ABS", node.chain.code)["node"] == "PC/ABS"


def test_an_unknown_node_is_not_found_in_words(api_client: APIClient) -> None:
    battery_chain()
    answer = api_client.get("/api/v1/chains/batteries/nodes/nonsense/")
    assert answer.status_code == 404
    assert answer.json()["errors"][0]["detail"] == "Chain batteries has no node nonsense."


def test_the_drawer_takes_a_fixed_number_of_queries(
    as_person: SignIn, api_client: APIClient, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    battery_chain()
    ChainNode.objects.update(source=SourceFactory())
    staff = as_person("planner")
    opened(staff, "cathode")
    with django_assert_num_queries(11):  # session, user, versions twice, chain, makers, elsewhere, four kinds of source
        opened(staff, "cathode")
    with django_assert_num_queries(4):
        opened(api_client, "cathode")
