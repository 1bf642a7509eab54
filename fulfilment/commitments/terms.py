"""What a parcel asks of the firm that gets it: the indicators that can be promised, and the months allowed."""

from collections.abc import Iterable, Mapping

from django.conf import settings

from fulfilment.commitments.milestones import Limits
from landparcels.indicators import indicators_for
from landparcels.indicators.own import Indicator
from landparcels.models import Parcel

START_LIMIT = "约定开工期限"
"""The city's own indicator, in months, that says when building has to start; by its name, since cities choose codes."""


def promisable() -> Mapping[str, Indicator]:
    """Admission indicators that a firm must reach or stay within, the city's own among them."""
    return {
        code: one
        for code, one in indicators_for().items()
        if one.group == "admission" and one.bound in ("at_least", "at_most") and one.kind in ("decimal", "integer")
    }


def start_indicator() -> str | None:
    """The code of the city's own indicator of the start, if it has one."""
    return next((code for code, one in indicators_for().items() if START_LIMIT in one.zh), None)


def thresholds_of(parcel: Parcel, indicators: Iterable[str]) -> dict[str, float]:
    """What the parcel asks for; unknown ones are left out."""
    found = {code: value_of(parcel, code) for code in indicators}
    return {code: value for code, value in found.items() if value is not None}


def limits_of(parcel: Parcel, start: str | None) -> Limits:
    """Start from the city's own indicator, else from the setting; the others are unknown where the parcel's are."""
    agreed = value_of(parcel, start) if start else None
    return Limits(
        start=settings.START_MONTHS if agreed is None else round(agreed),
        construction=_whole(parcel.construction_months_max),
        ramp_up=_whole(parcel.ramp_up_months_max),
    )


def value_of(parcel: Parcel, code: str) -> float | None:
    value = getattr(parcel, code, None) if hasattr(parcel, code) else parcel.extra.get(code)
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _whole(value: float | None) -> int | None:
    return None if value is None else round(value)
