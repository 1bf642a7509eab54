"""GET chains/, chains/{code}/ and chains/{code}/nodes/{node}/."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from chains.answers import summary, whole
from chains.models import Chain
from chains.nodes import opened
from chains.selectors import VERSIONS, ChainPicture, picture, pictures
from chains.serializers import ChainSerializer, ChainSummarySerializer, OpenedNodeSerializer
from geo.api import ApiView
from geo.errors import NotThere


class ChainListView(ApiView):
    """All chains with their counts of states; they come whole."""

    versions = VERSIONS

    @extend_schema(responses=ChainSummarySerializer(many=True))
    def get(self, request: Request) -> Response:
        chains = pictures(Chain.objects.visible_to(request.user).in_use().order_by("id"))
        rows = ChainSummarySerializer(
            [summary(chain) for chain in chains], many=True, context={"request": request, "view": self}
        )
        return Response({"results": rows.data, "next": None})


class OneChainView(ApiView):
    versions = (*VERSIONS, "sources")

    def picture(self, code: str) -> ChainPicture:
        chain = Chain.objects.visible_to(self.request.user).filter(code=code).first()
        if chain is None:
            raise NotThere(zh=f"没有代码为“{code}”的产业链。", en=f"There is no chain with code {code}.")
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
