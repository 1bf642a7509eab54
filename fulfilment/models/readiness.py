"""The readiness of parcels, and the area assessments that whole regions hold for them."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from fulfilment.querysets import AreaAssessmentQuerySet, ReadinessItemQuerySet
from fulfilment.readiness.checklist import ASSESSMENTS, ITEMS
from geo.models import Region, Source
from landparcels.models import Parcel


class Stored(models.TextChoices):
    """What a person enters; that something expired follows from its date."""

    DONE = "done", "已完成 Done"
    UNDER_WAY = "under_way", "办理中 Under way"
    MISSING = "missing", "缺 Missing"
    NOT_NEEDED = "not_needed", "不需要 Not needed"


class Recorded(models.Model):
    """How one item stands, who answers for it, and the paper that says so."""

    state = models.CharField(max_length=12, choices=Stored)
    done_on = models.DateField(null=True, blank=True)
    expires = models.DateField(null=True, blank=True, help_text="The last day included; empty: does not expire.")
    department = models.CharField(
        max_length=80, blank=True, db_default="", default="", help_text="Blank: the checklist's own."
    )
    reference = models.CharField(
        max_length=300, blank=True, db_default="", default="", help_text="Number or address of the document."
    )
    note = models.TextField(blank=True, db_default="", default="")
    changed_at = models.DateTimeField(db_default=Now(), editable=False)
    source = models.ForeignKey(Source, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        abstract = True


def _truths(name: str) -> "list[models.BaseConstraint]":
    return [
        models.CheckConstraint(name=f"{name}_state_known", condition=Q(state__in=Stored.values)),
        models.CheckConstraint(
            name=f"{name}_expires_after_it_was_done",
            condition=Q(done_on=None) | Q(expires=None) | Q(expires__gte=F("done_on")),
        ),
    ]


class ReadinessItem(Recorded):
    """One line of a parcel's own checklist; of an assessment it stands before what a region holds."""

    parcel = models.ForeignKey(Parcel, models.CASCADE, related_name="readiness")
    item = models.CharField(max_length=30, help_text="Code of the checklist.")

    objects = ReadinessItemQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="readinessitem_once", fields=["parcel", "item"]),
            models.CheckConstraint(name="readinessitem_known", condition=Q(item__in=list(ITEMS))),
            *_truths("readinessitem"),
        ]

    def __str__(self) -> str:
        return f"{self.parcel_id} {self.item} {self.state}"


class AreaAssessment(Recorded):
    """区域评估: an assessment made once for a whole region; its parcels have it from the nearest region that does."""

    region = models.ForeignKey(Region, models.CASCADE, related_name="assessments")
    assessment = models.CharField(max_length=30, help_text="Code of the checklist.")

    objects = AreaAssessmentQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="areaassessment_once", fields=["region", "assessment"]),
            models.CheckConstraint(name="areaassessment_known", condition=Q(assessment__in=list(ASSESSMENTS))),
            *_truths("areaassessment"),
        ]

    def __str__(self) -> str:
        return f"{self.region_id} {self.assessment} {self.state}"
