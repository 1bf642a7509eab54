"""The shape of answers about parcels; explicit fields, no decisions."""

from typing import Any

from rest_framework import serializers
from rest_framework_gis.serializers import GeoFeatureModelSerializer

from geo.words import Words
from landparcels.indicators import IndicatorField, catalogue
from landparcels.models import Parcel, RequirementProfile

GROUP_WORDS = {
    "admission": Words("准入指标", "Admission"),
    "terms": Words("供地条件", "Terms"),
    "energy": Words("能源水务", "Energy and water"),
    "policy": Words("政策人力", "Policy and labour"),
    "services": Words("配套服务", "Services"),
}


class IndicatorSerializer(serializers.Serializer[IndicatorField]):
    """A catalogue entry."""

    code = serializers.CharField()
    group = serializers.CharField()
    group_zh = serializers.SerializerMethodField()
    group_en = serializers.SerializerMethodField()
    name_zh = serializers.CharField(source="zh")
    name_en = serializers.CharField(source="en")
    unit = serializers.CharField()
    bound = serializers.CharField()
    origin = serializers.CharField()
    type = serializers.CharField(source="kind")
    min = serializers.FloatField(source="low")
    max = serializers.FloatField(source="high")
    choices = serializers.ListField(source="allowed", child=serializers.FloatField())
    department_zh = serializers.CharField(source="department")
    department_en = serializers.CharField()
    note_zh = serializers.CharField()
    note_en = serializers.CharField()

    def get_group_zh(self, field: IndicatorField) -> str:
        return GROUP_WORDS[field.group].zh

    def get_group_en(self, field: IndicatorField) -> str:
        return GROUP_WORDS[field.group].en


class ParcelSerializer(serializers.ModelSerializer[Parcel]):
    """A row of the list: what it is, and the plain values of its indicators (null is unknown)."""

    region_name = serializers.CharField(source="region.name", default=None)
    region_name_en = serializers.CharField(source="region.name_en", default=None)
    lng = serializers.FloatField(source="label_point.x")
    lat = serializers.FloatField(source="label_point.y")
    synthetic = serializers.BooleanField(source="source.synthetic", default=False)
    indicators = serializers.SerializerMethodField()

    class Meta:
        model = Parcel
        fields = (
            *("code", "name", "region", "region_name", "region_name_en", "status", "area_mu", "land_use"),
            *("admits", "excludes", "hazard_max", "divisible", "supply_mode", "bid_start", "bid_deadline"),
            *("deposit", "price_step", "contact_office", "contact_phone", "planned_listing"),
            *("lng", "lat", "synthetic", "indicators"),
        )

    def get_indicators(self, parcel: Parcel) -> dict[str, float | None]:
        return {code: getattr(parcel, code) for code in catalogue()}


class ParcelFeatureSerializer(ParcelSerializer, GeoFeatureModelSerializer):  # type: ignore[misc]  # untyped library
    """The same as a GeoJSON feature with the outline."""

    class Meta(ParcelSerializer.Meta):
        fields = (*ParcelSerializer.Meta.fields, "outline")  # type: ignore[assignment]  # one more
        geo_field = "outline"
        id_field = False


class RequirementProfileSerializer(serializers.ModelSerializer[RequirementProfile]):
    source = serializers.SerializerMethodField()  # type: ignore[assignment]  # the name is also an attribute of fields

    class Meta:
        model = RequirementProfile
        fields = ("scope", "need", "basis", "low", "typical", "high", "source")

    def get_source(self, profile: RequirementProfile) -> str:
        """The paper named in the row, else the file it came in."""
        return profile.reference or (profile.source.name if profile.source else "")


class StrictSerializer(serializers.Serializer[Any]):  # Any: plain data, no instance
    """Refuses fields it does not know, by name."""

    def to_internal_value(self, data: Any) -> Any:  # Any: whatever was sent
        if isinstance(data, dict):
            unknown = sorted(set(data) - set(self.fields))
            if unknown:
                names = ", ".join(self.fields)
                words = Words(f"不认识的字段；可用：{names}。", f"Unknown field; known: {names}.")
                raise serializers.ValidationError({name: [str(words)] for name in unknown})
        return super().to_internal_value(data)
