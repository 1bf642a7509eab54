"""GET /api/v1/search/?q=: places, firms, parcels, chains and industries by name or code."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q
from drf_spectacular.utils import OpenApiParameter, extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.rights import Person
from chains.models import Chain
from enterprises.models import Enterprise
from geo.api import ApiView
from geo.models import Facility, Region
from industrymap.industries import INDUSTRIES
from landparcels.models import Parcel

PER_KIND = 5


class SearchHitSerializer(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(choices=("place", "parcel", "chain", "industry", "enterprise"))
    code = serializers.CharField()
    name = serializers.CharField()
    lng = serializers.FloatField(allow_null=True)
    lat = serializers.FloatField(allow_null=True)


class SearchView(ApiView):
    """Up to five of each kind; what the person may not see is not found."""

    parameters = frozenset({"q"})

    @extend_schema(
        parameters=[OpenApiParameter("q", str, description="Part of a name, or a code.")],
        responses=inline_serializer("SearchAnswer", {"results": SearchHitSerializer(many=True)}),
    )
    def get(self, request: Request) -> Response:
        text = request.query_params.get("q", "").strip()
        found = list(search(text, request.user)) if text else []
        return Response({"results": found})


def search(text: str, person: Person) -> Iterator[dict[str, Any]]:  # JSON
    named = Q(name__icontains=text)
    for region in Region.objects.visible_to(person).filter(named | Q(name_en__icontains=text) | Q(adcode=text))[
        :PER_KIND
    ]:
        yield result("place", region.adcode, region.name, region.outline.point_on_surface if region.outline else None)
    facilities = Facility.objects.visible_to(person).filter(named | Q(name_en__icontains=text))
    for facility in facilities[:PER_KIND]:
        yield result("place", facility.code, facility.name, facility.place)
    for parcel in Parcel.objects.visible_to(person).filter(named | Q(code__icontains=text))[:PER_KIND]:
        yield result("parcel", parcel.code, parcel.name or parcel.code, parcel.label_point)
    for chain in Chain.objects.visible_to(person).filter(named | Q(name_en__icontains=text) | Q(code=text))[:PER_KIND]:
        yield result("chain", chain.code, chain.name, None)
    lower = text.lower()
    industries = (i for i in INDUSTRIES if lower in i.name_zh or lower in i.name_en.lower() or lower == i.code)
    for industry, _ in zip(industries, range(PER_KIND), strict=False):
        yield result("industry", industry.code, industry.name_zh, None)
    for enterprise in Enterprise.objects.visible_to(person).filter(named | Q(uscc=text))[:PER_KIND]:
        yield result("enterprise", enterprise.uscc, enterprise.name, enterprise.place)


def result(kind: str, code: str, name: str, point: Any) -> dict[str, Any]:  # a GEOS point; JSON
    return {
        "kind": kind,
        "code": code,
        "name": name,
        "lng": point.x if point else None,
        "lat": point.y if point else None,
    }
