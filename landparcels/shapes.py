"""What answers about parcels look like, for the interface's description; a test holds the answers to it."""

from typing import Any

from rest_framework import serializers

from landparcels.matching import SIGNS
from landparcels.serializers import IndicatorSerializer, ParcelSerializer
from landparcels.verdict_shapes import AdmissionShape, ChecksShape, PowerShape, VoltageShape

Shape = serializers.Serializer[Any]  # Any: plain data
Number = serializers.FloatField
OPERATORS = list(SIGNS)
ANY_VALUE = "A number; of a city's own indicators also true or false, the code of a choice, or a list of codes."


class CatalogueShape(Shape):
    """`computed_at`: when computed indicators were last worked out; `stale`, for staff: what is being worked out again."""

    results = IndicatorSerializer(many=True)
    next = serializers.CharField(allow_null=True)
    computed_at = serializers.DateTimeField(allow_null=True)
    stale = serializers.CharField(required=False, allow_null=True)


class PrecheckShape(ChecksShape):
    code = serializers.CharField()
    area_mu = Number()
    power = PowerShape(required=False)


class CriterionShape(Shape):
    indicator = serializers.CharField()
    value = serializers.JSONField(allow_null=True, help_text=ANY_VALUE)
    satisfaction = Number()
    weight = Number()
    voltage = VoltageShape(required=False)


class HardShape(Shape):
    indicator = serializers.CharField()
    op = serializers.ChoiceField(choices=OPERATORS)
    asked = serializers.JSONField(help_text=ANY_VALUE)
    value = serializers.JSONField(allow_null=True, help_text=ANY_VALUE)
    voltage = VoltageShape(required=False)


class PlacedShape(Shape):
    """What every answer says of a parcel first."""

    code = serializers.CharField()
    name = serializers.CharField()
    region = serializers.CharField(allow_null=True)
    lng = Number()
    lat = Number()
    area_mu = Number()
    divisible = serializers.BooleanField(allow_null=True)
    start_price = Number(allow_null=True)


class ResultShape(PlacedShape):
    """`part_mu`: what one would take of a divisible parcel that is larger than wanted."""

    part_mu = Number(allow_null=True)
    place_km = Number(allow_null=True)
    score = Number()
    rank = serializers.IntegerField()
    score_if_known = Number()
    criteria = CriterionShape(many=True)
    hard = HardShape(many=True)
    unknown = serializers.ListField(child=serializers.CharField())
    stability = Number(allow_null=True)
    admission = AdmissionShape(allow_null=True)


class GroupShape(Shape):
    """Parcels that touch and are large enough together; `admission` is that of the strictest of them on all the land."""

    parcels = PlacedShape(many=True)
    region = serializers.CharField(allow_null=True)
    area_mu = Number()
    start_price = Number(allow_null=True)
    score = Number()
    score_if_known = Number()
    criteria = CriterionShape(many=True)
    admission = AdmissionShape(allow_null=True)


class MatterShape(Shape):
    """`share` of the criterion in telling the best parcels apart; `changes` of the top ten without it."""

    indicator = serializers.CharField()
    share = Number()
    changes = serializers.IntegerField()


class ElsewhereShape(Shape):
    region = serializers.CharField()
    name = serializers.CharField()
    name_en = serializers.CharField()
    total = serializers.IntegerField()
    score = Number()
    best = PlacedShape()


class ChangeShape(Shape):
    indicator = serializers.CharField()
    op = serializers.ChoiceField(choices=OPERATORS)
    value = serializers.JSONField(help_text=ANY_VALUE)
    to = Number(allow_null=True)
    reason_zh = serializers.CharField(required=False)
    reason_en = serializers.CharField(required=False)


class RelaxationShape(ChangeShape):
    """Asking `to` instead of `value`, and what is in `together`, leaves `count` parcels; asking nothing, `without`."""

    count = serializers.IntegerField()
    without = serializers.IntegerField()
    together = ChangeShape(many=True)


class MatchShape(Shape):
    total = serializers.IntegerField()
    candidates = serializers.IntegerField()
    excluded_by_industry = serializers.IntegerField()
    not_admitting = serializers.IntegerField()
    results = ResultShape(many=True)
    matters = MatterShape(many=True)
    groups = GroupShape(many=True)
    relax = RelaxationShape(many=True)
    elsewhere = ElsewhereShape(many=True)


class VerdictsShape(Shape):
    indicator = serializers.CharField()
    passed = serializers.IntegerField()
    failed = serializers.IntegerField()
    not_stated = serializers.IntegerField()


class AdmittingRowShape(PlacedShape):
    industry = serializers.ChoiceField(choices=["admitted", "excluded", "not_stated"])
    passed = serializers.IntegerField()
    not_stated = serializers.IntegerField()


class AdmittingShape(Shape):
    """`indicators` counts over all `candidates`; `fully_stated` of the `total` pass every single one."""

    candidates = serializers.IntegerField()
    total = serializers.IntegerField()
    fully_stated = serializers.IntegerField()
    excluded_by_industry = serializers.IntegerField()
    too_small = serializers.IntegerField()
    too_weak = serializers.IntegerField()
    indicators = VerdictsShape(many=True)
    results = AdmittingRowShape(many=True)


class DifferenceShape(Shape):
    indicator = serializers.CharField()
    here = serializers.JSONField(allow_null=True, help_text=ANY_VALUE)
    there = serializers.JSONField(allow_null=True, help_text=ANY_VALUE)


class AlikeShape(PlacedShape):
    """`likeness` 0..1 over the `compared` indicators known on both sides."""

    likeness = Number()
    compared = serializers.IntegerField()
    differences = DifferenceShape(many=True)


class SimilarShape(Shape):
    code = serializers.CharField()
    results = AlikeShape(many=True)


class CountShape(Shape):
    parcels = serializers.IntegerField()
    mu = Number()


class RegionCountShape(CountShape):
    region = serializers.CharField(allow_null=True)
    name = serializers.CharField(allow_null=True)
    name_en = serializers.CharField(allow_null=True)


class CountersShape(Shape):
    """Notices announced, rounds closed as sold or not, parcels published; mu, and 10k CNY in all."""

    announced = serializers.IntegerField()
    announced_mu = Number()
    sold = serializers.IntegerField()
    sold_mu = Number()
    deal_price = Number()
    failed = serializers.IntegerField()
    added = serializers.IntegerField()
    added_mu = Number()


class MonthCountersShape(CountersShape):
    month = serializers.CharField(help_text="2026-03")


class RegionCountersShape(CountersShape):
    """The last 24 months of a district, and this month alone."""

    region = serializers.CharField()
    name = serializers.CharField()
    name_en = serializers.CharField(allow_null=True)
    this_month = CountersShape()


class StatisticsShape(Shape):
    """The last three with `by=month`."""

    status = serializers.DictField(child=CountShape())
    regions = RegionCountShape(many=True)
    months = MonthCountersShape(many=True, required=False)
    this_month = CountersShape(required=False)
    by_region = RegionCountersShape(many=True, required=False)


class IndicatorDetailShape(Shape):
    """A figure with where it comes from; which of the optional parts there are depends on its origin."""

    value = serializers.JSONField(allow_null=True, help_text=ANY_VALUE)
    unit = serializers.CharField()
    origin = serializers.ChoiceField(choices=["declared", "regional", "computed"])
    expired = serializers.BooleanField(help_text="Its last day, `valid_to`, is over.")
    reference = serializers.CharField(required=False)
    legal_basis_zh = serializers.CharField(allow_blank=True)
    legal_basis_en = serializers.CharField(allow_blank=True)
    source = serializers.CharField(allow_null=True)  # type: ignore[assignment]  # also an attribute of fields
    as_of = serializers.DateField(allow_null=True)
    department_zh = serializers.CharField()
    department_en = serializers.CharField()
    synthetic = serializers.BooleanField()
    valid_to = serializers.DateField(required=False, allow_null=True)
    region = serializers.CharField(required=False)
    region_name = serializers.CharField(required=False)
    region_name_en = serializers.CharField(required=False)
    distance = serializers.ChoiceField(choices=["straight_line"], required=False)
    facility = serializers.DictField(
        required=False,
        help_text="The nearest, by a straight line; `road_km` is the way to it by road, where roads lead there.",
    )
    reach_km = Number(required=False)
    sources = serializers.IntegerField(required=False)
    sources_unknown = serializers.IntegerField(required=False)
    total = Number(required=False, allow_null=True)
    largest = serializers.DictField(required=False, allow_null=True)
    second = serializers.DictField(required=False, allow_null=True)
    above_mva_needs_kv = serializers.ListField(child=Number(), required=False)
    high_voltage = Number(required=False, allow_null=True)
    unknown_voltage = Number(required=False, allow_null=True)
    voltage = VoltageShape(required=False, allow_null=True)
    facilities = serializers.ListField(child=serializers.DictField(), required=False)


class ParcelDetailShape(ParcelSerializer):
    source = serializers.CharField(allow_null=True)  # type: ignore[assignment]  # also an attribute of fields
    as_of = serializers.DateField(allow_null=True)
    industries = serializers.DictField(
        child=serializers.CharField(), help_text="In words: the codes of `admits` and `excludes`."
    )
    outline = serializers.JSONField()
    indicators = serializers.DictField(child=IndicatorDetailShape())  # type: ignore[assignment]  # detailed here

    class Meta(ParcelSerializer.Meta):
        fields = (*ParcelSerializer.Meta.fields, "source", "as_of", "industries", "outline")  # type: ignore[assignment]  # four more


class MarksShape(Shape):
    """Codes of the parcels; none for a threshold (`neutral`), and none where fewer than two known values differ."""

    neutral = serializers.BooleanField()
    best = serializers.ListField(child=serializers.CharField())
    worst = serializers.ListField(child=serializers.CharField())


class ComparisonShape(Shape):
    """In the order asked; `marks` by indicator."""

    results = ParcelSerializer(many=True)
    marks = serializers.DictField(child=MarksShape())
