"""What people agreed to, word for word and when; rows are only ever added."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from accounts.models import User
from investors.models.enquiries import Enquiry


class ConsentTextQuerySet(models.QuerySet["ConsentText"]):
    def in_force(self, on: date) -> "ConsentText | None":
        return self.filter(valid_from__lte=on).order_by("-valid_from", "-pk").first()


class ConsentText(models.Model):
    """A version of what is agreed to; once given to someone it never changes."""

    version = models.CharField(max_length=20, unique=True)
    zh = models.TextField()
    en = models.TextField()
    valid_from = models.DateField()

    objects = ConsentTextQuerySet.as_manager()

    def __str__(self) -> str:
        return self.version


class Consent(models.Model):
    """A person with an account, or a visitor with an enquiry, agreed to a text, or took it back."""

    user = models.ForeignKey(User, models.PROTECT, null=True, related_name="consents")
    enquiry = models.ForeignKey(Enquiry, models.PROTECT, null=True, related_name="consents")
    text = models.ForeignKey(ConsentText, models.PROTECT, related_name="+")
    given = models.BooleanField(help_text="False: taken back.")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="consent_of_somebody", condition=Q(user__isnull=False) | Q(enquiry__isnull=False)
            )
        ]

    def __str__(self) -> str:
        return f"{self.text_id} {'+' if self.given else '-'}"
