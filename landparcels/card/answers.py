"""What the checking of a card answers, for the interface's description."""

from typing import Any

from rest_framework import serializers

Shape = serializers.Serializer[Any]  # Any: plain data


class CardRowShape(Shape):
    """One value in words: as printed and today; `until` is the last day the printed one held, `expired` that it is over."""

    key = serializers.CharField()
    group = serializers.CharField(allow_blank=True)
    name = serializers.CharField()
    printed = serializers.CharField()
    today = serializers.CharField()
    changed = serializers.BooleanField()
    until = serializers.DateField(allow_null=True)
    expired = serializers.BooleanField()


class CardParcelShape(Shape):
    code = serializers.CharField()
    name = serializers.CharField(allow_blank=True)
    synthetic = serializers.BooleanField()


class CardShape(Shape):
    """`withdrawn`: the parcel is not (or no longer) for this reader to see, so no value is told."""

    code = serializers.CharField()
    digest = serializers.CharField()
    language = serializers.ChoiceField(choices=["zh", "en"])
    issued_on = serializers.DateField()
    shown_on = serializers.DateField(allow_null=True, help_text="The past day as of which the card tells the parcel.")
    state = serializers.ChoiceField(choices=["current", "changed", "withdrawn"])
    parcel = CardParcelShape(allow_null=True)
    changed = serializers.IntegerField()
    outline_changed = serializers.BooleanField()
    rows = CardRowShape(many=True)
