"""The shape of answers about parcels; explicit fields, no decisions."""

import json
from collections.abc import Mapping
from datetime import date
from functools import cache, cached_property
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from rest_framework import serializers

from accounts.rights import Person
from landparcels.evidence import expired_of
from landparcels.indicators import catalogue, indicators_for
from landparcels.indicators.field import GROUP_WORDS
from landparcels.indicators.own import Indicator, OwnValue
from landparcels.land_use import land_use_words
from landparcels.models import Parcel, RequirementProfile
from landparcels.publication.stages import STAGES

PLAIN = (
    *("code", "name", "status", "area_mu", "land_use", "admits", "excludes", "hazard_max", "divisible", "supply_mode"),
    *("bid_start", "bid_deadline", "deposit", "price_step", "contact_office", "contact_phone", "planned_listing"),
)
"""Columns that go out as they are."""


class OptionSerializer(serializers.Serializer[Any]):  # Any: an Option
    code = serializers.CharField()
    zh = serializers.CharField()
    en = serializers.CharField()


class IndicatorSerializer(serializers.Serializer[Indicator]):
    """A catalogue entry; `own` ones are the city's, with `options` where their values are codes of choices."""

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
    min = serializers.FloatField(source="low", allow_null=True)
    max = serializers.FloatField(source="high", allow_null=True)
    choices = serializers.ListField(source="allowed", child=serializers.FloatField())
    options = OptionSerializer(many=True)
    own = serializers.BooleanField()
    public = serializers.BooleanField()
    department_zh = serializers.CharField(source="department")
    department_en = serializers.CharField()
    legal_basis_zh = serializers.CharField(source="legal_basis.zh")
    legal_basis_en = serializers.CharField(source="legal_basis.en")
    note_zh = serializers.CharField()
    note_en = serializers.CharField()

    def get_group_zh(self, field: Indicator) -> str:
        return GROUP_WORDS[field.group].zh

    def get_group_en(self, field: Indicator) -> str:
        return GROUP_WORDS[field.group].en


@cache
def _standard_rows() -> dict[str, dict[str, Any]]:  # Any: JSON
    """The standard part is the same in every answer."""
    return {code: dict(IndicatorSerializer(field).data) for code, field in catalogue().items()}


def catalogue_rows(person: Person) -> list[dict[str, Any]]:  # Any: JSON
    """The whole catalogue as this person may see it."""
    standard = _standard_rows()
    return [standard.get(code) or dict(IndicatorSerializer(one).data) for code, one in indicators_for(person).items()]


class ParcelSerializer(serializers.ModelSerializer[Parcel]):
    """A row of the list: what it is, and the plain values of its indicators (null is unknown)."""

    land_use_zh = serializers.CharField()
    land_use_en = serializers.CharField()
    region_name = serializers.CharField(allow_null=True)
    region_name_en = serializers.CharField(allow_null=True)
    lng = serializers.FloatField(source="label_point.x")
    lat = serializers.FloatField(source="label_point.y")
    synthetic = serializers.BooleanField()
    supply_stage = serializers.ChoiceField(choices=[(one, one) for one in STAGES])
    indicators = serializers.SerializerMethodField()
    expired = serializers.ListField(
        child=serializers.CharField(), help_text="Codes of declared indicators whose value has run out."
    )

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
            "supply_stage",
            "indicators",
            "expired",
        )

    @cached_property
    def known(self) -> dict[str, Indicator]:
        """What the reader may see, looked up once for all rows; without a reader what is public."""
        request = self.context.get("request")
        return dict(indicators_for(request.user if request else AnonymousUser()))

    @cached_property
    def day(self) -> date:
        """On which it is judged what has run out."""
        return self.context.get("day") or timezone.localdate()

    @cached_property
    def own(self) -> tuple[str, ...]:
        return tuple(code for code, one in self.known.items() if one.own)

    def get_indicators(self, parcel: Parcel) -> dict[str, float | bool | str | list[str] | None]:
        return values_of(parcel, self.known)

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
            "supply_stage": columns["supply_stage"],
            "indicators": {code: columns[code] for code in catalogue()}
            | ({code: columns["extra"].get(code) for code in self.own} if self.own else {}),
            "expired": expired_of(columns["evidence"], self.known, self.day),
        }


def values_of(parcel: Parcel, indicators: Mapping[str, Indicator]) -> dict[str, OwnValue | None]:
    """By code, wherever the value stands."""
    return {code: parcel.extra.get(code) if one.own else getattr(parcel, code) for code, one in indicators.items()}


class ParcelFeatureSerializer(serializers.Serializer[Parcel]):
    """The same as a GeoJSON feature; `shape` is the outline as the database writes it."""

    type = serializers.CharField(default="Feature")
    geometry = serializers.JSONField(source="shape")
    properties = ParcelSerializer(source="*")

    def to_representation(self, parcel: Parcel) -> dict[str, Any]:  # Any: GeoJSON
        shape: str = parcel.shape  # type: ignore[attr-defined]  # annotated by with_shape()
        properties = self.fields["properties"].to_representation(parcel)
        return {"type": "Feature", "geometry": json.loads(shape), "properties": properties}


class RequirementProfileSerializer(serializers.ModelSerializer[RequirementProfile]):
    source = serializers.SerializerMethodField()  # type: ignore[assignment]  # the name is also an attribute of fields

    class Meta:
        model = RequirementProfile
        fields = ("scope", "need", "basis", "low", "typical", "high", "source")

    def get_source(self, profile: RequirementProfile) -> str:
        """The paper named in the row, else the file it came in."""
        return profile.reference or (profile.source.name if profile.source else "")
