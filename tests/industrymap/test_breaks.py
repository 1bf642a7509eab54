"""Where the colours change."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from industrymap.breaks import MOST_CLASSES, quantile_breaks


def test_each_class_holds_as_many_values_as_the_next() -> None:
    values = np.arange(1.0, 71.0)
    breaks = quantile_breaks(values)

    assert breaks == [11, 21, 31, 41, 51, 61]
    assert np.bincount(np.searchsorted(breaks, values, side="right")).tolist() == [10] * 7


def test_values_that_are_all_alike_make_one_class() -> None:
    assert quantile_breaks(np.full(9, 4.0)) == []


def test_few_values_make_few_classes() -> None:
    assert quantile_breaks(np.array([1.0, 5.0])) == [5.0]


def test_nothing_known_has_no_classes() -> None:
    assert quantile_breaks(np.array([])) == []
    assert quantile_breaks(np.array([np.nan])) == []


def test_a_break_can_be_read() -> None:
    assert quantile_breaks(np.array([0.0, 123456.0]), classes=2) == [120000.0]


@given(st.lists(st.floats(0, 1e9), min_size=1, max_size=50))
def test_breaks_rise_and_every_class_may_hold_something(values: list[float]) -> None:
    breaks = quantile_breaks(np.array(values))

    assert breaks == sorted(set(breaks))
    assert len(breaks) < MOST_CLASSES
    assert all(min(values) < value <= max(values) for value in breaks)
