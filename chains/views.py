"""GET chains/, chains/{code}/, its nodes/{node}/ and health/; POST its disruption/."""

from typing import ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from chains.answers import summary, whole
from chains.models import Chain
from chains.nodes import opened
from chains.picture import ChainPicture
from chains.selectors import VERSIONS, picture, pictures
from chains.serializers import ChainListSerializer, ChainSerializer, OpenedNodeSerializer
from chains.stops import stops_of
from chains.whatif import disruption, health
from chains.whatif_serializers import DisruptionRequestSerializer, DisruptionSerializer, HealthSerializer
from geo.api import ApiView
from geo.errors import NotThere


class ChainListView(ApiView):
    """All chains with their counts of states; they come whole."""

    versions = VERSIONS

    @extend_schema(operation_id="chains_list", responses=ChainListSerializer)
    def get(self, request: Request) -> Response:
        chains = pictures(Chain.objects.visible_to(request.user).in_use().order_by("id"))
        answer = {"results": [summary(chain) for chain in chains], "next": None}
        return Response(ChainListSerializer(answer, context={"request": request, "view": self}).data)


class OneChainView(ApiView):
    versions: ClassVar[tuple[str, ...]] = (*VERSIONS, "sources")

    def picture(self, code: str) -> ChainPicture:
        chain = Chain.objects.visible_to(self.request.user).filter(code=code).first()
        if chain is None:
            raise NotThere(
                zh=f"没有代码为“{code}”的产业链；目录见 chains/。",
                en=f"There is no chain with code {code}; see chains/.",
            )
        return picture(chain)


class ChainView(OneChainView):
    """The panorama of one chain."""

    @extend_schema(responses=ChainSerializer)
    def get(self, request: Request, code: str) -> Response:
        answer = whole(self.picture(code))
        return Response(ChainSerializer(answer, context={"request": request, "view": self}).data)


class ChainNodeView(OneChainView):
    """One node: makers, inputs, outputs, and how its verdicts arose."""

    @extend_schema(responses=OpenedNodeSerializer)
    def get(self, request: Request, code: str, node: str) -> Response:
        chain = self.picture(code)
        at = chain.position.get(node)
        if at is None:
            raise NotThere(zh=f"产业链“{chain.chain.name}”中没有环节“{node}”。", en=f"Chain {code} has no node {node}.")
        answer = opened(chain, at, request.user)
        return Response(OpenedNodeSerializer(answer, context={"request": request, "view": self}).data)


class ChainHealthView(OneChainView):
    """How healthy the chain is, with every component's inputs."""

    staff_only = True

    @extend_schema(responses=HealthSerializer)
    def get(self, request: Request, code: str) -> Response:
        return Response(HealthSerializer(health(self.picture(code), request.user)).data)


class ChainDisruptionView(OneChainView):
    """What the chain would lose if enterprises, parks, regions or imports stopped. Asks only: nothing is changed."""

    staff_only = True
    reads = frozenset({"GET", "HEAD", "POST"})

    @extend_schema(request=DisruptionRequestSerializer, responses=DisruptionSerializer)
    def post(self, request: Request, code: str) -> Response:
        asked = DisruptionRequestSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        chain = self.picture(code)
        answer = disruption(chain, stops_of(chain, request.user, **asked.validated_data))
        return Response(DisruptionSerializer(answer).data)
