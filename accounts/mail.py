"""Mails of notifications: plain text in both languages, sent by the worker, tried again when the server fails."""

import logging
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import BadHeaderError, EmailMessage
from django.db import transaction
from django.db.models import F

from accounts.models import Notification

logger = logging.getLogger(__name__)

MOST_ATTEMPTS = 6
BATCH = 50
LONGEST_SUBJECT = 80


class MailsLeft(Exception):
    """Some mails could not be sent; they wait for the next attempt."""


def send_queued() -> int:
    """Send what waits; answers how many went out. Raises MailsLeft when some are to be tried again."""
    sent, failed_before = 0, 0
    while batch := _batch(after=failed_before):
        for notification in batch:
            if _send(notification):
                sent += 1
            else:
                failed_before = notification.pk
    left = Notification.objects.filter(mail=Notification.Mail.QUEUED, mail_attempts__gt=0).count()
    if left:
        raise MailsLeft(f"{left} mails wait for another attempt")
    return sent


def _batch(after: int) -> list[Notification]:
    """In order, behind the last that failed in this run."""
    queued = Notification.objects.filter(mail=Notification.Mail.QUEUED, pk__gt=after)
    return list(queued.select_related("user").order_by("pk")[:BATCH])


@transaction.atomic
def _send(notification: Notification) -> bool:
    """One mail; whoever holds the row sends it, so that two workers never send it twice."""
    row = Notification.objects.select_for_update(skip_locked=True).filter(pk=notification.pk, mail="queued")
    if not row.exists():
        return True
    try:
        message(notification).send()
    except (OSError, SMTPException, BadHeaderError) as error:
        gives_up = notification.mail_attempts + 1 >= MOST_ATTEMPTS
        row.update(mail="failed" if gives_up else "queued", mail_attempts=F("mail_attempts") + 1)
        # the error's own text may quote the recipient
        logger.warning("mail of notification %s was not sent: %s", notification.pk, type(error).__name__)
        return False
    row.update(mail="sent", mail_attempts=F("mail_attempts") + 1)
    return True


def message(notification: Notification) -> EmailMessage:
    """First Chinese, then English, then where to look."""
    link = f"{settings.SITE_ADDRESS}{notification.link}" if settings.SITE_ADDRESS and notification.link else ""
    subject = f"[落地 Luodi] {' '.join(notification.zh.split())}"  # one line, whatever people wrote
    return EmailMessage(
        subject if len(subject) <= LONGEST_SUBJECT else f"{subject[: LONGEST_SUBJECT - 1]}…",
        "\n\n".join(part for part in (notification.zh, notification.en, link) if part),
        to=[notification.user.email],
    )
