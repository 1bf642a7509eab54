"""Committed against measured (METHODS 5): met, or short by x %, in the indicator's own direction. No database."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from landparcels.indicators.field import Bound

Outcome = Literal["met", "short", "rectifying", "rectification_overdue"]


@dataclass(frozen=True, slots=True)
class Result:
    """`shortfall` in the indicator's unit and `short_by` as a share of what was committed; both 0 when met.

    `short_by` is None where the committed value is 0: there is nothing to take a share of.
    """

    met: bool
    shortfall: float
    short_by: float | None

    def outcome(self, rectify_until: date | None, day: date) -> Outcome:
        """A shortfall with a period to put it right is being put right until its last day."""
        if self.met:
            return "met"
        if rectify_until is None:
            return "short"
        return "rectifying" if day <= rectify_until else "rectification_overdue"


def compare(committed: float, measured: float, bound: Bound) -> Result:
    """`at_least` and `higher_better` must be reached, `at_most` and `lower_better` not passed; equal is met."""
    upward = bound in ("at_least", "higher_better")
    shortfall = committed - measured if upward else measured - committed
    if shortfall <= 0:
        return Result(met=True, shortfall=0.0, short_by=0.0)
    return Result(met=False, shortfall=shortfall, short_by=shortfall / abs(committed) if committed else None)
