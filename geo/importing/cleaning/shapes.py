"""Geometry into storage: the right type, whole, where the named system and the deployment say, never shifted silently."""

import re
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.crs import Crs, geometries_to_storage, to_storage
from geo.importing.cleaning.base import Cells, Cleaned
from geo.importing.cleaning.numbers import NumberField, clean_numbers
from geo.plausibility import misfit, plausible
from geo.words import Words, say

Geometries = NDArray[np.object_]

MOST_CHANGE = 0.001
"""Of its area, which `make_valid` may alter. FORMATS."""

MENDED = say(
    zh="修正自相交等无效面（面积变化小于 0.1%）", en="Invalid polygons mended (area changed by less than 0.1 %)"
)
SINGLE = say(zh="只含一个点的多点改为点", en="Multipoints of one point made points")

_POINT, _LINE, _POLYGON, _MULTIPOINT, _MULTILINE, _MULTIPOLYGON, _COLLECTION = 0, 1, 3, 4, 5, 6, 7
_FAMILIES = {
    "point": (_POINT,),
    "line": (_LINE, _MULTILINE),
    "polygon": (_POLYGON, _MULTIPOLYGON),
}
_NAMES = {
    _POINT: ("点", "point"), _LINE: ("线", "line"), 2: ("线", "line"), _POLYGON: ("面", "polygon"),
    _MULTIPOINT: ("多点", "multipoint"), _MULTILINE: ("线", "line"), _MULTIPOLYGON: ("面", "polygon"),
    _COLLECTION: ("几何集合", "geometry collection"),
}  # fmt: skip


@dataclass
class Shapes:
    """`geometry[i]` in storage or None; `reasons[i]` why it is refused."""

    geometry: Geometries
    reasons: dict[int, Words] = field(default_factory=dict)
    shown: dict[int, str] = field(default_factory=dict)
    repairs: dict[Words, int] = field(default_factory=dict)

    def refuse(self, index: int, reason: Words, shown: str = "") -> None:
        self.reasons.setdefault(index, reason)
        self.shown.setdefault(index, shown)
        self.geometry[index] = None


def clean_points(lng: Cells, lat: Cells, crs: Crs, extent: Any = None) -> Shapes:
    """From two columns; both blank is unknown, one blank is an error. `extent` is a shapely geometry in storage."""
    bounds = NumberField()
    x, y = (clean_numbers(cells, bounds) for cells in (lng, lat))
    shapes = Shapes(np.full(len(lng), None, dtype=object))
    for axis, (cells, done) in (("lng", (lng, x)), ("lat", (lat, y))):
        for reject in done.rejects:
            shapes.refuse(
                reject.index,
                say(zh=f"{axis}：{reject.reason.zh}", en=f"{axis}: {reject.reason.en}"),
                str(cells[reject.index]),
            )
    first, second = _floats(x), _floats(y)
    half = np.isnan(first) != np.isnan(second)
    for index in np.flatnonzero(half).tolist():
        shapes.refuse(index, say(zh="经度和纬度缺了一个", en="one of longitude and latitude is missing"))
    known = ~np.isnan(first) & ~np.isnan(second)
    known[list(shapes.reasons)] = False
    rows = np.flatnonzero(known)
    good = plausible(crs, first[rows], second[rows])
    for index in rows[~good].tolist():
        shapes.refuse(
            index, misfit(crs, float(first[index]), float(second[index])), f"{first[index]:.10g}, {second[index]:.10g}"
        )
    rows = rows[good]
    lon, lat_stored = to_storage(crs, first[rows], second[rows])
    if extent is not None and len(rows):
        shapely.prepare(extent)
        inside = shapely.intersects_xy(extent, lon, lat_stored)
        for index in rows[~inside].tolist():
            shapes.refuse(index, _outside(crs), f"{first[index]:.10g}, {second[index]:.10g}")
        rows, lon, lat_stored = rows[inside], lon[inside], lat_stored[inside]
    shapes.geometry[rows] = shapely.points(lon, lat_stored)
    return shapes


def _floats(done: Cleaned) -> NDArray[np.float64]:
    return np.array([np.nan if value is None else value for value in done.values], np.float64)


def from_wkt(cells: Cells) -> Shapes:
    """Still in the file's system."""
    texts = np.array([cell.strip() if isinstance(cell, str) and cell.strip() else None for cell in cells], dtype=object)
    with np.errstate(invalid="ignore"):  # a NaN among the coordinates is refused later, in words
        shapes = Shapes(np.asarray(shapely.from_wkt(texts, on_invalid="ignore"), dtype=object))
    for index in np.flatnonzero(shapely.is_missing(shapes.geometry)).tolist():
        if cells[index] is not None and str(cells[index]).strip():
            words = say(
                zh="WKT 读不出来；应形如 POINT (120.3 36.1)",
                en="the WKT cannot be read; it looks like POINT (120.3 36.1)",
            )
            shapes.refuse(index, words, str(cells[index])[:60])
    return shapes


def clean_geometry(given: Geometries, crs: Crs, *, family: str, extent: Any = None) -> Shapes:
    """`family` is point, line or polygon; lines and polygons come out as their Multi types."""
    with np.errstate(invalid="ignore"):  # a NaN among the coordinates is refused below, in words
        shapes = Shapes(shapely.force_2d(np.array(given, dtype=object)))
        _settle_types(shapes, family)
        _refuse_empty(shapes)
        _refuse_misplaced(shapes, crs)
    if family != "point":
        _mend(shapes, family)
    rows = np.flatnonzero(~shapely.is_missing(shapes.geometry))
    shapes.geometry[rows] = geometries_to_storage(crs, shapes.geometry[rows])
    if extent is not None and len(rows):
        shapely.prepare(extent)
        inside = shapely.covers(extent, shapes.geometry[rows])
        for index in rows[~inside].tolist():
            shapes.refuse(index, _outside(crs), _place(shapes.geometry[index]))
    if family != "point":
        _make_multi(shapes, family)
    return shapes


def _settle_types(shapes: Shapes, family: str) -> None:
    types = shapely.get_type_id(shapes.geometry)
    if family == "point":
        lone = np.flatnonzero((types == _MULTIPOINT) & (shapely.get_num_geometries(shapes.geometry) == 1))
        if len(lone):
            shapes.geometry[lone] = shapely.get_geometry(shapes.geometry[lone], 0)
            shapes.repairs[SINGLE] = len(lone)
            types[lone] = _POINT
    for index in np.flatnonzero((types >= 0) & ~np.isin(types, _FAMILIES[family])).tolist():
        have, want = _NAMES[int(types[index])], _NAMES[_FAMILIES[family][0]]
        shapes.refuse(
            index,
            say(zh=f"这里是{have[0]}，需要{want[0]}", en=f"this is a {have[1]}, a {want[1]} is wanted"),
            have[1],
        )


def _refuse_empty(shapes: Shapes) -> None:
    for index in np.flatnonzero(shapely.is_empty(shapes.geometry)).tolist():
        shapes.refuse(index, say(zh="几何图形是空的", en="the geometry is empty"))


def _refuse_misplaced(shapes: Shapes, crs: Crs) -> None:
    """By its first vertex that cannot lie in the named system."""
    places, owners = shapely.get_coordinates(shapes.geometry, return_index=True)
    bad = np.flatnonzero(~plausible(crs, places[:, 0], places[:, 1]))
    owner, first = np.unique(owners[bad], return_index=True)
    for index, at in zip(owner.tolist(), bad[first].tolist(), strict=True):
        x, y = places[at].tolist()
        shapes.refuse(index, misfit(crs, x, y), f"{x:.10g}, {y:.10g}")


def _mend(shapes: Shapes, family: str) -> None:
    """`make_valid`, where it changes next to nothing; else the place of the fault."""
    rows = np.flatnonzero(~shapely.is_missing(shapes.geometry))
    broken = rows[~shapely.is_valid(shapes.geometry[rows])]
    for index in broken.tolist():
        shape = shapes.geometry[index]
        reason = shapely.is_valid_reason(shape)
        mended = _polygons_of(shapely.make_valid(shape)) if family == "polygon" else None
        before = shapely.area(shape)
        if (
            mended is None
            or shapely.is_empty(mended)
            or not before
            or abs(shapely.area(mended) - before) / before >= MOST_CHANGE
        ):
            shapes.refuse(index, _fault(reason), _place(shape))
        else:
            shapes.geometry[index] = mended
            shapes.repairs[MENDED] = shapes.repairs.get(MENDED, 0) + 1


def _polygons_of(shape: Any) -> Any:
    parts = [part for part in shapely.get_parts(shapely.get_parts(shape)) if shapely.get_type_id(part) == _POLYGON]
    return shapely.multipolygons(parts)


_FAULTS = {
    "Self-intersection": "自相交",
    "Ring Self-intersection": "环自相交",
    "Hole lies outside shell": "洞在外环之外",
    "Holes are nested": "洞互相嵌套",
    "Interior is disconnected": "内部被分断",
    "Nested shells": "面互相嵌套",
    "Duplicate Rings": "环重复",
    "Too few points in geometry component": "点太少",
}


def _fault(reason: str) -> Words:
    """`Self-intersection[120.5 36.1]`: GEOS names the fault and its place, in the file's coordinates."""
    found = re.fullmatch(r"([^\[]+)\[([^\]]+)\]", reason)
    name, place = (found[1].strip(), found[2]) if found else (reason, "")
    where_zh, where_en = (f"，在 {place}", f" at {place}") if place else ("", "")
    return say(
        zh=f"图形无效：{_FAULTS.get(name, name)}{where_zh}；请在 GIS 软件中修正",
        en=f"the shape is invalid: {name.lower()}{where_en}; mend it in a GIS",
    )


def _outside(crs: Crs) -> Words:
    return say(
        zh=f"位置在本市范围之外（按 {crs.name} 换算）；请核对坐标系和坐标",
        en=f"the place is outside this deployment's extent (read as {crs.name}); check the system and the coordinates",
    )


def _place(shape: Any) -> str:
    places = shapely.get_coordinates(shape)
    return f"{places[0][0]:.8g}, {places[0][1]:.8g}" if len(places) else ""


def _make_multi(shapes: Shapes, family: str) -> None:
    single, together = (_LINE, shapely.multilinestrings) if family == "line" else (_POLYGON, shapely.multipolygons)
    rows = np.flatnonzero(shapely.get_type_id(shapes.geometry) == single)
    if len(rows):
        shapes.geometry[rows] = together(shapes.geometry[rows], indices=np.arange(len(rows)))


class Origin(Enum):
    """Where a row's geometry comes from."""

    FILE = "file"
    LNG_LAT = "lng/lat"
    WKT = "wkt"
