"""What may be asked of parcels by POST: a requirement to match, a plan to check. Wrong parts are named in words."""

import math
from typing import Any

from django.contrib.auth.models import AnonymousUser
from rest_framework import serializers

from geo.errors import BadParameter
from geo.forms import StrictSerializer
from geo.words import Words
from landparcels.admission import PLAN_FIELDS
from landparcels.areas import area_of
from landparcels.asking import asked_of, wished_of
from landparcels.indicators import indicators_for
from landparcels.indicators.own import own_indicators
from landparcels.industries import industry_prefix
from landparcels.matching import SIGNS
from landparcels.own_terms import own_terms

LARGEST_ANSWER = 2000
LARGEST_NUMBER = 1e12
MOST_CRITERIA = 100


class Number(serializers.FloatField):
    """A finite number of a size that can mean something; JSON's own extensions NaN and Infinity are none."""

    def __init__(self, **options: Any) -> None:  # Any: the library's
        super().__init__(**{"min_value": -LARGEST_NUMBER, "max_value": LARGEST_NUMBER, **options})

    def to_internal_value(self, data: Any) -> float:  # Any: whatever was sent
        value = super().to_internal_value(data)
        if isinstance(data, bool) or not math.isfinite(value):
            self.fail("invalid")
        return value


class ValueField(Number):
    """A number; for a city's own indicators also true or false, or the code of a choice, or several."""

    def to_internal_value(self, data: Any) -> Any:  # Any: whatever was sent
        if isinstance(data, bool):
            return data
        if isinstance(data, list) and all(isinstance(one, str) for one in data):
            return data
        if isinstance(data, str):
            try:
                return super().to_internal_value(data)
            except serializers.ValidationError:
                return [data]
        return super().to_internal_value(data)

    def run_validators(self, value: Any) -> None:  # Any: what came out of the above
        if isinstance(value, float):
            super().run_validators(value)


class CriterionField(serializers.CharField):
    """The code of an indicator, `area_mu`, or `place_km` where a place is given."""

    def to_internal_value(self, data: Any) -> str:  # Any: whatever was sent
        code = super().to_internal_value(data)
        known = ("area_mu", "place_km", *indicators_for(self.context.get("person") or AnonymousUser()))
        if code not in known:
            words = Words(f"没有指标“{code}”；目录见 indicators/。", f"There is no indicator {code}; see indicators/.")
            raise serializers.ValidationError(str(words))
        return code


class HardSerializer(StrictSerializer):
    indicator = CriterionField()
    op = serializers.ChoiceField(choices=list(SIGNS))
    value = ValueField()

    def validate(self, asked: dict[str, Any]) -> dict[str, Any]:  # Any: the criterion's parts
        return asked_of(asked)


class SoftSerializer(StrictSerializer):
    indicator = CriterionField()
    ideal = ValueField()
    accept = ValueField(required=False, help_text="Left out where the wish is for choices.")
    weight = Number(default=1.0, max_value=1e6)

    def validate(self, wished: dict[str, Any]) -> dict[str, Any]:  # Any: the criterion's parts
        return wished_of(wished)


class PlanSerializer(StrictSerializer):
    """A planned project in the terms of METHODS 5; what is left out is not stated. Money in 10k CNY.

    A city's own admission indicators are stated as they are, each under its code.
    """

    industry = serializers.CharField(required=False, allow_blank=True, max_length=5, help_text="GB/T 4754")
    power_mva = Number(required=False, allow_null=True, min_value=0, help_text="Above 20 MVA it wants 110 kV or more.")

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        fields = super().get_fields()
        for name in PLAN_FIELDS:
            fields[name] = Number(required=False, allow_null=True, min_value=0)
        person = self.context.get("person")
        if person is not None:  # without one it is described, not read
            for code in own_terms(own_indicators(person)):
                fields[code] = Number(required=False, allow_null=True, min_value=0)
        return fields

    def validate_industry(self, industry: str) -> str:
        return industry_code(industry)


class ProjectSerializer(PlanSerializer):
    """A plan, and the land it needs."""

    mu = Number(required=False, allow_null=True, min_value=0)


class PlaceField(serializers.ListField):
    """Longitude and latitude in degrees."""

    def __init__(self, **options: Any) -> None:  # Any: the library's
        super().__init__(child=Number(), **options)

    def to_internal_value(self, data: Any) -> list[float]:  # Any: whatever was sent
        place = super().to_internal_value(data)
        if not (len(place) == 2 and -180 <= place[0] <= 180 and -90 <= place[1] <= 90):
            words = Words("位置应为 [经度, 纬度]，单位度。", "A place is [longitude, latitude] in degrees.")
            raise serializers.ValidationError(str(words))
        return place


class WithinField(serializers.JSONField):
    """A drawn area as GeoJSON."""

    def to_internal_value(self, data: Any) -> Any:  # Any: whatever was sent; a shape comes out
        try:
            return area_of(super().to_internal_value(data))
        except BadParameter as error:
            raise serializers.ValidationError(str(error.words)) from error


class MatchSerializer(StrictSerializer):
    hard = serializers.ListField(child=HardSerializer(), default=list, max_length=MOST_CRITERIA)
    soft = serializers.ListField(child=SoftSerializer(), default=list, max_length=MOST_CRITERIA)
    region = serializers.CharField(required=False, allow_null=True)
    within = WithinField(required=False, allow_null=True, help_text="GeoJSON Polygon or MultiPolygon in degrees.")
    place = PlaceField(required=False, allow_null=True, help_text="Where `place_km` is measured from.")
    bbox = serializers.ListField(child=Number(), min_length=4, max_length=4, required=False, allow_null=True)
    area_mu = serializers.ListField(
        child=Number(min_value=0, allow_null=True), min_length=2, max_length=2, required=False, allow_null=True
    )
    allow_unknown = serializers.BooleanField(default=False)
    industry = serializers.CharField(required=False, allow_blank=True, allow_null=True)
    limit = serializers.IntegerField(default=50, min_value=1, max_value=LARGEST_ANSWER)
    stability = serializers.BooleanField(default=False)
    project = ProjectSerializer(required=False, allow_null=True)
    admitting = serializers.BooleanField(
        default=False, help_text="Only parcels of which no stated admission indicator is failed by the project."
    )
    groups = serializers.BooleanField(
        default=False, help_text="Also parcels that touch and are large enough together; with `area_mu`."
    )

    def validate(self, asked: dict[str, Any]) -> dict[str, Any]:  # Any: validated parts
        for part in ("hard", "soft"):
            for index, criterion in enumerate(asked[part]):
                if criterion["indicator"] == "place_km" and not asked.get("place"):
                    words = Words(
                        "按距离筛选须给出位置 place：[经度, 纬度]。",
                        "A distance needs the place it is measured from: place [longitude, latitude].",
                    )
                    raise serializers.ValidationError({f"{part}.{index}.indicator": [str(words)]})
        return asked

    def validate_industry(self, industry: str | None) -> str:
        return industry_code(industry or "")

    def validate_bbox(self, box: list[float] | None) -> list[float] | None:
        if box is not None:
            west, south, east, north = box
            if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
                words = Words("bbox 应为 [西, 南, 东, 北]，单位度。", "bbox is [west, south, east, north] in degrees.")
                raise serializers.ValidationError(str(words))
        return box

    def validate_area_mu(self, area: list[float | None] | None) -> list[float | None] | None:
        low, high = area or (None, None)
        if low is not None and high is not None and low > high:
            words = Words(
                f"面积下限 {low:g} 亩大于上限 {high:g} 亩。",
                f"The least area {low:g} mu is above the most, {high:g} mu.",
            )
            raise serializers.ValidationError(str(words))
        return area


class AdmittingSerializer(ProjectSerializer):
    """A planned project, and where a place for it is sought."""

    region = serializers.CharField(required=False, allow_null=True)
    within = WithinField(required=False, allow_null=True)
    limit = serializers.IntegerField(default=50, min_value=1, max_value=LARGEST_ANSWER)


def industry_code(text: str) -> str:
    """GB/T 4754: two to four digits, a section letter before them dropped (C38 is 38)."""
    code = industry_prefix(text) if text.strip() else ""
    if code is None or len(code) == 1:
        words = Words(
            f"行业应为 GB/T 4754 的二至四位代码，如 3841；收到“{text}”。",
            f"The industry is a GB/T 4754 code of two to four digits, like 3841; got {text}.",
        )
        raise serializers.ValidationError(str(words))
    return code
