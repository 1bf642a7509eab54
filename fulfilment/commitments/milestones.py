"""When a firm has to start, complete and reach full production, and how it stands on a day. Dates only; no database."""

from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

Name = Literal["start", "completion", "full_production"]
State = Literal["met", "met_late", "overdue", "due_soon", "ahead", "unscheduled"]
Standing = Literal["overdue", "due_soon", "on_time", "unscheduled", "fulfilled"]

NAMES: tuple[Name, ...] = get_args(Name)
STANDINGS: tuple[Standing, ...] = get_args(Standing)
SOON_DAYS = 30
"""So many days before a date is due its people are reminded."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What the contracts allow, in months; None: not agreed, so that nothing can be due."""

    start: int | None
    construction: int | None
    ramp_up: int | None


def add_months(day: date, months: int) -> date:
    """The same day of a later month; where that month is shorter, its last day (31 January + 1 = 28 or 29 February)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def due_dates(hand_over: date | None, limits: Limits) -> dict[Name, date | None]:
    """Each counted from the hand-over of the land; full production after construction and ramp-up together.

    Counting both at once keeps the day of the month: 31 August + 6 + 12 months is 28 February, not what is left of it.
    """
    both = None if limits.construction is None or limits.ramp_up is None else limits.construction + limits.ramp_up
    months: Mapping[Name, int | None] = {
        "start": limits.start,
        "completion": limits.construction,
        "full_production": both,
    }
    return {
        name: None if hand_over is None or span is None else add_months(hand_over, span)
        for name, span in months.items()
    }


def state_of(due: date | None, met_on: date | None, day: date) -> State:
    """On its day a date is still to be kept; overdue begins the day after."""
    if met_on is not None:
        return "met_late" if due is not None and met_on > due else "met"
    if due is None:
        return "unscheduled"
    left = (due - day).days
    if left < 0:
        return "overdue"
    return "due_soon" if left <= SOON_DAYS else "ahead"


def standing_of(states: Iterable[State]) -> Standing:
    """Of the whole commitment: its worst date decides."""
    found = set(states)
    if "overdue" in found:
        return "overdue"
    if "due_soon" in found:
        return "due_soon"
    if "ahead" in found:
        return "on_time"
    return "unscheduled" if "unscheduled" in found else "fulfilled"
