"""The shape of projects, and of what siting answers."""

from typing import Any

from django.contrib.gis.geos import Point
from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from geo.fields import STORAGE_SRID
from geo.forms import StrictSerializer
from geo.words import say
from landparcels.requests import Number
from siting.models import AMOUNTS, Project
from siting.resources import Kind, Resource

COLUMNS = ("code", "name", "node", *AMOUNTS, "hazard", "status", "committed_on")


@extend_schema_serializer(component_name="SitingProject")
class ProjectSerializer(StrictSerializer, serializers.ModelSerializer[Project]):
    """The columns of FORMATS projects; a project without a place has neither lng nor lat."""

    lng = Number(source="place.x", required=False, allow_null=True, min_value=-180, max_value=180)
    lat = Number(source="place.y", required=False, allow_null=True, min_value=-90, max_value=90)

    class Meta:
        model = Project
        fields = (*COLUMNS, "lng", "lat")

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        amounts = {name: Number(required=False, allow_null=True, min_value=0) for name in AMOUNTS}
        return {**super().get_fields(), **amounts}

    def to_representation(self, instance: Project) -> dict[str, Any]:
        shown = super().to_representation(instance)
        return {"lng": None, "lat": None, **shown}

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs.get("hazard") == "":
            attrs["hazard"] = None
        if "place" in attrs:
            attrs["place"] = self._place(attrs.pop("place"))
        return attrs

    def _place(self, stated: dict[str, float | None]) -> Point | None:
        lng, lat = stated.get("x"), stated.get("y")
        if (lng is None) != (lat is None):
            words = say(zh="经度和纬度要一起填写。", en="Longitude and latitude go together.")
            raise serializers.ValidationError({"lng" if lng is None else "lat": str(words)})
        return None if lng is None else Point(lng, lat, srid=STORAGE_SRID)


class CatalogueSerializer(serializers.Serializer[Any]):
    """A resource as it is declared; lengths in km, null where its kind has none."""

    resource = serializers.CharField(source="code")
    kind = serializers.ChoiceField(choices=list(Kind))
    name_zh = serializers.CharField(source="words.zh")
    name_en = serializers.CharField(source="words.en")
    unit = serializers.CharField()
    weight = serializers.FloatField()
    category = serializers.CharField(help_text="Of the facilities that give it.")
    layer = serializers.CharField(help_text="The grid layer that gives it.")
    asks = serializers.CharField(help_text="The column of a project that asks for it.")
    per_unit = serializers.FloatField(help_text="What one unit of that column asks for.")
    reach_km = serializers.SerializerMethodField()
    ideal_km = serializers.SerializerMethodField()
    limit_km = serializers.SerializerMethodField()

    def get_reach_km(self, resource: Resource) -> float | None:
        return resource.reach_km or None

    def get_ideal_km(self, resource: Resource) -> float | None:
        return resource.ideal_km or None

    def get_limit_km(self, resource: Resource) -> float | None:
        return resource.limit_km or None


class LeftOutSerializer(serializers.Serializer[Any]):
    resource = serializers.CharField()
    name = serializers.CharField()
    reason = serializers.CharField()


class ExclusionSerializer(serializers.Serializer[Any]):
    kind = serializers.CharField(help_text="Kind of the zone.")
    zone = serializers.CharField(allow_null=True)
    name = serializers.CharField(allow_null=True)
    detail = serializers.CharField()


class DrawSerializer(serializers.Serializer[Any]):
    project = serializers.CharField()
    amount = serializers.FloatField()
    already_in_figure = serializers.BooleanField(help_text="The spare was recorded after the commitment.")


class StationSerializer(serializers.Serializer[Any]):
    """A facility nearby; from `residual` on only where it gives a capacity."""

    code = serializers.CharField()
    name = serializers.CharField()
    km = serializers.FloatField(help_text="直线: great-circle between the centres of the cells.")
    approximate = serializers.BooleanField()
    residual = serializers.FloatField(required=False, allow_null=True, help_text="After all commitments.")
    amount = serializers.FloatField(required=False, allow_null=True)
    amount_is = serializers.ChoiceField(choices=("spare", "capacity"), required=False)
    as_of = serializers.DateField(required=False, allow_null=True)
    voltage_kv = serializers.FloatField(required=False, allow_null=True)
    draws = DrawSerializer(many=True, required=False, help_text="The largest draws of committed projects.")
    draws_more = serializers.IntegerField(required=False)


class ResourceSerializer(serializers.Serializer[Any]):
    """One resource at one place. Which figures are there follows from the kind."""

    kind = serializers.ChoiceField(choices=("capacity", "access", "agglomeration", "balance", "ratio"))
    name = serializers.CharField()
    fit = serializers.FloatField(allow_null=True, help_text="0..1; null: unknown here, not counted.")
    weight = serializers.FloatField(help_text="Of what counts, in sum 1.")
    unit = serializers.CharField()
    demand = serializers.FloatField(required=False, allow_null=True)
    accessible = serializers.FloatField(
        required=False, help_text="Discounted by distance: never spare capacity itself."
    )
    reach_km = serializers.FloatField(required=False)
    total = serializers.FloatField(
        required=False,
        help_text="Residuals within reach, not discounted; this and the stations: for a site and up to six parcels.",
    )
    largest = StationSerializer(required=False, allow_null=True)
    stations_in_reach = serializers.IntegerField(required=False)
    stations_unknown = serializers.IntegerField(required=False, help_text="Of these, without any figure.")
    unserved = serializers.FloatField(required=False, help_text="Demand beyond what can be reached.")
    committed_unserved = serializers.FloatField(required=False, help_text="City-wide, of committed projects.")
    committed_unstated = serializers.IntegerField(required=False, help_text="Committed projects without a figure.")
    km = serializers.FloatField(required=False)
    ideal_km = serializers.FloatField(required=False)
    limit_km = serializers.FloatField(required=False)
    ratio = serializers.FloatField(required=False, allow_null=True)
    jobs = serializers.FloatField(required=False)
    workers = serializers.FloatField(required=False)
    percentile = serializers.FloatField(required=False, allow_null=True)
    nearest = StationSerializer(many=True, required=False)


class PlaceSerializer(serializers.Serializer[Any]):
    composite = serializers.FloatField(allow_null=True, help_text="0..100; null where excluded or unknown.")
    composite_if_allowed = serializers.FloatField(allow_null=True)
    bottleneck = serializers.CharField(allow_null=True)
    excluded = ExclusionSerializer(many=True)
    resources = serializers.DictField(child=ResourceSerializer())
    stability = serializers.FloatField(allow_null=True)


class SiteSerializer(PlaceSerializer):
    cell = serializers.CharField(help_text="H3 cell, hexadecimal.")
    warnings = serializers.ListField(child=serializers.DictField(child=serializers.CharField()))
    left_out = LeftOutSerializer(many=True)
    distance = serializers.CharField()


class ParcelFitSerializer(PlaceSerializer):
    code = serializers.CharField()
    name = serializers.CharField()
    area_mu = serializers.FloatField()
    rank = serializers.IntegerField(allow_null=True)


class ParcelFitsSerializer(serializers.Serializer[Any]):
    results = ParcelFitSerializer(many=True)
    left_out = LeftOutSerializer(many=True)
    distance = serializers.CharField()


class FieldSerializer(serializers.Serializer[Any]):
    """Also as an Arrow stream: columns `cell` (uint64), `value` (float32), the rest in the schema's metadata."""

    cells = serializers.ListField(child=serializers.CharField())
    values = serializers.ListField(child=serializers.FloatField(allow_null=True))
    resolution = serializers.IntegerField()
    excluded = serializers.IntegerField(help_text="Resolution-9 cells that are out; null among the values.")
    unknown = serializers.IntegerField()
    weights = serializers.DictField(child=serializers.FloatField())
    left_out = LeftOutSerializer(many=True)
    unserved = serializers.DictField(child=serializers.FloatField())
    distance = serializers.CharField()
