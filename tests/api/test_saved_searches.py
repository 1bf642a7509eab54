"""Saved searches: told once of what newly meets them, in the application, by mail, and by a signed call."""

import hmac
import json
import threading
from collections.abc import Callable, Iterator
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks, Settings
from rest_framework.test import APIClient

from accounts.models import AuditEntry, Notification, User
from geo.importing import events
from investors.models import Delivery, Hit, SavedSearch
from investors.watching import TASK, look
from investors.webhooks import NotDelivered, attempt
from landparcels.models import Parcel
from landparcels.publication.models import ParcelTransition
from landparcels.publication.signals import parcel_moved
from tests.factories.geo import RegionFactory
from tests.factories.investors import at_least
from tests.factories.landparcels import ParcelFactory

pytestmark = pytest.mark.django_db
SignIn = Callable[..., APIClient]
ADDRESS = "/api/v1/saved-searches/"
POWER = at_least("power_capacity", 20)


def save(client: APIClient, requirement: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:  # Any: JSON
    answer = client.post(ADDRESS, {"name": "电力充足", "requirement": requirement or POWER, **more})
    assert answer.status_code == 201, answer.json()
    told: dict[str, Any] = answer.json()
    return told


def texts() -> list[str]:
    return list(Notification.objects.order_by("id").values_list("en", flat=True))


def test_what_newly_meets_a_search_is_told_once(as_person: SignIn) -> None:
    ParcelFactory(code="OLD", power_capacity=30)
    saved = save(as_person("investor"))
    assert (saved["meets"], saved["told"]) == (1, 0)
    assert look() == 0

    ParcelFactory(code="NEW", name="新宗地", power_capacity=20, side=0.003)
    ParcelFactory(code="WEAK", power_capacity=19)
    ParcelFactory(code="UNKNOWN")
    ParcelFactory(code="DRAFT", power_capacity=40, status="draft")
    assert look() == 1
    assert look() == 0

    area = Parcel.objects.get(code="NEW").area_mu
    assert texts() == [f"A new parcel for “电力充足”: 新宗地 ({area:.1f} mu)"]
    told = Notification.objects.get()
    assert (told.link, told.topic, told.user) == ("/land/NEW", "search", SavedSearch.objects.get().user)


def test_a_draft_that_is_published_and_a_parcel_that_improves_are_news(as_person: SignIn) -> None:
    save(as_person("investor"))
    draft = ParcelFactory(code="DRAFT", power_capacity=40, status="draft")
    weak = ParcelFactory(code="WEAK", power_capacity=10)
    assert look() == 0
    Parcel.objects.filter(pk=draft.pk).update(status="published")
    assert look() == 1
    Parcel.objects.filter(pk=weak.pk).update(power_capacity=25)
    assert look() == 1
    assert [hit.parcel.code for hit in Hit.objects.order_by("id")] == ["DRAFT", "WEAK"]


def test_a_parcel_that_leaves_and_comes_back_is_not_told_again(as_person: SignIn) -> None:
    save(as_person("investor"))
    parcel = ParcelFactory(power_capacity=40)
    assert look() == 1
    Parcel.objects.filter(pk=parcel.pk).update(status="reserved")
    assert look() == 0
    assert SavedSearch.objects.get().meets == []
    Parcel.objects.filter(pk=parcel.pk).update(status="published")
    assert look() == 0
    assert Notification.objects.count() == 1


def test_an_edit_of_what_met_it_before_is_no_news(as_person: SignIn) -> None:
    parcel = ParcelFactory(power_capacity=40)
    save(as_person("investor"))
    Parcel.objects.filter(pk=parcel.pk).update(power_capacity=41, start_price=50)
    assert look() == 0


def test_a_load_of_many_is_one_message(as_person: SignIn) -> None:
    save(as_person("investor"))
    for number in range(5):
        ParcelFactory(code=f"L{number}", power_capacity=30)
    assert look() == 1
    (said,) = texts()
    assert said.startswith("5 new parcels for “电力充足”: L0 (")
    assert said.endswith(", …")
    assert Hit.objects.count() == 5


def test_area_region_box_and_industry_count_and_wishes_do_not(as_person: SignIn) -> None:
    city = RegionFactory(adcode="990000", level="city")
    here = RegionFactory(adcode="990001", parent=city)
    there = RegionFactory(adcode="990002", parent=city)
    client = as_person("investor")
    wish = {"soft": [{"indicator": "power_capacity", "ideal": 100, "accept": 90}]}
    asked: dict[str, dict[str, Any]] = {
        "area": {"area_mu": [10, 20]},
        "region": {"region": "990001"},
        "city": {"region": "990000"},
        "box": {"bbox": [120.0, 36.0, 120.2, 36.4]},
        "industry": {"industry": "2614"},
        "project": {"project": {"industry": "C2614"}},
        "wish": wish,
    }
    for name, requirement in asked.items():
        save(client, requirement, name=name)
    ParcelFactory(code="A", region=here, lng=120.1, excludes=["26"], power_capacity=1)
    ParcelFactory(code="B", region=there, lng=120.3, side=0.01)
    look()
    met = {
        name: [hit.parcel.code for hit in Hit.objects.filter(search__name=name).order_by("parcel")] for name in asked
    }
    assert met == {
        "area": ["A"],
        "region": ["A"],
        "city": ["A", "B"],
        "box": ["A"],
        "industry": ["B"],
        "project": ["B"],
        "wish": ["A", "B"],
    }


def test_only_active_searches_of_open_accounts_are_held_against_parcels(as_person: SignIn) -> None:
    save(as_person("investor"), active=False)
    gone = save(as_person("investor"))
    User.objects.filter(saved_searches=gone["id"]).update(is_active=False)
    ParcelFactory(power_capacity=40)
    assert look() == 0


def test_a_publication_costs_few_queries_however_many_searches_there_are(
    as_person: SignIn, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    user = User.objects.get(pk=SavedSearch.objects.get(pk=save(as_person("investor"))["id"]).user_id)
    SavedSearch.objects.bulk_create(
        [SavedSearch(user=user, name=f"{n}", requirement=at_least("power_capacity", 1000 + n)) for n in range(200)]
    )
    ParcelFactory(code="BEFORE", power_capacity=4)
    look()  # reads each requirement once
    ParcelFactory(code="P", power_capacity=40)
    with django_assert_max_num_queries(25):
        assert look() == 1


def test_a_move_and_a_load_have_the_worker_look_once(
    as_person: SignIn, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    publish = ParcelTransition(action="publish", before="approved", after="published")
    parcel_moved.send(
        sender=Parcel, parcel=ParcelFactory(), before="approved", after="published", actor=None, transition=publish
    )
    with django_capture_on_commit_callbacks(execute=True), events.together():
        events.announce("projects")
        events.announce("requirement_profiles")
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name FROM procrastinate_jobs")
        assert cursor.fetchall() == [(TASK,)]


def test_quiet_searches_are_neither_counted_nor_mailed(as_person: SignIn, settings: Settings) -> None:
    settings.MAILS = True
    client = as_person("investor", email="wang@example.cn")
    save(client, by_app=False, by_mail=True, name="mail")
    save(client, by_app=True, by_mail=False, name="app")
    save(client, by_app=False, by_mail=False, name="neither")
    ParcelFactory(power_capacity=40)
    look()
    told = {n.zh.split("”")[0][1:]: (n.mail, n.read_at is None) for n in Notification.objects.all()}
    assert told == {"mail": ("queued", False), "app": ("none", True)}


def test_searches_are_ones_own(as_person: SignIn, api_client: APIClient) -> None:
    owner = as_person("investor")
    number = save(owner, webhook="https://example.cn/hook")["id"]
    for other in (as_person("investor"), as_person("admin"), as_person("land")):
        assert other.get(ADDRESS).json()["results"] == []
        for method, path in (
            (other.get, f"{number}/"),
            (other.delete, f"{number}/"),
            (other.get, f"{number}/deliveries/"),
            (other.post, f"{number}/trial/"),
        ):
            hidden, never = method(f"{ADDRESS}{path}"), method(f"{ADDRESS}{path}".replace(str(number), "999999"))
            assert (hidden.status_code, hidden.content) == (404, never.content)
        assert other.patch(f"{ADDRESS}{number}/", {"name": "x"}).status_code == 404
    assert api_client.get(ADDRESS).status_code == 403
    assert api_client.post(ADDRESS, {"name": "x", "requirement": POWER}).status_code == 403
    assert len(owner.get(ADDRESS).json()["results"]) == 1


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"name": ""}, "name"),
        (
            {"requirement": {"hard": [{"indicator": "no_such", "op": "gte", "value": 1}]}},
            "requirement.hard.0.indicator",
        ),
        ({"requirement": {"hard": [{"indicator": "power_capacity", "op": "gte"}]}}, "requirement.hard.0.value"),
        ({"requirement": {"harder": []}}, "requirement.harder"),
        ({"requirement": {"region": "000000"}}, "region"),
        ({"requirement": {"area_mu": [5, 1]}}, "requirement.area_mu"),
        (
            {
                "requirement": {
                    "hard": [
                        {"indicator": "power_capacity", "op": "gte", "value": 9},
                        {"indicator": "power_capacity", "op": "lte", "value": 1},
                    ]
                }
            },
            "requirement.hard.1",
        ),
        ({"webhook": "ftp://example.cn"}, "webhook"),
        ({"webhook": "http://example.cn/"}, "webhook"),
        ({"webhook": "https://user:pw@example.cn/"}, "webhook"),
        ({"webhook": "https://example.cn:22/"}, "webhook"),
        ({"webhook": "https://exa mple.cn/"}, "webhook"),
        ({"webhook": "https://[::1"}, "webhook"),
        ({"owner": 1}, "owner"),
    ],
)
def test_what_is_wrong_with_a_search_is_named(as_person: SignIn, wrong: dict[str, Any], named: str) -> None:
    answer = as_person("investor").post(ADDRESS, {"name": "x", "requirement": POWER, **wrong})
    assert answer.status_code == 400
    assert named in {error["attr"] for error in answer.json()["errors"]}
    assert not SavedSearch.objects.exists()


def test_a_changed_requirement_starts_from_what_meets_it_today(as_person: SignIn) -> None:
    ParcelFactory(power_capacity=40)
    client = as_person("investor")
    number = save(client, at_least("power_capacity", 100))["id"]
    changed = client.patch(f"{ADDRESS}{number}/", {"requirement": POWER, "name": "改"}).json()
    assert (changed["name"], changed["meets"]) == ("改", 1)
    assert look() == 0


def test_the_audit_knows_that_a_search_changed_and_not_what_it_says(as_person: SignIn) -> None:
    client = as_person("investor")
    number = save(client, webhook="https://example.cn/hook?key=s3cr3t", name="高保密项目")["id"]
    ParcelFactory(power_capacity=40)
    before = AuditEntry.objects.filter(table="investors_savedsearch").count()
    look()  # what a machine works out is not an edit
    assert AuditEntry.objects.filter(table="investors_savedsearch").count() == before == 1
    client.delete(f"{ADDRESS}{number}/")
    kept = str(list(AuditEntry.objects.filter(table="investors_savedsearch").values()))
    for secret in ("s3cr3t", "高保密项目", "power_capacity"):
        assert secret not in kept


# ------------------------------------------------------------------ calls of other servers
class Listener(BaseHTTPRequestHandler):
    """Someone else's server: keeps what it was sent, and answers as the test wants."""

    heard: list[tuple[dict[str, str], bytes]]
    answer = 200

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.heard.append((dict(self.headers), body))  # type: ignore[attr-defined]  # kept on the server
        self.send_response(self.server.answer)  # type: ignore[attr-defined]
        if self.server.answer == 302:  # type: ignore[attr-defined]
            self.send_header("Location", "http://127.0.0.1:1/elsewhere")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def listener() -> Iterator[Any]:  # Any: the server with what the listener keeps on it
    server: Any = HTTPServer(("127.0.0.1", 0), Listener)
    server.heard, server.answer = [], 200
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def delivery(as_person: SignIn, listener: Any, settings: Settings) -> Delivery:
    """Of one new parcel, waiting to be sent to the listener."""
    settings.WEBHOOKS, settings.SITE_ADDRESS = "all", "https://land.example.cn"
    save(as_person("investor"), webhook=f"http://localhost:{listener.server_port}/hook?a=1")
    ParcelFactory(code="NEW", name="新", power_capacity=40)
    look()
    return Delivery.objects.select_related("search").get()


def test_a_webhook_is_signed_so_that_the_one_called_can_check_it(delivery: Delivery, listener: Any) -> None:
    attempt(delivery)
    attempt(delivery)  # delivered: not sent twice

    ((headers, body),) = listener.heard
    secret = SavedSearch.objects.get().secret.encode()
    signed = headers["X-Luodi-Timestamp"].encode() + b"." + body
    assert headers["X-Luodi-Signature"] == "v1=" + hmac.new(secret, signed, sha256).hexdigest()
    assert headers["X-Luodi-Delivery"] == str(delivery.pk)
    told = json.loads(body)
    assert (told["event"], told["total"], told["search"]["name"]) == ("parcels.matched", 1, "电力充足")
    assert told["parcels"][0]["code"] == "NEW"
    assert told["parcels"][0]["link"] == "https://land.example.cn/land/NEW"
    delivery.refresh_from_db()
    assert (delivery.state, delivery.status, delivery.attempts) == ("delivered", 200, 1)


@pytest.mark.parametrize("status", [500, 404, 302])
def test_a_call_that_is_not_taken_is_tried_six_times_and_shown_to_the_owner(
    delivery: Delivery, listener: Any, status: int
) -> None:
    listener.answer = status
    for _ in range(5):
        with pytest.raises(NotDelivered):
            attempt(delivery)
    attempt(delivery)
    assert (delivery.state, delivery.attempts, delivery.status, delivery.problem) == ("failed", 6, status, "refused")
    assert len(listener.heard) == 6  # a redirect is not followed

    owner = APIClient(HTTP_ACCEPT_LANGUAGE="en")
    owner.force_login(delivery.search.user, backend="django.contrib.auth.backends.ModelBackend")
    (row,) = owner.get(f"{ADDRESS}{delivery.search_id}/deliveries/").json()["results"]
    assert (row["state"], row["attempts"], row["status"]) == ("failed", 6, status)


def test_internal_addresses_are_not_called_and_not_tried_again(
    delivery: Delivery, listener: Any, settings: Settings
) -> None:
    settings.WEBHOOKS = "public"
    SavedSearch.objects.update(webhook=f"https://localhost:{listener.server_port}/")
    attempt(Delivery.objects.select_related("search").get())
    assert Delivery.objects.values_list("state", "problem").get() == ("failed", "forbidden")
    assert listener.heard == []


@pytest.mark.parametrize("webhook", ["http://example.cn/hook", "https://[broken", "https://example.cn:25/"])
def test_an_address_that_is_no_longer_called_ends_the_delivery(
    delivery: Delivery, settings: Settings, webhook: str
) -> None:
    """The setting may become stricter after an address was saved."""
    settings.WEBHOOKS = "public"
    SavedSearch.objects.update(webhook=webhook)
    attempt(Delivery.objects.select_related("search").get())
    assert Delivery.objects.values_list("state", "problem").get() == ("failed", "address")


def test_nobody_is_called_where_webhooks_are_off(delivery: Delivery, listener: Any, settings: Settings) -> None:
    settings.WEBHOOKS = "off"
    attempt(delivery)
    assert (delivery.state, delivery.problem, listener.heard) == ("failed", "off", [])


def test_a_server_that_is_gone_is_tried_again(delivery: Delivery, listener: Any) -> None:
    SavedSearch.objects.update(webhook="http://127.0.0.1:9999/")
    with pytest.raises(NotDelivered, match="unreachable"):
        attempt(Delivery.objects.select_related("search").get())


def test_an_owner_tries_a_webhook_out(as_person: SignIn, listener: Any, settings: Settings) -> None:
    settings.WEBHOOKS = "all"
    client = as_person("investor")
    without = save(client)["id"]
    assert client.post(f"{ADDRESS}{without}/trial/").status_code == 400
    number = save(client, webhook=f"http://127.0.0.1:{listener.server_port}/")["id"]
    assert client.post(f"{ADDRESS}{number}/trial/").status_code == 202
    attempt(Delivery.objects.select_related("search").get())
    assert json.loads(listener.heard[0][1])["event"] == "parcels.trial"


def test_a_webhook_cannot_be_set_where_they_are_off(as_person: SignIn, settings: Settings) -> None:
    settings.WEBHOOKS = "off"
    body = {"name": "x", "requirement": POWER, "webhook": "https://example.cn/"}
    assert as_person("investor").post(ADDRESS, body).status_code == 400
