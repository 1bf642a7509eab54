"""The shape of verdicts on a node and of the thresholds they were made with."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from chains.verdicts import State

CONFIDENCE = "0..1: 1 − the mean of `assumed`."
ASSUMED = "The inputs of the verdict, each with the part of it that is assumed instead of known, 0..1."
STATE_CHOICES = [(state.value, state.value) for state in State]


class ThresholdsSerializer(serializers.Serializer[Any]):
    """What the verdicts were made with; version 0 is the defaults of the method."""

    version = serializers.IntegerField()
    weak_rate = serializers.FloatField()
    strong_lq = serializers.FloatField()
    single_source = serializers.FloatField()
    chokepoint = serializers.FloatField()
    unknown_barrier = serializers.FloatField()


class FlipSerializer(serializers.Serializer[Any]):
    """The smallest change of one input that gives another verdict."""

    input = serializers.CharField()
    now = serializers.FloatField()
    at = serializers.FloatField()
    beyond = serializers.BooleanField(help_text="Not at this value, but as soon as it is passed.")
    becomes = serializers.CharField()
    words = serializers.CharField()


class StateInputsSerializer(serializers.Serializer[Any]):
    supply = serializers.FloatField()
    demand = serializers.FloatField()
    rate = serializers.FloatField(allow_null=True)
    lq = serializers.FloatField(allow_null=True)
    essential = serializers.BooleanField()
    without_output = serializers.IntegerField()


class StateVerdictSerializer(serializers.Serializer[Any]):
    value = serializers.ChoiceField(choices=STATE_CHOICES)
    why = serializers.CharField()
    inputs = StateInputsSerializer()
    flip = FlipSerializer(allow_null=True)
    confidence = serializers.FloatField(help_text=CONFIDENCE)
    assumed = serializers.DictField(child=serializers.FloatField(), help_text=ASSUMED)


class BehindMissingSerializer(serializers.Serializer[Any]):
    value = serializers.BooleanField()
    users = serializers.ListField(child=serializers.CharField())


class SingleSourceInputsSerializer(serializers.Serializer[Any]):
    largest = serializers.FloatField()
    supply = serializers.FloatField()


class SingleSourceVerdictSerializer(serializers.Serializer[Any]):
    value = serializers.BooleanField()
    why = serializers.CharField()
    inputs = SingleSourceInputsSerializer()
    flip = FlipSerializer(allow_null=True)
    confidence = serializers.FloatField(help_text=CONFIDENCE)
    assumed = serializers.DictField(child=serializers.FloatField(), help_text=ASSUMED)


class ChokepointInputsSerializer(serializers.Serializer[Any]):
    criticality = serializers.FloatField()
    dependence = serializers.FloatField()
    dependence_origin = serializers.ChoiceField(choices=["recorded", "computed", "no_local_demand"])
    barrier = serializers.FloatField()
    barrier_origin = serializers.ChoiceField(choices=["recorded", "assumed"])
    risk = serializers.FloatField()


class ChokepointVerdictSerializer(serializers.Serializer[Any]):
    value = serializers.BooleanField()
    why = serializers.CharField()
    inputs = ChokepointInputsSerializer()
    flip = FlipSerializer(allow_null=True)
    confidence = serializers.FloatField(help_text=CONFIDENCE)
    assumed = serializers.DictField(child=serializers.FloatField(), help_text=ASSUMED)


class VerdictSerializer(serializers.Serializer[Any]):
    state = StateVerdictSerializer()
    behind_missing = BehindMissingSerializer()
    single_source = SingleSourceVerdictSerializer()
    chokepoint = ChokepointVerdictSerializer()
    thresholds = ThresholdsSerializer()
