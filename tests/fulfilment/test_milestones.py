from calendar import monthrange
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fulfilment.commitments.milestones import SOON_DAYS, Limits, add_months, due_dates, standing_of, state_of

days = st.dates(date(2000, 1, 1), date(2060, 12, 31))
months = st.integers(0, 240)


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2028-01-31", 1, "2028-02-29"),
        ("2026-01-31", 2, "2026-03-31"),
        ("2026-03-31", 1, "2026-04-30"),
        ("2026-08-31", 6, "2027-02-28"),
        ("2028-02-29", 12, "2029-02-28"),
        ("2028-02-29", 48, "2032-02-29"),
        ("2026-12-15", 1, "2027-01-15"),
        ("2026-12-31", 0, "2026-12-31"),
        ("2026-11-30", 3, "2027-02-28"),
    ],
)
def test_months_end_on_the_last_day_where_a_month_is_shorter(day: str, count: int, expected: str) -> None:
    assert add_months(date.fromisoformat(day), count) == date.fromisoformat(expected)


@given(day=days, count=months)
def test_months_keep_the_day_or_end_with_the_month(day: date, count: int) -> None:
    later = add_months(day, count)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == count
    assert later.day == day.day or (later.day < day.day and later.day == monthrange(later.year, later.month)[1])


@given(day=days, other=days, count=months)
def test_a_later_hand_over_never_makes_a_date_earlier(day: date, other: date, count: int) -> None:
    first, second = sorted((day, other))
    assert add_months(first, count) <= add_months(second, count)


def test_every_date_counts_from_the_hand_over() -> None:
    assert due_dates(date(2026, 8, 31), Limits(6, 24, 12)) == {
        "start": date(2027, 2, 28),
        "completion": date(2028, 8, 31),
        "full_production": date(2029, 8, 31),
    }


def test_without_hand_over_or_limit_nothing_is_due() -> None:
    assert set(due_dates(None, Limits(6, 24, 12)).values()) == {None}
    assert due_dates(date(2026, 1, 1), Limits(6, None, 12)) == {
        "start": date(2026, 7, 1),
        "completion": None,
        "full_production": None,
    }


@given(hand_over=days, start=months, construction=months, ramp_up=months)
def test_full_production_is_never_due_before_completion(
    hand_over: date, start: int, construction: int, ramp_up: int
) -> None:
    due = due_dates(hand_over, Limits(start, construction, ramp_up))
    assert hand_over <= due["completion"] <= due["full_production"]  # type: ignore[operator]  # all limits are given


DUE = date(2026, 6, 30)


@pytest.mark.parametrize(
    ("met_on", "day", "expected"),
    [
        (None, "2026-05-30", "ahead"),
        (None, "2026-05-31", "due_soon"),
        (None, "2026-06-30", "due_soon"),
        (None, "2026-07-01", "overdue"),
        ("2026-06-30", "2026-07-01", "met"),
        ("2026-07-01", "2026-08-01", "met_late"),
    ],
)
def test_a_date_is_ahead_soon_overdue_or_met(met_on: str | None, day: str, expected: str) -> None:
    met = date.fromisoformat(met_on) if met_on else None
    assert state_of(DUE, met, date.fromisoformat(day)) == expected


def test_a_date_that_nobody_set_is_met_or_unscheduled() -> None:
    assert state_of(None, None, DUE) == "unscheduled"
    assert state_of(None, DUE, DUE) == "met"


@given(due=days, day=days)
def test_the_thirty_days_before_are_soon_and_the_day_after_is_late(due: date, day: date) -> None:
    state = state_of(due, None, day)
    assert (state == "overdue") == (day > due)
    assert (state == "due_soon") == (due - timedelta(SOON_DAYS) <= day <= due)


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        (["met", "overdue", "due_soon"], "overdue"),
        (["met", "due_soon", "ahead"], "due_soon"),
        (["met", "ahead", "unscheduled"], "on_time"),
        (["met", "unscheduled", "unscheduled"], "unscheduled"),
        (["met", "met_late", "met"], "fulfilled"),
    ],
)
def test_the_worst_date_decides(states: list[str], expected: str) -> None:
    assert standing_of(states) == expected  # type: ignore[arg-type]  # words of State
