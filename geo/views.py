"""GET regions/, facilities/, zones/, roads/."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import generics
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework_gis.serializers import GeoFeatureModelSerializer

from geo.api import ApiView, ListView
from geo.errors import BadParameter, NotThere
from geo.models import Facility, Region, Road, Zone
from geo.paging import CursorPages
from geo.place_filters import FacilityFilterSet, RoadFilterSet, ZoneFilterSet
from geo.serializers import FacilitySerializer, RegionDetailSerializer, RegionSerializer, RoadSerializer, ZoneSerializer


class PlaceListView(ListView):
    """A list that gives a GeoJSON FeatureCollection when `geometry=true`."""

    parameters = frozenset({"geometry"})
    geometry_field: str

    def wants_geometry(self) -> bool:
        asked = self.request.query_params.get("geometry", "false")
        if asked not in {"true", "false"}:
            raise BadParameter("geometry", zh="geometry 只能是 true 或 false。", en="geometry is true or false.")
        return asked == "true"

    def get_serializer_class(self) -> Any:  # a serializer class of either shape
        plain: Any = self.serializer_class  # a ModelSerializer, which has a Meta
        if not self.wants_geometry():
            return plain
        names = tuple(name for name in plain.Meta.fields if name not in {"lng", "lat"})
        meta = type(
            "Meta",
            (),
            {
                "model": plain.Meta.model,
                "fields": (*names, self.geometry_field),
                "geo_field": self.geometry_field,
                "id_field": False,
            },
        )
        return type(
            f"{plain.__name__}Feature", (plain, GeoFeatureModelSerializer), {"Meta": meta, "lng": None, "lat": None}
        )

    def get_paginated_response(self, data: Any) -> Response:  # rows or a FeatureCollection
        if isinstance(data, dict):
            assert isinstance(self.paginator, CursorPages)
            return Response({**data, "next": self.paginator.get_next_link()})
        return super().get_paginated_response(data)


class FacilityListView(PlaceListView):
    serializer_class = FacilitySerializer
    filterset_class = FacilityFilterSet
    sort_fields = ("name", "category", "code")
    tie_break = "code"
    geometry_field = "place"
    versions = ("facilities",)
    queryset = Facility.objects.none()

    def get_queryset(self) -> QuerySet[Facility]:
        return Facility.objects.visible_to(self.request.user)


class ZoneListView(PlaceListView):
    serializer_class = ZoneSerializer
    filterset_class = ZoneFilterSet
    sort_fields = ("name", "kind", "code")
    tie_break = "code"
    geometry_field = "outline"
    versions = ("zones",)
    queryset = Zone.objects.none()

    def get_queryset(self) -> QuerySet[Zone]:
        return Zone.objects.visible_to(self.request.user)


class RoadListView(PlaceListView):
    serializer_class = RoadSerializer
    filterset_class = RoadFilterSet
    tie_break = "id"
    geometry_field = "line"
    versions = ("roads",)
    queryset = Road.objects.none()

    def get_queryset(self) -> QuerySet[Road]:
        return Road.objects.visible_to(self.request.user)


class RegionListView(ApiView, generics.GenericAPIView[Region]):
    """All regions, parents before children; they come whole."""

    serializer_class = RegionSerializer
    versions = ("regions",)
    queryset = Region.objects.none()

    @extend_schema(operation_id="regions_list")
    def get(self, request: Request) -> Response:
        regions = Region.objects.visible_to(request.user).defer("outline").order_by("path")
        return Response({"results": RegionSerializer(regions, many=True).data, "next": None})


class RegionDetailView(ApiView, generics.GenericAPIView[Region]):
    """One region; `outline=true` adds its outline (CRS84)."""

    serializer_class = RegionDetailSerializer
    parameters = frozenset({"outline"})
    versions = ("regions",)
    queryset = Region.objects.none()

    def get(self, request: Request, adcode: str) -> Response:
        region = Region.objects.visible_to(request.user).filter(adcode=adcode).first()
        if region is None:
            raise NotThere(
                zh=f"没有代码为 {adcode} 的区域；目录见 regions/。",
                en=f"There is no region with adcode {adcode}; see regions/.",
            )
        asked = request.query_params.get("outline", "false")
        if asked not in {"true", "false"}:
            raise BadParameter("outline", zh="outline 只能是 true 或 false。", en="outline is true or false.")
        with_outline = asked == "true"
        return Response((RegionDetailSerializer if with_outline else RegionSerializer)(region).data)
