"""POST chains/{code}/disruption/ and GET chains/{code}/health/."""

from collections.abc import Callable

import pytest
from rest_framework.test import APIClient

from enterprises.models import Enterprise, EnterpriseYear
from tests.factories.chains import battery_chain, maker
from tests.factories.enterprises import EnterpriseFactory, EnterpriseYearFactory

pytestmark = pytest.mark.django_db
SignIn = Callable[..., APIClient]
DISRUPTION, HEALTH = "/api/v1/chains/batteries/disruption/", "/api/v1/chains/batteries/health/"


def code_of(name: str) -> str:
    return Enterprise.objects.get(name=name).uscc


def test_a_stop_is_followed_through_the_chain(as_person: SignIn) -> None:
    """甲 makes 20 of 30 cathodes. Cells need 50 and packs 10; 30 were imported before, half of the rest can be replaced:
    60 needed, 10 local + 30 imported + 10 replaced = 50 left, so both users fall to 5/6, and packs with cells to 5/6."""
    battery_chain()
    answer = as_person("promotion").post(DISRUPTION, {"enterprises": [code_of("甲")]}).json()
    assert answer["direct"] == pytest.approx(20)
    assert answer["factor"]["cathode"] == pytest.approx(1 / 3)
    assert answer["factor"]["cell"] == pytest.approx(5 / 6)
    assert answer["factor"]["pack"] == pytest.approx(5 / 6)
    assert answer["factor"]["lithium"] is None
    assert answer["indirect"] == pytest.approx(140 / 6)
    assert answer["loss"] == pytest.approx(20 + 140 / 6)
    assert answer["supply"] == 170
    assert (answer["round"]["cathode"], answer["round"]["cell"], answer["round"]["lithium"]) == (1, 2, None)
    assert answer["converged"] is True
    assert answer["not_in_chain"] == []


def test_one_who_makes_nothing_here_changes_nothing_and_is_named(as_person: SignIn) -> None:
    battery_chain()
    stranger = EnterpriseFactory()
    answer = as_person("planner").post(DISRUPTION, {"enterprises": [stranger.uscc]}).json()
    assert (answer["loss"], answer["not_in_chain"]) == (0, [stranger.uscc])


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"enterprises": ["nobody"]}, "There is no enterprise nobody."),
        ({"enterprises": []}, "This list may not be empty."),
        ({"enterprises": "x"}, 'Expected a list of items but got type "str".'),
        ({}, "This field is required."),
    ],
)
def test_a_wrong_request_is_answered_in_words(body: dict[str, object], words: str, as_person: SignIn) -> None:
    battery_chain()
    answer = as_person("planner").post(DISRUPTION, body)
    assert answer.status_code == 400
    (error,) = answer.json()["errors"]
    assert (error["attr"], error["detail"]) == ("enterprises", words)


def test_visitors_may_not_ask(api_client: APIClient, as_person: SignIn) -> None:
    battery_chain()
    for client in (api_client, as_person("investor")):
        assert client.post(DISRUPTION, {"enterprises": ["x"]}).status_code == 403
        assert client.get(HEALTH).status_code == 403


def test_health_shows_components_inputs_and_gaps(as_person: SignIn) -> None:
    battery_chain()
    EnterpriseYearFactory(enterprise__uscc="local:x")  # another firm does not matter
    EnterpriseYear.objects.filter(enterprise__name="丙").update(revenue=100, rd=2.5)
    EnterpriseYearFactory(enterprise=Enterprise.objects.get(name="丙"), year=2021, output=100 / 1.331)
    answer = as_person("promotion").get(HEALTH).json()
    parts = {part["component"]: part for part in answer["components"]}
    assert parts["completeness"]["value"] == 1  # cells are the one essential node
    # rates: lithium 0 of 9, cathode ½ of 60, separator 0 of 25, cell 1 of 24
    assert parts["self_sufficiency"]["value"] == pytest.approx(54 / 118)
    assert parts["vitality"]["value"] == pytest.approx(0.75)
    assert parts["vitality"]["inputs"]["known"] == 1
    assert parts["innovation"]["value"] == pytest.approx(0.5)
    assert answer["left_out"] == []
    assert answer["score"] == pytest.approx(100 * sum(part["weight"] * part["value"] for part in parts.values()))
    assert answer["critical_enterprises"][0]["name"] == "甲"


def test_a_component_without_data_is_null_and_named(as_person: SignIn) -> None:
    battery_chain()
    answer = as_person("promotion").get(HEALTH).json()
    assert answer["left_out"] == ["vitality", "innovation"]
    assert answer["score"] is not None


def test_a_chain_without_firms_still_has_an_answer(as_person: SignIn) -> None:
    from tests.factories.chains import ChainNodeFactory

    node = ChainNodeFactory()
    client = as_person("promotion")
    answer = client.get(f"/api/v1/chains/{node.chain.code}/health/").json()
    assert answer["score"] == 0  # nothing of it is there
    assert answer["critical_enterprises"] == []
    maker(node, 5)
    stop = client.post(
        f"/api/v1/chains/{node.chain.code}/disruption/", {"enterprises": [Enterprise.objects.get().uscc]}
    )
    assert stop.json()["loss"] == 5
