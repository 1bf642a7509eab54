"""The shape of answers about promotion targets; staff only, so nothing is left out."""

from typing import Any

from rest_framework import serializers

from chains.verdict_serializers import STATE_CHOICES
from enterprises.models import Signal


class NeedSerializer(serializers.Serializer[Any]):
    value = serializers.FloatField(help_text="0..1")
    exponent = serializers.FloatField()
    state = serializers.ChoiceField(choices=STATE_CHOICES)
    chokepoint_risk = serializers.FloatField(allow_null=True)
    rate = serializers.FloatField(allow_null=True, help_text="Null, counted as 0: no local demand.")
    behind_missing = serializers.BooleanField()


class CapabilitySerializer(serializers.Serializer[Any]):
    value = serializers.FloatField(allow_null=True, help_text="Potential / 100; null: unknown, and left out.")
    exponent = serializers.FloatField()
    percentile = serializers.FloatField(allow_null=True)
    peers = serializers.IntegerField(allow_null=True)
    division = serializers.CharField(allow_null=True)


class AffinitySerializer(serializers.Serializer[Any]):
    value = serializers.FloatField(help_text="0.05..1")
    exponent = serializers.FloatField()
    basis = serializers.ChoiceField(choices=["ties", "neighbours"])
    local = serializers.IntegerField(help_text="Known customers and suppliers in the city.")
    known = serializers.IntegerField(help_text="Known customers and suppliers anywhere.")


class FirmSerializer(serializers.Serializer[Any]):
    uscc = serializers.CharField()
    name = serializers.CharField()


class ParentSerializer(serializers.Serializer[Any]):
    uscc = serializers.CharField(allow_null=True, help_text="Null: not loaded, only its name is known.")
    name = serializers.CharField()
    in_city = serializers.BooleanField()


class TieSerializer(FirmSerializer):
    direction = serializers.ChoiceField(choices=["sells_to", "buys_from"], help_text="What the target does.")
    year = serializers.IntegerField(allow_null=True)
    amount = serializers.FloatField(allow_null=True, help_text="10k CNY")


class HeardSerializer(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(choices=Signal.Kind.choices)
    date = serializers.DateField()
    text = serializers.CharField()
    source = serializers.CharField()  # type: ignore[assignment]  # our column, not the attribute of a base class


class EvidenceSerializer(serializers.Serializer[Any]):
    honours = serializers.ListField(child=serializers.CharField())
    hq_region = serializers.CharField()
    parent = ParentSerializer(allow_null=True)
    local_branches = FirmSerializer(many=True, help_text="Here: its own, its parent, or its parent's.")
    ties = TieSerializer(many=True, help_text="With firms of the city, the largest.")
    signals = HeardSerializer(many=True, help_text="Newest first.")


class TargetRowSerializer(serializers.Serializer[Any]):
    """score = 100 · need^a · capability^b · affinity^c with the exponents told."""

    rank = serializers.IntegerField()
    uscc = serializers.CharField()
    name = serializers.CharField()
    industry = serializers.CharField()
    scale = serializers.CharField(allow_null=True)
    listed = serializers.BooleanField(allow_null=True)
    output = serializers.FloatField(allow_null=True, help_text="10k CNY")
    output_year = serializers.IntegerField(allow_null=True)
    chain = serializers.CharField()
    chain_name = serializers.CharField()
    chain_name_en = serializers.CharField()
    node = serializers.CharField(help_text="Where the firm is wanted most.")
    node_name = serializers.CharField()
    node_name_en = serializers.CharField()
    products = serializers.ListField(child=serializers.CharField())
    score = serializers.FloatField(help_text="0..100")
    capability_unknown = serializers.BooleanField()
    need = NeedSerializer()
    capability = CapabilitySerializer()
    affinity = AffinitySerializer()
    evidence = EvidenceSerializer()


class TargetRankingSerializer(serializers.Serializer[Any]):
    total = serializers.IntegerField(help_text="Firms outside the city that make it.")
    results = TargetRowSerializer(many=True)
