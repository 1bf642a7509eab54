"""What may be asked of siting by POST; wrong parts are named in words."""

from collections.abc import Mapping
from typing import Any

from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from geo.categories import Hazard
from geo.forms import StrictSerializer
from geo.hexes import CITY_RESOLUTION
from geo.words import SpokenError, say
from landparcels.requests import Number, PlaceField
from siting.models import AMOUNTS, NODE, Project
from siting.resources import Needs, weights_with
from siting.supply import NEED_COLUMNS

COARSEST_FIELD = 5
MOST_PARCELS = 2000


class NeedsSerializer(StrictSerializer):
    """Any columns of a project, all optional; with the `code` of a project that is loaded the rest comes from there."""

    code = serializers.CharField(required=False, max_length=40)
    name = serializers.CharField(required=False, allow_blank=True, max_length=200)
    node = serializers.CharField(required=False, allow_blank=True, max_length=120)
    hazard = serializers.ChoiceField(required=False, allow_null=True, choices=Hazard.choices)
    status = serializers.ChoiceField(required=False, choices=Project.Status.choices)
    committed_on = serializers.DateField(required=False, allow_null=True)
    lng = Number(required=False, allow_null=True)
    lat = Number(required=False, allow_null=True)

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        amounts = {name: Number(required=False, allow_null=True, min_value=0) for name in AMOUNTS}
        return {**super().get_fields(), **amounts}

    def validate_node(self, node: str) -> str:
        if node and NODE.fullmatch(node) is None:
            words = say(
                zh="环节应写作“产业链/环节”，如 batteries/cells。", en="A node is chain/node, like batteries/cells."
            )
            raise serializers.ValidationError(str(words))
        return node


@extend_schema_serializer(component_name="SitingQuestion")
class FitSerializer(StrictSerializer):
    """One of `at`, `parcels`, `field` says where; `weights` stand over the defaults; `resolution` is for the field."""

    project = NeedsSerializer(required=False)
    at = PlaceField(required=False)
    parcels = serializers.ListField(
        child=serializers.CharField(max_length=60), required=False, allow_empty=False, max_length=MOST_PARCELS
    )
    field = serializers.BooleanField(required=False)
    weights = serializers.DictField(child=Number(), required=False)
    resolution = serializers.IntegerField(default=CITY_RESOLUTION, min_value=COARSEST_FIELD, max_value=CITY_RESOLUTION)

    def validate_weights(self, weights: dict[str, float]) -> dict[str, float]:
        try:
            return weights_with(weights)
        except SpokenError as error:
            raise serializers.ValidationError(str(error)) from error

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        asked = [name for name in ("at", "parcels", "field") if attrs.get(name)]
        if len(asked) != 1:
            words = say(
                zh="请给出 at、parcels、field 中的一项，且只给一项。",
                en="Give one of at, parcels and field, and only one.",
            )
            raise serializers.ValidationError(str(words))
        return attrs


def needs_of(asked: Mapping[str, Any]) -> Needs:
    """What was stated, over what is loaded for the project of that code."""
    columns: dict[str, Any] = {}  # the columns of a project
    if asked.get("code"):
        columns = Project.objects.filter(code=asked["code"]).values(*NEED_COLUMNS).first() or {}
    stated = {name: value for name, value in asked.items() if name in NEED_COLUMNS}
    return Needs(**{**columns, **stated})
