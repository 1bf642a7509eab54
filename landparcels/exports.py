"""GET parcels/export/ and parcels/compare/: parcels as a file, and a few of them side by side."""

from typing import Any, cast

from django.http import StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from geo.api import ApiView
from geo.errors import BadParameter, NotThere
from landparcels.comparing import MOST, compared
from landparcels.exporting import ENCODINGS, FORMATS, Export, export, template
from landparcels.filters import ParcelFilterSet
from landparcels.indicators import indicators_for
from landparcels.indicators.own import VERSION as OWN_VERSION
from landparcels.publication.past import day_asked, parcels_of
from landparcels.querysets import ParcelQuerySet
from landparcels.serializers import ParcelSerializer, values_of
from landparcels.shapes import ComparisonShape
from landparcels.views import HEAVY

ON_WORDS = "As it was shown at the end of that day."


class ParcelExportView(ApiView):
    """The list's parcels, by the list's filters, as XLSX, CSV, GeoJSON, GeoPackage or Shapefile; what one may see, now or
    with `on` as it was shown at the end of a day."""

    parameters = frozenset({"format", "crs", "encoding", "on", *ParcelFilterSet.base_filters})
    versions = ("parcels", "regions", "sources", OWN_VERSION)

    def known_parameters(self) -> frozenset[str]:
        asks_more = not self.parameters.issuperset(self.request.query_params)
        return self.parameters | ParcelFilterSet.names(self.request.user) if asks_more else self.parameters

    def perform_content_negotiation(self, request: Request, force: bool = False) -> Any:  # Any: DRF's pair
        """`format` names the file, not a renderer."""
        return super().perform_content_negotiation(request, force=True)

    @extend_schema(
        parameters=[
            OpenApiParameter("format", required=True, enum=FORMATS),
            OpenApiParameter("crs", description="4490 (default), gk (their own 3-degree zone), 4513 to 4554, 4326."),
            OpenApiParameter("encoding", enum=ENCODINGS, description="Of a Shapefile's texts; UTF-8 by default."),
            OpenApiParameter("on", OpenApiTypes.DATE, description=ON_WORDS),
            *(OpenApiParameter(name) for name in ParcelFilterSet.base_filters),
        ],
        responses={(200, "application/octet-stream"): OpenApiTypes.BINARY},
    )
    def get(self, request: Request) -> StreamingHttpResponse:
        query = request.query_params
        day = day_asked(query.get("on"))
        visible = parcels_of(request.user, day)
        found = export(
            cast(ParcelQuerySet, ParcelFilterSet(query, queryset=visible).checked),
            query.get("format", ""),
            query.get("crs", ""),
            on=day or timezone.localdate(),
            english=(get_language() or "").startswith("en"),
            person=request.user,
            encoding=query.get("encoding", ""),
        )
        return sent(found)


class ParcelTemplateView(ApiView):
    """An XLSX to fill in: units in the headers, lists to choose from, notes beside; staff-only columns are for staff."""

    staff_only = True
    versions = (OWN_VERSION,)

    def perform_content_negotiation(self, request: Request, force: bool = False) -> Any:  # Any: DRF's pair
        return super().perform_content_negotiation(request, force=True)

    @extend_schema(responses={(200, "application/octet-stream"): OpenApiTypes.BINARY})
    def get(self, request: Request) -> StreamingHttpResponse:
        return sent(template(english=(get_language() or "").startswith("en")))


def sent(found: Export) -> StreamingHttpResponse:
    response = StreamingHttpResponse(found.content, content_type=found.content_type)
    response["Content-Disposition"] = f'attachment; filename="{found.file_name}"'
    return response


class ParcelCompareView(ApiView):
    """Up to six parcels with all indicators, and which is best and worst in each."""

    parameters = frozenset({"codes", "on"})
    versions = ("parcels", "regions", "sources", OWN_VERSION)

    @extend_schema(
        parameters=[
            OpenApiParameter("codes", required=True, description="Up to six, separated by commas."),
            OpenApiParameter("on", OpenApiTypes.DATE, description=ON_WORDS),
        ],
        responses=ComparisonShape,
    )
    def get(self, request: Request) -> Response:
        codes = list(dict.fromkeys(code for code in request.query_params.get("codes", "").split(",") if code))
        if not 1 <= len(codes) <= MOST:
            raise BadParameter(
                "codes",
                zh=f"codes 应为一至{MOST}个宗地编号，以逗号分隔；收到 {len(codes)} 个。",
                en=f"codes holds one to {MOST} parcel codes separated by commas; got {len(codes)}.",
            )
        day = day_asked(request.query_params.get("on"))
        rows = parcels_of(request.user, day).filter(code__in=codes).defer(*HEAVY).with_names()
        found = {parcel.code: parcel for parcel in rows}
        for code in codes:
            if code not in found:
                raise NotThere(
                    zh=f"没有编号为 {code} 的宗地；请核对编号。", en=f"There is no parcel {code}; check its code."
                )
        parcels = [found[code] for code in codes]
        indicators = {code: one for code, one in indicators_for(request.user).items() if not one.options}
        values = [values_of(parcel, indicators) for parcel in parcels]
        columns = {name: [cast(float | None, row[name]) for row in values] for name in indicators}
        bounds = {name: field.bound for name, field in indicators.items()}
        results = ParcelSerializer(parcels, many=True, context={"request": request, "day": day}).data
        return Response({"results": results, "marks": compared(columns, bounds, codes)})
