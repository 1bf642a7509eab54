from datetime import UTC, datetime, timedelta

import pytest

from promotion.first_contact import HELD, MOVES, OPEN, is_overdue, overdue_from

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def test_thirty_days_without_a_note_is_overdue_and_a_second_less_is_not() -> None:
    due = NOON + timedelta(days=30)
    assert is_overdue(NOON, "contacted", due)
    assert not is_overdue(NOON, "contacted", due - timedelta(seconds=1))
    assert overdue_from(NOON, "new") == due


@pytest.mark.parametrize("state", ["signed", "dropped"])
def test_what_is_signed_or_dropped_is_never_overdue(state: str) -> None:
    assert overdue_from(NOON, state) is None
    assert not is_overdue(NOON, state, NOON + timedelta(days=400))


def test_every_state_has_its_moves_and_a_dropped_firm_is_taken_up_anew() -> None:
    assert set(MOVES) == {*HELD, "dropped"}
    assert MOVES["dropped"] == ()
    for state in OPEN:
        assert "dropped" in MOVES[state]
        assert set(MOVES[state]) <= set(MOVES)
