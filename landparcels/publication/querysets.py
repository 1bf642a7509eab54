"""Questions about the history of parcels."""

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.rights import Person, may_see_staff_data, region_scope
from geo.models import Region
from landparcels.querysets import PUBLIC_STATUSES, STAGE_WITHOUT_NOTICE, ParcelQuerySet

if TYPE_CHECKING:
    from landparcels.publication.models import ParcelTransition  # noqa: F401


class TransitionQuerySet(models.QuerySet["ParcelTransition"]):
    def of(self, parcel_id: int) -> Self:
        """The latest first."""
        return self.filter(parcel=parcel_id).order_by("-id")


class ShownQuerySet(ParcelQuerySet):
    """The questions people ask about parcels, of what was public on a day."""

    def on(self, day: date) -> Self:
        """As it stood at the end of that day, in the deployment's time zone."""
        end = end_of(day)
        shown = self.filter(Q(valid_to__gte=end) | Q(valid_to=None), valid_from__lt=end)
        return shown.annotate(shown_on=Value(day, models.DateField()))

    def with_stage(self) -> Self:
        """As of the day asked for."""
        from landparcels.publication.notices import Notice, stage_on

        day = OuterRef("shown_on")
        notices = Notice.objects.filter(parcel=OuterRef("pk"), announced_on__lte=day).order_by("-round")
        latest = notices.annotate(then=stage_on(day)).values("then")[:1]
        return self.annotate(
            supply_stage=Coalesce(Subquery(latest), STAGE_WITHOUT_NOTICE, output_field=models.CharField())
        )

    def visible_to(self, user: Person) -> Self:
        """What has been withdrawn or deleted since stays hidden from visitors, of every day; staff of the region see it."""
        still_public = Q(status_now__in=PUBLIC_STATUSES)
        if not may_see_staff_data(user):
            return self.filter(still_public)
        scope = region_scope(user)
        if scope is None:
            return self
        return self.filter(still_public | Q(region__in=Region.objects.subtree(scope)))


def end_of(day: date) -> datetime:
    """The instant at which the day is over."""
    return datetime.combine(day + timedelta(days=1), time.min, timezone.get_default_timezone())
