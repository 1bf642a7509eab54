"""Neighbours on the line are neighbours on the ground."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from geo.curve import BITS, hilbert


def test_the_curve_visits_every_cell_of_a_square_once_each_beside_the_last() -> None:
    """The 4096 finest cells of a corner of the world, 64 by 64."""
    side = 1 << BITS
    column, row = (axis.ravel() for axis in np.meshgrid(np.arange(64), np.arange(64)))
    along = hilbert((column + 0.5) * 360 / side - 180, (row + 0.5) * 180 / side - 90)

    order = np.argsort(along)
    assert along[order].tolist() == list(range(along.min(), along.min() + 4096))
    steps = np.abs(np.diff(column[order])) + np.abs(np.diff(row[order]))
    assert set(steps.tolist()) == {1}


@given(st.floats(-180, 180), st.floats(-90, 90))
def test_every_place_of_the_world_lies_on_the_curve(lon: float, lat: float) -> None:
    assert 0 <= int(hilbert([lon], [lat])[0]) < 4**BITS
