"""Filters that lists and tiles of places share: `bbox`, `region`, `q`."""

import math
from typing import Any

import django_filters
from django.contrib.gis.geos import Polygon
from django.db.models import Q, QuerySet

from accounts.rights import Person
from geo.errors import BadParameter, NotThere
from geo.fields import STORAGE_SRID
from geo.models import Region
from geo.words import say

Box = tuple[float, float, float, float]


def parse_bbox(text: str) -> Box:
    """`west,south,east,north` in degrees."""
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError:
        west = south = east = north = math.nan
    if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
        raise BadParameter(
            "bbox",
            zh="bbox 应写作“西,南,东,北”四个经纬度，如 119.5,35.6,121.0,37.1。",
            en="bbox is west,south,east,north in degrees, like 119.5,35.6,121.0,37.1.",
        )
    return west, south, east, north


def subtree_of(adcode: str) -> QuerySet[Region]:
    """The region and all below it; an unknown adcode is an error in words."""
    regions = Region.objects.subtree(adcode)
    if "\0" in adcode or not regions.exists():
        raise BadParameter(
            "region",
            zh=f"没有代码为 {adcode} 的区域；目录见 regions/。",
            en=f"There is no region with adcode {adcode}; see regions/.",
        )
    return regions


class PlaceFilterSet(django_filters.FilterSet):  # type: ignore[misc]  # the package has no types
    """`bbox` over `place_field`, `region` over `region_field` (a subtree), `q` over `text_fields`."""

    place_field = "place"
    region_field: str | None = None
    text_fields: tuple[str, ...] = ("name",)

    bbox = django_filters.CharFilter(method="within_box")
    region = django_filters.CharFilter(method="within_region")
    q = django_filters.CharFilter(method="with_text")

    def within_box(self, rows: QuerySet[Any], name: str, text: str) -> QuerySet[Any]:
        box = Polygon.from_bbox(parse_bbox(text))
        box.srid = STORAGE_SRID
        return rows.filter(**{f"{self.place_field}__bboverlaps": box})

    def within_region(self, rows: QuerySet[Any], name: str, adcode: str) -> QuerySet[Any]:
        regions = subtree_of(adcode)
        if self.region_field:
            return rows.filter(**{f"{self.region_field}__in": regions})
        region = Region.objects.filter(adcode=adcode).first()
        if region is None or region.outline is None:
            raise NotThere(zh=f"区域 {adcode} 没有边界。", en=f"Region {adcode} has no outline.")
        outline = region.web if self.place_field == "web" else region.outline
        return rows.filter(**{f"{self.place_field}__intersects": outline})

    def with_text(self, rows: QuerySet[Any], name: str, text: str) -> QuerySet[Any]:
        condition = Q()
        for field in self.text_fields:
            condition |= Q(**{f"{field}__icontains": text.strip()})
        return rows.filter(condition)

    @classmethod
    def names(cls, person: Person) -> frozenset[str]:
        """Of all filters that this person may use."""
        return frozenset(cls.base_filters)

    @property
    def form(self) -> Any:  # the library's
        """A wrong choice is told the right ones."""
        form = super().form
        for field in form.fields.values():
            if known := ", ".join(str(value) for value, _ in getattr(field, "choices", ()) if value):
                words = say(zh=f"没有“%(value)s”；可用：{known}。", en=f"There is no %(value)s; known: {known}.")
                field.error_messages = {**field.error_messages, "invalid_choice": str(words)}
        return form

    @property
    def checked(self) -> QuerySet[Any]:
        """The filtered rows; a wrong value is a BadParameter that names it."""
        if not self.is_valid():
            name, errors = next(iter(self.errors.items()))
            raise BadParameter(name, zh=f"{name}：{errors[0]}", en=f"{name}: {errors[0]}")
        rows: QuerySet[Any] = self.qs
        return rows
