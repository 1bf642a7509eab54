"""Notifications that were kept for long enough go, and nothing else with them."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from pytest_django import Settings
from rest_framework.test import APIClient

from accounts.models import AuditEntry, Notification, User
from accounts.notifications import forget_old, notify
from accounts.tasks import forget_notifications
from tests.conftest import MakePerson

pytestmark = pytest.mark.django_db
KEPT = 10


@pytest.fixture
def ann(person: MakePerson, settings: Settings) -> User:
    settings.NOTIFICATION_DAYS = KEPT
    return person("land", username="ann")


def ago(days: int) -> datetime:
    return timezone.now() - timedelta(days=days)


def told(user: User, what: str, *, days: int, read: int | None = None, key: str = "", mail: str = "none") -> None:
    """So many days ago, and read so many days ago."""
    assert notify([user], topic="parcels", zh=what, en=what, link="/land", key=key) == 1
    row = Notification.objects.filter(user=user, zh=what)
    row.update(created_at=ago(days), read_at=None if read is None else ago(read), mail=mail)


def kept_of(user: User) -> list[str]:
    return sorted(Notification.objects.visible_to(user).values_list("en", flat=True))


def test_a_notification_goes_so_many_days_after_it_was_read(ann: User) -> None:
    told(ann, "read long ago", days=KEPT + 5, read=KEPT + 1)
    told(ann, "old, read lately", days=KEPT + 5, read=KEPT - 1)
    forget_notifications.func(0)
    assert kept_of(ann) == ["old, read lately"]


def test_an_unread_one_is_kept_twice_as_long(ann: User) -> None:
    told(ann, "unread", days=2 * KEPT - 1)
    told(ann, "never read", days=2 * KEPT + 1)
    assert forget_old() == 1
    assert kept_of(ann) == ["unread"]
    assert forget_old() == 0


def test_one_that_waits_for_its_mail_is_kept_until_it_is_sent(ann: User) -> None:
    told(ann, "waits", days=9 * KEPT, read=8 * KEPT, mail="queued")
    told(ann, "was sent", days=9 * KEPT, read=8 * KEPT, mail="sent")
    forget_old()
    assert kept_of(ann) == ["waits"]


def test_what_was_told_under_a_key_goes_and_is_not_told_again(ann: User, person: MakePerson) -> None:
    """A commitment that is overdue for a year is due every hour."""
    told(ann, "overdue", days=3 * KEPT, key="commitment:1:start:overdue")
    assert forget_old() == 1
    assert kept_of(ann) == []
    assert forget_old() == 0
    assert notify([ann], topic="parcels", zh="逾期", en="overdue", key="commitment:1:start:overdue") == 0
    row = Notification.objects.get()
    assert (row.zh, row.en, row.link) == ("", "", "")


def test_the_list_and_the_number_of_unread_know_nothing_of_what_went(ann: User) -> None:
    told(ann, "gone", days=3 * KEPT, key="parcel-1")
    told(ann, "fresh", days=1, key="parcel-2")
    forget_old()
    client = APIClient(HTTP_ACCEPT_LANGUAGE="en")
    client.force_login(ann, backend="django.contrib.auth.backends.ModelBackend")

    answer = client.get("/api/v1/notifications/").json()
    assert ([row["text"] for row in answer["results"]], answer["unread"]) == (["fresh"], 1)


def test_the_audit_loses_nothing_and_tells_nothing_of_it(ann: User) -> None:
    told(ann, "read long ago", days=3 * KEPT, read=2 * KEPT)
    before = list(AuditEntry.objects.order_by("pk").values_list("pk", flat=True))
    forget_old()
    assert list(AuditEntry.objects.order_by("pk").values_list("pk", flat=True)) == before
