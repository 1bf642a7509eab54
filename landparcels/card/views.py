"""GET parcels/{code}/card.pdf, and cards/{code}/ that says whether a printed card is ours and still right."""

from django.contrib.gis.geos import GEOSGeometry
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from geo.api import ApiView
from geo.errors import BadParameter
from geo.fields import STORAGE_SRID
from geo.http import site_address
from landparcels.card.answers import CardShape
from landparcels.card.content import content_of, details_of
from landparcels.card.issuing import issue
from landparcels.card.sheet import printed
from landparcels.card.verifying import verify
from landparcels.models import Parcel
from landparcels.publication.past import day_asked
from landparcels.views import OneParcelView

BEHIND = ("parcels", "regions", "sources", "facilities", "roads", "regional_values", "grid", "city_indicators")


def wants_english(request: Request) -> bool:
    """`language=` where it is named (a link has no headers), else the request's own."""
    asked = request.query_params.get("language")
    if asked not in (None, "zh", "en"):
        raise BadParameter("language", zh="language 只能是 zh 或 en。", en="The language is zh or en.")
    return asked == "en" if asked else (get_language() or "").startswith("en")


class ParcelCardView(OneParcelView):
    """The card of a parcel as PDF, in Chinese or English, with what the reader may see, now or with `on` as it was shown
    at the end of a day; each content is kept once."""

    parameters = frozenset({"language", "on"})
    versions = BEHIND

    @extend_schema(
        parameters=[
            OpenApiParameter("language", enum=["zh", "en"], description="By default the request's own."),
            OpenApiParameter("on", OpenApiTypes.DATE, description="As it was shown at the end of that day."),
        ],
        responses={(200, "application/pdf"): OpenApiTypes.BINARY},
    )
    def get(self, request: Request, code: str) -> HttpResponse:
        english = wants_english(request)
        day = day_asked(request.query_params.get("on"))
        parcel = self.parcel(code, day)
        if day:
            parcel.outline = outline_of(parcel)  # type: ignore[assignment]  # as the database keeps it
        on, past = day or timezone.localdate(), day is not None
        content = content_of(parcel, request.user, english=english, on=on, past=past)
        card = issue(content, by=request.user)
        address = f"{site_address(request)}/verify/{card.code}"
        written = printed(card, content, parcel, details_of(parcel, request.user, on=on, past=past), address)
        response = HttpResponse(written, content_type="application/pdf")
        response["Content-Disposition"] = f'inline; filename="card-{card.code}.pdf"'
        response["X-Content-Type-Options"] = "nosniff"
        return response


def outline_of(parcel: Parcel) -> GEOSGeometry:
    """From what `with_shape()` read, as a row of a day cannot be asked for a column that was left out."""
    shape: str = parcel.shape  # type: ignore[attr-defined]  # annotated
    outline = GEOSGeometry(shape)  # which takes GeoJSON for WGS 84
    outline.srid = STORAGE_SRID
    return outline


class CardView(ApiView):
    """Whether a card was issued here, when, and what has changed since; by its number or its whole SM3 hash."""

    versions = (*BEHIND, "issued_cards")

    @extend_schema(responses=CardShape)
    def get(self, request: Request, card: str) -> Response:
        english = (get_language() or "").startswith("en")
        return Response(verify(card, request.user, english=english))
