"""The shape of answers about chains. Visitors get structure, states and numbers of firms; figures of money are for staff."""

from __future__ import annotations

from typing import Any, ClassVar

from rest_framework import serializers

from accounts.rights import may_see_staff_data
from chains.models import ChainNode
from chains.verdict_serializers import STATE_CHOICES, ThresholdsSerializer, VerdictSerializer


class RightsSerializer(serializers.Serializer[Any]):  # of rows that are plain mappings
    """A field someone may not see is absent, not null: `staff_fields` are left out for others."""

    staff_fields: ClassVar[tuple[str, ...]] = ()

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        fields = super().get_fields()
        request = self.context.get("request")
        describing_the_schema = request is None or getattr(self.context.get("view"), "swagger_fake_view", False)
        for name in self.staff_fields:
            if describing_the_schema:
                fields[name].required = False
            elif request is not None and not may_see_staff_data(request.user):
                fields.pop(name)
        return fields


class StateCountsSerializer(serializers.Serializer[Any]):
    missing = serializers.IntegerField()
    weak = serializers.IntegerField()
    absent = serializers.IntegerField()
    balanced = serializers.IntegerField()
    strong = serializers.IntegerField()


class CellSerializer(serializers.Serializer[Any]):
    node = serializers.CharField()
    name = serializers.CharField()
    name_en = serializers.CharField()
    stage = serializers.ChoiceField(choices=ChainNode.Stage.choices)
    state = serializers.ChoiceField(choices=STATE_CHOICES)


class ChainSummarySerializer(RightsSerializer):
    """One chain among all: counts are of leaf nodes."""

    staff_fields = ("supply", "without_output", "chokepoints")

    code = serializers.CharField()
    name = serializers.CharField()
    name_en = serializers.CharField()
    nodes = serializers.IntegerField()
    enterprises = serializers.IntegerField(help_text="Firms of the city in the chain.")
    states = StateCountsSerializer()
    gaps = serializers.IntegerField(help_text="Missing nodes, and those behind missing ones.")
    synthetic = serializers.BooleanField()
    supply = serializers.FloatField(help_text="10k CNY.")
    without_output = serializers.IntegerField(help_text="Firms without a known output.")
    chokepoints = serializers.IntegerField()
    thresholds = serializers.IntegerField(
        help_text="Version of the thresholds its states were found with; 0: defaults."
    )
    cells = CellSerializer(many=True, help_text="Its leaves in small; none of a chain of more than 400.")


class ChainListSerializer(serializers.Serializer[Any]):
    results = ChainSummarySerializer(many=True)
    next = serializers.CharField(allow_null=True)


class NodeSerializer(RightsSerializer):
    """Figures of METHODS 4. A parent has supply, demand, state and counts of its leaves; the rest is null."""

    staff_fields: ClassVar[tuple[str, ...]] = (
        "supply", "demand", "rate", "local_sourcing", "sourcing_coverage", "hhi", "lq", "single_source", "criticality", "dependence", "barrier",
        "chokepoint_risk", "chokepoint", "without_output", "confidence",
    )  # fmt: skip

    node = serializers.CharField()
    name = serializers.CharField()
    name_en = serializers.CharField()
    stage = serializers.ChoiceField(choices=ChainNode.Stage.choices)
    parent = serializers.CharField(allow_null=True)  # type: ignore[assignment]  # our column, likewise
    leaf = serializers.BooleanField()
    essential = serializers.BooleanField()
    state = serializers.ChoiceField(choices=STATE_CHOICES)
    behind_missing = serializers.BooleanField(allow_null=True)
    enterprises = serializers.IntegerField(help_text="Firms of the city that make it.")
    supply = serializers.FloatField(help_text="10k CNY.")
    demand = serializers.FloatField(help_text="Local intermediate demand, 10k CNY.")
    rate = serializers.FloatField(allow_null=True, help_text="本地供给潜力, 0..1; null without local demand.")
    local_sourcing = serializers.FloatField(
        allow_null=True, help_text="本地配套率, 0..1: local among recorded purchases; null where they cover too little."
    )
    sourcing_coverage = serializers.FloatField(allow_null=True, help_text="Recorded purchases / local demand.")
    hhi = serializers.FloatField(allow_null=True)
    lq = serializers.FloatField(allow_null=True)
    single_source = serializers.BooleanField(allow_null=True)
    criticality = serializers.FloatField(allow_null=True)
    dependence = serializers.FloatField(allow_null=True)
    barrier = serializers.FloatField(allow_null=True)
    chokepoint_risk = serializers.FloatField(allow_null=True)
    chokepoint = serializers.BooleanField(allow_null=True)
    without_output = serializers.IntegerField(help_text="Firms without a known output.")
    confidence = serializers.FloatField(
        allow_null=True, help_text="In its state, 0..1: 1 − the mean assumed part of what it rests on."
    )


class EdgeSerializer(serializers.Serializer[Any]):
    """`target` uses `source`."""

    source = serializers.CharField()  # type: ignore[assignment]  # our column, not the attribute of a base class
    target = serializers.CharField()
    coefficient = serializers.FloatField()
    assumed = serializers.BooleanField(help_text="No coefficient is known: 0.5 / number of inputs of the target.")


class ChainSerializer(RightsSerializer):
    staff_fields = ("reference_year",)

    code = serializers.CharField()
    name = serializers.CharField()
    name_en = serializers.CharField()
    synthetic = serializers.BooleanField()
    reference_year = serializers.IntegerField(allow_null=True)
    thresholds = ThresholdsSerializer()
    drawn = serializers.BooleanField(help_text="False: too large to come whole; ask for a neighbourhood.")
    size = serializers.IntegerField(help_text="Nodes in all.")
    nodes = NodeSerializer(many=True)
    edges = EdgeSerializer(many=True)


class MakerSerializer(RightsSerializer):
    """An enterprise of the city that makes the node's product."""

    staff_fields = ("share", "share_scaled", "output", "output_year", "amount", "supply_share")

    uscc = serializers.CharField()
    name = serializers.CharField()
    listed = serializers.BooleanField(allow_null=True)
    lng = serializers.FloatField(allow_null=True)
    lat = serializers.FloatField(allow_null=True)
    products = serializers.ListField(child=serializers.CharField())
    share = serializers.FloatField(help_text="Of its output, 0..1.")
    share_scaled = serializers.BooleanField(help_text="Its shares came to more than 1 and were scaled to it.")
    output = serializers.FloatField(allow_null=True, help_text="10k CNY; null: unknown.")
    output_year = serializers.IntegerField(allow_null=True)
    amount = serializers.FloatField(allow_null=True, help_text="Share × output, 10k CNY.")
    supply_share = serializers.FloatField(allow_null=True, help_text="Of the node's supply.")


class NeighbourSerializer(RightsSerializer):
    """An input or an output. `need` is what the user of the edge needs of it, 10k CNY."""

    staff_fields = ("need", "supply", "rate")

    node = serializers.CharField()
    name = serializers.CharField()
    name_en = serializers.CharField()
    state = serializers.ChoiceField(choices=STATE_CHOICES)
    coefficient = serializers.FloatField()
    assumed = serializers.BooleanField()
    need = serializers.FloatField()
    supply = serializers.FloatField()
    rate = serializers.FloatField(allow_null=True)


class RecordedSerializer(serializers.Serializer[Any]):
    barrier = serializers.FloatField(allow_null=True)
    import_share = serializers.FloatField(allow_null=True)
    national_output = serializers.FloatField(allow_null=True)


class SourceSerializer(serializers.Serializer[Any]):
    of = serializers.ChoiceField(choices=["node", "edges", "makers", "output"])
    name = serializers.CharField()
    owner = serializers.CharField()
    as_of = serializers.DateField(allow_null=True)
    loaded_at = serializers.DateTimeField()
    synthetic = serializers.BooleanField()


class OpenedNodeSerializer(NodeSerializer):
    """A node with its makers, neighbours, verdicts and sources."""

    staff_fields = (
        *NodeSerializer.staff_fields, "reference_year", "enterprises_outside", "recorded", "verdict", "sources",
    )  # fmt: skip

    chain = serializers.CharField()
    chain_name = serializers.CharField()
    chain_name_en = serializers.CharField()
    synthetic = serializers.BooleanField()
    reference_year = serializers.IntegerField(allow_null=True)
    thresholds = ThresholdsSerializer()
    leaves = serializers.ListField(child=serializers.CharField(), help_text="Of a parent: the leaves it sums.")
    makers = MakerSerializer(many=True)
    inputs = NeighbourSerializer(many=True)
    outputs = NeighbourSerializer(many=True)
    recorded = RecordedSerializer()
    enterprises_outside = serializers.IntegerField(help_text="Firms elsewhere that make it.")
    verdict = VerdictSerializer(allow_null=True)
    sources = SourceSerializer(many=True)
