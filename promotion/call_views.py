"""calls/: what the chains need (揭榜). Published calls are public; what is called for is proposed to staff."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import generics, status
from rest_framework.request import Request
from rest_framework.response import Response

from geo.api import ApiView, ListView
from geo.errors import BadParameter, NotThere
from geo.locking import seen_by
from promotion import call_services
from promotion.call_serializers import CallFormSerializer, CallSerializer, ProposalListSerializer
from promotion.call_words import proposals
from promotion.models import Call
from promotion.nodes import Nodes
from promotion.querysets import within_scope


class CallContext:
    """Which calls belong to the reader's own regions."""

    request: Any  # Any: mixed into views

    def get_serializer_context(self) -> dict[str, Any]:
        scope = Call.objects.filter(within_scope(self.request.user))
        return {"request": self.request, "view": self, "own": set(scope.values_list("pk", flat=True))}


class CallListView(CallContext, ListView):
    """Published calls, the newest first; staff see drafts and closed ones of their regions too. POST draws one up."""

    serializer_class = CallSerializer
    tie_break = "-pk"
    queryset = Call.objects.none()

    def get_queryset(self) -> QuerySet[Call]:
        return Call.objects.visible_to(self.request.user).select_related("region").prefetch_related("entries")

    @extend_schema(request=CallFormSerializer, responses={201: CallSerializer})
    def post(self, request: Request) -> Response:
        form = CallFormSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        call = call_services.draw_up(given=form.validated_data, by=request.user)
        return Response(self.get_serializer(call).data, status=status.HTTP_201_CREATED)


class OneCallView(CallContext, ApiView, generics.GenericAPIView[Call]):
    serializer_class = CallSerializer
    queryset = Call.objects.none()

    def call(self, number: int) -> Call:
        """One that may be read."""
        return self._one(Call.objects.visible_to(self.request.user), number)

    def own(self, number: int) -> Call:
        """One of one's own regions."""
        visible = Call.objects.visible_to(self.request.user)
        return self._one(visible.filter(within_scope(self.request.user)), number)

    def _one(self, calls: QuerySet[Call], number: int) -> Call:
        found = calls.select_related("region").prefetch_related("entries").filter(pk=number).first()
        if found is None:
            raise NotThere(zh="没有这个榜单。", en="There is no such call.")
        return found

    def told(self, call: Call) -> Response:
        fresh = self._one(Call.objects.filter(pk=call.pk), call.pk)
        return Response(self.get_serializer(fresh).data)


class CallView(OneCallView):
    """One call; PATCH revises a draft."""

    def get(self, request: Request, number: int) -> Response:
        return self.told(self.call(number))

    @extend_schema(request=CallFormSerializer(partial=True), responses=CallSerializer)
    def patch(self, request: Request, number: int) -> Response:
        call = self.own(number)
        form = CallFormSerializer(data=request.data, partial=True)
        form.is_valid(raise_exception=True)
        return self.told(
            call_services.revise(call=call, given=form.validated_data, seen=seen_by(request), by=request.user)
        )


class PublishView(OneCallView):
    """POST makes a draft public."""

    @extend_schema(request=None, responses=CallSerializer)
    def post(self, request: Request, number: int) -> Response:
        return self.told(call_services.publish(call=self.own(number), by=request.user))


class CloseView(OneCallView):
    """POST takes a published call back from the public."""

    @extend_schema(request=None, responses=CallSerializer)
    def post(self, request: Request, number: int) -> Response:
        return self.told(call_services.close(call=self.own(number), by=request.user))


class ProposalView(ApiView):
    """What the chains call for today, node by node, with its kind and in words."""

    staff_only = True
    parameters = frozenset({"chain"})

    @extend_schema(responses=ProposalListSerializer, parameters=[OpenApiParameter("chain", str)])
    def get(self, request: Request) -> Response:
        nodes = Nodes(request.user)
        code = request.query_params.get("chain")
        if code is not None and code not in nodes.pictures:
            raise BadParameter(
                "chain",
                zh=f"没有代码为“{code}”的产业链；目录见 chains/。",
                en=f"There is no chain with code {code}; see chains/.",
            )
        pictures = [nodes.pictures[code]] if code is not None else nodes.pictures.values()
        rows = [
            {
                "node": nodes.told(one.code),
                "kind": one.need.value,
                "state": one.state.value,
                "need_zh": one.words.zh,
                "need_en": one.words.en,
            }
            for picture in pictures
            for one in proposals(picture)
        ]
        return Response(ProposalListSerializer({"results": rows, "next": None}).data)
