"""Telling people: in the application at once, by mail from the worker where there is a mail server and they want it."""

import hashlib
from collections.abc import Iterable

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.models import Notification, User


def notify(
    people: Iterable[User],
    *,
    topic: str,
    zh: str,
    en: str,
    link: str = "",
    key: str = "",
    in_app: bool = True,
    by_mail: bool = True,
) -> int:
    """Tell each of them once per `key` (always, without one); answers how many were told now.

    Not `in_app`: it lies among what was read. Not `by_mail`: also those who want mails get none of this.
    `link` is the path of a page, such as `/land/370211-001`; one that is too long goes without its query, or not at
    all. Neither text nor link may hold anybody's contact.
    """
    link, key = _fitting(link), _short(key)
    active = {person.pk: person for person in people if person.is_active}
    if key:
        told = Notification.objects.filter(user__in=active, key=key).values_list("user", flat=True)
        for known in told:
            del active[known]
    mail = Notification.Mail.QUEUED if settings.MAILS and by_mail else Notification.Mail.NONE
    read_at = None if in_app else timezone.now()
    Notification.objects.bulk_create(
        [
            Notification(
                user=person,
                topic=topic,
                zh=zh,
                en=en,
                link=link,
                key=key,
                read_at=read_at,
                mail=mail if person.may_be_mailed else Notification.Mail.NONE,
            )
            for person in active.values()
        ],
        ignore_conflicts=True,  # told of the same by someone else in the meantime
    )
    if mail == Notification.Mail.QUEUED and active:
        transaction.on_commit(mail_soon)
    return len(active)


def forget_old() -> int:
    """What was kept for long enough goes; answers how many.

    Of one that had a key an empty row stays, so that a reminder which still stands is not told a second time.
    """
    due = Notification.objects.due_to_go(timezone.now())
    emptied = due.exclude(key="").exclude(zh="").update(zh="", en="", link="")
    deleted, _ = due.filter(key="").delete()
    return emptied + deleted


def _fitting(link: str) -> str:
    shorter = (link, link.partition("?")[0], "")
    return next(one for one in shorter if len(one) <= Notification.LONGEST_LINK)


def _short(key: str) -> str:
    """A key of long codes as its fingerprint: still one key for one thing."""
    return key if len(key) <= Notification.LONGEST_KEY else hashlib.sha256(key.encode()).hexdigest()


def mail_soon() -> None:
    """Have the worker send what is queued."""
    from accounts.tasks import send_mails

    send_mails.defer()
