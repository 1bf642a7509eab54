"""GET parcels/{code}/publication/ and completeness/, and a POST for each step."""

from typing import cast

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from geo.errors import BadParameter
from landparcels.indicators.own import VERSION as OWN_VERSION
from landparcels.publication.errors import Incomplete
from landparcels.publication.gate import gaps_of, required
from landparcels.publication.selectors import publication_of
from landparcels.publication.serializers import CompletenessShape, PublicationShape, StepSerializer
from landparcels.publication.services import move
from landparcels.publication.states import Action
from landparcels.views import OneParcelView

LONGEST_KEY = 80


class PublicationView(OneParcelView):
    """Where the parcel stands and how it came there; staff of its region see who did what, and what comes next."""

    versions = ("parcels", "parcel_transitions", "parcel_documents", "regions", "sources", OWN_VERSION)

    @extend_schema(responses=PublicationShape)
    def get(self, request: Request, code: str) -> Response:
        return Response(publication_of(self.parcel(code), request.user))


class CompletenessView(OneParcelView):
    """What the parcel lacks before it may be submitted and published."""

    staff_only = True
    versions = ("parcels", "regional_values", "regions")

    @extend_schema(responses=CompletenessShape)
    def get(self, request: Request, code: str) -> Response:
        gaps = gaps_of(self.parcel(code))
        shown = [{"name": gap.name, "kind": gap.kind, "words": str(gap.words)} for gap in gaps]
        return Response({"code": code, "complete": not gaps, "required": required(), "gaps": shown})


class StepView(OneParcelView):
    """One step. A repeat under the same Idempotency-Key answers as the first time; a step out of turn is a 409."""

    action: Action = "submit"

    @extend_schema(
        request=StepSerializer,
        responses=PublicationShape,
        parameters=[OpenApiParameter("Idempotency-Key", location=OpenApiParameter.HEADER)],
    )
    def post(self, request: Request, code: str) -> Response:
        asked = StepSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        try:
            move(
                code=code,
                action=self.action,
                by=cast(User, request.user),
                note=asked.validated_data["note"],
                key=idempotency_key(request),
            )
        except Incomplete as error:
            raise ValidationError({gap.name: [str(gap.words)] for gap in error.gaps}, code="incomplete") from error
        return Response(publication_of(self.parcel(code), request.user))


def idempotency_key(request: Request) -> str:
    key = request.headers.get("Idempotency-Key", "").strip()
    if len(key) > LONGEST_KEY or "\0" in key:
        raise BadParameter(
            "Idempotency-Key",
            zh=f"Idempotency-Key 最多 {LONGEST_KEY} 个字符。",
            en=f"Idempotency-Key has at most {LONGEST_KEY} characters.",
        )
    return key
