"""GET indicators/, parcels/, requirement-profiles/. Every way out starts from what one may see."""

import json
from datetime import date
from typing import Any, cast

from django.db.models import Count, QuerySet, Sum
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import generics
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.rights import may_see_staff_data
from geo.api import ApiView, ListView
from geo.errors import BadParameter, NotThere
from geo.filters import subtree_of
from geo.industries import industry_words
from geo.paging import CursorPages
from landparcels import worked_out
from landparcels.detail import indicators_of
from landparcels.filters import ParcelFilterSet
from landparcels.indicators import catalogue
from landparcels.indicators.columns import typed
from landparcels.indicators.own import VERSION as OWN_VERSION
from landparcels.indicators.own import OwnIndicator, own_indicators
from landparcels.models import Parcel, RequirementProfile
from landparcels.publication.past import as_they_were, day_asked, parcels_of
from landparcels.publication.statistics import counters
from landparcels.serializers import (
    ParcelFeatureSerializer,
    ParcelSerializer,
    RequirementProfileSerializer,
    catalogue_rows,
)
from landparcels.shapes import CatalogueShape, ParcelDetailShape, StatisticsShape

HEAVY = ("outline", "web")
HEAVY_AROUND = ("region__outline", "region__web", "source__report")
"""Columns no answer needs; outlines of districts are megabytes."""


class IndicatorListView(ApiView):
    """The catalogue with the city's own indicators; it comes whole, with the time of the computed ones."""

    @extend_schema(responses=CatalogueShape)
    def get(self, request: Request) -> Response:
        answer = {"results": catalogue_rows(request.user), "next": None, "computed_at": worked_out.last()}
        stale = worked_out.under_way()
        told = {"stale": str(stale) if stale else None} if may_see_staff_data(request.user) else {}
        return Response(answer | told)


class ParcelListView(ListView):
    """Parcels one may see, now or with `on` at the end of a day; GeoJSON with outlines when `geometry=true`."""

    parameters = frozenset({"geometry", "on"})
    filterset_class = ParcelFilterSet
    sort_fields = ("code", "area_mu", "start_price", "planned_listing", "bid_deadline", *catalogue())
    tie_break = "code"
    versions = ("parcels", "regions", "sources", OWN_VERSION)
    serializer_class = ParcelSerializer
    queryset = Parcel.objects.none()

    def known_parameters(self) -> frozenset[str]:
        standard = super().known_parameters()
        asks_more = not standard.issuperset(self.request.query_params)
        return standard | ParcelFilterSet.names(self.request.user) if asks_more else standard

    def get_queryset(self) -> QuerySet[Parcel]:
        day = day_asked(self.request.query_params.get("on"))
        rows = parcels_of(self.request.user, day).defer(*HEAVY).with_names()
        one = self._own_sort_key()
        if one is not None:
            rows = rows.annotate(**{f"own_{one.code}": typed(one)})
        return rows.with_shape() if self._wants_geometry() else rows

    def ordering_for(self, request: Request) -> tuple[str, ...]:
        one = self._own_sort_key()
        if one is None:
            return super().ordering_for(request)
        falling = "-" if request.query_params["sort"].startswith("-") else ""
        return (f"{falling}own_{one.code}", self.tie_break)

    def _own_sort_key(self) -> OwnIndicator | None:
        """A city's own indicator that has an order."""
        code = self.request.query_params.get("sort", "").removeprefix("-")
        if not code or code in self.sort_fields:
            return None
        one = own_indicators(self.request.user).get(code)
        return one if one is not None and not one.is_chosen else None

    def get_serializer_context(self) -> dict[str, Any]:  # Any: the library's
        """What had run out is told as of the day that is shown."""
        return {**super().get_serializer_context(), "day": day_asked(self.request.query_params.get("on"))}

    def get_serializer_class(self) -> type[ParcelSerializer | ParcelFeatureSerializer]:
        return ParcelFeatureSerializer if self._wants_geometry() else ParcelSerializer

    def get_paginated_response(self, data: Any) -> Response:  # Any: rows or features
        if not self._wants_geometry():
            return super().get_paginated_response(data)
        following = cast(CursorPages, self.paginator).get_next_link()
        return Response({"type": "FeatureCollection", "features": data, "next": following})

    def _wants_geometry(self) -> bool:
        asked = self.request.query_params.get("geometry", "false")
        if asked not in {"true", "false"}:
            raise BadParameter("geometry", zh="geometry 只能是 true 或 false。", en="geometry is true or false.")
        return asked == "true"


class OneParcelView(ApiView):
    def parcel(self, code: str, on: date | None = None) -> Parcel:
        rows = parcels_of(self.request.user, on).select_related("region", "source")
        parcel = rows.defer(*HEAVY, *HEAVY_AROUND).with_names().with_shape().filter(code=code).first()
        if parcel is None:
            raise NotThere(
                zh=f"没有编号为 {code} 的宗地；请核对编号。", en=f"There is no parcel {code}; check its code."
            )
        return parcel


class ParcelView(OneParcelView):
    """One parcel: each indicator with its unit, origin, source and date, and the outline."""

    parameters = frozenset({"on"})
    versions = ("parcels", "regions", "sources", "facilities", "roads", "regional_values", "grid", OWN_VERSION)

    @extend_schema(
        responses=ParcelDetailShape,
        parameters=[OpenApiParameter("on", OpenApiTypes.DATE, description="As it was shown at the end of that day.")],
    )
    def get(self, request: Request, code: str) -> Response:
        day = day_asked(request.query_params.get("on"))
        parcel = self.parcel(code, day)
        answer = dict(ParcelSerializer(parcel, context={"request": request, "day": day}).data)
        indicators = indicators_of(parcel, request.user, on=day)
        answer["indicators"] = as_they_were(indicators) if day else indicators
        answer["source"] = parcel.source.name if parcel.source else None
        answer["as_of"] = parcel.source.as_of if parcel.source else None
        answer["industries"] = {code: str(industry_words(code)) for code in {*parcel.admits, *parcel.excludes}}
        answer["outline"] = json.loads(parcel.shape)  # type: ignore[attr-defined]  # annotated by with_shape()
        return Response(answer)


class StatisticsView(ApiView):
    """How many parcels, and mu, stand in each status, in all and by region, of what one may see; `by=month` adds the
    counters of announced area, lots sold and new parcels."""

    parameters = frozenset({"by", "region"})
    versions = ("parcels", "regions", "notices", "parcel_transitions")

    @extend_schema(
        responses=StatisticsShape,
        parameters=[OpenApiParameter("by", enum=["month"]), OpenApiParameter("region", description="A subtree.")],
    )
    def get(self, request: Request) -> Response:
        by, region = request.query_params.get("by"), request.query_params.get("region")
        if by not in (None, "", "month"):
            raise BadParameter("by", zh="by 只能是 month。", en="by is month.")
        rows = Parcel.objects.visible_to(request.user).order_by()
        if region:
            rows = rows.filter(region__in=subtree_of(region))
        counted = rows.values("status").annotate(parcels=Count("id"), mu=Sum("area_mu")).order_by("status")
        regions = (
            rows.on_offer()
            .values("region", "region__name", "region__name_en")
            .annotate(parcels=Count("id"), mu=Sum("area_mu"))
            .order_by("-mu")
        )
        monthly = counters(request.user, region or None) if by else {}
        return Response(
            {
                **monthly,
                "status": {row["status"]: {"parcels": row["parcels"], "mu": row["mu"]} for row in counted},
                "regions": [
                    {
                        "region": row["region"],
                        "name": row["region__name"],
                        "name_en": row["region__name_en"],
                        "parcels": row["parcels"],
                        "mu": row["mu"],
                    }
                    for row in regions
                ],
            }
        )


class RequirementProfileListView(ApiView, generics.GenericAPIView[RequirementProfile]):
    """What an industry (and every shorter prefix of its code) or a chain node usually needs; all without `scope`."""

    parameters = frozenset({"scope"})
    versions = ("requirement_profiles",)
    serializer_class = RequirementProfileSerializer
    queryset = RequirementProfile.objects.none()

    def get(self, request: Request) -> Response:
        rows = RequirementProfile.objects.visible_to(request.user).select_related("source")
        scope = request.query_params.get("scope", "").strip()
        rows = rows.for_scope(scope) if scope else rows.order_by("scope", "need")
        return Response({"results": RequirementProfileSerializer(rows, many=True).data, "next": None})
