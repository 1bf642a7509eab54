"""GET and POST chains/thresholds/: from where on a node is weak, strong, single-sourced or a chokepoint."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from accounts.rights import may_see_staff_data, may_set_thresholds
from chains.models import ThresholdSet
from chains.thresholds import DEFAULT_LIMITS, NAMES, limits_in_force, limits_of, set_thresholds
from chains.verdict_serializers import ThresholdsSerializer
from geo.api import ApiView
from geo.forms import StrictSerializer

MOST_VERSIONS = 200


class ThresholdVersionSerializer(ThresholdsSerializer):
    note = serializers.CharField()
    made_by = serializers.CharField()
    made_at = serializers.DateTimeField()


class ThresholdBookSerializer(serializers.Serializer[Any]):
    """Those in force, the defaults, and for staff every version with who made it and why, the newest first."""

    in_force = ThresholdsSerializer()
    defaults = ThresholdsSerializer()
    may_set = serializers.BooleanField()
    versions = ThresholdVersionSerializer(many=True)


class NewThresholdsSerializer(StrictSerializer):
    """What is not given stays as it is in `based_on`, which must be the version in force."""

    based_on = serializers.IntegerField(min_value=0)
    note = serializers.CharField(max_length=500)
    weak_rate = serializers.FloatField(required=False)
    strong_lq = serializers.FloatField(required=False)
    single_source = serializers.FloatField(required=False)
    chokepoint = serializers.FloatField(required=False)
    unknown_barrier = serializers.FloatField(required=False)


class ThresholdView(ApiView):
    """Thresholds of the verdicts; a new version needs a reason, and none is ever changed or deleted."""

    versions = ("thresholds",)

    @extend_schema(responses=ThresholdBookSerializer)
    def get(self, request: Request) -> Response:
        rows = ThresholdSet.objects.visible_to(request.user).order_by("-version")[:MOST_VERSIONS]
        told = rows if may_see_staff_data(request.user) else []
        answer = {
            "in_force": limits_in_force().as_answer(),
            "defaults": DEFAULT_LIMITS.as_answer(),
            "may_set": may_set_thresholds(request.user),
            "versions": [
                {**limits_of(row).as_answer(), "note": row.note, "made_by": row.made_by, "made_at": row.made_at}
                for row in told
            ],
        }
        return Response(ThresholdBookSerializer(answer).data)

    @extend_schema(request=NewThresholdsSerializer, responses={201: ThresholdsSerializer})
    def post(self, request: Request) -> Response:
        asked = NewThresholdsSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        given = asked.validated_data
        assert isinstance(request.user, User)  # check_permissions has sent everyone else away
        made = set_thresholds(
            values={name: given[name] for name in NAMES if name in given},
            based_on=given["based_on"],
            note=given["note"],
            by=request.user,
        )
        return Response(ThresholdsSerializer(limits_of(made).as_answer()).data, status=201)
