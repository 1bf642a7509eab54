"""What a project and a need are told of a parcel, for the interface's description."""

from typing import Any

from rest_framework import serializers

Shape = serializers.Serializer[Any]  # Any: plain data
Number = serializers.FloatField


class VoltageShape(Shape):
    """A need above 20 MVA wants a substation of 110 kV or more: whether one is there, and on how many MVA it may count
    surely and at most."""

    outcome = serializers.ChoiceField(choices=["met", "short", "unknown"])
    surely = Number()
    at_most = Number()
    reason_zh = serializers.CharField()
    reason_en = serializers.CharField()


class PowerShape(Shape):
    """The project's need in MVA; `not_stated` where voltage or spare of what could meet it is unknown."""

    needed = Number()
    available = Number(allow_null=True)
    outcome = serializers.ChoiceField(choices=["pass", "fail", "not_stated"])
    shortfall = Number(allow_null=True)
    voltage = VoltageShape(allow_null=True)


class CheckShape(Shape):
    """One admission indicator: `shortfall` in its unit; `missing` says on which side a figure is not stated."""

    indicator = serializers.CharField()
    outcome = serializers.ChoiceField(choices=["pass", "fail", "not_stated"])
    required = Number(allow_null=True)  # type: ignore[assignment]  # also an attribute of fields
    planned = Number(allow_null=True)
    shortfall = Number(allow_null=True)
    missing = serializers.ChoiceField(choices=["parcel", "project", "denominator"], allow_null=True)
    unit = serializers.CharField()


class ChecksShape(Shape):
    industry = serializers.ChoiceField(choices=["admitted", "excluded", "not_stated"])
    passed = serializers.IntegerField()
    failed = serializers.IntegerField()
    not_stated = serializers.IntegerField()
    indicators = CheckShape(many=True)


class AreaShape(Shape):
    needed = Number()
    available = Number()
    outcome = serializers.ChoiceField(choices=["pass", "fail"])
    shortfall = Number(allow_null=True)


class AdmissionShape(ChecksShape):
    area = AreaShape(required=False)
    power = PowerShape(required=False)
