"""GET and PATCH parcels/{code}/readiness/; assessments/ of regions."""

from collections import Counter
from datetime import date
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.rights import may_follow_up, may_see_staff_data
from fulfilment.models import AreaAssessment, ReadinessItem
from fulfilment.readiness.checklist import ASSESSMENTS
from fulfilment.readiness.records import readiness_of, record_of, records_around
from fulfilment.readiness.serializers import (
    AssessmentsChangeSerializer,
    HolderShape,
    ReadinessChangeSerializer,
    ReadinessShape,
    RegionAssessmentsShape,
    line_shown,
    shown,
)
from fulfilment.readiness.services import change_assessments, change_readiness, version_of
from fulfilment.readiness.standing import judge, state_on
from fulfilment.scope import reaches
from geo.api import ApiView
from geo.errors import NotThere
from geo.filters import subtree_of
from geo.models import Region
from landparcels.models import Parcel
from landparcels.views import HEAVY, HEAVY_AROUND


class ReadinessView(ApiView):
    """What a parcel needs before work can start, and how far each of it is; PATCH is for land staff of the region."""

    versions = ("readiness", "assessments", "parcels", "regions")

    @extend_schema(responses=ReadinessShape)
    def get(self, request: Request, code: str) -> Response:
        return Response(self._answer(self._parcel(code)))

    @extend_schema(request=ReadinessChangeSerializer, responses=ReadinessShape)
    def patch(self, request: Request, code: str) -> Response:
        parcel = self._parcel(code)
        asked = ReadinessChangeSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        form = asked.validated_data
        change_readiness(parcel=parcel, changes=form["items"], version=form.get("version"), by=request.user)
        return Response(self._answer(self._parcel(code)))

    def _parcel(self, code: str) -> Parcel:
        rows = Parcel.objects.visible_to(self.request.user).select_related("region")
        parcel = rows.defer(*HEAVY, *HEAVY_AROUND[:2]).filter(code=code).first()
        if parcel is None:
            raise NotThere(
                zh=f"没有编号为 {code} 的宗地；请核对编号。", en=f"There is no parcel {code}; check its code."
            )
        return parcel

    def _answer(self, parcel: Parcel) -> dict[str, Any]:  # Any: JSON
        person = self.request.user
        staff = may_see_staff_data(person) and reaches(person, parcel.region)
        editable = staff and may_follow_up(person)
        answer = {
            "code": parcel.code,
            "services_level": parcel.services_level,
            **shown(readiness_of(parcel), papers=staff),
            "editable": editable,
        }
        if editable:
            answer["version"] = version_of(ReadinessItem.objects.filter(parcel=parcel))
        return answer


class AssessmentListView(ApiView):
    """Regions that hold area assessments of their own, with how many are valid; they come whole."""

    staff_only = True
    parameters = frozenset({"region"})
    versions = ("assessments", "regions")

    @extend_schema(parameters=[OpenApiParameter("region")], responses=HolderShape(many=True))
    def get(self, request: Request) -> Response:
        rows = AreaAssessment.objects.visible_to(request.user).select_related("region")
        if adcode := request.query_params.get("region"):
            rows = rows.filter(region__in=subtree_of(adcode))
        today = timezone.localdate()
        holders: dict[str, tuple[Region, list[AreaAssessment]]] = {}
        for row in rows.defer("region__outline", "region__web").order_by("region__path"):
            holders.setdefault(row.region_id, (row.region, []))[1].append(row)
        return Response({"results": [_holder(region, held, today) for region, held in holders.values()], "next": None})


def _holder(region: Region, held: list[AreaAssessment], today: date) -> dict[str, Any]:  # Any: JSON
    states = Counter(state_on(record_of(row), today) for row in held)
    return {
        "region": region.adcode,
        "name": region.name,
        "name_en": region.name_en,
        "level": region.level,
        "valid": states["done"],
        "expired": states["expired"],
        "recorded": len(held),
        "next_expiry": min((row.expires for row in held if row.expires and row.expires >= today), default=None),
    }


class RegionAssessmentsView(ApiView):
    """The ten area assessments of one region: its own, and those it has from a region above it."""

    staff_only = True
    versions = ("assessments", "regions", "parcels")

    @extend_schema(responses=RegionAssessmentsShape)
    def get(self, request: Request, adcode: str) -> Response:
        return Response(self._answer(self._region(adcode)))

    @extend_schema(request=AssessmentsChangeSerializer, responses=RegionAssessmentsShape)
    def patch(self, request: Request, adcode: str) -> Response:
        region = self._region(adcode)
        asked = AssessmentsChangeSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        form = asked.validated_data
        change_assessments(region=region, changes=form["items"], version=form.get("version"), by=request.user)
        return Response(self._answer(region))

    def _region(self, adcode: str) -> Region:
        region = Region.objects.filter(adcode=adcode).defer("outline", "web").first()
        if region is None or not reaches(self.request.user, region):
            raise NotThere(
                zh=f"没有代码为 {adcode} 的区域；目录见 regions/。",
                en=f"There is no region with adcode {adcode}; see regions/.",
            )
        return region

    def _answer(self, region: Region) -> dict[str, Any]:  # Any: JSON
        lines = judge({}, records_around(region), None, timezone.localdate()).lines
        assessments = [line for line in lines if line.item.code in ASSESSMENTS]
        return {
            "region": region.adcode,
            "name": region.name,
            "name_en": region.name_en,
            "parcels": Parcel.objects.visible_to(self.request.user)
            .filter(region__in=Region.objects.subtree(region.adcode))
            .count(),
            "valid": sum(line.state == "done" for line in assessments),
            "items": [line_shown(line, papers=True, home=region.adcode) for line in assessments],
            "editable": may_follow_up(self.request.user),
            "version": version_of(AreaAssessment.objects.filter(region=region)),
        }
