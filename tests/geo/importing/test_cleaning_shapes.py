import numpy as np
import pytest
import shapely

from geo import crs
from geo.importing.cleaning.shapes import Shapes, clean_geometry, clean_points, from_wkt

STORAGE = crs.STORAGE
QINGDAO = shapely.box(119.5, 35.5, 121.1, 37.2)


def geometry(*shapes: object) -> np.ndarray:
    array = np.full(len(shapes), None, dtype=object)
    array[:] = shapes
    return array


def reasons(shapes: Shapes) -> dict[int, str]:
    return {index: words.en for index, words in shapes.reasons.items()}


def test_points_come_from_two_columns() -> None:
    done = clean_points(["120.3", 120.4, None], ["36.1", 36.2, None], STORAGE)
    assert shapely.to_wkt(done.geometry).tolist() == ["POINT (120.3 36.1)", "POINT (120.4 36.2)", None]
    assert not done.reasons


def test_half_a_place_text_and_swapped_columns_are_refused_row_by_row() -> None:
    done = clean_points([120.3, "east", 36.1, 120.3], [None, "36", 120.3, 36.1], STORAGE, QINGDAO)
    assert set(done.reasons) == {0, 1, 2}
    assert "missing" in reasons(done)[0]
    assert "not a number" in reasons(done)[1]
    assert "swapped" in reasons(done)[2]
    assert done.geometry[3] is not None


def test_a_place_outside_the_extent_is_refused_not_moved() -> None:
    done = clean_points([120.3, 104.06], [36.1, 30.66], STORAGE, QINGDAO)
    assert list(done.reasons) == [1]
    assert "outside this deployment" in reasons(done)[1]


def test_points_in_a_projection_land_where_they_belong() -> None:
    done = clean_points(["527,014.954"], ["3,996,680.334"], crs.parse("EPSG:4549"), QINGDAO)
    assert shapely.get_coordinates(done.geometry)[0] == pytest.approx((120.3, 36.1), abs=1e-7)


def test_the_wrong_zone_is_told_row_by_row() -> None:
    done = clean_points([39_527_014.0, 40_527_014.0], [3_996_680.0, 3_996_680.0], crs.parse("EPSG:4528"), QINGDAO)
    assert list(done.reasons) == [0]
    assert "EPSG:4527" in reasons(done)[0]


def test_polygons_and_lines_become_their_multi_types_without_heights() -> None:
    solid = shapely.Polygon([(120, 36, 5), (120.1, 36, 5), (120.1, 36.1, 5), (120, 36, 5)])
    done = clean_geometry(geometry(solid, None), STORAGE, family="polygon")
    assert shapely.get_type_id(done.geometry[0]) == 6
    assert not shapely.has_z(done.geometry[0])
    assert done.geometry[1] is None
    assert not done.reasons
    line = clean_geometry(geometry(shapely.LineString([(120, 36), (120.1, 36)])), STORAGE, family="line")
    assert shapely.get_type_id(line.geometry[0]) == 5


def test_the_wrong_type_an_empty_shape_and_a_collection_are_refused() -> None:
    given = geometry(
        shapely.Point(120, 36),
        shapely.Polygon(),
        shapely.GeometryCollection([shapely.Point(120, 36)]),
        shapely.box(120, 36, 120.1, 36.1),
    )
    done = clean_geometry(given, STORAGE, family="polygon")
    assert set(done.reasons) == {0, 1, 2}
    assert "a polygon is wanted" in reasons(done)[0]
    assert "empty" in reasons(done)[1]


def test_a_multipoint_of_one_is_a_point() -> None:
    done = clean_geometry(geometry(shapely.MultiPoint([(120, 36)])), STORAGE, family="point")
    assert shapely.to_wkt(done.geometry[0]) == "POINT (120 36)"
    assert sum(done.repairs.values()) == 1
    two = clean_geometry(geometry(shapely.MultiPoint([(120, 36), (121, 36)])), STORAGE, family="point")
    assert list(two.reasons) == [0]


def test_a_small_fault_is_mended_and_counted() -> None:
    """A spike back along the edge: no area at all."""
    spiked = shapely.Polygon([(120, 36), (120.1, 36), (120.1, 36.1), (120.05, 36.1), (120.07, 36.1), (120, 36.1)])
    assert not shapely.is_valid(spiked)
    done = clean_geometry(geometry(spiked), STORAGE, family="polygon")
    assert not done.reasons
    assert shapely.is_valid(done.geometry[0])
    assert sum(done.repairs.values()) == 1


def test_a_bow_tie_is_refused_with_the_place_of_the_fault() -> None:
    bow_tie = shapely.Polygon([(120, 36), (120.2, 36.2), (120.2, 36), (120, 36.1)])
    done = clean_geometry(geometry(bow_tie), STORAGE, family="polygon")
    assert "self-intersection at 120.06" in reasons(done)[0]
    assert "自相交" in done.reasons[0].zh


def test_a_line_of_one_place_is_refused() -> None:
    done = clean_geometry(geometry(shapely.LineString([(120, 36), (120, 36)])), STORAGE, family="line")
    assert list(done.reasons) == [0]


def test_one_vertex_out_of_place_refuses_the_shape() -> None:
    astray = shapely.LineString([(120, 36), (220, 36), (120, 36.1)])
    done = clean_geometry(geometry(astray), STORAGE, family="line")
    assert "220" in reasons(done)[0]
    beyond = shapely.LineString([(120, 36), (125, 36)])
    assert list(clean_geometry(geometry(beyond), STORAGE, family="line", extent=QINGDAO).reasons) == [0]


def test_coordinates_that_are_not_numbers_are_refused() -> None:
    broken = from_wkt(["LINESTRING (120 36, nan 36)"]).geometry
    assert "not numbers" in reasons(clean_geometry(broken, STORAGE, family="line"))[0]


def test_wkt_is_read_and_what_is_none_is_refused() -> None:
    done = from_wkt(["POINT (120 36)", "POINT (120)", None, "somewhere", " "])
    assert set(done.reasons) == {1, 3}
    assert done.geometry[0] is not None
