"""GET land-deals/ and land-deals/summary/."""

import django_filters
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from geo.api import ApiView, ListView
from geo.errors import BadParameter
from geo.filters import subtree_of
from landparcels.deals.models import LandDeal, SupplyWay
from landparcels.deals.selectors import yearly
from landparcels.deals.serializers import DealYearsShape, LandDealSerializer

BEHIND = ("land_deals", "regions", "sources")


class LandDealFilterSet(django_filters.FilterSet):  # type: ignore[misc]  # the package has no types
    region = django_filters.CharFilter(method="in_region")
    around = django_filters.CharFilter(method="around_region")
    way = django_filters.ChoiceFilter(choices=SupplyWay.choices)
    land_use = django_filters.CharFilter(field_name="land_use", lookup_expr="contains")
    industry = django_filters.CharFilter(field_name="industry", lookup_expr="contains")
    signed_on__gte = django_filters.DateFilter(field_name="signed_on", lookup_expr="gte")
    signed_on__lte = django_filters.DateFilter(field_name="signed_on", lookup_expr="lte")
    q = django_filters.CharFilter(method="with_text")

    class Meta:
        model = LandDeal
        fields: tuple[str, ...] = ()

    def in_region(self, rows: QuerySet[LandDeal], name: str, adcode: str) -> QuerySet[LandDeal]:
        return rows.filter(region__in=subtree_of(adcode))

    def around_region(self, rows: QuerySet[LandDeal], name: str, adcode: str) -> QuerySet[LandDeal]:
        """A park has no deals of its own, since these stand at districts: those of the nearest region above that has some."""
        region = subtree_of(adcode).get(adcode=adcode)
        for above in reversed(region.path.strip("/").split("/")):
            found = rows.filter(region__in=subtree_of(above))
            if found.exists():
                return found
        return rows.none()

    def with_text(self, rows: QuerySet[LandDeal], name: str, text: str) -> QuerySet[LandDeal]:
        """In address or project."""
        return rows.filter(address__icontains=text.strip()) | rows.filter(project__icontains=text.strip())


class LandDealListView(ListView):
    """Results of transfers, the newest first."""

    filterset_class = LandDealFilterSet
    sort_fields = ("signed_on", "area_mu", "price", "price_per_mu")
    tie_break = "pk"
    versions = BEHIND
    serializer_class = LandDealSerializer
    queryset = LandDeal.objects.none()

    def get_queryset(self) -> QuerySet[LandDeal]:
        rows = LandDeal.objects.visible_to(self.request.user).with_price_per_mu().select_related("region", "source")
        return rows.defer("region__outline", "region__web", "source__report")

    def ordering_for(self, request: Request) -> tuple[str, ...]:
        return super().ordering_for(request) if request.query_params.get("sort") else ("-signed_on", "-pk")


class LandDealSummaryView(ApiView):
    """Year by year under the filters of the list: how many, how much land, quartiles of the price per mu."""

    parameters = frozenset(LandDealFilterSet.base_filters)
    versions = BEHIND

    @extend_schema(responses=DealYearsShape)
    def get(self, request: Request) -> Response:
        rows = LandDeal.objects.visible_to(request.user).with_price_per_mu()
        asked = LandDealFilterSet(request.query_params, queryset=rows)
        if not asked.is_valid():
            name, errors = next(iter(asked.errors.items()))
            raise BadParameter(name, zh=f"{name}：{errors[0]}", en=f"{name}: {errors[0]}")
        return Response({"years": yearly(asked.qs)})
