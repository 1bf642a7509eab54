"""GeoJSON geometries into shapely, a whole batch at a time; what cannot be built is a fault of its row."""

import json
from collections.abc import Callable
from typing import Any

import numpy as np
import shapely
from shapely import GeometryType

from geo.importing.readers.base import Geometries
from geo.words import Words, say

_FAULTS = {
    "closed linestring": say(
        zh="面没有闭合：每个环的首尾两点要相同",
        en="the polygon is not closed: first and last point of a ring must agree",
    ),
    "must contain 0 or >1": say(zh="线只有一个点", en="the line has a single point"),
    "must be number": say(zh="坐标不是数字", en="a coordinate is not a number"),
    "Invalid number of points": say(zh="面的环少于四个点", en="a ring of the polygon has fewer than four points"),
    "Unknown geometry type": say(zh="不认识的几何类型", en="unknown geometry type"),
}
_UNREADABLE = say(zh="几何图形读不出来", en="the geometry cannot be read")


class _Irregular(Exception):
    """Not as the standard has it: GEOS shall say what is wrong."""


class _Flat:
    """Coordinates of many shapes in one list, with where each part begins."""

    def __init__(self) -> None:
        self.points: list[Any] = []
        self.offsets: tuple[list[int], ...] = ()

    def line(self, coordinates: Any) -> None:
        if len(coordinates) < 2:
            raise _Irregular
        self.points.extend(coordinates)

    def ring(self, coordinates: Any) -> None:
        if len(coordinates) < 4 or coordinates[0] != coordinates[-1]:
            raise _Irregular
        self.points.extend(coordinates)


def _line(flat: _Flat, coordinates: Any) -> None:
    flat.line(coordinates)
    flat.offsets[0].append(len(flat.points))


def _lines(flat: _Flat, coordinates: Any) -> None:
    for part in coordinates:
        flat.line(part)
        flat.offsets[0].append(len(flat.points))
    flat.offsets[1].append(len(flat.offsets[0]) - 1)


def _polygon(flat: _Flat, coordinates: Any) -> None:
    for ring in coordinates:
        flat.ring(ring)
        flat.offsets[0].append(len(flat.points))
    flat.offsets[1].append(len(flat.offsets[0]) - 1)


def _polygons(flat: _Flat, coordinates: Any) -> None:
    for part in coordinates:
        _polygon(flat, part)
    flat.offsets[2].append(len(flat.offsets[1]) - 1)


_FLATTENED: dict[str, tuple[GeometryType, int, Callable[[_Flat, Any], None]]] = {
    "LineString": (GeometryType.LINESTRING, 1, _line),
    "MultiLineString": (GeometryType.MULTILINESTRING, 2, _lines),
    "Polygon": (GeometryType.POLYGON, 2, _polygon),
    "MultiPolygon": (GeometryType.MULTIPOLYGON, 3, _polygons),
}


def draw(shapes: list[Any], faults: dict[int, Words]) -> Geometries:
    """`shapes` are GeoJSON geometries or None, as decoded."""
    made: Geometries = np.full(len(shapes), None, dtype=object)
    by_type: dict[str, list[int]] = {}
    for index, shape in enumerate(shapes):
        if shape is not None:
            kind = shape.get("type") if isinstance(shape, dict) else None
            by_type.setdefault(kind if isinstance(kind, str) else "", []).append(index)
    odd: list[int] = []
    for kind, rows in by_type.items():
        if kind == "Point":
            odd += _draw_points(shapes, rows, made)
        elif kind in _FLATTENED:
            odd += _draw_flattened(kind, shapes, rows, made)
        else:
            odd += rows
    for index in odd:
        made[index] = _draw_one(shapes[index], index, faults)
    return made


def _draw_points(shapes: list[Any], rows: list[int], made: Geometries) -> list[int]:
    """All that are two or three numbers; the rest is given back."""
    plain, places, odd = [], [], []
    for index in rows:
        place = shapes[index].get("coordinates")
        if isinstance(place, list) and len(place) in (2, 3) and all(type(one) in (int, float) for one in place[:2]):
            plain.append(index)
            places.append(place[:2])
        else:
            odd.append(index)
    if plain:
        made[plain] = shapely.points(np.array(places, np.float64))
    return odd


def _draw_flattened(kind: str, shapes: list[Any], rows: list[int], made: Geometries) -> list[int]:
    """Through one array of coordinates; a shape with anything irregular about it is given back."""
    drawn, depth, add = _FLATTENED[kind]
    flat = _Flat()
    flat.offsets = tuple([0] for _ in range(depth))
    plain, odd = [], []
    for index in rows:
        before = len(flat.points), tuple(len(offsets) for offsets in flat.offsets)
        try:
            add(flat, shapes[index]["coordinates"])
        except (_Irregular, TypeError, KeyError, IndexError):
            del flat.points[before[0] :]
            for offsets, length in zip(flat.offsets, before[1], strict=True):
                del offsets[length:]
            odd.append(index)
        else:
            plain.append(index)
    if not plain:
        return odd
    try:
        places = np.array(flat.points, np.float64)
        if places.ndim != 2 or places.shape[1] < 2:
            return rows
    except (ValueError, TypeError):  # a word, or places of two and of three numbers
        return rows
    starts = tuple(np.array(one) for one in flat.offsets)
    made[plain] = shapely.from_ragged_array(drawn, np.ascontiguousarray(places[:, :2]), starts)
    return odd


def _draw_one(shape: Any, index: int, faults: dict[int, Words]) -> object:
    try:
        return shapely.from_geojson(json.dumps(shape))
    except (shapely.GEOSException, ValueError) as error:
        said = str(error)
        known = next((words for sign, words in _FAULTS.items() if sign in said), None)
        reason = said.removeprefix("IllegalArgumentException: ").removeprefix("ParseException: ")[:120]
        faults[index] = known or say(zh=f"{_UNREADABLE.zh}：{reason}", en=f"{_UNREADABLE.en}: {reason}")
        return None
