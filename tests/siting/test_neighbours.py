import numpy as np
import pytest

from geo import catchment, hexes
from siting.intensity import zone_medians
from siting.neighbours import adjacent, weighted_output
from tests.siting.test_exclusion import EAST, WEST, zones
from tests.siting.test_ground import GRID


def test_adjacent_nodes_supply_or_buy_and_the_node_itself_is_not_one() -> None:
    source, target = np.array([0, 1, 2, 1, 2]), np.array([1, 2, 3, 1, 1])
    assert adjacent(np.array([1]), source, target).tolist() == [0, 2]
    assert adjacent(np.array([3]), source, target).tolist() == [2]
    assert adjacent(np.array([4]), source, target).tolist() == []


def test_output_is_gathered_between_resolution_7_cells() -> None:
    homes = hexes.cells_at([0.1, 0.1, 0.25], [0.1, 0.1, 0.15])
    reached = weighted_output(GRID, homes, np.array([100.0, 50.0, 30.0]))
    at_seven = hexes.centres(hexes.parents(GRID.cells, 7))
    distance = hexes.distances_km(at_seven[:, None], hexes.centres(hexes.parents(homes, 7))[None])
    assert reached == pytest.approx((catchment.decay(distance, 20) * [100, 50, 30]).sum(axis=1))


def test_a_place_takes_the_median_of_the_smallest_zone_around_it() -> None:
    from shapely import box

    parks = zones(("development_zone", -1, WEST), ("chemical_park", -1, box(120.04, 36.04, 120.06, 36.06)),
                  ("flood", -1, EAST))  # fmt: skip
    parcels = np.array([[120.01, 36.01], [120.02, 36.02], [120.05, 36.05], [120.15, 36.05]])
    places = np.array([[120.09, 36.09], [120.051, 36.051], [120.15, 36.05]])
    medians = zone_medians(parks, places, parcels, np.array([300.0, 500.0, 800.0, 900.0]))
    assert medians[:2].tolist() == [500.0, 800.0]
    assert np.isnan(medians[2])
