"""What firms promised for their land, by when, and what was measured of it. Never public."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, When
from django.db.models.functions import Now

from enterprises.models import Enterprise
from fulfilment.commitments.milestones import NAMES
from fulfilment.querysets import CommitmentQuerySet
from geo.models import Source
from landparcels.models import Parcel


def _months(help_text: str) -> "models.PositiveSmallIntegerField[int | None, int | None]":
    return models.PositiveSmallIntegerField(null=True, blank=True, help_text=help_text)


def _text(longest: int, help_text: str = "") -> "models.CharField[str, str]":
    return models.CharField(max_length=longest, blank=True, db_default="", default="", help_text=help_text)


class Commitment(models.Model):
    """One firm on one parcel: both contracts, the hand-over, and the limits from which the dates follow."""

    parcel = models.ForeignKey(Parcel, models.PROTECT, related_name="commitments")
    enterprise = models.ForeignKey(
        Enterprise,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="commitments",
        help_text="Empty until it is entered: a transfer does not say who bought.",
    )
    grant_number = _text(80, "出让合同: number.")
    grant_date = models.DateField(null=True, blank=True)
    grant_reference = _text(300, "Where the document is.")
    supervision_number = _text(80, "履约监管协议: number.")
    supervision_date = models.DateField(null=True, blank=True)
    supervision_reference = _text(300)
    hand_over = models.DateField(null=True, blank=True, help_text="交地: from here every limit counts.")
    start_months = _months("约定开工期限, from the hand-over.")
    construction_months = _months("建设周期上限, from the hand-over to completion acceptance.")
    ramp_up_months = _months("达产期上限, from completion to full production.")
    note = models.TextField(blank=True, db_default="", default="")
    ended_on = models.DateField(null=True, blank=True, help_text="Land given back or contract ended; the rest stays.")
    running = models.GeneratedField(
        expression=Case(When(ended_on=None, then=F("parcel"))),
        output_field=models.BigIntegerField(),
        db_persist=True,
        help_text="The parcel while this runs: at most one commitment per parcel does.",
    )
    revision = models.PositiveIntegerField(db_default=1, default=1, editable=False)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)
    source = models.ForeignKey(Source, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(name="commitment_one_runs_per_parcel", fields=["running"])]

    def __str__(self) -> str:
        return f"{self.parcel_id} {self.enterprise_id or '-'}"


class Milestone(models.Model):
    """A date to be kept: due by the contracts, met when it was."""

    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="milestones")
    name = models.CharField(max_length=16, help_text="start, completion or full_production")
    due = models.DateField(null=True, blank=True, help_text="Follows from the hand-over and the limits.")
    met_on = models.DateField(null=True, blank=True)
    reference = _text(300, "The paper that shows it: permit, acceptance, report.")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="milestone_once", fields=["commitment", "name"]),
            models.CheckConstraint(name="milestone_known", condition=Q(name__in=NAMES)),
        ]
        indexes: ClassVar = [models.Index(name="milestone_due", fields=["due"], condition=Q(met_on=None))]

    def __str__(self) -> str:
        return f"{self.commitment_id} {self.name}"


class Promise(models.Model):
    """One admission indicator with the value the firm committed to, and who verifies it."""

    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="promises")
    indicator = models.CharField(max_length=40)
    committed = models.FloatField(help_text="In the indicator's unit.")
    threshold = models.FloatField(null=True, blank=True, help_text="The parcel's own when this was recorded.")
    department = _text(80, "Who verifies it.")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(name="promise_once", fields=["commitment", "indicator"])]

    def __str__(self) -> str:
        return f"{self.commitment_id} {self.indicator} {self.committed:g}"


class Verification(models.Model):
    """One measurement of a promise. Recorded by one person, judged by another; nothing is ever overwritten."""

    class Phase(models.TextChoices):
        COMPLETION = "completion", "竣工 Completion"
        FULL_PRODUCTION = "full_production", "达产 Full production"

    class Verdict(models.TextChoices):
        CONFIRMED = "confirmed", "已确认 Confirmed"
        RETURNED = "returned", "已退回 Returned"

    promise = models.ForeignKey(Promise, models.CASCADE, related_name="verifications")
    phase = models.CharField(max_length=16, choices=Phase)
    value = models.FloatField(help_text="Measured, in the indicator's unit.")
    measured_on = models.DateField()
    reference = _text(300, "Evidence: report, invoice summary, acceptance.")
    note = models.TextField(blank=True, db_default="", default="")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)
    verdict = models.CharField(max_length=9, choices=Verdict, null=True, blank=True)
    judged_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    judged_at = models.DateTimeField(null=True, blank=True)
    judgement = _text(300, "What the verifying department said.")
    rectify_until = models.DateField(null=True, blank=True, help_text="整改期: the last day to put a shortfall right.")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="verification_phase_known", condition=Q(phase__in=["completion", "full_production"])
            ),
            models.CheckConstraint(
                name="verification_judged_by_another",
                condition=Q(judged_by=None) | ~Q(judged_by=F("recorded_by")),
            ),
            models.CheckConstraint(
                name="verification_verdict_has_a_judge",
                condition=Q(verdict=None, judged_by=None, judged_at=None)
                | Q(verdict__in=["confirmed", "returned"], judged_by__isnull=False, judged_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.promise_id} {self.phase} {self.value:g}"
