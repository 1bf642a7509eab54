"""targets/: the firms that one's region follows, and what may be known of those that others follow.

Whether something is overdue depends on the hour, so these answers carry no ETag.
"""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import generics, status
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.rights import Person
from chains.target_evidence import told
from chains.target_rows import rank_all
from chains.target_serializers import TargetRankingSerializer
from chains.target_views import limit_of
from enterprises.models import Enterprise
from geo.api import ApiView, ListView
from geo.errors import BadParameter, NotThere
from geo.locking import seen_by
from geo.sheets import XLSX
from promotion import services
from promotion.export import workbook
from promotion.filters import TargetFilterSet
from promotion.models import Handover, Target
from promotion.nodes import Nodes
from promotion.selectors import followed, surroundings
from promotion.serializers import (
    AnswerSerializer,
    ChangeSerializer,
    FollowedListSerializer,
    HandoverSerializer,
    NoteSerializer,
    OpenedTargetSerializer,
    ReasonSerializer,
    TakeUpSerializer,
    TargetSerializer,
)

MOST_FIRMS = 500


class TargetListView(ListView):
    """The targets of one's regions; POST takes a firm up, which exactly one region can."""

    staff_only = True
    serializer_class = TargetSerializer
    filterset_class = TargetFilterSet
    sort_fields = ("next_action_on", "since", "last_word_at")
    queryset = Target.objects.none()

    def get_queryset(self) -> QuerySet[Target]:
        return Target.objects.visible_to(self.request.user).select_related("enterprise", "region", "owner")

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), "nodes": Nodes(self.request.user)}

    @extend_schema(request=TakeUpSerializer, responses={201: OpenedTargetSerializer})
    def post(self, request: Request) -> Response:
        asked = TakeUpSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        given, nodes = asked.validated_data, Nodes(request.user)
        if given["node"]:
            nodes.leaf(given["node"])
        firm = Enterprise.objects.visible_to(request.user).filter(uscc=given["uscc"]).first()
        if firm is None:
            raise BadParameter(
                "uscc", zh=f"没有代码为 {given['uscc']} 的企业。", en=f"There is no enterprise {given['uscc']}."
            )
        target = services.take_up(enterprise=firm, node=given["node"], text=given["text"], by=request.user)
        return Response(opened(target, request.user, nodes), status=status.HTTP_201_CREATED)


class OneTargetView(ApiView):
    staff_only = True

    def target(self, number: int) -> Target:
        """One of one's own regions'."""
        found = (
            Target.objects.visible_to(self.request.user)
            .select_related("enterprise", "region", "owner")
            .filter(pk=number)
            .first()
        )
        if found is None:
            raise no_target()
        return found

    def anyones(self, number: int) -> Target:
        """One that some region holds: what may be asked of it gives nothing away."""
        found = Target.objects.select_related("enterprise", "region", "owner").filter(pk=number).first()
        if found is None:
            raise no_target()
        return found

    def checked(self, form: Any) -> dict[str, Any]:  # a serializer
        form.is_valid(raise_exception=True)
        given: dict[str, Any] = form.validated_data
        return given


class TargetView(OneTargetView, generics.GenericAPIView[Target]):
    """One target with its history and evidence; PATCH changes state, owner or the next action."""

    serializer_class = OpenedTargetSerializer
    queryset = Target.objects.none()

    def get(self, request: Request, number: int) -> Response:
        return Response(opened(self.target(number), request.user))

    @extend_schema(request=ChangeSerializer, responses=OpenedTargetSerializer)
    def patch(self, request: Request, number: int) -> Response:
        target, given = self.target(number), self.checked(ChangeSerializer(data=request.data))
        services.change(target=target, given=given, seen=seen_by(request), by=request.user)
        return Response(opened(self.target(number), request.user))


class NoteView(OneTargetView):
    """POST adds a note, which is never changed and renews the hold."""

    @extend_schema(request=NoteSerializer, responses={201: OpenedTargetSerializer})
    def post(self, request: Request, number: int) -> Response:
        target, given = self.target(number), self.checked(NoteSerializer(data=request.data))
        services.add_note(target=target, text=given["text"], by=request.user)
        return Response(opened(self.target(number), request.user), status=status.HTTP_201_CREATED)


class TakeOverView(OneTargetView):
    """POST takes an overdue firm over for one's own region."""

    @extend_schema(request=ReasonSerializer, responses={201: OpenedTargetSerializer})
    def post(self, request: Request, number: int) -> Response:
        target, given = self.anyones(number), self.checked(ReasonSerializer(data=request.data))
        fresh = services.take_over(target=target, text=given["text"], by=request.user)
        return Response(opened(fresh, request.user), status=status.HTTP_201_CREATED)


class HandoverListView(OneTargetView):
    """POST asks the holder to hand a firm over to one's own region."""

    @extend_schema(request=ReasonSerializer, responses={201: HandoverSerializer})
    def post(self, request: Request, number: int) -> Response:
        target, given = self.anyones(number), self.checked(ReasonSerializer(data=request.data))
        asked = services.ask_for(target=target, text=given["text"], by=request.user)
        return Response(HandoverSerializer(asked).data, status=status.HTTP_201_CREATED)


class HandoverView(OneTargetView):
    """POST answers: only with the holder's consent the firm goes over."""

    @extend_schema(operation_id="targets_handovers_answer", request=AnswerSerializer, responses=HandoverSerializer)
    def post(self, request: Request, number: int, asked: int) -> Response:
        found = Handover.objects.visible_to(request.user).filter(pk=asked, target=number).first()
        if found is None:
            raise NotThere(zh="没有这项移交申请。", en="There is no such request.")
        given = self.checked(AnswerSerializer(data=request.data))
        answered = services.answer(handover=found, agree=given["agree"], text=given["text"], by=request.user)
        return Response(HandoverSerializer(answered).data)


class FollowedView(ApiView):
    """Which of these firms are followed, by which region, since when: all that other regions are told."""

    staff_only = True
    parameters = frozenset({"uscc", "node"})

    @extend_schema(
        responses=FollowedListSerializer,
        parameters=[
            OpenApiParameter("uscc", str, description="Identifiers, separated by commas."),
            OpenApiParameter(
                "node", str, description="Firms that make something for chain/node, or for a whole chain."
            ),
        ],
    )
    def get(self, request: Request) -> Response:
        asked = request.query_params.get("uscc")
        firms = None if asked is None else [code for code in asked.split(",") if code]
        if firms is not None and len(firms) > MOST_FIRMS:
            raise BadParameter(
                "uscc", zh=f"一次最多 {MOST_FIRMS} 家企业。", en=f"At most {MOST_FIRMS} firms at a time."
            )
        rows = followed(request.user, firms=firms, node=request.query_params.get("node"))
        return Response(FollowedListSerializer({"results": rows, "next": None}).data)


class DirectoryView(ApiView):
    """招商名录 of the city: the firms most worth inviting over all chains, each once, with evidence."""

    staff_only = True
    parameters = frozenset({"limit"})

    @extend_schema(responses=TargetRankingSerializer, parameters=[OpenApiParameter("limit", int)])
    def get(self, request: Request) -> Response:
        places = [
            (picture, [at for at, leaf in enumerate(picture.graph.is_leaf.tolist()) if leaf])
            for picture in Nodes(request.user).pictures.values()
        ]
        ranking = rank_all(places, request.user, limit=limit_of(request))
        return Response(TargetRankingSerializer(told(ranking, request.user)).data)


class TargetExportView(TargetListView):
    """The same rows as a spreadsheet, with the last note of each."""

    http_method_names = ["get", "head", "options"]

    def known_parameters(self) -> frozenset[str]:
        return super().known_parameters() - {"limit", "cursor"}

    @extend_schema(responses={(200, XLSX): bytes})
    def get(  # type: ignore[override]  # a file, no page of a list
        self, request: Request, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        rows = self.filter_queryset(self.get_queryset()).order_by(*self.ordering_for(request))
        return workbook(rows, Nodes(request.user))


def no_target() -> NotThere:
    return NotThere(zh="没有这个招引对象。", en="There is no such target.")


def opened(target: Target, user: Person, nodes: Nodes | None = None) -> dict[str, Any]:
    """A target as its own region sees it."""
    nodes = nodes or Nodes(user)
    row = (
        Target.objects.select_related("enterprise", "region", "owner")
        .prefetch_related("events__by", "handovers__region", "handovers__asked_by")
        .get(pk=target.pk)
    )
    return dict(OpenedTargetSerializer(row, context=surroundings(row, user, nodes)).data)
