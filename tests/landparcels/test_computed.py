"""What surrounds a label point (METHODS 5): straight lines, and sums without decay."""

import numpy as np
import pytest

from geo import hexes
from landparcels.computed import Places, covered_total_within, in_reach, largest_within, nearest_km, total_within

NAN = float("nan")
KM = 360 / (2 * np.pi * hexes.EARTH_RADIUS_KM)
"""Degrees of a kilometre along the equator."""
HERE = np.array([[0.0, 0.0]])


def places(*spots: tuple[float, float]) -> Places:
    """Each given as km east of here and an amount."""
    return Places(
        np.array([[km * KM, 0.0] for km, _ in spots]).reshape(-1, 2), np.array([amount for _, amount in spots])
    )


NOTHING = places()


def test_the_nearest_of_a_kind_is_a_straight_line_away() -> None:
    assert nearest_km(HERE, places((12, 1), (5, NAN)))[0] == pytest.approx(5)


def test_a_distance_is_unknown_where_none_is_loaded() -> None:
    assert np.isnan(nearest_km(HERE, NOTHING)).all()


def test_power_is_the_largest_single_residual_in_reach() -> None:
    assert largest_within(HERE, places((1, 10), (7.9, 28), (8.1, 100)), 8)[0] == 28


def test_water_is_the_sum_in_reach_without_decay() -> None:
    assert total_within(HERE, places((1, 10), (14.9, 28), (15.1, 100)), 15)[0] == 38


@pytest.mark.parametrize("measure", [total_within, largest_within])
def test_nothing_in_reach_is_a_measured_zero_and_no_plants_at_all_is_unknown(measure: object) -> None:
    assert measure(HERE, places((50, 10)), 8)[0] == 0.0  # type: ignore[operator]  # either function
    assert np.isnan(measure(HERE, NOTHING, 8)[0])  # type: ignore[operator]  # either function


@pytest.mark.parametrize("measure", [total_within, largest_within])
def test_plants_in_reach_of_which_nobody_knows_the_spare_leave_it_unknown(measure: object) -> None:
    assert np.isnan(measure(HERE, places((1, NAN), (50, 10)), 8)[0])  # type: ignore[operator]  # either function
    assert measure(HERE, places((1, NAN), (2, 4)), 8)[0] == 4.0  # type: ignore[operator]  # either function
    assert measure(HERE, places((1, 0)), 8)[0] == 0.0  # type: ignore[operator]  # either function


def test_a_layer_that_says_nothing_nearby_leaves_the_workforce_unknown() -> None:
    assert np.isnan(covered_total_within(HERE, places((50, 10)), 10)[0])
    assert covered_total_within(HERE, places((9, 10), (3, 0)), 10)[0] == 10


def test_what_is_in_reach_comes_nearest_first() -> None:
    positions, distance = in_reach(HERE[0], places((7, 1), (2, 1), (20, 1)), 8)

    assert positions.tolist() == [1, 0]
    assert distance == pytest.approx([2, 7])
