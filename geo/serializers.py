"""The shape of answers about places."""

from typing import Any

from rest_framework import serializers
from rest_framework_gis.serializers import GeometryField

from accounts.rights import may_see_staff_data
from geo.models import Facility, Region, Road, Zone


class RegionSerializer(serializers.ModelSerializer[Region]):
    class Meta:
        model = Region
        fields = ("adcode", "name", "name_en", "level", "parent", "is_root", "population")


class RegionDetailSerializer(RegionSerializer):
    outline = GeometryField()

    class Meta(RegionSerializer.Meta):
        fields = (*RegionSerializer.Meta.fields, "outline")  # type: ignore[assignment]


class StaffFieldsSerializer(serializers.ModelSerializer[Any]):
    """A field someone may not see is absent, not null (API.md): `staff_fields` are left out for others."""

    staff_fields: tuple[str, ...] = ()

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        fields = super().get_fields()
        request = self.context.get("request")
        if request is None or not may_see_staff_data(request.user):
            for name in self.staff_fields:
                fields.pop(name, None)
        return fields


class FacilitySerializer(StaffFieldsSerializer):
    staff_fields = ("capacity", "spare", "as_of", "voltage_kv")
    lng = serializers.FloatField(source="place.x")
    lat = serializers.FloatField(source="place.y")

    class Meta:
        model = Facility
        fields = (
            "code", "name", "name_en", "category", "approximate", "lng", "lat",
            "capacity", "spare", "as_of", "voltage_kv",
        )  # fmt: skip


class ZoneSerializer(serializers.ModelSerializer[Zone]):
    class Meta:
        model = Zone
        fields = ("code", "name", "kind", "hazard_max")


class RoadSerializer(serializers.ModelSerializer[Road]):
    class Meta:
        model = Road
        fields = ("id", "name", "road_class", "speed_kmh", "oneway")
