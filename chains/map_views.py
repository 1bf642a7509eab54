"""GET chains/{code}/flows/, chains/{code}/parks/ and enterprises/{uscc}/chains/."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from chains.places import flows, parks
from chains.portfolio import chains_of
from chains.selectors import VERSIONS
from chains.serializers import RightsSerializer
from chains.verdict_serializers import STATE_CHOICES
from chains.views import OneChainView
from enterprises.models import Enterprise
from geo.api import ApiView
from geo.errors import BadParameter, NotThere

BASES = ("recorded", "estimated")


class FlowDistrictSerializer(serializers.Serializer[Any]):
    adcode = serializers.CharField()
    name = serializers.CharField()
    name_en = serializers.CharField()
    lng = serializers.FloatField()
    lat = serializers.FloatField()
    supply = serializers.FloatField(help_text="Of the chain, 10k CNY.")


class FlowSerializer(serializers.Serializer[Any]):
    source = serializers.CharField()  # type: ignore[assignment]  # our column, not the attribute of a base class
    target = serializers.CharField()
    amount = serializers.FloatField(help_text="10k CNY a year; of recorded ties those with an amount.")
    ties = serializers.IntegerField(help_text="Recorded ties behind it; 0 where it is estimated.")


class FlowsSerializer(serializers.Serializer[Any]):
    """`basis` says what the flows are: recorded supply ties added up, or estimated from what districts make and need."""

    basis = serializers.ChoiceField(choices=BASES)
    districts = FlowDistrictSerializer(many=True)
    flows = FlowSerializer(many=True)
    synthetic = serializers.BooleanField()


class ChainFlowsView(OneChainView):
    """Supply between the districts of the city along the edges of the chain."""

    staff_only = True
    parameters = frozenset({"basis"})
    versions = (*OneChainView.versions, "regions")

    @extend_schema(
        parameters=[
            OpenApiParameter("basis", enum=BASES, description="Recorded where there are amounts, unless given.")
        ],
        responses=FlowsSerializer,
    )
    def get(self, request: Request, code: str) -> Response:
        basis = request.query_params.get("basis") or None
        if basis is not None and basis not in BASES:
            raise BadParameter("basis", zh="应为 recorded 或 estimated。", en="is recorded or estimated.")
        return Response(FlowsSerializer(flows(self.picture(code), basis, request.user)).data)


class ChainParkSerializer(RightsSerializer):
    staff_fields = ("supply", "share", "nodes")

    code = serializers.CharField()
    name = serializers.CharField()
    kind = serializers.CharField()
    enterprises = serializers.IntegerField(help_text="Firms of the chain in it.")
    supply = serializers.FloatField(help_text="Of the chain, 10k CNY.")
    share = serializers.FloatField(allow_null=True, help_text="Of the chain's supply.")
    nodes = serializers.ListField(child=serializers.CharField(), help_text="The three it makes most for.")
    lng = serializers.FloatField()
    lat = serializers.FloatField()


class ChainParksSerializer(serializers.Serializer[Any]):
    results = ChainParkSerializer(many=True)


class ChainParksView(OneChainView):
    """Parks with firms of the chain, the largest first."""

    staff_only = True
    versions = (*OneChainView.versions, "zones")

    @extend_schema(responses=ChainParksSerializer)
    def get(self, request: Request, code: str) -> Response:
        answer = {"results": parks(self.picture(code), request.user)}
        return Response(ChainParksSerializer(answer, context={"request": request, "view": self}).data)


class FirmInChainSerializer(RightsSerializer):
    staff_fields = ("share", "amount", "supply_share")

    chain = serializers.CharField()
    chain_name = serializers.CharField()
    chain_name_en = serializers.CharField()
    node = serializers.CharField()
    name = serializers.CharField()
    name_en = serializers.CharField()
    state = serializers.ChoiceField(choices=STATE_CHOICES)
    products = serializers.ListField(child=serializers.CharField())
    share = serializers.FloatField(allow_null=True, help_text="Of its output; null for a firm outside the city.")
    amount = serializers.FloatField(allow_null=True, help_text="10k CNY.")
    supply_share = serializers.FloatField(allow_null=True, help_text="Of the node's supply in the city.")


class FirmInChainsSerializer(serializers.Serializer[Any]):
    results = FirmInChainSerializer(many=True)


class EnterpriseChainsView(ApiView):
    """The nodes of all chains that a firm makes something for."""

    versions = VERSIONS

    @extend_schema(responses=FirmInChainsSerializer)
    def get(self, request: Request, uscc: str) -> Response:
        firm = Enterprise.objects.visible_to(request.user).filter(uscc=uscc).first()
        if firm is None:
            raise NotThere(
                zh=f"没有代码为 {uscc} 的企业；请核对代码。",
                en=f"There is no enterprise with the code {uscc}; check it.",
            )
        answer = {"results": chains_of(firm, request.user)}
        return Response(FirmInChainsSerializer(answer, context={"request": request, "view": self}).data)
