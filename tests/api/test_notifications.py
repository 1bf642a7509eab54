"""What a person was told, in the application and by mail."""

from collections.abc import Callable
from smtplib import SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.mail import BadHeaderError
from django.db import connection
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks, Settings
from rest_framework.test import APIClient

from accounts.mail import MailsLeft, send_queued
from accounts.models import Notification, User
from accounts.notifications import notify

pytestmark = pytest.mark.django_db
MakePerson = Callable[..., User]
ADDRESS = "/api/v1/notifications/"


@pytest.fixture
def ann(person: MakePerson) -> User:
    return person("investor", username="ann", email="ann@example.cn")


@pytest.fixture
def her_client(ann: User) -> APIClient:
    client = APIClient(HTTP_ACCEPT_LANGUAGE="en")
    client.force_login(ann, backend="django.contrib.auth.backends.ModelBackend")
    return client


def tell(*people: User, key: str = "", zh: str = "有新宗地", en: str = "A new parcel") -> int:
    return notify(people, topic="search", zh=zh, en=en, link="/land/P1", key=key)


def test_a_person_reads_what_only_they_were_told(ann: User, person: MakePerson, her_client: APIClient) -> None:
    bob = person("planner", username="bob")
    tell(ann)
    tell(bob, en="For Bob")

    told = her_client.get(ADDRESS).json()

    assert told["unread"] == 1
    (row,) = told["results"]
    assert (row["text"], row["link"], row["topic"], row["read"]) == ("A new parcel", "/land/P1", "search", False)
    assert her_client.get(ADDRESS, HTTP_ACCEPT_LANGUAGE="zh-CN").json()["results"][0]["text"] == "有新宗地"


def test_the_same_is_told_once(ann: User, person: MakePerson) -> None:
    bob = person("planner", username="bob")
    assert tell(ann, key="search-1") == 1
    assert tell(ann, bob, key="search-1") == 1
    assert tell(ann) == tell(ann) == 1
    assert Notification.objects.filter(user=ann).count() == 3


def test_an_account_that_was_closed_is_told_nothing(ann: User) -> None:
    ann.is_active = False
    assert tell(ann) == 0


def test_reading_marks_ones_own_and_nobody_elses(ann: User, person: MakePerson, her_client: APIClient) -> None:
    bob = person("planner", username="bob")
    for _ in range(3):
        tell(ann, bob)
    of_ann = list(Notification.objects.filter(user=ann).values_list("pk", flat=True))
    of_bob = list(Notification.objects.filter(user=bob).values_list("pk", flat=True))

    assert her_client.post(f"{ADDRESS}read/", {"ids": [of_ann[0], of_bob[0]]}).json() == {"unread": 2}
    assert len(her_client.get(f"{ADDRESS}?unread=true").json()["results"]) == 2
    assert her_client.post(f"{ADDRESS}read/", {"all": True}).json() == {"unread": 0}
    assert Notification.objects.filter(user=bob, read_at=None).count() == 3


@pytest.mark.parametrize("body", [{}, {"ids": [1], "all": True}, {"ids": ["x"]}, {"ids": [0]}, {"some": 1}, []])
def test_a_mark_that_says_neither_which_nor_all_is_refused(her_client: APIClient, body: object) -> None:
    assert her_client.post(f"{ADDRESS}read/", body).status_code == 400


def test_pages_follow_each_other_from_the_newest(
    ann: User, her_client: APIClient, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(5):
        tell(ann, en=f"number {number}")
    with django_assert_max_num_queries(4):
        first = her_client.get(f"{ADDRESS}?limit=3").json()
    second = her_client.get(first["next"]).json()
    texts = [row["text"] for row in first["results"] + second["results"]]
    assert texts == [f"number {number}" for number in (4, 3, 2, 1, 0)]
    assert second["next"] is None


def test_a_visitor_has_none(api_client: APIClient) -> None:
    assert api_client.get(ADDRESS).status_code == 403
    assert api_client.post(f"{ADDRESS}read/", {"all": True}).status_code == 403


@pytest.mark.parametrize("asked", ["unread=yes", "sort=text", "user=1", "limit=0", "cursor=x"])
def test_a_parameter_that_is_none_is_named(her_client: APIClient, asked: str) -> None:
    answer = her_client.get(f"{ADDRESS}?{asked}")
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["attr"] == asked.split("=")[0]


def test_nothing_is_mailed_without_a_mail_server(ann: User) -> None:
    tell(ann)
    assert Notification.objects.get().mail == "none"
    assert send_queued() == 0


def test_a_mail_goes_out_from_the_worker_and_its_job_names_nobody(
    ann: User, settings: Settings, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    settings.MAILS, settings.SITE_ADDRESS = True, "https://land.example.cn"
    ann.email_confirmed_at = timezone.now()
    with django_capture_on_commit_callbacks(execute=True):
        tell(ann)
    assert mail.outbox == []
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name, args::text FROM procrastinate_jobs WHERE task_name LIKE 'accounts.%'")
        assert cursor.fetchall() == [("accounts.send_mails", "{}")]

    assert send_queued() == 1
    assert send_queued() == 0
    (sent,) = mail.outbox
    assert sent.to == ["ann@example.cn"]
    assert sent.subject == "[落地 Luodi] 有新宗地"
    assert sent.body == "有新宗地\n\nA new parcel\n\nhttps://land.example.cn/land/P1"


def test_who_wants_no_mail_or_has_no_address_gets_none(person: MakePerson, ann: User, settings: Settings) -> None:
    settings.MAILS = True
    ann.wants_mail = False
    tell(ann, person("planner"))
    settings.SITE_ADDRESS = "https://land.example.cn"
    tell(person("investor", username="unproven", email="not.mine@example.cn"))
    assert send_queued() == 0
    assert set(Notification.objects.values_list("mail", flat=True)) == {"none"}


@pytest.mark.parametrize("failure", [SMTPServerDisconnected, BadHeaderError])
def test_a_mail_that_fails_is_tried_again_and_given_up_without_its_recipient_in_the_log(
    ann: User,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    failure: type[Exception],
) -> None:
    settings.MAILS = True
    tell(ann)

    def refuse(*_: object, **__: object) -> None:
        raise failure("no ann@example.cn here")

    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)
    for _ in range(5):
        with pytest.raises(MailsLeft):
            send_queued()
    assert send_queued() == 0
    assert Notification.objects.get().mail == "failed"
    assert "was not sent" in caplog.text
    assert "ann@example.cn" not in caplog.text


def test_a_text_with_line_breaks_is_mailed_in_one_line_and_holds_up_nobody(ann: User, settings: Settings) -> None:
    """The subject quotes what people wrote; a mail's subject is one line."""
    settings.MAILS = True
    tell(ann, zh="说明\r\n第二行\r第三行\u2028第四行")
    tell(ann)
    assert send_queued() == 2
    assert mail.outbox[0].subject == "[落地 Luodi] 说明 第二行 第三行 第四行"


@pytest.mark.parametrize("link", ["/land/P1?" + "mu=30&" * 60, "/land/" + "%E5" * 150])
def test_an_address_that_is_too_long_leaves_the_message(ann: User, link: str) -> None:
    """An account hears of it with a shorter address, or with none; it is never cut within one."""
    assert notify([ann], topic="search", zh="有", en="new", link=link) == 1
    assert Notification.objects.get().link == ("/land/P1" if "?" in link else "")


def test_a_long_key_still_tells_one_thing_from_another(ann: User) -> None:
    code = "一" * 120
    assert tell(ann, key=f"readiness:{code}:water") == tell(ann, key=f"readiness:{code}:power") == 1
    assert tell(ann, key=f"readiness:{code}:water") == 0
