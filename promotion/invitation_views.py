"""GET targets/{id}/invitation.pdf: the letter to a followed firm, in the language of whoever gets it."""

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request

from geo.errors import BadParameter, Conflict
from geo.http import site_address
from promotion.invitation import letter
from promotion.nodes import Nodes
from promotion.views import OneTargetView


class InvitationView(OneTargetView):
    """Node, gap in words, firms around, three parcels with a map, contact: nothing in it but what is public."""

    parameters = frozenset({"lang"})

    @extend_schema(
        parameters=[OpenApiParameter("lang", enum=["zh", "en"], description="zh by default.")],
        responses={(200, "application/pdf"): OpenApiTypes.BINARY},
    )
    def get(self, request: Request, number: int) -> HttpResponse:
        language = request.query_params.get("lang", "zh")
        if language not in ("zh", "en"):
            raise BadParameter("lang", zh="lang 只能是 zh 或 en。", en="lang is zh or en.")
        target = self.target(number)
        wanted = Nodes(request.user).find(target.node)
        if wanted is None:
            raise Conflict(
                zh="该企业没有对应的环节，无法写邀请函。",
                en="This target names no link of a chain, so there is nothing to invite for.",
            )
        written = letter(target, wanted, english=language == "en", site=site_address(request))
        response = HttpResponse(written, content_type="application/pdf")
        response["Content-Disposition"] = f'attachment; filename="invitation-{target.pk}-{language}.pdf"'
        response["X-Content-Type-Options"] = "nosniff"
        return response
