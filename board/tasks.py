"""What the worker does for the board: contacts go once they have been kept for long enough."""

from datetime import timedelta

from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from procrastinate.contrib.django import app

from board.models import Post


def erase_contacts_due() -> int:
    """Of posts that were over for as long as contacts may be kept; answers of how many."""
    before = timezone.localdate() - timedelta(days=settings.CONTACT_DAYS)
    held = Post.objects.filter(until__lt=before).exclude(Q(person="") & Q(phone="") & Q(email=""))
    return held.update(person="", phone="", email="")


@app.periodic(cron="37 3 * * *")
@app.task(name="board.erase_contacts", queue="calendar", queueing_lock="board.erasure")
def erase_contacts(timestamp: int) -> None:
    erase_contacts_due()
