"""GET chains/{code}/neighbourhood/, nodes/ and presence/."""

from collections.abc import Callable

import pytest
from rest_framework.test import APIClient

from enterprises.models import Enterprise
from tests.factories.chains import ChainNodeFactory, battery_chain
from tests.factories.enterprises import region

pytestmark = pytest.mark.django_db
SignIn = Callable[..., APIClient]
BASE = "/api/v1/chains/batteries/"


def test_a_product_opens_as_a_chain_of_its_own(as_person: SignIn) -> None:
    """Around the cells, one step each way: all figures are of the four nodes shown. Only lithium, two steps up, and with it
    cathodes' own need are gone; of the chain's 170 all stand at what is left, and cathodes reach them all."""
    battery_chain()
    answer = as_person("promotion").get(f"{BASE}neighbourhood/?node=cell&up=1&down=1").json()
    found = {node["node"]: node for node in answer["nodes"]}
    assert {code: node["steps"] for code, node in found.items()} == {
        "cathode": -1,
        "separator": -1,
        "cell": 0,
        "pack": 1,
    }
    assert {node["stage"] for node in answer["nodes"]} == {"upstream", "midstream", "downstream"}
    assert (found["cathode"]["supply"], found["cathode"]["demand"], found["cathode"]["parent"]) == (30, 60, None)
    assert found["cathode"]["criticality"] == 1
    assert answer["around"] == {"node": "cell", "up": 1, "down": 1, "within": 4, "shown": 4}
    assert answer["thresholds"]["version"] == 0


def test_an_unknown_coefficient_is_shared_among_the_inputs_shown(as_person: SignIn) -> None:
    """Separators are one of two inputs of the cells: 0.25. Alone with them, they are the only one: 0.5."""
    battery_chain()
    answer = as_person("promotion").get(f"{BASE}neighbourhood/?node=separator&up=0&down=1").json()
    assert [(edge["coefficient"], edge["assumed"]) for edge in answer["edges"]] == [(0.5, True)]


def test_the_nearest_are_shown_and_all_are_counted(api_client: APIClient) -> None:
    battery_chain()
    answer = api_client.get(f"{BASE}neighbourhood/?node=cell&up=3&down=3&limit=2").json()
    assert (answer["around"]["shown"], answer["around"]["within"]) == (2, 6)
    assert "supply" not in answer["nodes"][0]  # money is for staff here, too


@pytest.mark.parametrize(
    ("query", "attr"),
    [("", "node"), ("node=x", "node"), ("node=materials", "node"), ("node=cell&up=-1", "up"), ("node=cell&down=13", "down"),
     ("node=cell&limit=0", "limit"), ("node=cell&limit=two", "limit"), ("node=cell&deep=1", "deep")],
)  # fmt: skip
def test_a_wrong_question_is_answered_in_words(query: str, attr: str, api_client: APIClient) -> None:
    battery_chain()
    answer = api_client.get(f"{BASE}neighbourhood/?{query}")
    assert (answer.status_code, answer.json()["errors"][0]["attr"]) == (400, attr)


def test_nodes_are_found_by_name_the_closest_first(api_client: APIClient) -> None:
    chain = battery_chain()
    for code, name in (("a", "电芯盖板"), ("b", "软包电芯"), ("c", "电芯")):
        ChainNodeFactory(chain=chain, code=code, name=name)
    answer = api_client.get(f"{BASE}nodes/?q=电芯&limit=2").json()
    assert (answer["found"], [row["node"] for row in answer["results"]]) == (3, ["c", "a"])
    busiest = api_client.get(f"{BASE}nodes/?limit=1").json()["results"][0]
    assert busiest == {
        "node": "cathode", "name": "环节 cathode", "name_en": "", "state": "weak", "enterprises": 2, "edges": 3,
    }  # fmt: skip


def test_the_part_of_a_region_or_size_is_told_by_node(as_person: SignIn) -> None:
    battery_chain()
    here = region("370211", 120.0, 36.0, 120.2, 36.2)
    Enterprise.objects.filter(name__in=["甲", "丁"]).update(region=here)
    Enterprise.objects.filter(name="甲").update(scale="large")
    client = as_person("promotion")
    answer = client.get(f"{BASE}presence/?region=370211").json()
    assert answer["enterprises"] == 2
    assert {row["node"]: (row["enterprises"], row["supply"]) for row in answer["nodes"]} == {
        "materials": (1, 20), "cathode": (1, 20), "pack": (1, 40),
    }  # fmt: skip
    assert client.get(f"{BASE}presence/?region=370211&scale=large").json()["enterprises"] == 1
    assert client.get(f"{BASE}presence/?scale=giant").status_code == 400
    assert client.get(f"{BASE}presence/?region=1").status_code == 400


def test_visitors_may_not_ask_where_firms_stand(api_client: APIClient) -> None:
    battery_chain()
    assert api_client.get(f"{BASE}presence/?region=370211").status_code == 403
