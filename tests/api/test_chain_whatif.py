"""POST chains/{code}/disruption/ and GET chains/{code}/health/."""

from collections.abc import Callable
from unittest.mock import Mock

import pytest
from django.contrib.gis.geos import MultiPolygon, Point, Polygon
from rest_framework.test import APIClient

from chains.disruption import indirect_losses
from chains.models import ChainNode
from enterprises.models import Enterprise, EnterpriseYear, SupplyTie
from geo.fields import STORAGE_SRID
from geo.models import Zone
from tests.factories.chains import EnterpriseNodeFactory, battery_chain, maker
from tests.factories.enterprises import EnterpriseFactory, EnterpriseYearFactory, region

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
        ({"enterprises": []}, "Say what stops: enterprises, zones, regions or outside supply."),
        ({"enterprises": "x"}, 'Expected a list of items but got type "str".'),
        ({}, "Say what stops: enterprises, zones, regions or outside supply."),
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


def test_a_loss_is_told_round_by_round(as_person: SignIn) -> None:
    """After the first round only the cathodes lack, after the second their users, each as much as it can."""
    battery_chain()
    answer = as_person("promotion").post(DISRUPTION, {"enterprises": [code_of("甲")]}).json()
    first, second = answer["steps"][:2]
    assert (first["round"], first["factor"], first["loss"]) == (1, {"cathode": pytest.approx(1 / 3)}, pytest.approx(20))
    assert second["factor"] == {
        name: pytest.approx(left) for name, left in (("cathode", 1 / 3), ("cell", 5 / 6), ("pack", 5 / 6))
    }
    assert answer["steps"][-1]["round"] == max(at for at in answer["round"].values() if at)
    assert answer["enterprises"] == 1


def test_of_a_chain_too_large_to_be_drawn_only_nodes_that_are_hit_are_told(
    as_person: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    battery_chain()
    asked = {"enterprises": [code_of("甲")]}
    whole = as_person("promotion").post(DISRUPTION, asked).json()
    monkeypatch.setattr("chains.whatif.MOST_DRAWN", 0)
    part = as_person("promotion").post(DISRUPTION, asked).json()
    hit = {"cathode", "cell", "pack"}
    assert whole["factor"].keys() > hit
    assert part == {
        **whole,
        "factor": {name: whole["factor"][name] for name in hit},
        "round": {name: whole["round"][name] for name in hit},
    }


def test_imports_of_a_node_fail_and_part_of_them_is_replaced(as_person: SignIn) -> None:
    """All 9 of lithium are imported and only a tenth can be replaced (barrier 0.9): half of the imports gone leaves
    0.55 of them, so cathodes fall to 0.55: of 60 needed, 16.5 + 30 imported + half of the 13.5 lost = 53.25, 0.8875."""
    battery_chain()
    answer = as_person("promotion").post(DISRUPTION, {"outside": {"lithium": 0.5}}).json()
    assert answer["factor"]["cathode"] == pytest.approx(0.55)
    assert answer["factor"]["cell"] == pytest.approx(0.8875)
    assert (answer["direct"], answer["enterprises"], answer["imports_lost"]) == (0, 0, pytest.approx(4.5))
    assert answer["loss"] == answer["indirect"] == pytest.approx(30 * 0.45 + 140 * 0.1125)


def test_a_park_and_a_region_stop_with_all_their_makers(as_person: SignIn) -> None:
    battery_chain()
    west = region("370211", 120.0, 36.0, 120.2, 36.2)
    square = MultiPolygon(Polygon.from_bbox((120.25, 36.05, 120.35, 36.15)), srid=STORAGE_SRID)
    Zone.objects.create(code="park", kind="development_zone", outline=square)
    Enterprise.objects.filter(name="丙").update(place=Point(120.1, 36.1, srid=STORAGE_SRID), region=west)
    client = as_person("promotion")
    park = client.post(DISRUPTION, {"zones": ["park"]}).json()
    assert (park["enterprises"], park["direct"]) == (3, pytest.approx(70))
    district = client.post(DISRUPTION, {"regions": ["370211"]}).json()
    assert (district["enterprises"], district["direct"]) == (1, pytest.approx(100))
    both = client.post(DISRUPTION, {"regions": ["370211"], "zones": ["park"]}).json()
    assert (both["loss"], both["factor"]["pack"]) == (pytest.approx(170), 0)


def test_a_supplier_elsewhere_stops_with_what_is_bought_from_it(as_person: SignIn) -> None:
    """Of 30 cathodes imported 12 come from 外, for cells. Half of those can be replaced: 60 needed, 30 local + 30 − 6 = 54
    left, so cells and packs fall to 0.9. Cells have enough for packs still."""
    battery_chain()
    outside, stranger = EnterpriseFactory(name="外", hq_region="深圳"), EnterpriseFactory()
    EnterpriseNodeFactory(enterprise=outside, node=ChainNode.objects.get(code="cathode"))
    SupplyTie.objects.create(supplier=outside, customer=Enterprise.objects.get(name="丙"), amount=12, year=2024)
    client = as_person("promotion")
    assert client.get(HEALTH).json()["outside_suppliers"] == [
        {"uscc": outside.uscc, "name": "外", "hq_region": "深圳", "amount": 12, "nodes": ["cathode"]}
    ]
    answer = client.post(DISRUPTION, {"enterprises": [outside.uscc, stranger.uscc]}).json()
    assert (answer["enterprises"], answer["outside_suppliers"], answer["not_in_chain"]) == (0, 1, [stranger.uscc])
    assert (answer["direct"], answer["imports_lost"]) == (0, pytest.approx(12))
    assert {code: answer["factor"][code] for code in ("cathode", "cell", "pack")} == {
        "cathode": 1, "cell": pytest.approx(0.9), "pack": pytest.approx(0.9),
    }  # fmt: skip
    assert answer["loss"] == answer["indirect"] == pytest.approx(140 * 0.1)


@pytest.mark.parametrize(
    ("body", "attr", "words"),
    [
        ({"zones": ["nowhere"]}, "zones", "There is no zone nowhere."),
        ({"regions": ["999999"]}, "regions", "There is no region 999999; see regions/."),
        ({"outside": {"nothing": 0.5}}, "outside", "Chain batteries has no leaf node nothing."),
        ({"outside": {"materials": 0.5}}, "outside", "Chain batteries has no leaf node materials."),
        ({"outside": {"lithium": 1.5}}, "outside.lithium", "Ensure this value is less than or equal to 1."),
    ],
)
def test_what_cannot_stop_is_named(body: dict[str, object], attr: str, words: str, as_person: SignIn) -> None:
    battery_chain()
    answer = as_person("planner").post(DISRUPTION, body)
    assert answer.status_code == 400
    (error,) = answer.json()["errors"]
    assert (error["attr"], error["detail"]) == (attr, words)


def test_the_most_critical_are_worked_out_once_for_each_version_of_the_data(
    as_person: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """甲 costs the users of cathodes 140 / 6, as above, and 乙 half of that; of the cells half could be replaced, more than is needed."""
    battery_chain()
    client, worked_out = as_person("promotion"), Mock(side_effect=indirect_losses)
    monkeypatch.setattr("chains.picture.indirect_losses", worked_out)
    first = client.get(HEALTH).json()["critical_enterprises"]
    assert client.get(HEALTH).json()["critical_enterprises"] == first
    assert worked_out.call_count == 1
    assert [(row["name"], row["direct_loss"]) for row in first] == [("甲", 20), ("乙", 10)]
    assert [row["indirect_loss"] for row in first] == pytest.approx([140 / 6, 140 / 12])
    EnterpriseYear.objects.filter(enterprise__name="甲").update(output=30)
    client.get(HEALTH)
    assert worked_out.call_count == 2
