"""The shape of answers about disruptions and health; staff only, so nothing is left out."""

from typing import Any

from rest_framework import serializers

from chains.health import WEIGHTS
from geo.forms import StrictSerializer
from geo.words import say


class _Share(serializers.FloatField):
    def __init__(self) -> None:
        super().__init__(min_value=0, max_value=1)


class DisruptionRequestSerializer(StrictSerializer):
    """What stops: at least one of the four."""

    enterprises = serializers.ListField(
        child=serializers.CharField(max_length=80),
        required=False,
        max_length=1000,
        help_text="Identifiers (uscc), of suppliers elsewhere, too.",
    )
    zones = serializers.ListField(
        child=serializers.CharField(max_length=60), required=False, max_length=100, help_text="Codes of parks."
    )
    regions = serializers.ListField(
        child=serializers.CharField(max_length=12), required=False, max_length=100, help_text="Adcodes."
    )
    outside = serializers.DictField(
        child=_Share(), required=False, help_text="By node: the share of its imports that fails to come, 0..1."
    )

    def validate(self, given: dict[str, Any]) -> dict[str, Any]:
        if not any(given.values()):
            raise serializers.ValidationError(
                {
                    "enterprises": str(
                        say(
                            zh="请说明什么停下来：企业（enterprises）、园区（zones）、区划（regions）或外部供应（outside）。",
                            en="Say what stops: enterprises, zones, regions or outside supply.",
                        )
                    )
                }
            )
        return given


class DisruptionStepSerializer(serializers.Serializer[Any]):
    round = serializers.IntegerField()
    loss = serializers.FloatField(help_text="Of the whole chain after this round.")
    factor = serializers.DictField(child=serializers.FloatField(), help_text="Of the nodes reached so far.")


class DisruptionSerializer(serializers.Serializer[Any]):
    """Amounts in 10k CNY of output. `factor` and `round` are per leaf node."""

    loss = serializers.FloatField()
    direct = serializers.FloatField()
    indirect = serializers.FloatField()
    supply = serializers.FloatField(help_text="Of the whole chain, before.")
    enterprises = serializers.IntegerField(help_text="How many stopped that make something in the chain.")
    outside_suppliers = serializers.IntegerField(help_text="How many stopped elsewhere that its makers buy from.")
    imports_lost = serializers.FloatField(help_text="Of the chain's nodes, before any of it is replaced.")
    factor = serializers.DictField(
        child=serializers.FloatField(allow_null=True),
        help_text="By leaf what is left, 0..1; null where nothing was made. Of a chain too large to be drawn, those that are hit.",
    )
    round = serializers.DictField(
        child=serializers.IntegerField(allow_null=True), help_text="First round in which the node is reached, or null."
    )
    steps = DisruptionStepSerializer(
        many=True, help_text="Until the last node is reached, at most the first 60 rounds."
    )
    rounds = serializers.IntegerField()
    converged = serializers.BooleanField()
    not_in_chain = serializers.ListField(
        child=serializers.CharField(),
        help_text="Of those asked about: they make nothing here, and nothing is known to be bought from them.",
    )
    thresholds = serializers.IntegerField(
        help_text="Version of the thresholds; they set the barrier where none is known."
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
    direct_loss = serializers.FloatField(help_text="What it makes itself, 10k CNY.")


class SuppliersFromOutsideSerializer(serializers.Serializer[Any]):
    uscc = serializers.CharField()
    name = serializers.CharField()
    hq_region = serializers.CharField()
    amount = serializers.FloatField(help_text="Recorded purchases of the city's firms for this chain, 10k CNY.")
    nodes = serializers.ListField(child=serializers.CharField(), help_text="What it is bought for, the most first.")


class HealthSerializer(serializers.Serializer[Any]):
    score = serializers.FloatField(allow_null=True, help_text="0..100.")
    reference_year = serializers.IntegerField(allow_null=True)
    synthetic = serializers.BooleanField()
    components = HealthComponentSerializer(many=True)
    left_out = serializers.ListField(child=serializers.CharField())
    critical_enterprises = CriticalEnterpriseSerializer(many=True)
    outside_suppliers = SuppliersFromOutsideSerializer(many=True, help_text="The ten from whom most is bought.")
    thresholds = serializers.IntegerField(
        help_text="Version of the thresholds; they set the barrier where none is known."
    )
