"""首报首谈: the region that takes a firm up first talks to it, as long as it keeps talking. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

QUIET_DAYS = 30
"""Without a note for so long a target is overdue, and another region may take it over without asking."""

OPEN = ("new", "contacted", "visiting")
HELD = (*OPEN, "signed")
"""States in which a firm belongs to the region that holds it."""

MOVES: dict[str, tuple[str, ...]] = {
    "new": ("contacted", "visiting", "signed", "dropped"),
    "contacted": ("visiting", "signed", "dropped"),
    "visiting": ("contacted", "signed", "dropped"),
    "signed": ("visiting", "dropped"),
    "dropped": (),
}
"""From each state to which; a firm that was dropped is free, and is taken up anew."""


def overdue_from(last_word: datetime, state: str) -> datetime | None:
    """The moment from which others may take the firm over; None when it is signed or dropped."""
    return last_word + timedelta(days=QUIET_DAYS) if state in OPEN else None


def is_overdue(last_word: datetime, state: str, now: datetime) -> bool:
    due = overdue_from(last_word, state)
    return due is not None and now >= due
