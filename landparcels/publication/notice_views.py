"""GET notices/ and the rounds' steps; GET publication/desk/."""

from typing import Any, cast

import django_filters
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from geo.api import ApiView, ListView
from geo.errors import BadParameter, NotThere
from geo.filters import PlaceFilterSet
from geo.locking import seen_by
from landparcels.indicators.own import VERSION as OWN_VERSION
from landparcels.models import Notice
from landparcels.publication.announcing import announce, close, correct, list_for_bids
from landparcels.publication.desk import desk_of, shown
from landparcels.publication.notice_serializers import (
    AnnounceSerializer,
    CloseSerializer,
    CorrectSerializer,
    DeskShape,
    NoticeSerializer,
    OnSerializer,
)
from landparcels.publication.stages import STAGES, TERMS

NOTICES = ("notices", "parcels", "regions", "sources")
OF_NOTICES = frozenset({"announced", "listed", "sold", "failed", "cancelled"})


class NoticeFilterSet(PlaceFilterSet):
    place_field = "parcel__label_point"
    region_field = "parcel__region"
    text_fields = ("number", "parcel__code", "parcel__name")

    parcel = django_filters.CharFilter(field_name="parcel__code")
    stage = django_filters.CharFilter(method="in_stage")
    supply_mode = django_filters.CharFilter(field_name="terms_supply_mode")
    announced_on__gte = django_filters.DateFilter(field_name="announced_on", lookup_expr="gte")
    announced_on__lte = django_filters.DateFilter(field_name="announced_on", lookup_expr="lte")
    bid_deadline__gte = django_filters.DateFilter(field_name="terms_bid_deadline", lookup_expr="gte")
    bid_deadline__lte = django_filters.DateFilter(field_name="terms_bid_deadline", lookup_expr="lte")

    class Meta:
        model = Notice
        fields: tuple[str, ...] = ()

    def in_stage(self, rows: QuerySet[Notice], name: str, text: str) -> QuerySet[Notice]:
        """One stage, or several separated by commas."""
        asked = text.split(",")
        for stage in asked:
            if stage not in OF_NOTICES:
                known = ", ".join(one for one in STAGES if one in OF_NOTICES)
                raise BadParameter(
                    "stage", zh=f"没有阶段“{stage}”；可用：{known}。", en=f"There is no stage {stage}; known: {known}."
                )
        return rows.filter(stage__in=asked)


class NoticeListView(ListView):
    """Notices of parcels one may see, every round of them."""

    filterset_class = NoticeFilterSet
    sort_fields = ("announced_on", "closed_on", "area_mu", "terms_bid_deadline", "terms_start_price")
    tie_break = "id"
    versions = NOTICES
    serializer_class = NoticeSerializer
    queryset = Notice.objects.none()

    def get_queryset(self) -> QuerySet[Notice]:
        return shown(Notice.objects.visible_to(self.request.user))

    def ordering_for(self, request: Request) -> tuple[str, ...]:
        """`sort=bid_deadline` is that of the terms; the newest notice comes first where nothing is asked."""
        asked = request.query_params.get("sort")
        if not asked:
            return ("-announced_on", "-id")
        name = asked.removeprefix("-")
        if name in TERMS and f"terms_{name}" in self.sort_fields:
            return (asked.replace(name, f"terms_{name}"), self.tie_break)
        return super().ordering_for(request)


class _NoticeStep(ApiView):
    def answer(self, notice: Notice) -> Response:
        fresh = shown(Notice.objects.filter(pk=notice.pk)).get()
        return Response(NoticeSerializer(fresh).data)


class AnnounceView(_NoticeStep):
    """A notice for a published parcel: its first round, or the next one after a round that is closed."""

    @extend_schema(request=AnnounceSerializer, responses={201: NoticeSerializer})
    def post(self, request: Request, code: str) -> Response:
        asked = _read(AnnounceSerializer(data=request.data))
        terms = {name: asked[name] for name in TERMS if name in asked}
        notice = announce(
            code=code,
            by=cast(User, request.user),
            number=asked["number"],
            url=asked["url"],
            announced_on=asked.get("announced_on"),
            terms=terms,
        )
        response = self.answer(notice)
        response.status_code = 201
        return response


class NoticeView(_NoticeStep):
    """One round; PATCH corrects what an open one says (更正)."""

    @extend_schema(operation_id="notices_retrieve", responses=NoticeSerializer)
    def get(self, request: Request, notice: int) -> Response:
        found = Notice.objects.visible_to(request.user).filter(pk=notice).first()
        if found is None:
            raise NotThere(zh=f"没有编号为 {notice} 的公告。", en=f"There is no notice {notice}.")
        return self.answer(found)

    @extend_schema(request=CorrectSerializer, responses=NoticeSerializer)
    def patch(self, request: Request, notice: int) -> Response:
        given = _read(CorrectSerializer(data=request.data))
        return self.answer(correct(notice=notice, by=cast(User, request.user), given=given, seen=seen_by(request)))


class ListForBidsView(_NoticeStep):
    """挂牌: bids are taken from this day."""

    @extend_schema(request=OnSerializer, responses=NoticeSerializer)
    def post(self, request: Request, notice: int) -> Response:
        asked = _read(OnSerializer(data=request.data))
        return self.answer(list_for_bids(notice=notice, by=cast(User, request.user), on=asked.get("on")))


class CloseView(_NoticeStep):
    """成交, 流拍 or 终止; what is sold is reserved with it."""

    @extend_schema(request=CloseSerializer, responses=NoticeSerializer)
    def post(self, request: Request, notice: int) -> Response:
        asked = _read(CloseSerializer(data=request.data))
        closed = close(
            notice=notice,
            by=cast(User, request.user),
            outcome=asked["outcome"],
            on=asked.get("on"),
            deal_price=asked.get("deal_price"),
        )
        return self.answer(closed)


class DeskView(ApiView):
    """What waits in the reader's region."""

    staff_only = True
    versions = (*NOTICES, "parcel_transitions", "parcel_documents", OWN_VERSION)

    @extend_schema(responses=DeskShape)
    def get(self, request: Request) -> Response:
        waiting = desk_of(cast(User, request.user))
        return Response({**waiting, "ending": NoticeSerializer(waiting["ending"], many=True).data})


def _read(serializer: Any) -> dict[str, Any]:  # Any: whichever serializer, plain data
    serializer.is_valid(raise_exception=True)
    validated: dict[str, Any] = serializer.validated_data
    return validated
