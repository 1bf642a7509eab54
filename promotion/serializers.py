"""The shape of answers about targets. Others learn of a target no more than `FollowedSerializer` holds."""

from typing import Any

from rest_framework import serializers

from accounts.models import User
from chains.target_serializers import TargetRowSerializer
from geo.forms import StrictSerializer
from geo.locking import mark_of
from geo.models import Region
from promotion.first_contact import overdue_from
from promotion.models import Handover, Target, TargetEvent
from promotion.services import LABELS, LONGEST_NOTE


class RegionNameSerializer(serializers.ModelSerializer[Region]):
    class Meta:
        model = Region
        fields = ("adcode", "name", "name_en")


class ColleagueSerializer(serializers.ModelSerializer[User]):
    name = serializers.CharField(source="__str__")

    class Meta:
        model = User
        fields = ("username", "name")


class NodeNameSerializer(serializers.Serializer[Any]):
    code = serializers.CharField(help_text="chain/node")
    chain = serializers.CharField()
    chain_name = serializers.CharField()
    chain_name_en = serializers.CharField()
    node = serializers.CharField()
    name = serializers.CharField()
    name_en = serializers.CharField()


class TargetSerializer(serializers.ModelSerializer[Target]):
    """A followed firm; the view's context holds `nodes`."""

    uscc = serializers.CharField(source="enterprise.uscc")
    name = serializers.CharField(source="enterprise.name")
    hq_region = serializers.CharField(source="enterprise.hq_region")
    node = serializers.SerializerMethodField()
    region = RegionNameSerializer()
    owner = ColleagueSerializer()
    overdue_from = serializers.SerializerMethodField()
    mark = serializers.SerializerMethodField(help_text="Sent back as If-Match with a change.")

    class Meta:
        model = Target
        fields: tuple[str, ...] = (
            "id", "uscc", "name", "hq_region", "node", "state", "region", "owner", "since", "last_word_at",
            "overdue_from", "next_action_on", "mark",
        )  # fmt: skip

    def get_node(self, target: Target) -> dict[str, Any] | None:
        found: dict[str, Any] | None = self.context["nodes"].told(target.node)
        return found

    def get_mark(self, target: Target) -> str:
        return mark_of((target, LABELS))

    def get_overdue_from(self, target: Target) -> str | None:
        due = overdue_from(target.last_word_at, target.state)
        return None if due is None else due.isoformat()


class EventSerializer(serializers.ModelSerializer[TargetEvent]):
    by = ColleagueSerializer()

    class Meta:
        model = TargetEvent
        fields = ("id", "at", "by", "kind", "text", "before", "after")


class HandoverSerializer(serializers.ModelSerializer[Handover]):
    region = RegionNameSerializer()
    asked_by = ColleagueSerializer()

    class Meta:
        model = Handover
        fields = ("id", "region", "asked_by", "asked_at", "text", "state", "answered_at", "answer")


class OpenedTargetSerializer(TargetSerializer):
    """With history, what other regions ask, to whom it may be given, and why it is worth inviting."""

    events = EventSerializer(many=True)
    handovers = serializers.SerializerMethodField()
    colleagues = serializers.SerializerMethodField()
    moves = serializers.SerializerMethodField()
    ranking = serializers.SerializerMethodField()

    class Meta(TargetSerializer.Meta):
        fields = (*TargetSerializer.Meta.fields, "events", "handovers", "colleagues", "moves", "ranking")

    def get_handovers(self, target: Target) -> list[dict[str, Any]]:
        waiting = [one for one in target.handovers.all() if one.state == Handover.State.OPEN]
        return HandoverSerializer(waiting, many=True).data  # type: ignore[return-value]

    def get_colleagues(self, target: Target) -> list[dict[str, Any]]:
        return ColleagueSerializer(self.context["colleagues"], many=True).data  # type: ignore[return-value]

    def get_moves(self, target: Target) -> list[str]:
        return list(self.context["moves"])

    def get_ranking(self, target: Target) -> dict[str, Any] | None:
        row = self.context["ranking"]
        return None if row is None else dict(TargetRowSerializer(row).data)


class FollowedSerializer(serializers.Serializer[Any]):
    """That a firm is followed, by which region, since when. `id` opens it for those of that region."""

    uscc = serializers.CharField()
    region = RegionNameSerializer()
    since = serializers.DateTimeField()
    overdue = serializers.BooleanField(help_text="Others may take it over.")
    asked = serializers.BooleanField(help_text="Your region has asked for it and waits for an answer.")
    id = serializers.IntegerField()
    opens = serializers.BooleanField(help_text="You may see the rest.")


class FollowedListSerializer(serializers.Serializer[Any]):
    results = FollowedSerializer(many=True)
    next = serializers.CharField(allow_null=True)


class TakeUpSerializer(StrictSerializer):
    uscc = serializers.CharField(max_length=80)
    node = serializers.CharField(max_length=181, required=False, allow_blank=True, default="", help_text="chain/node")
    text = serializers.CharField(max_length=LONGEST_NOTE, required=False, allow_blank=True, default="")


class NoteSerializer(StrictSerializer):
    text = serializers.CharField(max_length=LONGEST_NOTE, allow_blank=True)


class ReasonSerializer(StrictSerializer):
    text = serializers.CharField(max_length=LONGEST_NOTE, required=False, allow_blank=True, default="")


class AnswerSerializer(ReasonSerializer):
    agree = serializers.BooleanField()


class ChangeSerializer(StrictSerializer):
    """What is given is changed; `text` says why a state changes."""

    state = serializers.ChoiceField(choices=Target.State.choices, required=False)
    owner = serializers.CharField(max_length=150, required=False, help_text="A username of `colleagues`.")
    next_action_on = serializers.DateField(required=False, allow_null=True)
    text = serializers.CharField(max_length=LONGEST_NOTE, required=False, allow_blank=True, default="")
