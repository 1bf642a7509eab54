"""GET chains/{code}/targets/: firms worth inviting, ranked, with evidence (招商名录)."""

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from chains.selectors import VERSIONS
from chains.target_evidence import told
from chains.target_rows import rank
from chains.target_serializers import TargetRankingSerializer
from chains.views import OneChainView
from geo.errors import BadParameter
from geo.parameters import whole_number

USUAL, MOST = 50, 500


class ChainTargetsView(OneChainView):
    """For one node, for all leaves of a parent, or without `node` for the whole chain; a firm is listed once."""

    staff_only = True
    parameters = frozenset({"node", "limit"})
    versions = (*VERSIONS, "sources", "signals")

    @extend_schema(
        responses=TargetRankingSerializer,
        parameters=[
            OpenApiParameter("node", str, description="A node of the chain; a parent means all its leaves."),
            OpenApiParameter("limit", OpenApiTypes.INT, description=f"{USUAL}, at most {MOST}."),
        ],
    )
    def get(self, request: Request, code: str) -> Response:
        chain = self.picture(code)
        limit = limit_of(request)
        wanted = request.query_params.get("node")
        if wanted is None:
            leaves = [at for at, leaf in enumerate(chain.graph.is_leaf.tolist()) if leaf]
        else:
            at = chain.position.get(wanted)
            if at is None:
                raise BadParameter(
                    "node",
                    zh=f"产业链“{chain.chain.name}”中没有环节“{wanted}”。",
                    en=f"Chain {code} has no node {wanted}.",
                )
            leaves = chain.leaves_below(at)
        answer = told(rank(chain, leaves, request.user, limit=limit), request.user)
        return Response(TargetRankingSerializer(answer).data)


def limit_of(request: Request) -> int:
    return whole_number(request.query_params, "limit", USUAL, least=1, most=MOST)
