"""How much power a need may count on (METHODS 5): above 20 MVA only what comes from a substation of 110 kV or more.

The one place of that rule. Of each parcel three figures are kept, all within reach: the largest residual of a single
substation (`power_capacity`), the largest of those of 110 kV or more, and the largest of those whose voltage nobody
knows. Any voltage carries 20 MVA; what a station of unknown voltage gives above that is unknown, neither there nor not.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from django.db.models import Q
from numpy.typing import NDArray

from geo.words import Words, say

if TYPE_CHECKING:
    from landparcels.models import ParcelColumns

Floats = NDArray[np.float64]
Outcome = Literal["met", "short", "unknown"]
Json = dict[str, Any]  # Any: what JSON holds

POWER, HIGH, UNSAID = "power_capacity", "power_high_voltage", "power_unknown_voltage"
VOLTAGES = (HIGH, UNSAID)
LARGE_NEED_MVA, HIGH_VOLTAGE_KV = 20.0, 110.0
RULE = say(
    zh=f"超过 {LARGE_NEED_MVA:g} MVA 的用电需求须有 {HIGH_VOLTAGE_KV:g} kV 及以上变电站",
    en=f"A need above {LARGE_NEED_MVA:g} MVA wants a substation of {HIGH_VOLTAGE_KV:g} kV or more",
)


def usable(largest: Floats, high: Floats, unsaid: Floats) -> tuple[Floats, Floats]:
    """What a need may surely count on, and what it may at most; NaN where not even the largest residual is known.

    A need of v MVA is met where the first reaches v, unknown where only the second does.
    """
    at_any_voltage = np.minimum(largest, LARGE_NEED_MVA)
    surely = np.fmax(at_any_voltage, np.minimum(high, largest))
    most = np.maximum(high, unsaid)
    at_most = np.fmax(at_any_voltage, np.where(np.isnan(most), largest, np.minimum(most, largest)))
    return surely, at_most


def enough(need: float) -> Q:
    """The same in SQL: parcels that surely have it."""
    figure = Q((f"{POWER}__gte", need))
    return figure & Q((f"{HIGH}__gte", need)) if need > LARGE_NEED_MVA else figure


@dataclass(frozen=True, slots=True)
class Voltage:
    """What the voltage of the substations around makes of a need above 20 MVA."""

    outcome: Outcome
    surely: float
    at_most: float
    words: Words

    def as_json(self) -> Json:
        return {
            "outcome": self.outcome,
            "surely": self.surely,
            "at_most": self.at_most,
            "reason_zh": self.words.zh,
            "reason_en": self.words.en,
        }


def voltage(need: float, largest: float | None, surely: float | None, at_most: float | None) -> Voltage | None:
    """None where voltage has no say: up to 20 MVA, and where power is short or unknown at any voltage."""
    if need <= LARGE_NEED_MVA or largest is None or surely is None or at_most is None:
        return None
    if surely >= need:
        there = say(zh=f"周边有一座可供 {_mva(surely)}", en=f"one in reach can give {_mva(surely)}")
        return Voltage("met", surely, at_most, _told(there))
    if at_most > surely:
        there = say(
            zh=f"周边有变电站的电压或余量未知，确定可用 {_mva(surely)}，至多 {_mva(at_most)}",
            en=f"of one in reach voltage or spare is unknown, so {_mva(surely)} are sure and {_mva(at_most)} possible",
        )
        return Voltage("unknown" if at_most >= need else "short", surely, at_most, _told(there))
    if surely < largest:
        there = say(
            zh=f"周边的 {_mva(largest)} 出自较低电压，可用 {_mva(surely)}",
            en=f"the {_mva(largest)} in reach come at a lower voltage, of which {_mva(surely)} can be used",
        )
        return Voltage("short", surely, at_most, _told(there))
    return None


def voltage_here(largest: float | None, surely: float | None, at_most: float | None) -> Voltage | None:
    """The same of one parcel for whatever need above 20 MVA may come."""
    return voltage(np.nextafter(LARGE_NEED_MVA, np.inf), largest, surely, at_most)


def around(parcel: "ParcelColumns") -> tuple[float | None, float | None, float | None]:
    """The largest residual around a parcel, and what of it a need may surely, and at most, count on."""
    largest = parcel.power_capacity
    if largest is None:
        return None, None, None
    kept = (largest, parcel.power_high_voltage, parcel.power_unknown_voltage)
    surely, at_most = usable(*(np.array([np.nan if one is None else one]) for one in kept))
    return largest, float(surely[0]), float(at_most[0])


def supply(need: float, largest: float | None, surely: float | None, at_most: float | None) -> Json:
    """A planned project's need against one parcel: pass, fail with shortfall, or not stated where it is not known."""
    told = voltage(need, largest, surely, at_most)
    fails = at_most is not None and at_most < need
    return {
        "needed": need,
        "available": surely,
        "outcome": "fail" if fails else "pass" if surely is not None and surely >= need else "not_stated",
        "shortfall": round(need - at_most, 9) if at_most is not None and fails else None,
        "voltage": told.as_json() if told else None,
    }


def _told(there: Words) -> Words:
    return say(zh=f"{RULE.zh}：{there.zh}", en=f"{RULE.en}: {there.en}")


def _mva(power: float) -> str:
    return f"{round(power, 1):g} MVA"
