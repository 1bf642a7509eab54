"""GET enterprises/, enterprises/{uscc}/."""

from django.db.models import Prefetch
from rest_framework import generics
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.rights import may_see_staff_data
from enterprises.filters import EnterpriseFilterSet
from enterprises.models import Enterprise, EnterpriseYear
from enterprises.querysets import EnterpriseQuerySet
from enterprises.selectors import with_output
from enterprises.serializers import EnterpriseSerializer, PortraitSerializer
from geo.api import ApiView, ListView
from geo.errors import NotThere

TABLES = ("enterprises", "enterprise_years", "regions")


class EnterpriseListView(ListView):
    """Firms: for visitors the listed ones, without money; staff may sort by output and land as well."""

    serializer_class = EnterpriseSerializer
    filterset_class = EnterpriseFilterSet
    versions = TABLES
    queryset = Enterprise.objects.none()

    @property
    def sort_fields(self) -> tuple[str, ...]:  # type: ignore[override]  # depends on who asks
        known = ("name", "uscc", "founded")
        return (*known, "output", "land_mu") if may_see_staff_data(self.request.user) else known

    def get_queryset(self) -> EnterpriseQuerySet:
        firms = Enterprise.objects.visible_to(self.request.user)
        return with_output(firms) if may_see_staff_data(self.request.user) else firms


class EnterpriseDetailView(ApiView, generics.GenericAPIView[Enterprise]):
    """The portrait of a firm (企业画像)."""

    serializer_class = PortraitSerializer
    versions = (*TABLES, "sources", "supply_ties")
    queryset = Enterprise.objects.none()

    def get(self, request: Request, uscc: str) -> Response:
        years = EnterpriseYear.objects.visible_to(request.user).order_by("year")
        firms = with_output(Enterprise.objects.visible_to(request.user)).select_related("region", "source")
        firm = firms.prefetch_related(Prefetch("years", queryset=years)).filter(uscc=uscc).first()
        if firm is None:
            raise NotThere(
                zh=f"没有代码为 {uscc} 的企业；请核对代码。",
                en=f"There is no enterprise with the code {uscc}; check it.",
            )
        return Response(self.get_serializer(firm).data)
