"""Questions about readiness and commitments; each answer is a queryset, so they chain."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Count, Exists, F, Min, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from accounts.rights import Person, may_see_staff_data, region_scope
from fulfilment.commitments.milestones import SOON_DAYS
from geo.models import Region
from landparcels.models import Parcel

if TYPE_CHECKING:
    from fulfilment.models import AreaAssessment, Commitment, ReadinessItem  # noqa: F401


HEAVY = ("parcel__outline", "parcel__web", "parcel__region__outline", "parcel__region__web")
"""Columns of a commitment's parcel that no answer needs; outlines of districts are megabytes."""


class ReadinessItemQuerySet(models.QuerySet["ReadinessItem"]):
    def visible_to(self, user: Person) -> Self:
        """As the parcel itself; which of its columns go out is the serializer's question."""
        return self.filter(parcel__in=Parcel.objects.visible_to(user))


class AreaAssessmentQuerySet(models.QuerySet["AreaAssessment"]):
    def visible_to(self, user: Person) -> Self:
        """As rows, with papers and notes, for the staff of the region; a parcel shows its states to everyone."""
        if not may_see_staff_data(user):
            return self.none()
        scope = region_scope(user)
        return self if scope is None else self.filter(region__in=Region.objects.subtree(scope))


class CommitmentQuerySet(models.QuerySet["Commitment"]):
    def visible_to(self, user: Person) -> Self:
        """Never public: for the staff of the parcel's region; of a parcel in no region, for staff of everywhere."""
        if not may_see_staff_data(user):
            return self.none()
        scope = region_scope(user)
        return self if scope is None else self.filter(parcel__region__in=Region.objects.subtree(scope))

    def with_parcel(self) -> Self:
        """The parcel and its region at hand, without their outlines."""
        return self.select_related("parcel__region").defer(*HEAVY)

    def running(self) -> Self:
        return self.filter(ended_on=None)

    def with_next_due(self) -> Self:
        """`next_due`: the earliest date that is still to be kept; null when all are met or nothing is scheduled."""
        return self.annotate(next_due=Min("milestones__due", filter=Q(milestones__met_on=None)))

    def with_promised(self) -> Self:
        """`promised`: how many indicators."""
        from fulfilment.models import Promise

        counted = Promise.objects.filter(commitment=OuterRef("pk")).order_by().values("commitment")
        return self.annotate(promised=Coalesce(Subquery(counted.annotate(n=Count("pk")).values("n")), 0))

    def in_state(self, state: str, day: date) -> Self:
        """By the words of milestones.Standing; wants `with_next_due()`."""
        unmet = Exists(_milestones().filter(commitment=OuterRef("pk"), met_on=None))
        soon = day + timedelta(days=SOON_DAYS)
        conditions: dict[str, Q] = {
            "overdue": Q(next_due__lt=day),
            "due_soon": Q(next_due__gte=day, next_due__lte=soon),
            "on_time": Q(next_due__gt=soon),
            "unscheduled": Q(unmet, next_due=None),
            "fulfilled": ~Q(unmet),
        }
        return self.filter(conditions[state])

    def by_urgency(self) -> Self:
        return self.order_by(F("next_due").asc(nulls_last=True), "pk")


def _milestones() -> models.QuerySet[models.Model]:
    from fulfilment.models import Milestone

    return Milestone.objects.all()
