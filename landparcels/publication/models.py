"""The history of parcels on their way to the public."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from landparcels.publication.querysets import TransitionQuerySet


class ParcelTransition(models.Model):
    """One step of one parcel, or what a file made of it. Rows are added and never changed: the database refuses.

    They outlive the parcel, which is why nothing in the database ties them to it.
    """

    parcel = models.ForeignKey(
        "landparcels.Parcel", models.DO_NOTHING, db_constraint=False, related_name="transitions", db_index=False
    )
    code = models.CharField(max_length=60, help_text="The parcel's, as it was then.")
    action = models.CharField(max_length=12)
    before = models.CharField(max_length=12)
    after = models.CharField(max_length=12)
    at = models.DateTimeField()
    actor = models.CharField(max_length=150, help_text="Username; blank: the system itself.")
    note = models.TextField(blank=True)
    key = models.CharField(
        max_length=80, blank=True, help_text="Idempotency-Key of the request; a repeat finds this row."
    )

    content = models.JSONField(
        null=True,
        help_text="What the parcel said when it came before a reviewer, or was approved (publication.reviewed).",
    )

    objects = TransitionQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(name="parceltransition_parcel", fields=["parcel", "id"]),
            models.Index(name="parceltransition_after", fields=["after", "at"]),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(name="parceltransition_key_once", fields=["parcel", "key"], condition=~Q(key="")),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.before} → {self.after} ({self.action} {self.at:%Y-%m-%d})"
