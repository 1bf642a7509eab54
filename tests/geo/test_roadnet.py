"""The way by road: along lines a reader can draw, on the equator, where a hundredth of a degree is 1.112 km both ways."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import LineString

from geo import hexes
from geo.roadnet import RoadNetwork

STEP = 0.01
KM = np.pi * hexes.EARTH_RADIUS_KM / 180 * STEP
"""Of one step, 1.112 km."""


def line(*corners: tuple[float, float]) -> LineString:
    return LineString([(x * STEP, y * STEP) for x, y in corners])


def way(network: RoadNetwork, start: tuple[float, float], *ends: tuple[float, float]) -> list[float]:
    """In steps."""
    found = network.distances_km(STEP * np.array(start), STEP * np.array(ends, dtype=float).reshape(-1, 2))
    return [round(float(km), 3) for km in found / KM]


ANGLE = line((0, 0), (3, 0), (3, 4))


def test_a_way_follows_the_bend_of_the_road() -> None:
    assert way(RoadNetwork([ANGLE]), (0, 0), (3, 4)) == [7.0]  # straight across it would be 5


def test_from_and_to_the_road_one_goes_straight() -> None:
    """One step up to the road, two along it, half a step off it again."""
    assert way(RoadNetwork([ANGLE]), (0.5, 1), (2.5, -0.5)) == [3.5]


def test_roads_are_joined_where_they_cross_though_neither_has_a_corner_there() -> None:
    crossing = RoadNetwork([line((0, 0), (4, 0)), line((2, -3), (2, 3))])

    assert way(crossing, (0, 0), (2, 3)) == [5.0]


def test_a_motorway_is_joined_at_its_accesses_alone() -> None:
    """The road crosses the motorway at 2 and gets on it at 4: two steps on and two back."""
    road, motorway, access = line((0, 0), (6, 0)), [line((2, -3), (2, 3), (4, 3), (4, 0.001))], np.array([[4, 0]])

    over = RoadNetwork([road], motorway, access * STEP)
    free = RoadNetwork([road], motorway)
    further = line((2, 3), (2, 2.5))

    assert way(RoadNetwork([road, further], motorway, access * STEP), (0, 0), (6, 0)) == [6.0]
    assert over.distances_km(np.zeros(2), np.array([[6, 0]]) * STEP) == pytest.approx([6 * KM])
    assert way(free, (0, 0), (2, 3)) == [5.0]  # nobody says where one gets on: where they cross


def test_a_motorway_is_a_way_between_two_of_its_accesses() -> None:
    """Two towns that only the motorway joins: one step to the access, eight on it, one step off."""
    towns = [line((0, 0), (1, 0)), line((9, 0), (10, 0))]
    network = RoadNetwork(towns, [line((1, 0), (9, 0))], np.array([[1, 0], [9, 0]]) * STEP)

    assert way(network, (0, 0), (10, 0)) == [10.0]


def test_a_gap_of_a_map_is_bridged_and_a_bay_is_not() -> None:
    """A tenth of a step is 111 m; half a step is 556 m."""
    near, far = ([line((0, 0), (2, 0)), line((2 + gap, 0), (4, 0))] for gap in (0.1, 0.5))

    assert way(RoadNetwork(near), (0, 0), (4, 0)) == [4.0]
    assert np.isnan(way(RoadNetwork(far), (0, 0), (4, 0))).all()


def test_what_is_far_from_any_road_has_no_way() -> None:
    network = RoadNetwork([line((0, 0), (2, 0))])

    assert np.isnan(way(network, (0, 5), (2, 0))).all()  # 5.6 km
    assert np.isnan(way(network, (0, 0), (2, 5))).all()
    assert np.isnan(way(RoadNetwork([]), (0, 0), (1, 0))).all()
    assert way(network, (0, 0)) == []


def test_two_places_on_one_stretch_are_as_far_as_the_stretch_between_them() -> None:
    assert way(RoadNetwork([line((0, 0), (10, 0))]), (4, 0), (4, 0), (7, 0)) == [0.0, 3.0]


SPOTS = st.tuples(st.integers(0, 4), st.integers(0, 4))


@given(SPOTS, SPOTS)
def test_on_a_grid_of_streets_a_way_is_the_sum_of_both_sides(start: tuple[int, int], end: tuple[int, int]) -> None:
    streets = [line((0, at), (4, at)) for at in range(5)] + [line((at, 0), (at, 4)) for at in range(5)]
    network = RoadNetwork(streets)

    expected = abs(start[0] - end[0]) + abs(start[1] - end[1])
    assert way(network, start, end) == pytest.approx([expected], abs=0.002)
    assert way(network, start, end) == way(network, end, start)
