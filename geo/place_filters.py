"""The filters of this room's lists, which are its tile layers' too."""

import django_filters
from django.db.models import QuerySet

from geo.categories import FACILITY_CATEGORIES, ZONE_KINDS
from geo.errors import BadParameter
from geo.filters import PlaceFilterSet
from geo.models import Facility, Road, Zone


class FacilityFilterSet(PlaceFilterSet):
    place_field = "web"  # its index serves tiles and lists alike
    category = django_filters.MultipleChoiceFilter(choices=[(code, code) for code in FACILITY_CATEGORIES])
    group = django_filters.CharFilter(method="of_group")
    text_fields = ("name", "name_en")

    class Meta:
        model = Facility
        fields: tuple[str, ...] = ()

    def of_group(self, rows: QuerySet[Facility], name: str, group: str) -> QuerySet[Facility]:
        known = dict.fromkeys(category.group for category in FACILITY_CATEGORIES.values())
        if group not in known:
            shown = ", ".join(known)
            raise BadParameter(
                name, zh=f"没有设施类别组“{group}”；可用：{shown}。", en=f"There is no group {group}; known: {shown}."
            )
        return rows.filter(category__in=[c.code for c in FACILITY_CATEGORIES.values() if c.group == group])


class ZoneFilterSet(PlaceFilterSet):
    kind = django_filters.MultipleChoiceFilter(choices=[(code, code) for code in ZONE_KINDS])
    place_field = "outline"

    class Meta:
        model = Zone
        fields: tuple[str, ...] = ()


class RoadFilterSet(PlaceFilterSet):
    road_class = django_filters.CharFilter()
    place_field = "line"

    class Meta:
        model = Road
        fields: tuple[str, ...] = ()
