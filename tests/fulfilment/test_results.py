from datetime import date
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fulfilment.commitments.results import compare

DAY = date(2026, 6, 30)
amounts = st.floats(0, 1e6, allow_nan=False)


@pytest.mark.parametrize(
    ("committed", "measured", "bound", "met", "shortfall", "short_by"),
    [
        (300, 300, "at_least", True, 0, 0),
        (300, 240, "at_least", False, 60, 0.2),
        (300, 360, "at_least", True, 0, 0),
        (0.5, 0.6, "at_most", False, 0.1, 0.2),
        (0.5, 0.4, "at_most", True, 0, 0),
        (0, 2, "at_most", False, 2, None),
        (0, 0, "at_most", True, 0, 0),
    ],
)
def test_short_by_is_a_share_of_the_promise_in_the_indicators_own_direction(
    committed: float,
    measured: float,
    bound: Literal["at_least", "at_most"],
    met: bool,
    shortfall: float,
    short_by: float | None,
) -> None:
    result = compare(committed, measured, bound)
    assert result.met is met
    assert result.shortfall == pytest.approx(shortfall)
    assert result.short_by == (None if short_by is None else pytest.approx(short_by))


@given(committed=amounts, measured=amounts)
def test_the_two_directions_are_met_together_only_when_equal(committed: float, measured: float) -> None:
    floor, ceiling = compare(committed, measured, "at_least"), compare(committed, measured, "at_most")
    assert floor.met or ceiling.met
    assert (floor.met and ceiling.met) == (committed == measured)
    assert max(floor.shortfall, ceiling.shortfall) == pytest.approx(abs(committed - measured))


def test_a_shortfall_is_put_right_until_the_last_day_of_its_period() -> None:
    short = compare(300, 240, "at_least")
    assert short.outcome(None, DAY) == "short"
    assert short.outcome(DAY, DAY) == "rectifying"
    assert short.outcome(date(2026, 6, 29), DAY) == "rectification_overdue"
    assert compare(300, 300, "at_least").outcome(date(2026, 6, 29), DAY) == "met"
