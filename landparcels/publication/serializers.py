"""What is asked and answered about a parcel's publication; shape only."""

from typing import Any

from rest_framework import serializers

from geo.forms import StrictSerializer
from landparcels.models import Status
from landparcels.publication.services import LONGEST_NOTE
from landparcels.publication.states import ACTIONS, IMPORT

Shape = serializers.Serializer[Any]  # Any: plain data
STEPS_TAKEN = [*ACTIONS, IMPORT]


class StepSerializer(StrictSerializer):
    """Why, for those who read the history later."""

    note = serializers.CharField(required=False, allow_blank=True, default="", max_length=LONGEST_NOTE)


class HistoryShape(Shape):
    """Visitors see the public steps alone, without the last five fields."""

    after = serializers.ChoiceField(choices=Status.choices)
    at = serializers.DateTimeField()
    action = serializers.ChoiceField(choices=STEPS_TAKEN, required=False)
    before = serializers.CharField(required=False, allow_blank=True)
    actor = serializers.CharField(required=False, allow_blank=True)
    actor_name = serializers.CharField(required=False, allow_blank=True)
    note = serializers.CharField(required=False, allow_blank=True)


class ActionShape(Shape):
    action = serializers.ChoiceField(choices=ACTIONS)
    target = serializers.ChoiceField(choices=Status.choices)
    asks_why = serializers.BooleanField()
    gated = serializers.BooleanField()
    refused = serializers.CharField(allow_null=True)


class ChangedShape(Shape):
    """What is no longer as it was when the parcel was last submitted or approved."""

    name = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # also an attribute
    before = serializers.CharField()
    after = serializers.CharField()


class PublicationShape(Shape):
    """`actions` and `changed` for staff of the parcel's region."""

    code = serializers.CharField()
    status = serializers.ChoiceField(choices=Status.choices)
    history = HistoryShape(many=True)
    changed = ChangedShape(many=True, required=False)
    actions = ActionShape(many=True, required=False)


class GapShape(Shape):
    name = serializers.CharField()
    kind = serializers.ChoiceField(choices=["missing", "expired"])
    words = serializers.CharField()


class CompletenessShape(Shape):
    """`required` are the columns and indicators asked for, `gaps` what keeps the parcel from being shown."""

    code = serializers.CharField()
    complete = serializers.BooleanField()
    required = serializers.ListField(child=serializers.CharField())  # type: ignore[assignment]  # also an attribute
    gaps = GapShape(many=True)
