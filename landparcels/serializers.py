"""The shape of answers about parcels; explicit fields, no decisions."""

import json
from functools import cache
from typing import Any

from rest_framework import serializers

from geo.words import Words
from landparcels.indicators import IndicatorField, catalogue
from landparcels.land_use import land_use_words
from landparcels.models import Parcel, RequirementProfile

GROUP_WORDS = {
    "admission": Words("准入指标", "Admission"),
    "terms": Words("供地条件", "Terms"),
    "energy": Words("能源水务", "Energy and water"),
    "policy": Words("政策人力", "Policy and labour"),
    "services": Words("配套服务", "Services"),
}

PLAIN = (
    *("code", "name", "status", "area_mu", "land_use", "admits", "excludes", "hazard_max", "divisible", "supply_mode"),
    *("bid_start", "bid_deadline", "deposit", "price_step", "contact_office", "contact_phone", "planned_listing"),
)
"""Columns that go out as they are."""


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


@cache
def catalogue_rows() -> list[dict[str, Any]]:  # Any: JSON
    """The whole catalogue; it is the same in every answer."""
    return [dict(IndicatorSerializer(field).data) for field in catalogue().values()]


class ParcelSerializer(serializers.ModelSerializer[Parcel]):
    """A row of the list: what it is, and the plain values of its indicators (null is unknown)."""

    land_use_zh = serializers.CharField()
    land_use_en = serializers.CharField()
    region_name = serializers.CharField(allow_null=True)
    region_name_en = serializers.CharField(allow_null=True)
    lng = serializers.FloatField(source="label_point.x")
    lat = serializers.FloatField(source="label_point.y")
    synthetic = serializers.BooleanField()
    indicators = serializers.SerializerMethodField()

    class Meta:
        model = Parcel
        fields = (
            *PLAIN,
            "land_use_zh",
            "land_use_en",
            "region",
            "region_name",
            "region_name_en",
            "lng",
            "lat",
            "synthetic",
            "indicators",
        )

    def get_indicators(self, parcel: Parcel) -> dict[str, float | None]:
        return {code: getattr(parcel, code) for code in catalogue()}

    def to_representation(self, parcel: Parcel) -> dict[str, Any]:  # Any: JSON
        """By hand: field objects would take most of the time of a list. Wants `with_names()`."""
        columns = parcel.__dict__
        lng, lat = parcel.label_point.coords
        land_use = land_use_words(columns["land_use"])
        return {
            **{name: columns[name] for name in PLAIN},
            "land_use_zh": land_use.zh,
            "land_use_en": land_use.en,
            "region": columns["region_id"],
            "region_name": columns["region_name"],
            "region_name_en": columns["region_name_en"],
            "lng": lng,
            "lat": lat,
            "synthetic": bool(columns["synthetic"]),
            "indicators": {code: columns[code] for code in catalogue()},
        }


class ParcelFeatureSerializer(serializers.Serializer[Parcel]):
    """The same as a GeoJSON feature; `shape` is the outline as the database writes it."""

    type = serializers.CharField(default="Feature")
    geometry = serializers.JSONField(source="shape")
    properties = ParcelSerializer(source="*")

    def to_representation(self, parcel: Parcel) -> dict[str, Any]:  # Any: GeoJSON
        shape: str = parcel.shape  # type: ignore[attr-defined]  # annotated by with_shape()
        properties = ParcelSerializer().to_representation(parcel)
        return {"type": "Feature", "geometry": json.loads(shape), "properties": properties}


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
