"""Questions about places; each answer is a queryset, so they chain."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.rights import Person, may_see_staff_data
from geo.categories import FACILITY_CATEGORIES, PUBLIC_ZONE_KINDS

if TYPE_CHECKING:
    from geo.models import Facility, GridLayer, Region, Road, Source, Zone  # noqa: F401


class RegionQuerySet(models.QuerySet["Region"]):
    def visible_to(self, user: Person) -> Self:
        """Outlines and names of places are public."""
        return self

    def subtree(self, adcode: str) -> Self:
        """The region and all below it."""
        return self.filter(path__contains=f"/{adcode}/")

    def roots(self) -> Self:
        """The deployment's own city or province; where none was set up, the regions that have no parent."""
        chosen = self.filter(is_root=True)
        return chosen if chosen.exists() else self.filter(parent=None)


class SourceQuerySet(models.QuerySet["Source"]):
    def visible_to(self, user: Person) -> Self:
        return self if may_see_staff_data(user) else self.none()


class FacilityQuerySet(models.QuerySet["Facility"]):
    def visible_to(self, user: Person) -> Self:
        """Visitors see the groups of the setting; utilities are for staff."""
        if may_see_staff_data(user):
            return self
        groups = set(settings.PUBLIC_FACILITY_GROUPS)
        return self.filter(category__in=[c.code for c in FACILITY_CATEGORIES.values() if c.group in groups])


class GridLayerQuerySet(models.QuerySet["GridLayer"]):
    def visible_to(self, user: Person) -> Self:
        return self if may_see_staff_data(user) else self.filter(Q(public=True))


class ZoneQuerySet(models.QuerySet["Zone"]):
    def visible_to(self, user: Person) -> Self:
        """Where industry is meant to go is public; red lines and protected places are for staff."""
        return self if may_see_staff_data(user) else self.filter(kind__in=PUBLIC_ZONE_KINDS)


class RoadQuerySet(models.QuerySet["Road"]):
    def visible_to(self, user: Person) -> Self:
        return self
