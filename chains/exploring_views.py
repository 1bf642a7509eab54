"""GET chains/{code}/neighbourhood/, chains/{code}/nodes/ and chains/{code}/presence/."""

from typing import Any

from django.http import QueryDict
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from chains.exploring import neighbourhood, presence, search
from chains.picture import ChainPicture
from chains.serializers import ChainSerializer, NodeSerializer
from chains.verdict_serializers import STATE_CHOICES
from chains.views import OneChainView
from enterprises.filters import EnterpriseFilterSet
from enterprises.models import Enterprise
from geo.errors import BadParameter
from geo.parameters import whole_number

DEEPEST, DEFAULT_DEPTH = 12, 2
MOST_SHOWN, DEFAULT_SHOWN = 1000, 300
MOST_FOUND, DEFAULT_FOUND = 100, 20


class AroundNodeSerializer(NodeSerializer):
    steps = serializers.IntegerField(help_text="0: the node asked for; −k: so many steps up its supply, k: down.")


class AroundSerializer(serializers.Serializer[Any]):
    node = serializers.CharField()
    up = serializers.IntegerField()
    down = serializers.IntegerField()
    within = serializers.IntegerField(help_text="Nodes within that depth.")
    shown = serializers.IntegerField()


class NeighbourhoodSerializer(ChainSerializer):
    """A chain of its own: every figure is of what is shown, and stages tell the side of the node asked for."""

    nodes = AroundNodeSerializer(many=True)
    around = AroundSerializer()


def node_asked(picture: ChainPicture, given: QueryDict) -> int:
    code = given.get("node", "")
    at = picture.position.get(code)
    if at is None:
        raise BadParameter(
            "node",
            zh=f"产业链“{picture.chain.name}”中没有环节“{code}”。",
            en=f"Chain {picture.chain.code} has no node {code}.",
        )
    if not picture.graph.is_leaf[at]:
        raise BadParameter(
            "node",
            zh=f"“{picture.nodes[at].name}”有下级环节；请指定其中之一。",
            en=f"Node {code} has nodes below it; name one of those.",
        )
    return at


def depth_asked(given: QueryDict) -> dict[str, int]:
    return {
        "up": whole_number(given, "up", DEFAULT_DEPTH, most=DEEPEST),
        "down": whole_number(given, "down", DEFAULT_DEPTH, most=DEEPEST),
        "limit": whole_number(given, "limit", DEFAULT_SHOWN, least=1, most=MOST_SHOWN),
    }


class NeighbourhoodView(OneChainView):
    """Any product of a chain opened as a chain: its up- and downstream to a chosen depth, the nearest first."""

    parameters = frozenset({"node", "up", "down", "limit"})

    @extend_schema(
        parameters=[
            OpenApiParameter("node", required=True, description="Code of a leaf."),
            OpenApiParameter("up", OpenApiTypes.INT, description="Steps upstream, 0 to 12; 2 unless given."),
            OpenApiParameter("down", OpenApiTypes.INT, description="Steps downstream, 0 to 12; 2 unless given."),
            OpenApiParameter("limit", OpenApiTypes.INT, description="Nodes at most, 1 to 1,000; 300 unless given."),
        ],
        responses=NeighbourhoodSerializer,
    )
    def get(self, request: Request, code: str) -> Response:
        chain, given = self.picture(code), request.query_params
        answer = neighbourhood(chain, node_asked(chain, given), **depth_asked(given))
        return Response(NeighbourhoodSerializer(answer, context={"request": request, "view": self}).data)


class FoundNodeSerializer(serializers.Serializer[Any]):
    node = serializers.CharField()
    name = serializers.CharField()
    name_en = serializers.CharField()
    state = serializers.ChoiceField(choices=STATE_CHOICES)
    enterprises = serializers.IntegerField()
    edges = serializers.IntegerField(help_text="Supply edges in and out.")


class FoundNodesSerializer(serializers.Serializer[Any]):
    found = serializers.IntegerField(help_text="How many there are; the first are listed.")
    results = FoundNodeSerializer(many=True)


class NodeSearchView(OneChainView):
    """Nodes of a chain by name, the closest first; without a text those with the most supply edges."""

    parameters = frozenset({"q", "limit"})

    @extend_schema(
        operation_id="chains_nodes_search",
        parameters=[
            OpenApiParameter("q", description="Part of a name or code."),
            OpenApiParameter("limit", OpenApiTypes.INT, description="1 to 100; 20 unless given."),
        ],
        responses=FoundNodesSerializer,
    )
    def get(self, request: Request, code: str) -> Response:
        given = request.query_params
        most = whole_number(given, "limit", DEFAULT_FOUND, least=1, most=MOST_FOUND)
        return Response(FoundNodesSerializer(search(self.picture(code), given.get("q", ""), most)).data)


class NodePresenceSerializer(serializers.Serializer[Any]):
    node = serializers.CharField()
    enterprises = serializers.IntegerField()
    supply = serializers.FloatField(help_text="10k CNY; of a parent the sum of its leaves.")


class PresenceSerializer(serializers.Serializer[Any]):
    enterprises = serializers.IntegerField(help_text="In the chain and meant by the filters.")
    nodes = NodePresenceSerializer(many=True)


class PresenceView(OneChainView):
    """Where in the chain the firms of a region, a size, a rating … stand; the filters are those of the list of firms."""

    staff_only = True
    parameters = frozenset(EnterpriseFilterSet.base_filters)
    versions = (*OneChainView.versions, "regions")

    @extend_schema(
        parameters=[
            OpenApiParameter("region", description="Adcode: firms in its subtree."),
            OpenApiParameter("scale", many=True, enum=["large", "medium", "small", "micro"]),
        ],
        responses=PresenceSerializer,
    )
    def get(self, request: Request, code: str) -> Response:
        chain = self.picture(code)
        firms = Enterprise.objects.visible_to(request.user).in_city()
        filters = EnterpriseFilterSet(request.query_params, queryset=firms, request=request)
        if not filters.is_valid():
            raise serializers.ValidationError(filters.errors)
        return Response(PresenceSerializer(presence(chain, filters.qs.values_list("pk", flat=True))).data)
