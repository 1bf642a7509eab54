"""A question about land, its thread, and who has read how far."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from accounts.contacts import EncryptedText
from accounts.models import User
from geo.models import Region
from investors.querysets import EnquiryQuerySet
from landparcels.models import Parcel


class State(models.TextChoices):
    """Whose turn it is."""

    NEW = "new", "新 New"
    WAITING = "waiting", "待答复 Waiting"
    ANSWERED = "answered", "已答复 Answered"
    CLOSED = "closed", "已办结 Closed"


class Enquiry(models.Model):
    """A question to the office of a region about parcels there, or about a subject that another room names. Contacts are encrypted, and erased in time."""

    user = models.ForeignKey(User, models.PROTECT, null=True, related_name="enquiries", help_text="Null: a visitor.")
    region = models.ForeignKey(
        Region, models.PROTECT, null=True, related_name="+", help_text="The smallest one around all its parcels."
    )
    parcels = models.ManyToManyField(Parcel, related_name="+")
    subject = models.JSONField(
        null=True, blank=True, help_text="What it is about where no parcels are: zh, en, and the path of its page."
    )
    person = EncryptedText(blank=True, default="")
    phone = EncryptedText(blank=True, default="")
    email = EncryptedText(blank=True, default="")
    state = models.CharField(max_length=8, choices=State, default=State.NEW)
    owner = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+", help_text="Who of the office took it over."
    )
    created_at = models.DateTimeField(db_default=Now())
    moved_at = models.DateTimeField(db_default=Now(), help_text="Last message or change of state.")
    closed_at = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True, help_text="Contacts and texts were taken out.")
    revision = models.PositiveIntegerField(default=1, help_text="Raised by each change of state or owner.")

    objects = EnquiryQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(name="enquiry_moved", fields=["-moved_at", "-id"]),
            models.Index(name="enquiry_state", fields=["state", "region"]),
        ]
        constraints = [
            models.CheckConstraint(name="enquiry_state_known", condition=Q(state__in=State.values)),
            models.CheckConstraint(
                name="enquiry_closed_with_a_date",
                condition=Q(state="closed", closed_at__isnull=False) | (~Q(state="closed") & Q(closed_at=None)),
            ),
            models.CheckConstraint(
                name="enquiry_erased_holds_no_contact", condition=Q(erased_at=None) | Q(person="", phone="", email="")
            ),
        ]

    def __str__(self) -> str:
        return f"enquiry {self.pk}"


class Message(models.Model):
    """One message of a thread, encrypted as people write numbers and names into it."""

    enquiry = models.ForeignKey(Enquiry, models.CASCADE, related_name="messages")
    author = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", help_text="Null: the visitor.")
    by_office = models.BooleanField()
    text = EncryptedText(blank=True)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [models.Index(name="message_of_enquiry", fields=["enquiry", "id"])]

    def __str__(self) -> str:
        return f"message {self.pk} of {self.enquiry_id}"


class ReadUpTo(models.Model):
    """The last message of a thread that a person has seen."""

    enquiry = models.ForeignKey(Enquiry, models.CASCADE, related_name="reads")
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    message = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(name="readupto_once", fields=["enquiry", "user"])]

    def __str__(self) -> str:
        return f"{self.user_id} read {self.enquiry_id} up to {self.message}"
