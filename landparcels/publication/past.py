"""`?on=2026-03-01`: what everyone could see at the end of that day, with the values and the outline of that day."""

from datetime import date
from typing import Any, cast

from django.utils import timezone
from django.utils.dateparse import parse_date

from accounts.rights import Person
from geo.errors import BadParameter
from landparcels.models import Parcel, ParcelShown
from landparcels.querysets import ParcelQuerySet

FIRST_DAY = date(1990, 1, 1)
Json = dict[str, Any]  # Any: what JSON holds
OF_THE_DAY = (
    *("value", "unit", "origin", "department_zh", "department_en", "legal_basis_zh", "legal_basis_en"),
    *("synthetic", "expired"),
)


def day_asked(text: str | None) -> date | None:
    """None where no day was asked for; a day that is none, or still to come, is refused."""
    if not text:
        return None
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    today = timezone.localdate()
    if day is None or not FIRST_DAY <= day <= today:
        raise BadParameter(
            "on",
            zh=f"on 应为 {FIRST_DAY} 至今天（{today}）之间的日期，如 2026-03-01；收到“{text}”。",
            en=f"on is a day from {FIRST_DAY} to today ({today}), like 2026-03-01; got {text}.",
        )
    return day


def parcels_of(person: Person, day: date | None) -> ParcelQuerySet:
    """What this person may see of parcels: as they are, or as they were shown at the end of a day."""
    if day is None:
        return Parcel.objects.visible_to(person)
    return cast(ParcelQuerySet, ParcelShown.objects.on(day).visible_to(person))


def as_they_were(indicators: dict[str, Json]) -> dict[str, Json]:
    """Without the facilities around, which are told of as they are today; the figure itself is of the day."""
    return {
        code: {name: one[name] for name in OF_THE_DAY if name in one} | {"source": None, "as_of": None}
        if one["origin"] == "computed"
        else one
        for code, one in indicators.items()
    }
