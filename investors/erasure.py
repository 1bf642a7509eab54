"""Personal data are taken out: on the person's own request, or once they have been kept for long enough.

Rows stay, so that what refers to them holds; the audit never had the values (accounts.audit.VEIL).
"""

from datetime import timedelta

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from knox.models import AuthToken

from accounts.models import CONTACT_COLUMNS, Role, User
from accounts.notifications import notify
from geo.errors import NotAllowed
from investors import consents
from investors.models import Enquiry, Investor

WARNED_BEFORE = timedelta(days=30)


@transaction.atomic
def erase_person(user: User) -> None:
    """The account is closed for good; its number stays with what it did. Staff accounts are the administrator's."""
    if user.role != Role.INVESTOR:
        raise NotAllowed(
            zh="工作人员账户由管理员停用和清除。",
            en="Accounts of staff are closed and erased by the administrator.",
        )
    for enquiry in Enquiry.objects.filter(user=user, erased_at=None):
        erase_enquiry(enquiry)
    consents.take_back(user)
    user.saved_searches.all().delete()
    user.notifications.all().delete()
    Investor.objects.filter(user=user).delete()
    AuthToken.objects.filter(user=user).delete()
    for failures in (AccessAttempt, AccessFailureLog, AccessLog):
        failures.objects.filter(username=user.username).delete()
    user.username = f"erased-{user.pk}"
    user.display_name = user.first_name = user.last_name = ""
    user.set_contacts(email="", phone="")
    user.email_confirmed_at = None
    user.set_unusable_password()  # ends every session, too
    user.is_active, user.erased_at = False, timezone.now()
    user.save(
        update_fields=[
            *("username", "display_name", "first_name", "last_name", "password", "is_active", "erased_at"),
            *CONTACT_COLUMNS,
        ]
    )


@transaction.atomic
def erase_enquiry(enquiry: Enquiry) -> None:
    """Contacts and every text of the thread; that there was one, about which land and when, stays."""
    now = timezone.now()
    enquiry.messages.update(text="")
    enquiry.person = enquiry.phone = enquiry.email = ""
    enquiry.state, enquiry.closed_at = "closed", enquiry.closed_at or now
    enquiry.erased_at = now
    enquiry.revision += 1
    enquiry.save(update_fields=["person", "phone", "email", "state", "closed_at", "erased_at", "revision"])


def erase_what_is_due() -> tuple[int, int]:
    """Enquiries closed, or silent, for too long, and accounts not used for as long; how many of each."""
    before = timezone.now() - timedelta(days=settings.CONTACT_DAYS)
    old = Enquiry.objects.filter(erased_at=None).filter(
        Q(closed_at__lt=before) | Q(closed_at=None, moved_at__lt=before)
    )
    enquiries = people = 0
    for enquiry in old.iterator():
        erase_enquiry(enquiry)
        enquiries += 1
    for user in _unused_since(before):
        erase_person(user)
        people += 1
    warn_of_erasure()
    return enquiries, people


def warn_of_erasure() -> None:
    """Once, a month ahead: signing in is enough to keep the account."""
    before = timezone.now() - timedelta(days=settings.CONTACT_DAYS) + WARNED_BEFORE
    for user in _unused_since(before):
        day = timezone.localdate(user.used_at) + timedelta(days=settings.CONTACT_DAYS)  # type: ignore[attr-defined]
        notify(
            [user],
            topic="account",
            zh=f"您的账户久未使用，将于 {day:%Y-%m-%d} 清除个人信息；登录一次即可保留。",
            en=f"Your account has not been used for long and will be erased on {day:%Y-%m-%d}; sign in once to keep it.",
            link="/account",
            key=f"erasure-{day:%Y-%m-%d}",
        )


def _unused_since(moment: object) -> list[User]:
    investors = User.objects.filter(role=Role.INVESTOR, is_active=True, erased_at=None)
    return list(investors.annotate(used_at=Coalesce(F("last_login"), F("date_joined"))).filter(used_at__lt=moment))
