"""The shape of answers about disruptions and health; staff only, so nothing is left out."""

from typing import Any

from rest_framework import serializers

from chains.health import WEIGHTS


class DisruptionRequestSerializer(serializers.Serializer[Any]):
    enterprises = serializers.ListField(
        child=serializers.CharField(max_length=80), allow_empty=False, max_length=1000, help_text="Identifiers (uscc)."
    )


class DisruptionSerializer(serializers.Serializer[Any]):
    """Amounts in 10k CNY of output. `factor` and `round` are per leaf node."""

    loss = serializers.FloatField()
    direct = serializers.FloatField()
    indirect = serializers.FloatField()
    supply = serializers.FloatField(help_text="Of the whole chain, before.")
    factor = serializers.DictField(
        child=serializers.FloatField(allow_null=True), help_text="What is left, 0..1; null where nothing was made."
    )
    round = serializers.DictField(
        child=serializers.IntegerField(allow_null=True), help_text="First round in which the node is reached, or null."
    )
    rounds = serializers.IntegerField()
    converged = serializers.BooleanField()
    not_in_chain = serializers.ListField(
        child=serializers.CharField(), help_text="Of those asked about: they make nothing here in the city."
    )


class HealthComponentSerializer(serializers.Serializer[Any]):
    component = serializers.ChoiceField(choices=list(WEIGHTS))
    value = serializers.FloatField(allow_null=True, help_text="0..1; null: no data.")
    weight = serializers.FloatField(help_text="Renormalised over the components that have data.")
    inputs = serializers.DictField(child=serializers.FloatField(allow_null=True))


class CriticalEnterpriseSerializer(serializers.Serializer[Any]):
    uscc = serializers.CharField()
    name = serializers.CharField()
    indirect_loss = serializers.FloatField(help_text="10k CNY.")


class HealthSerializer(serializers.Serializer[Any]):
    score = serializers.FloatField(allow_null=True, help_text="0..100.")
    reference_year = serializers.IntegerField(allow_null=True)
    synthetic = serializers.BooleanField()
    components = HealthComponentSerializer(many=True)
    left_out = serializers.ListField(child=serializers.CharField())
    critical_enterprises = CriticalEnterpriseSerializer(many=True)
    thresholds = serializers.IntegerField(
        help_text="Version of the thresholds; they set the barrier where none is known."
    )
