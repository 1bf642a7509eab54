"""Whose rows are whose: one's own, and the enquiries of the region an office works for."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery

from accounts.rights import Person, may_see_staff_data, region_scope
from geo.models import Region

if TYPE_CHECKING:
    from investors.models import Delivery, Enquiry, SavedSearch  # noqa: F401


class SavedSearchQuerySet(models.QuerySet["SavedSearch"]):
    def visible_to(self, user: Person) -> Self:
        """One's own, for investors and staff alike."""
        return self.filter(user=user.pk) if user.is_authenticated else self.none()


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def visible_to(self, user: Person) -> Self:
        return self.filter(search__user=user.pk) if user.is_authenticated else self.none()


class EnquiryQuerySet(models.QuerySet["Enquiry"]):
    def visible_to(self, user: Person) -> Self:
        """One's own; for staff those of their region. Of no region: only for staff whose role holds everywhere."""
        if not user.is_authenticated:
            return self.none()
        own = Q(user=user.pk)
        if not may_see_staff_data(user):
            return self.filter(own)
        scope = region_scope(user)
        return self if scope is None else self.filter(own | Q(region__in=Region.objects.subtree(scope)))

    def with_unread(self, user: Person) -> Self:
        """`unread`: the other side wrote something this person has not seen."""
        from investors.models import Message, ReadUpTo

        seen = ReadUpTo.objects.filter(enquiry=OuterRef("enquiry"), user=user.pk).values("message")
        mine = Q(enquiry__user=user.pk)
        theirs = Message.objects.filter(enquiry=OuterRef("pk")).filter(
            (mine & Q(by_office=True)) | (~mine & Q(by_office=False))
        )
        unseen = theirs.annotate(seen=Subquery(seen)).filter(Q(seen=None) | Q(pk__gt=F("seen")))
        return self.annotate(unread=Exists(unseen))
