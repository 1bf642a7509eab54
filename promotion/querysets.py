"""Questions about targets and calls; each answer is a queryset, so they chain."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.rights import Person, may_see_staff_data, region_scope
from geo.models import Region
from promotion.first_contact import HELD, OPEN, QUIET_DAYS

if TYPE_CHECKING:
    from promotion.models import Call, Handover, Target, TargetEvent  # noqa: F401


def within_scope(user: Person, field: str = "region") -> Q:
    """Rows of the regions that a staff role holds for."""
    scope = region_scope(user)
    return Q() if scope is None else Q(**{f"{field}__in": Region.objects.subtree(scope)})


class TargetQuerySet(models.QuerySet["Target"]):
    def visible_to(self, user: Person) -> Self:
        """The targets of one's own regions. Of others one may only know what `promotion.selectors.followed` tells."""
        return self.filter(within_scope(user)) if may_see_staff_data(user) else self.none()

    def held(self) -> Self:
        """By some region, signed ones too."""
        return self.filter(state__in=HELD)

    def overdue(self, now: datetime) -> Self:
        """Open, and without a note for so long that others may take them over."""
        return self.filter(state__in=OPEN, last_word_at__lte=now - timedelta(days=QUIET_DAYS))

    def not_overdue(self, now: datetime) -> Self:
        return self.exclude(state__in=OPEN, last_word_at__lte=now - timedelta(days=QUIET_DAYS))


class EventQuerySet(models.QuerySet["TargetEvent"]):
    def visible_to(self, user: Person) -> Self:
        """History is for those who may see the target: for nobody else, not even a line of it."""
        return self.filter(within_scope(user, "target__region")) if may_see_staff_data(user) else self.none()


class HandoverQuerySet(models.QuerySet["Handover"]):
    def visible_to(self, user: Person) -> Self:
        """Both sides see what was asked and answered."""
        if not may_see_staff_data(user):
            return self.none()
        return self.filter(within_scope(user) | within_scope(user, "target__region"))


class CallQuerySet(models.QuerySet["Call"]):
    def visible_to(self, user: Person) -> Self:
        """Published calls are public until their last day; drafts and closed ones are for the staff of their region."""
        published = Q(state="published") & (Q(closes_on=None) | Q(closes_on__gte=timezone.localdate()))
        if not may_see_staff_data(user):
            return self.filter(published)
        return self.filter(published | within_scope(user))
