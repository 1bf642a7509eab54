"""board/: what firms offer and want, for whom, found how, and asked for through the office."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from openpyxl import load_workbook
from rest_framework.test import APIClient

from accounts.models import AuditEntry, Notification
from board.models import Introduction, Post
from geo.models import Region
from tests.factories.board import PostFactory
from tests.factories.chains import ChainNodeFactory
from tests.factories.enterprises import EnterpriseFactory
from tests.factories.geo import RegionFactory
from tests.factories.investors import REGISTRATION

pytestmark = pytest.mark.django_db
SignIn = Callable[..., APIClient]
API = "/api/v1/board/posts/"
CONTACT = {"person": "王小明", "phone": "13812345678", "email": "wang@example.cn"}


@pytest.fixture(autouse=True)
def west() -> Region:
    city = RegionFactory(adcode="990000", level="city", is_root=True, name="市", name_en="City")
    RegionFactory(adcode="990002", parent=city, name="东区", name_en="East")
    made: Region = RegionFactory(adcode="990001", parent=city, name="西区", name_en="West")
    EnterpriseFactory(uscc="local:1", name="甲公司", listed=True, region=made)
    EnterpriseFactory(uscc="local:2", name="乙公司", region=made)
    return made


@pytest.fixture
def staff(as_person: SignIn) -> APIClient:
    return as_person("promotion", region="990001")


def day(days: int) -> str:
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def form(**more: Any) -> dict[str, Any]:  # JSON
    return {"kind": "offer", "uscc": "local:1", "product": "动力电池", "until": day(30), **more}


def drawn(client: APIClient, **more: Any) -> dict[str, Any]:
    answer = client.post(API, form(**more), format="json")
    assert answer.status_code == 201, answer.json()
    body: dict[str, Any] = answer.json()
    return body


def published(client: APIClient, **more: Any) -> int:
    number = drawn(client, **more)["id"]
    assert client.post(f"{API}{number}/publish/").json()["state"] == "published"
    return int(number)


def products(client: APIClient, **query: str) -> list[str]:
    answer = client.get(API, query)
    assert answer.status_code == 200, answer.json()
    return [row["product"] for row in answer.json()["results"]]


def test_a_post_goes_from_draft_to_the_board_and_off_it(staff: APIClient, api_client: APIClient) -> None:
    node = ChainNodeFactory(name="电芯")
    code = f"{node.chain.code}/{node.code}"
    post = drawn(staff, node=code, quantity=5, unit="t", words="可小批量试用")
    assert (post["state"], post["yours"], post["region"]["name_en"], post["node"]["code"]) == (
        "draft",
        True,
        "West",
        code,
    )
    assert products(api_client) == []
    assert staff.post(f"{API}{post['id']}/publish/").json()["state"] == "published"
    assert products(api_client) == ["动力电池"]
    assert staff.post(f"{API}{post['id']}/publish/").status_code == 409
    assert staff.post(f"{API}{post['id']}/close/").json()["state"] == "closed"
    assert products(api_client) == []
    assert products(staff, state="closed") == ["动力电池"]


def test_the_public_sees_what_is_published_and_not_over_of_firms_that_are_public(
    staff: APIClient, api_client: APIClient, as_person: SignIn
) -> None:
    shown = published(staff)
    hidden = published(staff, uscc="local:2", product="正极材料")
    over = published(staff, product="隔膜")
    Post.objects.filter(pk=over).update(until=timezone.localdate() - timedelta(days=1))
    for outsider in (api_client, as_person("investor")):
        assert products(outsider) == ["动力电池"]
        assert outsider.get(f"{API}{shown}/").status_code == 200
        for number in (hidden, over):
            assert outsider.get(f"{API}{number}/").status_code == 404
            assert outsider.get(f"{API}{number}/matches/").status_code == 404
    assert products(staff, state="expired") == ["隔膜"]
    assert products(as_person("planner", region="990002")) == ["正极材料", "动力电池"]


def test_staff_of_another_district_read_what_is_published_and_change_nothing(
    staff: APIClient, as_person: SignIn
) -> None:
    east = as_person("promotion", region="990002")
    draft, number = drawn(staff, product="隔膜")["id"], published(staff)
    assert east.get(f"{API}{draft}/").status_code == 404
    body = east.get(f"{API}{number}/").json()
    assert (body["yours"], body["contact"]) == (False, None)
    assert east.patch(f"{API}{number}/", {"words": "x", "revision": body["revision"]}, format="json").status_code == 403
    assert east.post(f"{API}{number}/close/").status_code == 403
    assert east.post(f"{API}{number}/contact/").status_code == 403
    assert east.post(API, form(product="模具"), format="json").status_code == 403
    for role in ("investor", "planner", "land"):
        assert as_person(role).post(API, form(product="模具"), format="json").status_code == 403
    assert Post.objects.count() == 2


def test_contacts_are_encrypted_never_public_and_shown_to_the_office_on_the_record(
    staff: APIClient, api_client: APIClient
) -> None:
    number = published(staff, **CONTACT)
    with connection.cursor() as cursor:
        cursor.execute("SELECT person || phone || email FROM board_post WHERE id = %s", [number])
        (stored,) = cursor.fetchone()
    assert not any(secret in stored for secret in CONTACT.values())
    for answer in (api_client.get(API), api_client.get(f"{API}{number}/"), staff.get(f"{API}{number}/")):
        for secret in CONTACT.values():
            assert secret not in answer.content.decode()
    assert staff.get(f"{API}{number}/").json()["contact"]["phone"] == "138****5678"
    assert staff.post(f"{API}{number}/contact/").json() == CONTACT
    assert AuditEntry.objects.filter(action="reveal", table="board_post", row=str(number)).exists()
    told = str(list(AuditEntry.objects.values_list("before", "after")))
    assert not any(secret in told for secret in CONTACT.values())


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"kind": "gift"}, "kind"),
        ({"uscc": "local:9"}, "uscc"),
        ({"product": "（）"}, "product"),
        ({"product": "长" * 61}, "product"),
        ({"node": "nowhere/none"}, "node"),
        ({"quantity": -1, "unit": "t"}, "quantity"),
        ({"quantity": "1e400", "unit": "t"}, "quantity"),
        ({"quantity": 1, "unit": "bushel"}, "unit"),
        ({"quantity": 1}, "unit"),
        ({"unit": "t"}, "quantity"),
        ({"region": "123456"}, "region"),
        ({"until": "2020-01-01"}, "until"),
        ({"until": "soon"}, "until"),
        ({"words": "电话 13812345678"}, "words"),
        ({"phone": "one"}, "phone"),
        ({"price": 3}, "price"),
    ],
)
def test_what_does_not_hold_is_told_by_field(staff: APIClient, more: dict[str, Any], field: str) -> None:
    answer = staff.post(API, form(**more), format="json")
    assert answer.status_code == 400
    (error,) = answer.json()["errors"]
    assert error["attr"] == field
    assert error["detail"]
    assert not Post.objects.exists()


def test_one_firm_offers_one_product_once(staff: APIClient) -> None:
    drawn(staff)
    again = staff.post(API, form(product="动力 电池"), format="json")
    assert again.status_code == 409
    assert "甲公司" in again.json()["errors"][0]["detail"]
    drawn(staff, kind="want")


def test_a_change_stands_on_what_was_seen(staff: APIClient) -> None:
    post = drawn(staff)
    changed = staff.patch(f"{API}{post['id']}/", {"product": "储能电池", "revision": 1}, format="json").json()
    assert (changed["product"], changed["revision"]) == ("储能电池", 2)
    assert products(staff, q="cndc") == ["储能电池"]
    late = staff.patch(f"{API}{post['id']}/", {"words": "x", "revision": 1}, format="json")
    (error,) = late.json()["errors"]
    assert (late.status_code, error["code"]) == (409, "changed_meanwhile")
    assert "动力电池 → 储能电池" in error["detail"]
    assert staff.patch(f"{API}{post['id']}/", {"words": "x"}, format="json").json()["errors"][0]["attr"] == "revision"


def test_a_search_tells_why_each_was_found(staff: APIClient, api_client: APIClient) -> None:
    published(staff)
    published(staff, product="锂电池")
    named = staff.post("/api/v1/board/synonyms/", {"name": "锂离子电池", "head": "锂电池"}, format="json")
    assert named.status_code == 201
    first = api_client.get(API, {"q": "锂离子电池"}).json()["results"][0]
    assert first["likeness"] == {"how": "synonym", "value": 0.95, "through": "锂电池"}
    assert products(api_client, q="dldc") == ["动力电池"]
    assert products(api_client, q="电池", kind="want") == []
    short = api_client.get(API, {"q": "d"})
    assert (short.status_code, short.json()["errors"][0]["attr"]) == (400, "q")
    assert api_client.get(API, {"q": "电池", "sort": "until"}).status_code == 400
    assert api_client.get(API, {"colour": "red"}).status_code == 400
    assert api_client.get(API, {"region": "1"}).status_code == 400


def test_what_answers_a_post_is_told_and_its_keeper_notified(staff: APIClient, as_person: SignIn, west: Region) -> None:
    city = as_person("promotion", username="city-promotion")
    want = published(city, kind="want", uscc="local:2", quantity=10, unit="t")
    offer = published(staff, quantity=4000, unit="kg")
    (match,) = staff.get(f"{API}{want}/matches/").json()["results"]
    assert (match["post"]["id"], match["likeness"]["how"], match["parts"]["quantity"]) == (offer, "exact", 0.4)
    assert match["score"] == pytest.approx(100 * (70 + 10 + 5 * 0.4) / 85)
    told = Notification.objects.get(user__username="city-promotion", topic="board")
    assert "动力电池" in told.zh
    assert told.link == f"/board?post={want}"


def test_a_visitor_asks_and_the_office_of_the_region_answers_in_the_inbox(
    staff: APIClient, api_client: APIClient
) -> None:
    number = published(staff, **CONTACT)
    ask = {"message": "想采购 5 吨", "consent": "2026-11", "person": "李四", "phone": "13911112222"}
    assert api_client.post(f"{API}{number}/enquiries/", {"message": "想采购"}, format="json").status_code == 400
    made = api_client.post(f"{API}{number}/enquiries/", ask, format="json")
    assert made.status_code == 201, made.json()
    assert made.json()["subject"] == "动力电池, offered"
    assert CONTACT["phone"] not in made.content.decode()
    (row,) = staff.get("/api/v1/enquiries/").json()["results"]
    assert (row["link"], row["region"], row["parcels"]) == (f"/board?post={number}", "990001", [])
    assert "动力电池" in Notification.objects.get(topic="inbox").zh


def test_an_investor_asks_with_a_post_that_answers_and_reads_the_thread(
    staff: APIClient, api_client: APIClient
) -> None:
    want = published(staff, kind="want")
    offer = published(staff, uscc="local:2")
    assert api_client.post("/api/v1/registration/", REGISTRATION).status_code == 201
    hidden = api_client.post(f"{API}{want}/enquiries/", {"message": "有货", "counterpart": offer}, format="json")
    assert (hidden.status_code, hidden.json()["errors"][0]["attr"]) == (400, "counterpart")
    made = api_client.post(f"{API}{want}/enquiries/", {"message": "有货"}, format="json").json()
    answered = staff.post(f"/api/v1/enquiries/{made['id']}/messages/", {"text": "已联系企业"}, format="json")
    assert answered.status_code == 201
    thread = api_client.get(f"/api/v1/enquiries/{made['id']}/").json()
    assert [message["text"] for message in thread["messages"]] == ["有货", "已联系企业"]
    same = staff.post(f"{API}{want}/enquiries/", {"message": "有货", "counterpart": want}, format="json")
    assert same.status_code == 409
    assert (
        staff.post(f"{API}{want}/enquiries/", {"message": "有货", "counterpart": offer}, format="json").status_code
        == 201
    )
    assert Introduction.objects.filter(post=want, counterpart=offer).count() == 1


def test_the_list_leaves_as_a_file_with_the_columns_of_the_import(staff: APIClient, api_client: APIClient) -> None:
    published(staff, words="=1+1")
    published(staff, uscc="local:2", product="正极材料")
    book = load_workbook(BytesIO(staff.get(f"{API}export/", {"format": "xlsx"}).content))
    header, first, second = book.active.iter_rows(values_only=True)
    assert header[:4] == ("uscc", "firm", "kind", "product")
    assert (first[3], second[3]) == ("正极材料", "动力电池")
    text = api_client.get(f"{API}export/", {"format": "csv"}).content.decode("utf-8-sig")
    assert len(text.splitlines()) == 2
    assert "'=1+1" in text
    assert api_client.get(f"{API}export/", {"format": "pdf"}).status_code == 400


def test_answers_say_when_nothing_changed(staff: APIClient, api_client: APIClient) -> None:
    published(staff)
    first = api_client.get(API)
    assert api_client.get(API, HTTP_IF_NONE_MATCH=first["ETag"]).status_code == 304
    published(staff, product="隔膜")
    second = api_client.get(API, HTTP_IF_NONE_MATCH=first["ETag"])
    assert second.status_code == 200
    ChainNodeFactory()  # posts name theirs
    assert api_client.get(API, HTTP_IF_NONE_MATCH=second["ETag"]).status_code == 200


def test_nodes_are_suggested_by_name(staff: APIClient, api_client: APIClient) -> None:
    node = ChainNodeFactory(name="动力电池")
    ChainNodeFactory(name="精密模具")
    found = staff.get("/api/v1/board/nodes/", {"product": "车用动力电池"}).json()["results"]
    assert [row["code"] for row in found] == [f"{node.chain.code}/{node.code}"]
    assert api_client.get("/api/v1/board/nodes/", {"product": "电池"}).status_code == 403


def test_synonyms_are_the_citys_to_keep(staff: APIClient, api_client: APIClient) -> None:
    address = "/api/v1/board/synonyms/"
    made = staff.post(address, {"name": "锂离子电池", "head": "锂电池"}, format="json").json()
    assert api_client.get(address).json()["results"] == [made]
    assert staff.post(address, {"name": "锂离子 电池", "head": "电池"}, format="json").status_code == 409
    assert staff.post(address, {"name": "电池", "head": " 电池"}, format="json").status_code == 400
    assert api_client.delete(f"{address}{made['id']}/").status_code == 403
    assert staff.delete(f"{address}{made['id']}/").status_code == 204
    assert staff.delete(f"{address}{made['id']}/").status_code == 404


def test_the_list_costs_the_same_however_long(
    staff: APIClient, django_assert_max_num_queries: Any, west: Region
) -> None:
    for number in range(12):
        PostFactory(product=f"产品{number}", region=west)
    with django_assert_max_num_queries(6):
        assert len(products(staff)) == 12
