"""GeoJSON as people have it: collections, single features, bare geometries, one feature a line; and JSON lists of rows.

Read in two passes with bounded memory: the first counts, collects column names and looks for a `crs` member; the second
yields. A file without `crs` names no system here, whatever RFC 7946 says: half of the Chinese ones are in GCJ-02.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from geo.importing.readers.base import BATCH, Cell, Geometries, RawBatch, Reader, UnreadableFile
from geo.importing.readers.jsonstream import JsonStream, json_text
from geo.words import Words, say

_GEOMETRY_TYPES = frozenset(
    ("Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon", "GeometryCollection")
)
_LEGACY_CRS = re.compile(r"[A-Za-z0-9.:/\-_ ]+")
_MOST_COLUMNS = 2_000

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

Item = tuple[Any, str]  # a JSON value, and as it is written


def open_json(path: Path) -> Reader:
    """Geometry where there is any; a list of plain objects is a table."""
    return JsonReader(path)


class JsonReader(Reader):
    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path
        self._members: dict[str, Any] = {}
        names: dict[str, None] = {}
        count = 0
        for value, _ in self._items():
            count += 1
            properties, geometry = _split(value)
            self.has_geometry = self.has_geometry or geometry is not None
            for name in properties:
                names.setdefault(name)
            if len(names) > _MOST_COLUMNS:
                raise UnreadableFile(
                    zh=f"列多于 {_MOST_COLUMNS} 个，不像一张表", en=f"More than {_MOST_COLUMNS} columns: not a table"
                )
        if not count:
            raise UnreadableFile(zh="文件里没有要素", en="The file holds no features")
        self.total = count
        self.header = list(names)
        self.crs = _named_crs(self._members.get("crs"))

    def _items(self) -> Iterator[Item]:
        """Features, geometries or objects one by one; members of the outermost object are kept on the way."""
        with json_text(self.path) as text:
            stream = JsonStream(text)
            if stream.peek() == "[":
                yield from stream.items()
                return
            while stream.peek():  # more than one object: a sequence
                if stream.peek() != "{":
                    raise stream.broken()
                yield from self._of_object(stream)

    def _of_object(self, stream: JsonStream) -> Iterator[Item]:
        members: dict[str, Any] = {}
        found_list = False
        for key in stream.members():
            if key in ("features", "geometries") and stream.peek() == "[":
                found_list = True
                yield from stream.items()
            else:
                members[key] = stream.value()
        self._members.update(members)
        if found_list:
            return
        if members.get("type") == "Topology":
            raise UnreadableFile(
                zh="这是 TopoJSON；请转成 GeoJSON 再导入", en="This is TopoJSON; convert it to GeoJSON first"
            )
        yield members, ""

    def batches(self, size: int = BATCH) -> Iterator[RawBatch]:
        block: list[Item] = []
        first = 1
        for item in self._items():
            block.append(item)
            if len(block) == size:
                yield self._batch(block, first)
                first += size
                block = []
        if block:
            yield self._batch(block, first)

    def _batch(self, block: list[Item], first: int) -> RawBatch:
        faults: dict[int, Words] = {}
        rows, shapes = [], []
        texts = []
        for value, text in block:
            properties, geometry = _split(value)
            rows.append(properties)
            shapes.append(geometry)
            texts.append(text)
        columns: dict[str, list[Cell]] = {name: [_cell(row.get(name)) for row in rows] for name in self.header}
        geometry = _geometries(shapes, texts, faults) if self.has_geometry else None
        return RawBatch(columns, range(first, first + len(block)), geometry, faults)


def _split(value: Any) -> tuple[dict[str, Any], Any]:
    """(properties, geometry or None) of a feature, a bare geometry or a plain object."""
    if not isinstance(value, dict):
        raise UnreadableFile(
            zh="JSON 列表里不是对象，不能当作表格", en="The JSON list does not hold objects, so it is not a table"
        )
    kind = value.get("type")
    if kind == "Feature":
        properties = value.get("properties")
        flat = _flat(properties) if isinstance(properties, dict) else {}
        if "id" in value and "id" not in flat:
            flat["id"] = value["id"]
        return flat, value.get("geometry")
    if kind in _GEOMETRY_TYPES and ("coordinates" in value or "geometries" in value):
        return {}, value
    return _flat(value), None


def _flat(properties: dict[str, Any]) -> dict[str, Any]:
    """Nested objects get names with dots (`location.lon`), lists of numbers with positions (`center.0`)."""
    if not any(isinstance(value, dict | list) for value in properties.values()):
        return properties
    flat: dict[str, Any] = {}
    for name, value in properties.items():
        if isinstance(value, dict):
            flat.update({f"{name}.{inner}": entry for inner, entry in _flat(value).items()})
        elif isinstance(value, list) and 0 < len(value) <= 4 and all(isinstance(one, int | float) for one in value):
            flat.update({f"{name}.{place}": one for place, one in enumerate(value)})
        else:
            flat[name] = value
    return flat


def _cell(value: Any) -> Cell:
    if isinstance(value, list) and all(isinstance(one, str | int | float) for one in value):
        return ";".join(str(one) for one in value) or None
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    return None if value == "" else value


def _geometries(shapes: list[Any], texts: list[str], faults: dict[int, Words]) -> Geometries:
    """Points are built in one go, the rest by GEOS from text; what it cannot build is a fault of that row."""
    made: Geometries = np.full(len(shapes), None, dtype=object)
    plain = [index for index, shape in enumerate(shapes) if _is_plain_point(shape)]
    if plain:
        made[plain] = shapely.points(np.array([shapes[index]["coordinates"][:2] for index in plain], np.float64))
    rest = [index for index, shape in enumerate(shapes) if shape is not None and not _is_plain_point(shape)]
    if not rest:
        return made
    # GEOS takes the geometry out of a feature's own text
    written = [texts[index] or json.dumps(shapes[index]) for index in rest]
    built = shapely.from_geojson(written, on_invalid="ignore")
    for index, geometry in zip(rest, built, strict=True):
        made[index] = geometry
        if geometry is None:
            faults[index] = _why_broken(json.dumps(shapes[index]))
    return made


def _is_plain_point(shape: Any) -> bool:
    if not isinstance(shape, dict) or shape.get("type") != "Point":
        return False
    place = shape.get("coordinates")
    return isinstance(place, list) and len(place) >= 2 and all(type(one) in (int, float) for one in place[:2])


def _why_broken(text: str) -> Words:
    """What GEOS says, in words where we know them."""
    try:
        shapely.from_geojson(text)
    except (shapely.GEOSException, ValueError) as error:
        said = str(error)
        if known := next((words for sign, words in _FAULTS.items() if sign in said), None):
            return known
        reason = said.removeprefix("IllegalArgumentException: ").removeprefix("ParseException: ")[:160]
        return say(zh=f"几何图形读不出来：{reason}", en=f"the geometry cannot be read: {reason}")
    return say(zh="几何图形读不出来", en="the geometry cannot be read")


def _named_crs(member: Any) -> str | None:
    """The old `crs` member: `{"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4549"}}`."""
    if not isinstance(member, dict):
        return None
    properties = member.get("properties")
    name = properties.get("name") or properties.get("code") if isinstance(properties, dict) else None
    if isinstance(name, int):
        name = f"EPSG:{name}"
    return name if isinstance(name, str) and _LEGACY_CRS.fullmatch(name) else None
