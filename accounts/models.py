"""People, what they may do, and what was done."""

from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AbstractUser, AnonymousUser
from django.db import models
from django.db.models.functions import Now

from accounts.contacts import EncryptedText, fingerprint, normal


class Role(models.TextChoices):
    """What a person is here for. A visitor has no account; an investor has one and sees what is public."""

    INVESTOR = "investor", "投资者 Investor"
    PROMOTION = "promotion", "招商 Investment promotion"
    PLANNER = "planner", "规划 Planner"
    LAND = "land", "自然资源 Land"
    REVIEWER = "reviewer", "审核 Reviewer"
    ADMIN = "admin", "管理员 Administrator"


class User(AbstractUser):
    """Someone who signs in. A staff role holds for one region and all below it; without a region it holds everywhere."""

    display_name = models.CharField(max_length=80, blank=True)
    email = EncryptedText(blank=True, default="", db_default="")
    phone = EncryptedText(blank=True, default="", db_default="")
    email_fingerprint = models.CharField(max_length=64, null=True, blank=True, unique=True, editable=False)
    phone_fingerprint = models.CharField(max_length=64, null=True, blank=True, unique=True, editable=False)
    email_confirmed_at = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True, help_text="The person's data were taken out.")
    role = models.CharField(max_length=12, choices=Role, default=Role.INVESTOR)
    region_code = models.CharField(
        max_length=12, blank=True, help_text="Adcode of the region whose subtree the role holds for; blank: everywhere."
    )
    department = models.CharField(
        max_length=60,
        blank=True,
        default="",
        db_default="",
        help_text="Of a member of staff, as checklists name it (供电); they are told what it owes.",
    )
    may_convert_offset = models.BooleanField(
        default=False, help_text="May import GCJ-02 and BD-09 coordinates; every such import is audited."
    )
    wants_mail = models.BooleanField(
        default=True, db_default=True, help_text="Notifications also by mail, where there is a mail server."
    )

    class Meta:
        constraints = [
            models.CheckConstraint(name="user_role_known", condition=models.Q(role__in=[role.value for role in Role]))
        ]

    def __str__(self) -> str:
        return self.display_name or self.username

    @property
    def may_be_mailed(self) -> bool:
        """They want it, and the address is theirs: an investor's own word counts once they followed the link sent there."""
        unproven = self.role == Role.INVESTOR and self.email_confirmed_at is None and bool(settings.SITE_ADDRESS)
        return self.wants_mail and bool(self.email) and not unproven

    def set_contacts(self, *, email: str, phone: str) -> None:
        """Both at once, with their fingerprints; another address has to be confirmed anew. Saved by the caller."""
        if normal(email) != normal(self.email):
            self.email_confirmed_at = None
        self.email, self.phone = email.strip() or email, phone.strip() or phone  # what cannot be read is kept
        self.email_fingerprint = fingerprint(email) if email.strip() else None
        self.phone_fingerprint = fingerprint(phone) if phone.strip() else None


PERSONAL = ("display_name", "first_name", "last_name", "email", "phone", "email_fingerprint", "phone_fingerprint")
"""Columns of an account whose values the audit never holds."""
CONTACT_COLUMNS = ("email", "phone", "email_fingerprint", "phone_fingerprint", "email_confirmed_at")


UNREAD_KEPT = 2
"""An unread notification is kept so many times as long as a read one."""


class NotificationQuerySet(models.QuerySet["Notification"]):
    def visible_to(self, user: AbstractBaseUser | AnonymousUser) -> Self:
        """One's own, without those that were forgotten."""
        return self.filter(user=user.pk).exclude(zh="") if user.is_authenticated else self.none()

    def unread(self) -> Self:
        return self.filter(read_at=None)

    def due_to_go(self, now: datetime) -> Self:
        """Read for as long as such are kept; an unread one is kept longer, and one that waits for its mail until it is sent."""
        kept = timedelta(days=settings.NOTIFICATION_DAYS)
        old = models.Q(read_at__lt=now - kept) | models.Q(created_at__lt=now - UNREAD_KEPT * kept, read_at=None)
        return self.filter(old).exclude(mail=Notification.Mail.QUEUED)


class Notification(models.Model):
    """Something one person is told. `accounts.notifications.notify` writes them."""

    LONGEST_LINK = 300
    LONGEST_KEY = 120

    class Mail(models.TextChoices):
        """What became of the copy by mail."""

        NONE = "none"
        QUEUED = "queued"
        SENT = "sent"
        FAILED = "failed"

    user = models.ForeignKey(User, models.CASCADE, related_name="notifications")
    topic = models.CharField(max_length=40)
    zh = models.TextField()
    en = models.TextField()
    link = models.CharField(max_length=LONGEST_LINK, blank=True, help_text="Path of a page.")
    key = models.CharField(max_length=LONGEST_KEY, blank=True, help_text="A person is told once of the same key.")
    created_at = models.DateTimeField(db_default=Now())
    read_at = models.DateTimeField(null=True, blank=True)
    mail = models.CharField(max_length=6, choices=Mail, default=Mail.NONE)
    mail_attempts = models.PositiveSmallIntegerField(default=0)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(name="notification_of_user", fields=["user", "-id"]),
            models.Index(name="notification_mail", fields=["id"], condition=models.Q(mail="queued")),
        ]
        constraints = [
            models.UniqueConstraint(name="notification_once", fields=["user", "key"], condition=~models.Q(key=""))
        ]

    def __str__(self) -> str:
        return f"{self.topic} → {self.user_id}"


class AuditEntry(models.Model):
    """One change of one row by a person, or one bulk load. Written by database triggers; never changed or deleted."""

    at = models.DateTimeField(db_default=Now())
    actor = models.CharField(max_length=150, help_text="Username; blank: the system itself.")
    action = models.CharField(max_length=10, help_text="insert, update, delete, load, reveal, export")
    table = models.CharField(max_length=80)
    row = models.CharField(max_length=80, blank=True, help_text="Primary key; blank for a bulk load.")
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    class Meta:
        indexes = [models.Index(fields=["table", "row"]), models.Index(fields=["at"])]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor or '-'} {self.action} {self.table} {self.row}"
