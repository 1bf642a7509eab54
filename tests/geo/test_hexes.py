import h3
import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod

from geo import hexes

ELLIPSOID = Geod(a=6378137.0, rf=298.257222101)
QINGDAO = (120.38, 36.07)
places = st.tuples(st.floats(73, 135), st.floats(18, 54))


def test_longitude_comes_first() -> None:
    lon, lat = QINGDAO
    assert hexes.cell_at(lon, lat, 9) == h3.str_to_int(h3.latlng_to_cell(lat, lon, 9))
    assert hexes.centres(hexes.cells_at([lon], [lat], 9))[0] == pytest.approx(QINGDAO, abs=0.002)


@given(places, st.integers(0, 12))
def test_parents_agree_with_h3(place: tuple[float, float], resolution: int) -> None:
    cells = hexes.cells_at([place[0]], [place[1]], 12)
    expected = h3.cell_to_parent(hexes.texts(cells)[0], resolution)
    assert hexes.texts(hexes.parents(cells, resolution)) == [expected]
    assert hexes.resolutions(hexes.parents(cells, resolution)).tolist() == [resolution]


def test_a_finer_cell_is_no_parent() -> None:
    with pytest.raises(ValueError, match="no ancestor"):
        hexes.parents(hexes.cells_at([120.0], [36.0], 7), 8)


@given(places, st.integers(7, 9))
def test_areas_are_geodesic_areas_of_the_hexagons(place: tuple[float, float], resolution: int) -> None:
    cells = hexes.cells_at([place[0]], [place[1]], resolution)
    expected, _ = ELLIPSOID.geometry_area_perimeter(hexes.polygons(cells)[0])
    assert hexes.areas_km2(cells)[0] == pytest.approx(abs(expected) / 1e6, rel=1e-5)


def test_a_city_cell_in_china_has_about_a_tenth_of_a_square_kilometre() -> None:
    south_and_north = hexes.areas_km2(hexes.cells_at([109.5, 123.0], [18.2, 53.0], 9))
    assert ((south_and_north > 0.07) & (south_and_north < 0.12)).all()


def test_the_cells_of_an_outline_are_those_that_intersect_it() -> None:
    outline = shapely.Polygon([(120.0, 36.0), (120.05, 36.0), (120.05, 36.03), (120.02, 36.05)])
    around = hexes.cells_of(outline.buffer(0.02), 9)
    expected = around[shapely.intersects(hexes.polygons(around), outline)]
    assert hexes.cells_of(outline, 9).tolist() == expected.tolist()


def test_an_outline_smaller_than_a_cell_has_one() -> None:
    speck = shapely.Point(QINGDAO).buffer(1e-6)
    assert hexes.cells_of(speck, 9).tolist() == [hexes.cell_at(*QINGDAO, 9)]
    assert hexes.cells_of(shapely.Polygon(), 9).size == 0


def test_cells_survive_their_spelling_and_the_database() -> None:
    cells = hexes.cells_at([120.0, 121.0], [36.0, 36.5], 9)
    assert hexes.parse(hexes.texts(cells)).tolist() == cells.tolist()
    assert cells.astype(np.int64).min() > 0


@pytest.mark.parametrize("spelling", ["x", "8931", "-1", "f" * 40, "8931414c4c3ffffff"])
def test_what_is_no_cell_is_refused(spelling: str) -> None:
    with pytest.raises(ValueError, match=spelling):
        hexes.parse([spelling])


@given(places, places)
def test_distances_are_those_of_h3(one: tuple[float, float], other: tuple[float, float]) -> None:
    expected = h3.great_circle_distance(one[::-1], other[::-1], unit="km")
    assert hexes.distances_km(np.array(one), np.array(other)) == pytest.approx(expected, rel=1e-9, abs=1e-6)
    assert hexes.apart_km(*(hexes.directions(*np.array(place)) for place in (one, other))) == pytest.approx(
        expected, rel=1e-9, abs=1e-6
    )


@given(st.floats(0, 20000))
def test_a_chord_stands_for_its_great_circle(distance: float) -> None:
    assert hexes.km_of_chord(hexes.chord_of(distance)) == pytest.approx(distance, rel=1e-6, abs=1e-9)


def test_a_degree_on_the_equator_is_111_km() -> None:
    degree = 2 * np.pi * hexes.EARTH_RADIUS_KM / 360
    assert hexes.distances_km(np.array([10.0, 0.0]), np.array([11.0, 0.0])) == pytest.approx(degree)
    assert degree == pytest.approx(111.195, abs=0.001)
