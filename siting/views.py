"""GET and POST projects/, projects/{code}/; POST siting/fit/. All of it is for staff."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpResponse
from drf_spectacular.utils import PolymorphicProxySerializer, extend_schema
from rest_framework import generics, status
from rest_framework.request import Request
from rest_framework.response import Response

from geo.api import ApiView
from geo.cell_answers import PlainNegotiation
from geo.errors import NotThere
from geo.views import PlaceListView
from siting import answers
from siting.assessment import assess_field, assess_parcels, assess_site
from siting.field_answers import of_field
from siting.filters import ProjectFilterSet
from siting.models import AMOUNTS, Project
from siting.requests import FitSerializer, needs_of
from siting.resources import RESOURCES, weights_with
from siting.serializers import (
    CatalogueSerializer,
    FieldSerializer,
    ParcelFitsSerializer,
    ProjectSerializer,
    SiteSerializer,
)
from siting.services import save_project


class ProjectListView(PlaceListView):
    """Projects of the city; POST enters one."""

    staff_only = True
    serializer_class = ProjectSerializer
    filterset_class = ProjectFilterSet
    sort_fields = ("code", "name", "status", "committed_on", *AMOUNTS)
    tie_break = "code"
    geometry_field = "place"
    versions = ("projects",)
    queryset = Project.objects.none()

    def get_queryset(self) -> QuerySet[Project]:
        return Project.objects.visible_to(self.request.user)

    def post(self, request: Request) -> Response:
        asked = ProjectSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        project = save_project(project=Project(**asked.validated_data), by=request.user)
        return Response(ProjectSerializer(project).data, status=status.HTTP_201_CREATED)


class ProjectView(ApiView, generics.GenericAPIView[Project]):
    """One project; PATCH changes what is given."""

    staff_only = True
    serializer_class = ProjectSerializer
    versions = ("projects",)
    queryset = Project.objects.none()

    def get(self, request: Request, code: str) -> Response:
        return Response(ProjectSerializer(self._project(code)).data)

    @transaction.atomic
    def patch(self, request: Request, code: str) -> Response:
        project = self._project(code, held=True)
        asked = ProjectSerializer(project, data=request.data, partial=True)
        asked.is_valid(raise_exception=True)
        for name, value in asked.validated_data.items():
            setattr(project, name, value)
        return Response(ProjectSerializer(save_project(project=project, by=request.user)).data)

    def _project(self, code: str, *, held: bool = False) -> Project:
        rows = Project.objects.visible_to(self.request.user).filter(code=code)
        project = (rows.select_for_update() if held else rows).first()
        if project is None:
            raise NotThere(zh=f"没有项目 {code}；请核对编号。", en=f"There is no project {code}; check its code.")
        return project


class ResourceListView(ApiView):
    """The resources a site is judged by, with their default weights; they come whole."""

    staff_only = True

    @extend_schema(responses=CatalogueSerializer(many=True))
    def get(self, request: Request) -> Response:
        return Response({"results": CatalogueSerializer(RESOURCES.values(), many=True).data, "next": None})


ANSWERS = PolymorphicProxySerializer(
    "SitingAnswer", [SiteSerializer, ParcelFitsSerializer, FieldSerializer], resource_type_field_name=None
)


class FitView(ApiView):
    """How well a site, parcels or every cell of the city fit a project (METHODS 6)."""

    staff_only = True
    reads = frozenset({"POST"})
    content_negotiation_class = PlainNegotiation

    @extend_schema(request=FitSerializer, responses=ANSWERS)
    def post(self, request: Request) -> HttpResponse:
        form = FitSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        asked: dict[str, Any] = form.validated_data
        needs, weights = needs_of(asked.get("project", {})), asked.get("weights") or weights_with({})
        if "at" in asked:
            return Response(answers.of_site(assess_site(needs, weights, *asked["at"])))
        if "parcels" in asked:
            found = assess_parcels(needs, weights, asked["parcels"], user=request.user)
            return Response(answers.of_parcels(found))
        return of_field(request, assess_field(needs, weights), asked["resolution"])
