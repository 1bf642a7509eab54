from datetime import timedelta

import pytest
from django.utils import timezone

from board.tasks import erase_contacts_due
from geo.models import Region
from tests.factories.board import PostFactory

pytestmark = pytest.mark.django_db


def test_contacts_go_once_a_post_was_over_for_as_long_as_they_may_be_kept(west: Region, settings: object) -> None:
    settings.CONTACT_DAYS = 100  # type: ignore[attr-defined]  # pytest-django's own
    today = timezone.localdate()
    old, recent = (
        PostFactory(region=west, phone="13812345678", until=today - timedelta(days=days)) for days in (101, 99)
    )
    assert erase_contacts_due() == 1
    assert erase_contacts_due() == 0
    for post in (old, recent):
        post.refresh_from_db()
    assert (old.phone, recent.phone) == ("", "13812345678")
