"""Notices: each round in which a parcel is offered, with number, dates and terms."""

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.expressions import Combinable

from accounts.rights import Person
from landparcels.publication.stages import OPEN, TERMS


class NoticeQuerySet(models.QuerySet["Notice"]):
    def visible_to(self, user: Person) -> Self:
        """A notice is as public as its parcel."""
        from landparcels.models import Parcel

        return self.filter(parcel__in=Parcel.objects.visible_to(user))

    def open(self) -> Self:
        return self.filter(closed_on=None)

    def ending_by(self, day: date) -> Self:
        """Open ones whose bidding ends by that day, or has ended without their being closed."""
        return self.open().filter(parcel__bid_deadline__lte=day)

    def with_terms(self) -> Self:
        """`terms_deposit` and the like: the parcel's while the round is open, its own once it is closed."""
        return self.annotate(
            **{
                f"terms_{name}": Case(When(closed_on=None, then=F(f"parcel__{name}")), default=F(name))
                for name in TERMS
            }
        )


class Notice(models.Model):
    """One round. The terms of an open round are columns of the parcel; they are copied here when it is closed."""

    class Outcome(models.TextChoices):
        SOLD = "sold", "成交 Sold"
        FAILED = "failed", "流拍 Not sold"
        CANCELLED = "cancelled", "终止 Called off"

    parcel = models.ForeignKey("landparcels.Parcel", models.CASCADE, related_name="notices")
    round = models.PositiveSmallIntegerField()
    number = models.CharField(max_length=80, help_text="公告号; several parcels may be offered under one.")
    url = models.URLField(max_length=500, blank=True)
    area_mu = models.FloatField(help_text="As announced; a later outline does not change it.")
    announced_on = models.DateField()
    listed_on = models.DateField(null=True, blank=True, help_text="Since when bids are taken.")
    closed_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True, default="", db_default="")
    deal_price = models.FloatField(null=True, blank=True, help_text="10k CNY in all")

    supply_mode = models.CharField(max_length=12, null=True, blank=True)
    start_price = models.FloatField(null=True, blank=True, help_text="10k CNY/mu")
    deposit = models.FloatField(null=True, blank=True, help_text="10k CNY")
    price_step = models.FloatField(null=True, blank=True, help_text="10k CNY")
    bid_start = models.DateField(null=True, blank=True)
    bid_deadline = models.DateField(null=True, blank=True)
    contact_office = models.CharField(max_length=120, blank=True, default="", db_default="")
    contact_phone = models.CharField(max_length=40, blank=True, default="", db_default="")

    stage = models.GeneratedField(
        expression=Case(
            When(~Q(outcome=""), then=F("outcome")),
            When(~Q(listed_on=None), then=Value("listed")),
            default=Value("announced"),
            output_field=models.CharField(max_length=10),
        ),
        output_field=models.CharField(max_length=10),
        db_persist=True,
    )

    objects = NoticeQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(name="notice_announced", fields=["announced_on", "id"]),
            models.Index(name="notice_closed", fields=["closed_on"]),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(name="notice_round_once", fields=["parcel", "round"]),
            models.UniqueConstraint(name="notice_one_open", fields=["parcel"], condition=Q(closed_on=None)),
            models.CheckConstraint(
                name="notice_closed_with_outcome",
                condition=Q(closed_on=None, outcome="")
                | Q(closed_on__isnull=False, outcome__in=["sold", "failed", "cancelled"]),
            ),
            models.CheckConstraint(
                name="notice_days_in_order",
                condition=(Q(listed_on=None) | Q(listed_on__gte=F("announced_on")))
                & (Q(closed_on=None) | Q(closed_on__gte=F("announced_on")))
                & (Q(closed_on=None) | Q(listed_on=None) | Q(closed_on__gte=F("listed_on"))),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} ({self.round})"

    @property
    def is_open(self) -> bool:
        return self.stage in OPEN


def stage_on(day: Combinable) -> Case:
    """The stage of a notice on a day that is an expression."""
    return Case(
        When(closed_on__lte=day, then=F("outcome")),
        When(listed_on__lte=day, then=Value("listed")),
        default=Value("announced"),
        output_field=models.CharField(),
    )
