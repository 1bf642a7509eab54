"""A project that found no land where it was wanted, passed on to a sister region."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.rights import Person, may_see_staff_data, region_scope
from geo.models import Region


class ReferralQuerySet(models.QuerySet["Referral"]):
    def visible_to(self, user: Person) -> Self:
        """Staff of either region; who asks for land has a name elsewhere, and no business here."""
        if not may_see_staff_data(user):
            return self.none()
        scope = region_scope(user)
        if scope is None:
            return self
        own = Region.objects.subtree(scope)
        return self.filter(Q(from_region__in=own) | Q(to_region__in=own))

    def with_names(self) -> Self:
        return self.select_related("from_region", "to_region", "made_by", "answered_by").defer(
            *(f"{end}__{column}" for end in ("from_region", "to_region") for column in ("outline", "web"))
        )


class Referral(models.Model):
    """`requirement` is what was asked of parcels/match/, `link` the page's address with it."""

    class State(models.TextChoices):
        OPEN = "open", "待回复 Open"
        ACCEPTED = "accepted", "已接收 Accepted"
        DECLINED = "declined", "已婉拒 Declined"
        WITHDRAWN = "withdrawn", "已撤回 Withdrawn"

    from_region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    to_region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    requirement = models.JSONField()
    link = models.CharField(max_length=2000, blank=True, db_default="", default="")
    note = models.TextField(blank=True, db_default="", default="")
    state = models.CharField(max_length=10, choices=State, db_default=State.OPEN, default=State.OPEN)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    answer = models.TextField(blank=True, db_default="", default="")
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    objects = ReferralQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="referral_state_known", condition=Q(state__in=["open", "accepted", "declined", "withdrawn"])
            ),
            models.CheckConstraint(name="referral_goes_elsewhere", condition=~Q(from_region=F("to_region"))),
            models.CheckConstraint(
                name="referral_answered_by_someone",
                condition=Q(state="open", answered_by=None, answered_at=None)
                | (~Q(state="open") & Q(answered_by__isnull=False, answered_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_region_id} → {self.to_region_id} ({self.state})"
