"""GET /api/v1/notifications/, POST /api/v1/notifications/read/: what this person was told, and what of it was read."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import Notification
from geo.api import ApiView, ListView
from geo.errors import BadParameter, NotSignedIn
from geo.forms import StrictSerializer
from geo.words import Words

MOST_AT_ONCE = 500


class NotificationSerializer(serializers.ModelSerializer[Notification]):
    text = serializers.SerializerMethodField(help_text="In the language of the request.")
    read = serializers.SerializerMethodField()

    class Meta:
        model = Notification
        fields = ("id", "topic", "text", "link", "created_at", "read")

    def get_text(self, told: Notification) -> str:
        return str(Words(told.zh, told.en))

    def get_read(self, told: Notification) -> bool:
        return told.read_at is not None


class ReadSerializer(StrictSerializer):
    """Some by their ids, or all."""

    ids = serializers.ListField(child=serializers.IntegerField(min_value=1), max_length=MOST_AT_ONCE, required=False)
    all = serializers.BooleanField(default=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:  # Any: validated values
        if attrs["all"] == ("ids" in attrs):
            words = Words("请给出 ids，或 all: true。", "Give either ids or all: true.")
            raise serializers.ValidationError({"ids": str(words)})
        return attrs


class UnreadSerializer(serializers.Serializer[Any]):
    unread = serializers.IntegerField()


class NotificationListView(ListView):
    """One's own notifications, the newest first, and how many are unread; `unread=true` leaves out the others."""

    reads = frozenset[str]()
    parameters = frozenset({"unread"})
    serializer_class = NotificationSerializer
    queryset = Notification.objects.none()

    @extend_schema(
        parameters=[OpenApiParameter("unread", bool)],
        responses=inline_serializer(
            "NotificationPage",
            {
                "results": NotificationSerializer(many=True),
                "next": serializers.URLField(allow_null=True),
                "unread": serializers.IntegerField(),
            },
        ),
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        signed_in(request)
        return super().get(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[Notification]:
        rows = Notification.objects.visible_to(self.request.user)
        asked = self.request.query_params.get("unread", "false")
        if asked not in {"true", "false"}:
            raise BadParameter("unread", zh="unread 只能是 true 或 false。", en="unread is true or false.")
        return rows.unread() if asked == "true" else rows

    def ordering_for(self, request: Request) -> tuple[str, ...]:
        return ("-pk",)

    def get_paginated_response(self, data: Any) -> Response:  # Any: serialised rows
        answer = super().get_paginated_response(data)
        answer.data["unread"] = unread(self.request)
        return answer


class NotificationReadView(ApiView):
    """Mark as read; others' notifications are not touched, whatever ids are given."""

    @extend_schema(request=ReadSerializer, responses=UnreadSerializer)
    def post(self, request: Request) -> Response:
        asked = ReadSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        rows = Notification.objects.visible_to(request.user).unread()
        if not asked.validated_data["all"]:
            rows = rows.filter(pk__in=asked.validated_data["ids"])
        rows.update(read_at=timezone.now())
        return Response({"unread": unread(request)})


def unread(request: Request) -> int:
    return Notification.objects.visible_to(request.user).unread().count()


def signed_in(request: Request) -> None:
    if not request.user.is_authenticated:
        raise NotSignedIn
