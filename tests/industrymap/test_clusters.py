"""Firms along a street: 0.01 degree of latitude is 1.11 km."""

import numpy as np
import shapely
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from geo import hexes
from industrymap.clusters import NOISE, dbscan, find_clusters, outline_of


def street(*hundredths: float) -> np.ndarray:
    """Places on one meridian, in hundredths of a degree north of 36."""
    return np.array([[120.0, 36 + at / 100] for at in hundredths])


def labels(*hundredths: float, fewest: int = 3) -> list[int]:
    return [int(label) for label in dbscan(street(*hundredths), reach_km=1.5, fewest=fewest)]


def test_places_in_a_row_are_one_cluster_as_long_as_no_gap_is_wider_than_the_reach() -> None:
    assert labels(0, 1, 2, 3, 4) == [0, 0, 0, 0, 0]
    assert labels(0, 1, 2, 5, 6, 7) == [0, 0, 0, 1, 1, 1]


def test_a_place_at_the_end_of_a_cluster_joins_it_and_one_beyond_reach_does_not() -> None:
    assert labels(0, 1, 2, 3, 5) == [0, 0, 0, 0, NOISE]


def test_too_few_places_are_no_cluster() -> None:
    assert labels(0, 1, fewest=3) == [NOISE, NOISE]
    assert labels() == []


def test_a_place_between_two_clusters_joins_the_nearer_core() -> None:
    left, right = [0, 0, 0, 0.6, 0.6], [3.6, 3.6, 4.2, 4.2, 4.2]
    found = labels(*left, 1.9, *right, fewest=5)

    assert found[:5] == [0] * 5
    assert found[6:] == [1] * 5
    assert found[5] == 0


def test_many_firms_in_one_building_are_a_cluster_with_an_outline() -> None:
    (cluster,) = find_clusters(street(*[0] * 5))

    assert cluster.members.tolist() == [0, 1, 2, 3, 4]
    assert cluster.outline.is_valid
    assert cluster.outline.contains(shapely.Point(120, 36))


def test_the_outline_holds_every_member_with_a_margin() -> None:
    places = np.array([[120.0, 36.0], [120.02, 36.0], [120.01, 36.02], [120.01, 36.005]])

    outline = outline_of(places)

    assert all(outline.contains(shapely.Point(place)) for place in places)
    assert outline.distance(shapely.Point(120.05, 36.0)) > 0


@given(arrays(float, st.tuples(st.integers(0, 25), st.just(2)), elements=st.floats(0, 0.06)))
def test_the_clusters_are_those_of_the_definition(offsets: np.ndarray) -> None:
    places = offsets + np.array([120.0, 36.0])
    near = hexes.distances_km(places[:, None], places[None]) <= 1.5
    core = near.sum(axis=1) >= 4
    found = dbscan(places, reach_km=1.5, fewest=4)

    for one in range(len(places)):
        assert (found[one] != NOISE) == bool((near[one] & core).any())
        for other in np.flatnonzero(near[one] & core):
            if core[one]:
                assert found[one] == found[other]
