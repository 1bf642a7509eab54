"""Questions people ask about parcels; each answer is a queryset, so they chain."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.contrib.gis.db.models.functions import AsGeoJSON
from django.db import models
from django.db.models import Case, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, Length

from accounts.rights import Person, may_see_staff_data, region_scope
from geo.models import Region

if TYPE_CHECKING:
    from landparcels.models import Parcel, RegionalValue, RequirementProfile  # noqa: F401

PUBLIC_STATUSES = ("published", "reserved", "transferred")
ON_OFFER = "published"

STAGE_WITHOUT_NOTICE = Case(
    When(status="transferred", then=Value("sold")),
    When(~Q(bid_start=None) | ~Q(planned_listing=None), then=Value("planned")),
    default=Value("stock"),
    output_field=models.CharField(),
)
"""储备 until a day is planned; what was transferred without a notice is sold all the same."""


class ParcelQuerySet(models.QuerySet["Parcel"]):
    def visible_to(self, user: Person) -> Self:
        """Everyone sees what was published, and what became of it; the rest is for staff of the region.

        A parcel in no region at all is only for staff whose role holds everywhere.
        """
        published = Q(status__in=PUBLIC_STATUSES)
        if not may_see_staff_data(user):
            return self.filter(published)
        scope = region_scope(user)
        if scope is None:
            return self
        return self.filter(published | Q(region__in=Region.objects.subtree(scope)))

    def on_offer(self) -> Self:
        """What can be had today: published, not reserved and not transferred."""
        return self.filter(status=ON_OFFER)

    def with_stage(self) -> Self:
        """`supply_stage`: that of the latest notice; without one, what the parcel's own columns say."""
        from landparcels.models import Notice

        latest = Notice.objects.filter(parcel=OuterRef("pk")).order_by("-round").values("stage")[:1]
        return self.annotate(
            supply_stage=Coalesce(Subquery(latest), STAGE_WITHOUT_NOTICE, output_field=models.CharField())
        )

    def with_names(self) -> Self:
        """`region_name`, `region_name_en`, `synthetic`, `supply_stage`: what a row tells beside its columns."""
        return self.with_stage().annotate(
            region_name=F("region__name"), region_name_en=F("region__name_en"), synthetic=F("source__synthetic")
        )

    def with_shape(self) -> Self:
        """`shape`: the outline as GeoJSON text, to a centimetre."""
        return self.annotate(shape=AsGeoJSON("outline", precision=7))

    def found_by(self, text: str) -> Self:
        """The text in code, name or the name of the region."""
        return self.filter(
            Q(code__icontains=text)
            | Q(name__icontains=text)
            | Q(region__in=Region.objects.filter(Q(name__icontains=text) | Q(name_en__icontains=text)))
        )


class RegionalValueQuerySet(models.QuerySet["RegionalValue"]):
    def valid_on(self, day: date) -> Self:
        return self.filter(Q(valid_to=None) | Q(valid_to__gte=day), valid_from__lte=day)


class RequirementProfileQuerySet(models.QuerySet["RequirementProfile"]):
    def visible_to(self, user: Person) -> Self:
        """What industries usually need is public: it is where an investor's sliders begin."""
        return self

    def for_scope(self, scope: str) -> Self:
        """Of this chain node, or of this industry code and every shorter prefix of it, the longest first."""
        if "/" in scope:
            return self.filter(scope=scope)
        prefixes = [scope[:length] for length in range(1, len(scope) + 1)]
        return self.filter(scope__in=prefixes).order_by(Length("scope").desc(), "need")
