"""calls/: drawn up by staff from today's verdicts, read by everyone once they are published."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from chains.models import ChainNode
from promotion.models import Call
from tests.factories.chains import battery_chain, maker
from tests.factories.geo import RegionFactory

pytestmark = pytest.mark.django_db
SignIn = Callable[..., APIClient]
API = "/api/v1/calls/"
FORM = {
    "title_zh": "动力电池补链榜", "title_en": "Battery links wanted", "contact_office": "招商促进中心",
    "contact_office_en": "Investment Promotion Centre", "contact_phone": "0532-12345", "nodes": ["batteries/separator", "batteries/cathode"],
}  # fmt: skip


@pytest.fixture(autouse=True)
def city() -> None:
    root = RegionFactory(adcode="990000", level="city", is_root=True, name="市", name_en="City")
    RegionFactory(adcode="990001", parent=root, name="西区", name_en="West")
    RegionFactory(adcode="990002", parent=root, name="东区", name_en="East")
    battery_chain()


@pytest.fixture
def west(as_person: SignIn) -> APIClient:
    return as_person("promotion", region="990001")


def drawn(client: APIClient, **more: Any) -> dict[str, Any]:
    answer = client.post(API, {**FORM, **more}, format="json")
    assert answer.status_code == 201, answer.json()
    body: dict[str, Any] = answer.json()
    return body


def words(answer: Any) -> str:  # a response
    return str(answer.json()["errors"][0]["detail"])


def test_a_draft_holds_each_need_in_words(west: APIClient) -> None:
    call = drawn(west)
    assert (call["state"], call["yours"], call["region"]["name_en"]) == ("draft", True, "West")
    assert [(entry["node"], entry["kind"]) for entry in call["entries"]] == [
        ("batteries/separator", "build"), ("batteries/cathode", "mend"),
    ]  # fmt: skip
    assert call["entries"][0]["need_zh"].startswith("本市还没有企业生产")


def test_a_draft_is_for_its_region_and_a_published_call_for_everyone(
    west: APIClient, as_person: SignIn, api_client: APIClient
) -> None:
    number = drawn(west)["id"]
    east = as_person("promotion", region="990002")
    for other in (api_client, east, as_person("investor")):
        assert other.get(API).json()["results"] == []
        assert other.get(f"{API}{number}/").status_code == 404
    assert west.post(f"{API}{number}/publish/").json()["state"] == "published"
    (shown,) = api_client.get(API).json()["results"]
    assert (shown["contact_office"], shown["yours"], len(shown["entries"])) == ("招商促进中心", False, 2)
    assert shown["contact_office_en"] == "Investment Promotion Centre"
    assert east.get(f"{API}{number}/").json()["yours"] is False
    assert east.post(f"{API}{number}/close/").status_code == 404


def test_nothing_of_staff_and_firms_is_public(west: APIClient, api_client: APIClient) -> None:
    west.post(f"{API}{drawn(west)['id']}/publish/")
    answer = api_client.get(API)
    assert set(answer.json()["results"][0]) == {
        "id", "title_zh", "title_en", "region", "contact_office", "contact_office_en", "contact_phone", "closes_on",
        "state", "published_at", "entries", "yours", "mark",
    }  # fmt: skip
    for name in ("甲", "乙", "丙", "丁"):
        assert name not in answer.content.decode()


def test_a_closed_or_past_call_is_off_the_public_page_at_once(west: APIClient, api_client: APIClient) -> None:
    number = drawn(west)["id"]
    west.post(f"{API}{number}/publish/")
    Call.objects.update(closes_on=timezone.localdate() - timedelta(days=1))
    assert api_client.get(API).json()["results"] == []
    Call.objects.update(closes_on=timezone.localdate())
    assert len(api_client.get(API).json()["results"]) == 1
    assert west.post(f"{API}{number}/close/").json()["state"] == "closed"
    assert api_client.get(API).json()["results"] == []
    assert len(west.get(API).json()["results"]) == 1


def test_a_draft_is_revised_and_a_published_call_is_not(west: APIClient) -> None:
    number = drawn(west)["id"]
    revised = west.patch(f"{API}{number}/", {"title_zh": "新题", "nodes": ["batteries/lithium"]}, format="json").json()
    assert (revised["title_zh"], [entry["node"] for entry in revised["entries"]]) == ("新题", ["batteries/lithium"])
    west.post(f"{API}{number}/publish/")
    for method, path in (("patch", ""), ("post", "publish/")):
        assert getattr(west, method)(f"{API}{number}/{path}", {"title_zh": "再改"}, format="json").status_code == 409


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"nodes": ["batteries/cell"]}, None),
        ({"nodes": ["batteries/pack"]}, None),
        ({"nodes": ["batteries/solvent"]}, None),
        (
            {"nodes": ["batteries/none"]},
            "There is no node batteries/none; write it as the code of the chain/the code of the node.",
        ),
        ({"nodes": []}, "This list may not be empty."),
        (
            {"budget": 5},
            "Unknown field; known: title_zh, title_en, contact_office, contact_office_en, contact_phone, closes_on, nodes.",
        ),
    ],
)
def test_only_what_is_called_for_stands_in_a_call(west: APIClient, more: dict[str, Any], told: str | None) -> None:
    answer = west.post(API, {**FORM, **more}, format="json")
    if told is None:
        assert answer.status_code == 201  # on one maker, or behind what is missing
    else:
        assert (answer.status_code, words(answer)) == (400, told)
        assert not Call.objects.exists()


def test_a_call_whose_last_day_is_over_is_not_published(west: APIClient) -> None:
    number = drawn(west, closes_on=str(timezone.localdate() - timedelta(days=1)))["id"]
    assert words(west.post(f"{API}{number}/publish/")) == "Its last day is over."


def test_only_promotion_staff_draw_up_calls(as_person: SignIn, api_client: APIClient) -> None:
    assert api_client.post(API, FORM, format="json").status_code == 403
    assert as_person("investor").post(API, FORM, format="json").status_code == 403
    assert as_person("planner").post(API, FORM, format="json").status_code == 403


def test_proposals_tell_what_every_chain_needs(west: APIClient, api_client: APIClient) -> None:
    rows = west.get(f"{API}proposals/").json()["results"]
    kinds = {row["node"]["node"]: row["kind"] for row in rows}
    assert kinds == {
        "lithium": "build", "separator": "build", "cathode": "mend", "solvent": "mend",
        "cell": "strengthen", "pack": "strengthen",
    }  # fmt: skip
    assert west.get(f"{API}proposals/?chain=batteries").json()["results"] == rows
    assert west.get(f"{API}proposals/?chain=none").status_code == 400
    assert api_client.get(f"{API}proposals/").status_code == 403


def test_a_node_that_lacks_nothing_is_not_called_for(west: APIClient) -> None:
    maker(ChainNode.objects.get(code="cell"), 100, name="戊")
    answer = west.post(API, {**FORM, "nodes": ["batteries/cell"]}, format="json")
    assert answer.status_code == 400
    assert words(answer) == "Node batteries/cell is neither missing nor weak: there is nothing to call for."
