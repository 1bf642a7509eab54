"""When what parcels have from their surroundings was last worked out, and whether it is being worked out again."""

from datetime import datetime

from django.db import models
from django.utils import timezone

from geo.models import ImportJob
from geo.words import Words

SURROUNDINGS, CAPACITIES = "surroundings", "capacities"


class WorkedOut(models.Model):
    """The last time of each thing that a machine works out of loaded tables."""

    what = models.CharField(max_length=40, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.what} {self.at:%Y-%m-%d %H:%M}"


def note(what: str = SURROUNDINGS) -> None:
    """Within the transaction that stores what was worked out."""
    WorkedOut.objects.update_or_create(what=what, defaults={"at": timezone.now()})


def last(what: str = SURROUNDINGS) -> datetime | None:
    return WorkedOut.objects.filter(what=what).values_list("at", flat=True).first()


def under_way() -> Words | None:
    """What a job is working out just now, in its own words."""
    told = ImportJob.objects.exclude(following=None).order_by("-id").values_list("following", flat=True).first()
    return Words(told["zh"], told["en"]) if told else None
