import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

from geo import grid, hexes, privacy, spreading
from geo.grid import Grid

CITY = shapely.box(120.0, 36.0, 120.06, 36.04)
WEST, EAST = shapely.box(120.0, 36.0, 120.03, 36.04), shapely.box(120.03, 36.0, 120.06, 36.04)


@pytest.fixture(scope="module")
def city() -> Grid:
    return Grid.over(CITY)


def outlines(*shapes: shapely.Geometry) -> "np.ndarray[tuple[int], np.dtype[np.object_]]":
    return np.array(shapes, dtype=object)


def test_a_grid_is_sorted_and_covers_its_outline(city: Grid) -> None:
    assert (np.diff(city.cells.astype(np.int64)) > 0).all()
    assert shapely.union_all(hexes.polygons(city.cells)).buffer(1e-9).covers(CITY)


def test_positions_find_cells_and_name_strangers(city: Grid) -> None:
    stranger = hexes.cells_at([100.0], [30.0])
    assert city.positions(city.cells[[3, 0]]).tolist() == [3, 0]
    assert city.positions(stranger).tolist() == [-1]
    assert Grid(9, city.cells[:0]).positions(stranger).tolist() == [-1]


def test_a_layer_is_unknown_where_it_says_nothing(city: Grid) -> None:
    layer = city.align(city.cells[:2], np.array([5.0, 0.0]))
    assert layer[:2].tolist() == [5.0, 0.0]
    assert np.isnan(layer[2:]).all()


def test_coarser_cells_sum_and_average_only_what_is_known() -> None:
    owner, values = np.array([0, 0, 1]), np.array([2.0, np.nan, np.nan])
    assert grid.totals(owner, values, 2)[0] == 2.0
    assert grid.means(owner, values, 2)[0] == 2.0
    assert np.isnan(grid.totals(owner, values, 2)[1])
    assert np.isnan(grid.means(owner, values, 2)[1])


def test_every_cell_finds_its_ancestor(city: Grid) -> None:
    parents, positions = city.coarser(8)
    assert parents.resolution == 8
    assert parents.cells[positions].tolist() == hexes.parents(city.cells, 8).tolist()


def test_points_are_counted_where_they_lie_and_those_outside_are_named(city: Grid) -> None:
    lon, lat = city.centres[7]
    spread = spreading.points(city, np.array([[lon, lat], [lon, lat], [100.0, 30.0]]), np.array([2.0, np.nan, 4.0]))
    assert spread.values[7] == 2.0
    assert spread.values.sum() == 2.0
    assert spread.outside.tolist() == [0.0, 0.0, 4.0]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.floats(0, 1e7), min_size=2, max_size=2), st.booleans())
def test_the_totals_of_polygons_are_preserved(city: Grid, totals: list[float], weighted: bool) -> None:
    weights = np.random.default_rng(0).random(len(city)) if weighted else None
    spread = spreading.polygons(city, outlines(WEST, EAST), np.array(totals), weights=weights)
    assert spread.values.sum() == pytest.approx(sum(totals), rel=1e-6)
    assert spread.outside.tolist() == pytest.approx([0, 0], abs=1e-6 * max(totals))


def test_a_polygon_gives_each_cell_its_share_of_the_area(city: Grid) -> None:
    values = spreading.polygons(city, outlines(CITY), np.array([1000.0])).values
    inside = shapely.within(hexes.polygons(city.cells), CITY)
    area = Geod(a=6378137.0, rf=298.257222101).geometry_area_perimeter(shapely.segmentize(CITY, 0.001))[0] / 1e6
    assert values[inside] == pytest.approx(1000 * city.areas_km2[inside] / area, rel=1e-5)
    assert values[~inside].sum() == pytest.approx(1000 - values[inside].sum())
    assert (values > 0).all()


def test_weights_draw_a_total_to_where_they_are(city: Grid) -> None:
    weights = np.zeros(len(city))
    inhabited = int(np.flatnonzero(shapely.within(hexes.polygons(city.cells), WEST))[0])
    weights[inhabited] = 3.0
    values = spreading.polygons(city, outlines(WEST, EAST), np.array([10.0, 20.0]), weights=weights).values
    assert values[inhabited] == pytest.approx(10)
    assert values.sum() == pytest.approx(30)  # the east, without any weight, falls back to areas


def test_what_lies_outside_the_grid_stays_outside(city: Grid) -> None:
    astride = shapely.box(120.03, 36.01, 120.15, 36.03)
    spread = spreading.polygons(city, outlines(astride), np.array([100.0]))
    assert spread.values.sum() + spread.outside[0] == pytest.approx(100)
    assert 70 < spread.outside[0] < 75  # three quarters, less the rim of the grid


def test_a_road_is_as_long_on_the_grid_as_on_the_ground(city: Grid) -> None:
    road = shapely.LineString([(120.005, 36.01), (120.05, 36.02), (120.03, 36.03)])
    lengths = spreading.lines(city, outlines(road))
    assert lengths.sum() == pytest.approx(Geod(a=6378137.0, rf=298.257222101).geometry_length(road) / 1000, rel=1e-6)
    touched = shapely.intersects(hexes.polygons(city.cells), road)
    assert (lengths[~touched] == 0).all()


def children(count: int) -> hexes.Cells:
    around = Grid.over(shapely.Point(120.03, 36.02).buffer(0.01))
    family, size = np.unique(hexes.parents(around.cells, 8), return_counts=True)
    chosen: hexes.Cells = around.cells[hexes.parents(around.cells, 8) == family[size.argmax()]]
    return chosen[:count]


def test_few_persons_are_not_shown_and_a_sibling_hides_with_them() -> None:
    hidden = privacy.suppressed(children(4), np.array([4.0, 50.0, 7.0, 20.0]), 5)
    assert hidden.tolist() == [True, False, True, False]


def test_two_that_hide_need_no_third() -> None:
    assert privacy.suppressed(children(4), np.array([4.0, 3.0, 7.0, 20.0]), 5).tolist() == [True, True, False, False]


def test_an_empty_cell_is_no_cover() -> None:
    assert privacy.suppressed(children(4), np.array([4.0, 0.0, 7.0, 20.0]), 5).tolist() == [True, True, True, False]


def test_an_unknown_count_hides_and_a_layer_without_subject_shows_all() -> None:
    assert privacy.suppressed(children(2), np.array([np.nan, 9.0]), 5).tolist() == [True, True]
    assert not privacy.suppressed(children(2), np.array([1.0, 9.0]), privacy.FLOORS["other"]).any()


@given(st.lists(st.integers(0, 12), min_size=7, max_size=7))
def test_no_parent_has_exactly_one_hidden_child(counts: list[int]) -> None:
    hidden = privacy.suppressed(children(7), np.array(counts, dtype=float), 5)
    assert hidden.sum() != 1
    assert hidden[np.array(counts) < 5].all()
