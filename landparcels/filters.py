"""The filters of the parcel list, which are the tile layer's too: every indicator, and what places share."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, cast

import django_filters
from django.contrib.gis.geos import GEOSGeometry
from django.db.models import Q, QuerySet
from django_filters.constants import EMPTY_VALUES

from accounts.rights import Person
from geo.errors import BadParameter
from geo.fields import STORAGE_SRID
from geo.filters import PlaceFilterSet
from landparcels.areas import area_of_text
from landparcels.indicators import catalogue
from landparcels.indicators.columns import FLAGS, by_value
from landparcels.indicators.own import OwnIndicator, own_indicators
from landparcels.models import Parcel, Status
from landparcels.power import POWER, enough
from landparcels.publication.stages import STAGES
from landparcels.querysets import ParcelQuerySet


class FlagFilter(django_filters.CharFilter):  # type: ignore[misc]  # untyped library
    """`true` or `false`; anything else is an error, not a silence."""

    def filter(self, rows: QuerySet[Parcel], value: str) -> QuerySet[Parcel]:
        if value in EMPTY_VALUES:
            return rows
        if value.lower() not in FLAGS:
            name = f"{self.field_name}__{self.lookup_expr}"
            raise BadParameter(name, zh=f"{name} 只能是 true 或 false。", en=f"{name} is true or false.")
        return rows.filter(**{f"{self.field_name}__{self.lookup_expr}": FLAGS[value.lower()]})


class PowerFilter(django_filters.NumberFilter):  # type: ignore[misc]  # untyped library
    """At least so much spare power, for a need: above 20 MVA at high voltage (landparcels.power)."""

    def filter(self, rows: QuerySet[Parcel], value: Decimal | None) -> QuerySet[Parcel]:
        return rows if value is None else rows.filter(enough(float(value)))


def _of_indicator(code: str) -> dict[str, django_filters.Filter]:
    at_least = PowerFilter() if code == POWER else django_filters.NumberFilter(field_name=code, lookup_expr="gte")
    return {
        f"{code}__gte": at_least,
        f"{code}__lte": django_filters.NumberFilter(field_name=code, lookup_expr="lte"),
        f"{code}__isnull": FlagFilter(field_name=code, lookup_expr="isnull"),
    }


class OwnFilter(django_filters.CharFilter):  # type: ignore[misc]  # untyped library
    """One comparison with a city's own indicator, whose values stand in one JSON column."""

    def __init__(self, one: OwnIndicator, lookup: str) -> None:
        super().__init__()
        self.one, self.lookup = one, lookup

    def filter(self, rows: QuerySet[Parcel], value: str) -> QuerySet[Parcel]:
        return rows if value in EMPTY_VALUES else by_value(rows, self.one, self.lookup, value)


OWN_LOOKUPS: Mapping[str, tuple[str, ...]] = {
    "decimal": ("", "gte", "lte", "in", "isnull"),
    "yes_no": ("", "isnull"),
    "choice": ("", "in", "isnull"),
    "choices": ("", "in", "isnull"),
}


def own_filters(person: Person | None = None) -> dict[str, OwnFilter]:
    """`steam_supply__gte`, `soil_survey__in=passed,unneeded`: read with every request, as the dictionary may change."""
    return {
        f"{code}__{lookup}" if lookup else code: OwnFilter(one, lookup)
        for code, one in own_indicators(person).items()
        for lookup in OWN_LOOKUPS[one.kind]
    }


class _ParcelFilters(PlaceFilterSet):
    base_filters: dict[str, django_filters.Filter]  # filled by the library

    place_field = "label_point"
    region_field = "region"

    code = django_filters.CharFilter(method="with_codes")
    status = django_filters.CharFilter(method="with_status")
    stage = django_filters.CharFilter(method="in_stage")
    land_use = django_filters.CharFilter(method="of_land_use")
    within = django_filters.CharFilter(method="within_area")
    area_mu__gte = django_filters.NumberFilter(field_name="area_mu", lookup_expr="gte")
    area_mu__lte = django_filters.NumberFilter(field_name="area_mu", lookup_expr="lte")

    class Meta:
        fields: tuple[str, ...] = ()  # and no model: parcels as they are and as they were are filtered alike

    @classmethod
    def names(cls, person: Person) -> frozenset[str]:
        return super().names(person) | frozenset(own_filters(person))

    def __init__(self, data: Mapping[str, Any] | None = None, *args: Any, **kwargs: Any) -> None:  # Any: the library's
        """Only the filters that are asked for are set up; there are a hundred and fifty."""
        asked = set(data or {})
        self.base_filters = {name: one for name, one in self.base_filters.items() if name in asked}
        if asked - set(self.base_filters):
            self.base_filters |= {name: one for name, one in own_filters().items() if name in asked}
        super().__init__(data, *args, **kwargs)

    def with_text(self, rows: QuerySet[Any], name: str, text: str) -> QuerySet[Any]:  # Any: the parent's
        return cast(ParcelQuerySet, rows).found_by(text.strip())

    def within_area(self, rows: QuerySet[Any], name: str, text: str) -> QuerySet[Any]:  # Any: as they are or were
        """A drawn area as GeoJSON, by label point."""
        return rows.filter(label_point__intersects=GEOSGeometry(area_of_text(text).wkb_hex, STORAGE_SRID))

    def with_codes(self, rows: QuerySet[Parcel], name: str, text: str) -> QuerySet[Parcel]:
        """One code, or several separated by commas."""
        return rows.filter(code__in=text.split(","))

    def with_status(self, rows: QuerySet[Parcel], name: str, text: str) -> QuerySet[Parcel]:
        """One status, or several separated by commas."""
        asked = text.split(",")
        known = ", ".join(Status.values)
        for status in asked:
            if status not in Status.values:
                raise BadParameter(
                    "status",
                    zh=f"没有状态“{status}”；可用：{known}。",
                    en=f"There is no status {status}; known: {known}.",
                )
        return rows.filter(status__in=asked)

    def in_stage(self, rows: QuerySet[Parcel], name: str, text: str) -> QuerySet[Parcel]:
        """One stage of supply, or several separated by commas."""
        asked = text.split(",")
        for stage in asked:
            if stage not in STAGES:
                known = ", ".join(STAGES)
                raise BadParameter(
                    "stage",
                    zh=f"没有供应阶段“{stage}”；可用：{known}。",
                    en=f"There is no stage {stage}; known: {known}.",
                )
        return cast(ParcelQuerySet, rows).with_stage().filter(Q(("supply_stage__in", asked)))

    def of_land_use(self, rows: QuerySet[Parcel], name: str, text: str) -> QuerySet[Parcel]:
        """A 用地用海 code with all below it, or a name."""
        return rows.filter(land_use__startswith=text)


ParcelFilterSet: type[_ParcelFilters] = type(
    "ParcelFilterSet",
    (_ParcelFilters,),
    {name: one for code in catalogue() for name, one in _of_indicator(code).items()},
)
"""`power_capacity__gte=20`, `__lte`, `__isnull` for each indicator of the catalogue."""
