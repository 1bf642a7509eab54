"""targets/ over HTTP: one's own region's firms in full, of others no more than who follows them."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook
from rest_framework.test import APIClient

from accounts.models import AuditEntry, User
from chains.models import ChainNode
from enterprises.models import Enterprise
from promotion.models import Target
from promotion.services import add_note, take_up
from tests.factories.chains import EnterpriseNodeFactory, battery_chain
from tests.factories.enterprises import EnterpriseFactory
from tests.factories.geo import RegionFactory

pytestmark = pytest.mark.django_db
SignIn = Callable[..., APIClient]
API = "/api/v1/targets/"
NODE = "batteries/separator"


@pytest.fixture(autouse=True)
def city() -> None:
    root = RegionFactory(adcode="990000", level="city", is_root=True, name="市", name_en="City")
    RegionFactory(adcode="990001", parent=root, name="西区", name_en="West")
    RegionFactory(adcode="990002", parent=root, name="东区", name_en="East")
    battery_chain()


@pytest.fixture
def firm() -> Enterprise:
    made: Enterprise = EnterpriseFactory(uscc="local:far", name="远方公司", hq_region="深圳")
    EnterpriseNodeFactory(enterprise=made, node=ChainNode.objects.get(code="separator"))
    return made


@pytest.fixture
def west(as_person: SignIn) -> APIClient:
    return as_person("promotion", region="990001", username="wei")


@pytest.fixture
def east(as_person: SignIn) -> APIClient:
    return as_person("promotion", region="990002", username="dong")


def take(client: APIClient, **more: str) -> Any:  # a response
    return client.post(API, {"uscc": "local:far", "node": NODE, **more}, format="json")


def words(answer: Any) -> str:  # a response
    return str(answer.json()["errors"][0]["detail"])


def held(firm: Enterprise, by: str = "wei") -> Target:
    return take_up(enterprise=firm, node=NODE, text="首次接触", by=User.objects.get(username=by))


def test_a_firm_is_taken_up_with_its_node_and_opens_down_to_its_evidence(firm: Enterprise, west: APIClient) -> None:
    answer = take(west, text="展会结识")
    assert answer.status_code == 201
    told = answer.json()
    assert (told["name"], told["state"], told["region"]["name_en"], told["owner"]["username"]) == (
        "远方公司", "new", "West", "wei",
    )  # fmt: skip
    assert told["node"]["code"] == NODE
    assert [(event["kind"], event["text"]) for event in told["events"]] == [("taken", "展会结识")]
    assert told["ranking"]["score"] == pytest.approx(100)
    assert told["moves"] == ["contacted", "visiting", "signed", "dropped"]
    assert told["colleagues"] == [{"username": "wei", "name": "wei"}]
    assert west.get(f"{API}{told['id']}/").json() == told


def test_the_second_region_is_told_who_was_first(firm: Enterprise, west: APIClient, east: APIClient) -> None:
    take(west)
    answer = take(east)
    assert answer.status_code == 409
    assert words(answer) == f"This firm has been followed by West since {timezone.localdate()}."


def test_others_learn_who_follows_a_firm_and_nothing_else(firm: Enterprise, west: APIClient, east: APIClient) -> None:
    target = held(firm)
    assert east.get(API).json()["results"] == []
    assert east.get(f"{API}{target.pk}/").status_code == 404
    assert words(east.get(f"{API}{target.pk}/")) == words(east.get(f"{API}999999/")) == "There is no such target."
    for query in ("?uscc=local:far", f"?node={NODE}", "?node=batteries", ""):
        (row,) = east.get(f"{API}followed/{query}").json()["results"]
        assert set(row) == {"uscc", "region", "since", "overdue", "asked", "id", "opens"}
        assert (row["uscc"], row["region"]["name"], row["opens"]) == ("local:far", "西区", False)
    for method, path in (("patch", ""), ("post", "notes/")):
        assert getattr(east, method)(f"{API}{target.pk}/{path}", {"text": "x"}, format="json").status_code == 404
    assert west.get(f"{API}followed/?uscc=local:far").json()["results"][0]["opens"] is True
    assert east.get(f"{API}followed/?uscc=local:near").json()["results"] == []


def test_nothing_of_it_is_for_visitors_and_investors(
    firm: Enterprise, api_client: APIClient, as_person: SignIn
) -> None:
    for path in ("", "followed/", "directory/", "export/"):
        assert api_client.get(API + path).status_code == 403
        assert as_person("investor").get(API + path).status_code == 403


def test_a_planner_reads_and_does_not_follow(firm: Enterprise, west: APIClient, as_person: SignIn) -> None:
    planner = as_person("planner", region="990001")
    target = held(firm)
    assert len(planner.get(API).json()["results"]) == 1
    assert take(planner).status_code == 403
    assert planner.post(f"{API}{target.pk}/notes/", {"text": "x"}, format="json").status_code == 403


def test_a_note_is_added_and_history_is_told_in_its_order(firm: Enterprise, west: APIClient) -> None:
    target = held(firm)
    told = west.post(f"{API}{target.pk}/notes/", {"text": "电话沟通"}, format="json").json()
    assert [(event["kind"], event["by"]["username"]) for event in told["events"]] == [("taken", "wei"), ("note", "wei")]
    empty = west.post(f"{API}{target.pk}/notes/", {"text": " "}, format="json")
    assert (empty.status_code, words(empty)) == (400, "A note says something.")


def test_a_form_changes_everything_or_nothing(firm: Enterprise, west: APIClient) -> None:
    target = held(firm)
    day = timezone.localdate() + timedelta(days=7)
    refused = west.patch(f"{API}{target.pk}/", {"next_action_on": day, "state": "dropped"}, format="json")
    assert (refused.status_code, words(refused)) == (400, "Say why it is dropped.")
    target.refresh_from_db()
    assert target.next_action_on is None
    changed = west.patch(f"{API}{target.pk}/", {"next_action_on": day, "state": "visiting"}, format="json").json()
    assert (changed["state"], changed["next_action_on"]) == ("visiting", str(day))


@pytest.mark.parametrize(
    ("body", "status", "told"),
    [
        ({"uscc": "local:none"}, 400, "There is no enterprise local:none."),
        (
            {"node": "batteries/none"},
            400,
            "There is no node batteries/none; write it as the code of the chain/the code of the node.",
        ),
        ({"node": "batteries/materials"}, 400, "Node batteries/materials has nodes below it; name one of those."),
        ({"region": "990002"}, 400, "Unknown field; known: uscc, node, text."),
    ],
)
def test_what_cannot_be_taken_up_is_told_in_words(
    firm: Enterprise, west: APIClient, body: dict[str, str], status: int, told: str
) -> None:
    answer = take(west, **body)
    assert (answer.status_code, words(answer)) == (status, told)
    assert not Target.objects.exists()


def test_a_firm_is_handed_over_with_consent(firm: Enterprise, west: APIClient, east: APIClient) -> None:
    target = held(firm)
    asked = east.post(f"{API}{target.pk}/handovers/", {"text": "本区有配套"}, format="json")
    assert asked.status_code == 201
    assert east.get(f"{API}followed/?uscc=local:far").json()["results"][0]["asked"] is True
    (waiting,) = west.get(f"{API}{target.pk}/").json()["handovers"]
    assert waiting["region"]["name_en"] == "East"
    path = f"{API}{target.pk}/handovers/{waiting['id']}/"
    assert east.post(path, {"agree": True}, format="json").status_code == 404
    assert west.post(path, {"agree": True}, format="json").json()["state"] == "agreed"
    assert [event["kind"] for event in east.get(f"{API}{target.pk}/").json()["events"]] == ["taken", "asked", "agreed"]
    assert west.get(f"{API}{target.pk}/").status_code == 404


def test_only_an_overdue_firm_is_taken_over(firm: Enterprise, west: APIClient, east: APIClient) -> None:
    target = held(firm)
    early = east.post(f"{API}{target.pk}/takeover/", {}, format="json")
    assert early.status_code == 409
    Target.objects.update(last_word_at=timezone.now() - timedelta(days=30))
    assert east.get(f"{API}followed/?uscc=local:far").json()["results"][0]["overdue"] is True
    taken = east.post(f"{API}{target.pk}/takeover/", {}, format="json")
    assert taken.status_code == 201
    assert [event["text"] for event in taken.json()["events"]] == [""]


def test_the_list_is_filtered_and_sorted(west: APIClient) -> None:
    by = User.objects.get(username="wei")
    today = timezone.localdate()
    for number, state in enumerate(("new", "contacted", "visiting")):
        target = take_up(enterprise=EnterpriseFactory(name=f"外{number}"), node=NODE if number else "", by=by)
        Target.objects.filter(pk=target.pk).update(state=state, next_action_on=today + timedelta(days=5 - number))

    def names(query: str) -> list[str]:
        answer = west.get(f"{API}{query}")
        assert answer.status_code == 200, answer.json()
        return [row["name"] for row in answer.json()["results"]]

    assert names("?sort=next_action_on") == ["外2", "外1", "外0"]
    assert names("?state=new&state=visiting") == ["外0", "外2"]
    assert names("?chain=batteries") == ["外1", "外2"]
    assert names(f"?node={NODE}&q=外1") == ["外1"]
    assert names(f"?due_by={today + timedelta(days=3)}") == ["外2"]
    assert names("?overdue=true") == []
    assert names("?overdue=false&owner=wei") == ["外0", "外1", "外2"]
    assert names("?region=990002") == []
    assert words(west.get(f"{API}?state=won")).startswith("There is no won; known: new, contacted")
    assert words(west.get(f"{API}?bbox=1,2,3,4")).startswith("Unknown parameter bbox")


def test_more_targets_need_no_more_queries(west: APIClient) -> None:
    by = User.objects.get(username="wei")

    def queries() -> int:
        west.get(API)
        with CaptureQueriesContext(connection) as caught:
            west.get(API)
        return len(caught)

    take_up(enterprise=EnterpriseFactory(), node=NODE, by=by)
    few = queries()
    for _ in range(4):
        take_up(enterprise=EnterpriseFactory(), node="batteries/cell", by=by)
    assert queries() == few


def test_the_spreadsheet_holds_the_filtered_rows_and_no_formula(firm: Enterprise, west: APIClient) -> None:
    target = held(firm)
    Enterprise.objects.filter(pk=firm.pk).update(name="=HYPERLINK(1)")
    add_note(target=target, text="=1+1", by=User.objects.get(username="wei"))
    take_up(enterprise=EnterpriseFactory(name="另一家"), node="", by=User.objects.get(username="wei"))
    answer = west.get(f"{API}export/?chain=batteries")
    assert answer.status_code == 200
    header, line = load_workbook(BytesIO(answer.content)).active.iter_rows()
    assert [cell.value for cell in header][:3] == ["Firm", "Identifier", "Headquarters"]
    assert (line[0].value, line[0].data_type, line[12].value, line[12].data_type) == ("=HYPERLINK(1)", "s", "=1+1", "s")
    assert [cell.value for cell in line][5:8] == ["New", "West", "wei"]


def test_the_directory_of_the_city_ranks_over_all_chains(firm: Enterprise, west: APIClient) -> None:
    answer = west.get(f"{API}directory/?limit=5").json()
    assert (answer["total"], answer["results"][0]["name"], answer["results"][0]["chain"]) == (
        1,
        "远方公司",
        "batteries",
    )


def test_targets_are_written_down_in_the_audit(firm: Enterprise, west: APIClient) -> None:
    take(west)
    assert AuditEntry.objects.filter(table="promotion_target", actor="wei", action="insert").exists()


def test_a_letter_is_for_ones_own_targets_and_names_a_node(firm: Enterprise, west: APIClient, east: APIClient) -> None:
    target = held(firm)
    path = f"{API}{target.pk}/invitation.pdf"
    answer = west.get(f"{path}?lang=en")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert east.get(path).status_code == 404
    assert words(west.get(f"{path}?lang=fr")) == "lang is zh or en."
    Target.objects.update(node="")
    assert west.get(path).status_code == 409
