"""GET /api/v1/portal/: what is on offer now, in live numbers behind three doors."""

from typing import Any

from django.db.models import Sum
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.rights import may_see_staff_data
from chains.models import Chain
from chains.selectors import VERSIONS, pictures
from geo.api import ApiView
from geo.models import Facility
from industrymap.industries import INDUSTRIES
from landparcels.models import Parcel
from siting.models import Project


class OfferedSerializer(serializers.Serializer[Any]):
    count = serializers.IntegerField()
    area_mu = serializers.FloatField()


class ChainsSerializer(serializers.Serializer[Any]):
    count = serializers.IntegerField()
    missing_links = serializers.IntegerField(help_text="Leaf nodes that are missing or lie behind missing ones.")


class GroundSerializer(serializers.Serializer[Any]):
    facilities = serializers.IntegerField(
        help_text="Places that this person may see: transport and services; for staff utilities, too."
    )


class LookingSerializer(serializers.Serializer[Any]):
    looking = serializers.IntegerField(help_text="Planned projects.")


class PortalSerializer(serializers.Serializer[Any]):
    parcels = OfferedSerializer()
    chains = ChainsSerializer()
    ground = GroundSerializer()
    projects = LookingSerializer(required=False, help_text="Staff only.")
    industries = serializers.ListField(child=serializers.DictField(child=serializers.CharField()))


class PortalView(ApiView):
    """Parcels and mu on offer, links missing in the chains; for staff the projects that look for a place."""

    versions = ("parcels", *VERSIONS, "facilities", "projects")

    @extend_schema(responses=PortalSerializer)
    def get(self, request: Request) -> Response:
        offered = Parcel.objects.visible_to(request.user).filter(status="published")
        chains = list(Chain.objects.visible_to(request.user).in_use())
        answer: dict[str, Any] = {  # JSON
            "parcels": {"count": offered.count(), "area_mu": offered.aggregate(mu=Sum("area_mu"))["mu"] or 0},
            "chains": {
                "count": len(chains),
                "missing_links": sum(int(drawn.figures.gaps.sum()) for drawn in pictures(chains)),
            },
            "ground": {"facilities": Facility.objects.visible_to(request.user).count()},
            "industries": [
                {"code": industry.code, "name_zh": industry.name_zh, "name_en": industry.name_en}
                for industry in INDUSTRIES
            ],
        }
        if may_see_staff_data(request.user):
            looking = Project.objects.visible_to(request.user).filter(status="planned").count()
            answer["projects"] = {"looking": looking}
        return Response(answer)
