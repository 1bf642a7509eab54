"""The tile layer of makers: /tiles/makers/{z}/{x}/{y}.mvt?chain= and ?node=."""

from collections.abc import Callable

import mapbox_vector_tile
import pytest
from rest_framework.test import APIClient

from chains.models import ChainNode
from tests.factories.chains import battery_chain, maker
from tests.factories.enterprises import EnterpriseFactory

pytestmark = pytest.mark.django_db
SignIn = Callable[..., APIClient]


def drawn(client: APIClient, query: str = "") -> set[str]:
    answer = client.get(f"/tiles/makers/12/3416/1607.mvt{query}")
    if answer.status_code == 204:
        return set()
    features = mapbox_vector_tile.decode(answer.content)["makers"]["features"]
    return {feature["properties"]["name"] for feature in features}


@pytest.fixture
def batteries() -> None:
    battery_chain()
    EnterpriseFactory(name="无关", lng=120.3, lat=36.1)


def test_the_map_draws_the_makers_of_a_chain_a_node_or_a_parent(batteries: None, as_person: SignIn) -> None:
    planner = as_person("planner")
    maker(ChainNode.objects.get(code="separator"), 5, name="戊")
    assert drawn(planner) == drawn(planner, "?chain=batteries") == {"甲", "乙", "丙", "丁", "戊"}
    assert drawn(planner, "?node=batteries/cathode") == {"甲", "乙"}
    assert drawn(planner, "?node=batteries/materials") == {"甲", "乙", "戊"}
    assert drawn(planner, "?node=batteries/lithium") == set()


def test_visitors_see_listed_makers(batteries: None, api_client: APIClient) -> None:
    assert drawn(api_client, "?chain=batteries") == {"甲", "丙"}


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("chain=nonsense", "There is no chain with code nonsense; see chains/."),
        ("node=cathode", "There is no node cathode; write it as the code of the chain/the code of the node."),
    ],
)
def test_what_is_not_there_is_named(query: str, words: str, batteries: None, api_client: APIClient) -> None:
    answer = api_client.get(f"/tiles/makers/12/3416/1607.mvt?{query}")
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["detail"] == words
