"""Who vouches for the declared values of a parcel, of what day, and until when.

`Parcel.evidence` holds, by the code of an indicator or of a group of them, any of the parts below as text (days in ISO). An
indicator's own entry stands instead of its group's; without either the source of the parcel's row speaks. A value is good
through its last day; after it the value is still shown, as expired, and counts as missing where completeness is judged.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from landparcels.indicators import indicators_for
from landparcels.indicators.own import Indicator

PARTS = ("as_of", "expires", "department", "reference")
DAYS = ("as_of", "expires")
Stored = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of one value beside the source of its row."""

    as_of: date | None = None
    expires: date | None = None
    department: str = ""
    reference: str = ""

    def is_expired(self, on: date) -> bool:
        return self.expires is not None and self.expires < on


NOTHING = Evidence()


def evidence_of(stored: Stored, indicator: Indicator) -> Evidence:
    """The indicator's own entry, else its group's."""
    entry = stored.get(indicator.code) or stored.get(indicator.group)
    if not entry or indicator.origin != "declared":
        return NOTHING
    as_of, expires = (date.fromisoformat(entry[part]) if entry.get(part) else None for part in DAYS)
    return Evidence(as_of, expires, entry.get("department", ""), entry.get("reference", ""))


def expired_of(stored: Stored, indicators: Mapping[str, Indicator], on: date) -> list[str]:
    """Codes of these indicators whose declared value has run out, in their order."""
    if not stored:
        return []
    return [code for code, one in indicators.items() if evidence_of(stored, one).is_expired(on)]


def expired(parcel: Any, on: date) -> frozenset[str]:  # Any: a Parcel, whose module stands above this one
    """For gates: codes whose value on this day does not count as known."""
    return frozenset(expired_of(parcel.evidence, indicators_for(), on))


def written(before: Mapping[str, Any], given: Mapping[str, Mapping[str, str | None]]) -> dict[str, dict[str, str]]:
    """The stored form with some parts given anew; an empty one is taken away."""
    after = {name: dict(entry) for name, entry in before.items()}
    for name, parts in given.items():
        entry = after.setdefault(name, {})
        for part, text in parts.items():
            if text:
                entry[part] = text
            else:
                entry.pop(part, None)
        if not entry:
            del after[name]
    return after
