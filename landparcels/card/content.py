"""What a card says, as plain data: the same for the same facts, language and audience, so that it has one hash."""

import hashlib
import json
from datetime import date
from typing import Any

from accounts.rights import Person, may_see_staff_data
from landparcels.card.wording import where_from
from landparcels.detail import indicators_of
from landparcels.indicators import indicators_for
from landparcels.models import Parcel
from landparcels.publication.past import as_they_were

Json = dict[str, Any]  # Any: what JSON holds
FORM = 1
"""Grows when the same facts would be written otherwise."""

TERMS = (
    *("status", "area_mu", "land_use", "admits", "excludes", "hazard_max", "divisible", "supply_mode"),
    *("planned_listing", "bid_start", "bid_deadline", "deposit", "price_step", "contact_office", "contact_phone"),
)
"""Columns of the parcel that a card prints beside the indicators."""


def content_of(parcel: Parcel, person: Person, *, english: bool, on: date, past: bool = False) -> Json:
    """Only what this person may see. The day of printing is not part of it; days until which values hold are, and with
    `past` the day as of which the parcel is told."""
    details = details_of(parcel, person, on=on, past=past)
    region = parcel.region
    return {
        **({"shown_on": on.isoformat()} if past else {}),
        "form": FORM,
        "language": "en" if english else "zh",
        "audience": "staff" if may_see_staff_data(person) else "public",
        "code": parcel.code,
        "name": parcel.name,
        "region": "" if region is None else (english and region.name_en) or region.name,
        "place": [round(parcel.label_point.x, 6), round(parcel.label_point.y, 6)],
        "outline": sm3(parcel.shape),  # type: ignore[attr-defined]  # annotated by with_shape()
        "source": parcel.source.name if parcel.source else "",
        "as_of": _plain(parcel.source.as_of) if parcel.source else None,
        "synthetic": bool(parcel.source and parcel.source.synthetic),
        "terms": {name: _plain(getattr(parcel, name)) for name in TERMS},
        "indicators": {
            code: _indicator(details[code], english=english) for code in indicators_for(person) if code in details
        },
    }


def details_of(parcel: Parcel, person: Person, *, on: date, past: bool) -> dict[str, Json]:
    """Every indicator with its origin; of a past day without the facilities around, which are known as they are today."""
    details = indicators_of(parcel, person, on=on)
    return as_they_were(details) if past else details


def _indicator(detail: Json, *, english: bool) -> Json:
    return {
        "value": detail["value"],
        "unit": detail["unit"],
        "origin": detail["origin"],
        "where": where_from(detail, english=english),
        "source": detail["source"],
        "as_of": _plain(detail["as_of"]),
        "until": _plain(detail.get("valid_to")),
        "reference": detail.get("reference", ""),
        "department": (english and detail["department_en"]) or detail["department_zh"],
        "synthetic": bool(detail["synthetic"]),
    }


def canonical(content: Json) -> str:
    """Sorted keys, no blanks, letters as they are: what the hash is of."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def sm3(text: str) -> str:
    """GB/T 32905, in hexadecimal digits."""
    return hashlib.new("sm3", text.encode()).hexdigest()


def grouped(digits: str, *, by: int = 4) -> str:
    """In groups that a person can read aloud: `3F0A 91C2 …`."""
    return " ".join(digits[at : at + by] for at in range(0, len(digits), by)).upper()


def _plain(value: Any) -> Any:  # Any: a column's value, as JSON keeps it
    return value.isoformat() if isinstance(value, date) else value
