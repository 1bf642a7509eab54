"""GET chains/{code}/health/history/ and chains/compare/."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from chains.answers import summary
from chains.history import history
from chains.models import Chain
from chains.selectors import VERSIONS, pictures
from chains.serializers import ChainSummarySerializer
from chains.views import OneChainView
from chains.whatif import health
from chains.whatif_serializers import HealthComponentSerializer
from geo.api import ApiView
from geo.errors import BadParameter

MOST_COMPARED = 13


class _Components(serializers.DictField):
    child = serializers.FloatField(allow_null=True)


class HealthDaySerializer(serializers.Serializer[Any]):
    day = serializers.DateField()
    score = serializers.FloatField(allow_null=True)
    components = _Components()
    thresholds = serializers.IntegerField()
    reference_year = serializers.IntegerField(allow_null=True)


class HealthYearSerializer(serializers.Serializer[Any]):
    year = serializers.IntegerField(help_text="Taken for the reference year.")
    score = serializers.FloatField(allow_null=True)
    components = _Components()
    supply = serializers.FloatField(help_text="10k CNY.")


class HealthHistorySerializer(serializers.Serializer[Any]):
    """`days` as they were kept then; `years` worked out now from the yearly figures, with today's graph and thresholds."""

    days = HealthDaySerializer(many=True)
    years = HealthYearSerializer(many=True)
    thresholds = serializers.IntegerField()


class HealthHistoryView(OneChainView):
    """How the health of a chain has moved."""

    staff_only = True
    versions = (*OneChainView.versions, "chain_health")

    @extend_schema(responses=HealthHistorySerializer)
    def get(self, request: Request, code: str) -> Response:
        return Response(HealthHistorySerializer(history(self.picture(code), request.user)).data)


class ComparedChainSerializer(ChainSummarySerializer):
    score = serializers.FloatField(allow_null=True, help_text="Health, 0..100.")
    components = HealthComponentSerializer(many=True)


class ComparisonSerializer(serializers.Serializer[Any]):
    results = ComparedChainSerializer(many=True)


class ChainComparisonView(ApiView):
    """Chains side by side, in the order asked for."""

    staff_only = True
    parameters = frozenset({"codes"})
    versions = VERSIONS

    @extend_schema(
        operation_id="chains_compare",
        parameters=[
            OpenApiParameter("codes", required=True, description="Codes of 2 to 13 chains, with commas between.")
        ],
        responses=ComparisonSerializer,
    )
    def get(self, request: Request) -> Response:
        codes = list(dict.fromkeys(code for code in request.query_params.get("codes", "").split(",") if code))
        if not 2 <= len(codes) <= MOST_COMPARED:
            raise BadParameter(
                "codes",
                zh=f"请给出 2 至 {MOST_COMPARED} 条产业链的代码，以逗号分隔。",
                en=f"Give the codes of 2 to {MOST_COMPARED} chains, separated by commas.",
            )
        known = {chain.code: chain for chain in Chain.objects.visible_to(request.user).filter(code__in=codes)}
        if unknown := [code for code in codes if code not in known]:
            raise BadParameter(
                "codes",
                zh=f"没有代码为“{'、'.join(unknown)}”的产业链。",
                en=f"There is no chain {', '.join(unknown)}.",
            )
        rows = []
        for picture in pictures(known[code] for code in codes):
            found = health(picture, request.user)
            rows.append({**summary(picture), "score": found["score"], "components": found["components"]})
        return Response(ComparisonSerializer({"results": rows}, context={"request": request, "view": self}).data)
