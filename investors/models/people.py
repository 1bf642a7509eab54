"""Investors with an account, and how often an address knocked."""

from django.db import models
from django.db.models.functions import Now

from accounts.models import User


class Scale(models.TextChoices):
    """Size classes of enterprises, as the statistics use them."""

    MICRO = "micro", "微型 Micro"
    SMALL = "small", "小型 Small"
    MEDIUM = "medium", "中型 Medium"
    LARGE = "large", "大型 Large"


class Investor(models.Model):
    """What an investor told of their firm when they registered."""

    user = models.OneToOneField(User, models.CASCADE, related_name="investor")
    industry = models.CharField(max_length=5, blank=True, help_text="GB/T 4754")
    scale = models.CharField(max_length=6, choices=Scale, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="investor_scale_known", condition=models.Q(scale__in=["", *Scale.values]))
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.industry}"


class Attempt(models.Model):
    """A registration or a visitor's enquiry; `origin` is a keyed hash of the address, kept for a day."""

    purpose = models.CharField(max_length=12)
    origin = models.CharField(max_length=64)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [models.Index(name="attempt_of_origin", fields=["purpose", "origin", "at"])]

    def __str__(self) -> str:
        return f"{self.purpose} {self.at:%Y-%m-%d %H:%M}"
