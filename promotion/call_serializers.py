"""The shape of calls: what is public of them is all there is, but for state and day of making."""

from typing import Any

from rest_framework import serializers

from accounts.rights import may_promote
from chains.verdict_serializers import STATE_CHOICES
from geo.forms import StrictSerializer
from geo.locking import mark_of
from promotion.call_services import LABELS
from promotion.models import Call, CallEntry
from promotion.serializers import NodeNameSerializer, RegionNameSerializer

MOST_ENTRIES = 100


class EntrySerializer(serializers.ModelSerializer[CallEntry]):
    class Meta:
        model = CallEntry
        fields = ("node", "kind", "name_zh", "name_en", "chain_zh", "chain_en", "need_zh", "need_en")


class CallSerializer(serializers.ModelSerializer[Call]):
    """`yours`: the reader may revise, publish or close it. Who drew it up is told to nobody."""

    region = RegionNameSerializer()
    entries = serializers.SerializerMethodField()
    yours = serializers.SerializerMethodField()
    mark = serializers.SerializerMethodField(help_text="Sent back as If-Match with a revision.")

    class Meta:
        model = Call
        fields = (
            "id", "title_zh", "title_en", "region", "contact_office", "contact_office_en", "contact_phone", "closes_on",
            "state", "published_at", "entries", "yours", "mark",
        )  # fmt: skip

    def get_entries(self, call: Call) -> list[dict[str, str]]:
        order = list(CallEntry.Kind)
        entries = sorted(call.entries.all(), key=lambda one: (order.index(CallEntry.Kind(one.kind)), one.pk))
        return EntrySerializer(entries, many=True).data  # type: ignore[return-value]

    def get_mark(self, call: Call) -> str:
        return mark_of((call, LABELS))

    def get_yours(self, call: Call) -> bool:
        user = self.context["request"].user
        return may_promote(user) and call.pk in self.context["own"]


class CallFormSerializer(StrictSerializer):
    title_zh = serializers.CharField(max_length=120)
    title_en = serializers.CharField(max_length=160, required=False, allow_blank=True)
    contact_office = serializers.CharField(max_length=120)
    contact_office_en = serializers.CharField(max_length=160, required=False, allow_blank=True)
    contact_phone = serializers.CharField(max_length=40, required=False, allow_blank=True)
    closes_on = serializers.DateField(required=False, allow_null=True)
    nodes = serializers.ListField(
        child=serializers.CharField(max_length=181), allow_empty=False, max_length=MOST_ENTRIES, help_text="chain/node"
    )


class ProposalSerializer(serializers.Serializer[Any]):
    """A node that calls for something today."""

    node = NodeNameSerializer()
    kind = serializers.ChoiceField(choices=CallEntry.Kind.choices)
    state = serializers.ChoiceField(choices=STATE_CHOICES)
    need_zh = serializers.CharField()
    need_en = serializers.CharField()


class ProposalListSerializer(serializers.Serializer[Any]):
    results = ProposalSerializer(many=True)
    next = serializers.CharField(allow_null=True)
