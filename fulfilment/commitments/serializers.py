"""The shape of commitments going out, and of what may be sent."""

from typing import Any

from rest_framework import serializers

from enterprises.models import Enterprise
from fulfilment.commitments.milestones import NAMES, STANDINGS
from fulfilment.commitments.milestones import State as MilestoneState
from fulfilment.commitments.services import firm_of
from fulfilment.commitments.terms import promisable
from fulfilment.models import Commitment, Verification
from geo.forms import StrictSerializer
from geo.words import Words
from landparcels.requests import Number

MILESTONE_STATES = MilestoneState.__args__  # type: ignore[attr-defined]  # the words of a Literal
OUTCOMES = ("met", "short", "rectifying", "rectification_overdue", "waiting", "returned")


class MilestoneShape(serializers.Serializer[Any]):
    name = serializers.ChoiceField(choices=NAMES)
    due = serializers.DateField(allow_null=True)
    met_on = serializers.DateField(allow_null=True)
    state = serializers.ChoiceField(choices=MILESTONE_STATES)
    days = serializers.IntegerField(allow_null=True, help_text="Left until it is due; negative: past.")
    reference = serializers.CharField()


class ResultsShape(serializers.Serializer[Any]):
    promised = serializers.IntegerField()
    measured = serializers.IntegerField(help_text="With a confirmed measurement.")
    met = serializers.IntegerField()
    waiting = serializers.IntegerField(help_text="With a measurement that nobody has judged.")
    rectifying = serializers.IntegerField()


class CommitmentRowShape(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    parcel = serializers.CharField()
    parcel_name = serializers.CharField()
    region = serializers.CharField(allow_null=True)
    region_name = serializers.CharField(allow_null=True)
    region_name_en = serializers.CharField(allow_null=True)
    uscc = serializers.CharField(allow_null=True)
    firm = serializers.CharField(allow_null=True, help_text="null: not entered yet.")
    state = serializers.ChoiceField(choices=STANDINGS)
    next_milestone = serializers.ChoiceField(choices=NAMES, allow_null=True)
    next_due = serializers.DateField(allow_null=True)
    hand_over = serializers.DateField(allow_null=True)
    ended_on = serializers.DateField(allow_null=True)
    milestones = MilestoneShape(many=True)
    results = ResultsShape()
    synthetic = serializers.BooleanField()


class MeasuredShape(serializers.Serializer[Any]):
    value = serializers.FloatField()
    measured_on = serializers.DateField()
    outcome = serializers.ChoiceField(choices=OUTCOMES)
    shortfall = serializers.FloatField(help_text="In the indicator's unit; 0 when met.")
    short_by = serializers.FloatField(allow_null=True, help_text="Share of what was committed; null when that is 0.")
    rectify_until = serializers.DateField(allow_null=True)


class VerificationShape(MeasuredShape):
    id = serializers.IntegerField()
    phase = serializers.ChoiceField(choices=Verification.Phase.choices)
    reference = serializers.CharField()
    note = serializers.CharField()
    recorded_by = serializers.CharField()
    recorded_at = serializers.DateTimeField()
    verdict = serializers.ChoiceField(choices=Verification.Verdict.choices, allow_null=True)
    judged_by = serializers.CharField(allow_null=True)
    judged_at = serializers.DateTimeField(allow_null=True)
    judgement = serializers.CharField()
    may_judge = serializers.BooleanField(help_text="Whether this reader may confirm or return it.")


class PromiseShape(serializers.Serializer[Any]):
    indicator = serializers.CharField()
    name_zh = serializers.CharField()
    name_en = serializers.CharField()
    unit = serializers.CharField()
    bound = serializers.CharField()
    committed = serializers.FloatField()
    threshold = serializers.FloatField(allow_null=True)
    below_threshold = serializers.BooleanField(help_text="The committed value itself misses the parcel's threshold.")
    department = serializers.CharField()
    completion = MeasuredShape(allow_null=True)
    full_production = MeasuredShape(allow_null=True)
    history = VerificationShape(many=True, help_text="The newest first.")


CONTRACTS = (
    *("grant_number", "grant_date", "grant_reference"),
    *("supervision_number", "supervision_date", "supervision_reference"),
)
LIMITS = ("start_months", "construction_months", "ramp_up_months")


class CommitmentShape(CommitmentRowShape):
    grant_number = serializers.CharField()
    grant_date = serializers.DateField(allow_null=True)
    grant_reference = serializers.CharField()
    supervision_number = serializers.CharField()
    supervision_date = serializers.DateField(allow_null=True)
    supervision_reference = serializers.CharField()
    start_months = serializers.IntegerField(allow_null=True)
    construction_months = serializers.IntegerField(allow_null=True)
    ramp_up_months = serializers.IntegerField(allow_null=True)
    note = serializers.CharField()
    revision = serializers.IntegerField(help_text="To be sent back with a change.")
    promises = PromiseShape(many=True)
    editable = serializers.BooleanField()


class SummaryShape(serializers.Serializer[Any]):
    commitments = serializers.IntegerField()
    states = serializers.DictField(child=serializers.IntegerField())
    results = ResultsShape()
    rate = serializers.FloatField(allow_null=True, help_text="达标率: met of measured, 0..1; null without any.")
    without_firm = serializers.IntegerField()


class PromisableField(serializers.CharField):
    """The code of an admission indicator, the city's own among them."""

    def to_internal_value(self, data: Any) -> str:  # Any: whatever was sent
        code = super().to_internal_value(data)
        if code not in promisable():
            words = Words(
                f"“{code}”不是可以承诺的准入指标。", f"{code} is no admission indicator that can be promised."
            )
            raise serializers.ValidationError(str(words))
        return code


class PromiseFormSerializer(StrictSerializer):
    """`committed` null takes the promise back."""

    indicator = PromisableField()
    committed = Number(required=False, allow_null=True)
    department = serializers.CharField(required=False, allow_blank=True, max_length=80)


class CommitmentFormSerializer(StrictSerializer, serializers.ModelSerializer[Commitment]):
    """What PATCH may change; POST adds the parcel."""

    uscc = serializers.CharField(max_length=80, required=False, allow_null=True)
    promises = serializers.ListField(child=PromiseFormSerializer(), required=False, max_length=100)
    revision = serializers.IntegerField(required=False, min_value=0)

    class Meta:
        model = Commitment
        fields = (*CONTRACTS, "hand_over", *LIMITS, "note", "ended_on", "uscc", "promises", "revision")

    def get_fields(self) -> dict[str, Any]:  # Any: the library's fields
        months = {
            name: serializers.IntegerField(required=False, allow_null=True, min_value=0, max_value=240)
            for name in LIMITS
        }
        return {**super().get_fields(), **months}

    def columns(self) -> dict[str, Any]:  # Any: column values
        """What was sent, as columns of the model."""
        form = {
            name: value
            for name, value in self.validated_data.items()
            if name in (*CONTRACTS, *LIMITS, "hand_over", "note", "ended_on")
        }
        if "uscc" in self.validated_data:
            form["enterprise"] = self._firm(self.validated_data["uscc"])
        return form

    def _firm(self, uscc: str | None) -> Enterprise | None:
        return firm_of(uscc) if uscc else None


class NewCommitmentSerializer(CommitmentFormSerializer):
    parcel = serializers.CharField(max_length=60)

    class Meta(CommitmentFormSerializer.Meta):
        fields = ("parcel", *CommitmentFormSerializer.Meta.fields)  # type: ignore[assignment]  # one longer


class MilestoneFormSerializer(StrictSerializer):
    """`met_on` null takes it back."""

    name = serializers.ChoiceField(choices=NAMES)
    met_on = serializers.DateField(allow_null=True)
    reference = serializers.CharField(required=False, allow_blank=True, max_length=300, default="")
    revision = serializers.IntegerField(required=False, min_value=0)


class MeasurementFormSerializer(StrictSerializer):
    indicator = PromisableField()
    phase = serializers.ChoiceField(choices=Verification.Phase.choices)
    value = Number()
    measured_on = serializers.DateField()
    reference = serializers.CharField(required=False, allow_blank=True, max_length=300, default="")
    note = serializers.CharField(required=False, allow_blank=True, max_length=2000, default="")


class JudgementFormSerializer(StrictSerializer):
    verdict = serializers.ChoiceField(choices=Verification.Verdict.choices)
    judgement = serializers.CharField(required=False, allow_blank=True, max_length=300, default="")
    rectify_until = serializers.DateField(required=False, allow_null=True, default=None)
