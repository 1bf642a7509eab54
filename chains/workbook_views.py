"""GET chains/{code}/workbook/: the chain, or what lies around one node, as an XLSX."""

from typing import Any

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request

from accounts.rights import may_see_staff_data
from chains.answers import MOST_DRAWN, whole
from chains.exploring import neighbourhood, neighbourhood_picture
from chains.exploring_views import depth_asked, node_asked
from chains.views import OneChainView
from chains.workbook import workbook
from geo.errors import BadParameter
from geo.sheets import XLSX


class ChainWorkbookView(OneChainView):
    """Nodes, edges and, for staff, verdicts with what they rest on; with `node` only what lies around it."""

    parameters = frozenset({"node", "up", "down", "limit"})

    def perform_content_negotiation(self, request: Request, force: bool = False) -> Any:  # Any: DRF's pair
        return super().perform_content_negotiation(request, force=True)

    @extend_schema(
        parameters=[
            OpenApiParameter("node", description="Only this leaf and what lies around it."),
            OpenApiParameter("up", OpenApiTypes.INT),
            OpenApiParameter("down", OpenApiTypes.INT),
            OpenApiParameter("limit", OpenApiTypes.INT),
        ],
        responses={(200, XLSX): OpenApiTypes.BINARY},
    )
    def get(self, request: Request, code: str) -> HttpResponse:
        picture = self.picture(code)
        given = request.query_params
        name = picture.chain.code
        if "node" in given:
            at = node_asked(picture, given)
            depth = depth_asked(given)
            answer, picture = neighbourhood(picture, at, **depth), neighbourhood_picture(picture, at, **depth)
            name = f"{name}-{given['node']}"
        elif picture.graph.size > MOST_DRAWN:
            raise BadParameter(
                "node",
                zh=f"这条链有 {picture.graph.size} 个环节；请用 node 指定一个环节，导出它的上下游。",
                en=f"This chain has {picture.graph.size} nodes; name one with node to export what lies around it.",
            )
        else:
            answer = whole(picture)
        response = HttpResponse(workbook(picture, answer, staff=may_see_staff_data(request.user)), content_type=XLSX)
        response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=f"{name}.xlsx")
        return response
