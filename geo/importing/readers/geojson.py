"""GeoJSON as people have it: collections, single features, bare geometries, one feature a line; and JSON lists of rows.

Memory is bounded: a first look at up to 50,000 features collects column names and the `crs` member; the batches go on
from there. A file without `crs` names no system here, whatever RFC 7946 says: half of the Chinese ones are in GCJ-02.
"""

import gc
import itertools
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from geo.importing.readers.base import BATCH, Cell, RawBatch, Reader, UnreadableFile
from geo.importing.readers.drawing import draw
from geo.importing.readers.jsonstream import JsonStream, json_text
from geo.words import Words, say

_GEOMETRY_TYPES = frozenset(
    ("Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon", "GeometryCollection")
)
_LEGACY_CRS = re.compile(r"[A-Za-z0-9.:/\-_ ]+")
_MOST_COLUMNS = 2_000

_FIRST_ITEMS = 50_000
_FIRST_CHARACTERS = 32 * 1024 * 1024
"""What is looked at before the first batch, and kept for it."""

_TAIL_BYTES = 65_536


def open_json(path: Path) -> Reader:
    """Geometry where there is any; a list of plain objects is a table."""
    return JsonReader(path)


class JsonReader(Reader):
    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path
        self._members: dict[str, Any] = {}
        self._late: set[str] = set()
        names: dict[str, None] = {}
        first: list[Any] = []
        characters = 0
        self._is_whole = True
        items = self._items()
        with _uncollected():
            for value, length in items:
                first.append(value)
                characters += length
                properties, geometry = _split(value)
                self.has_geometry = self.has_geometry or geometry is not None
                for name in properties:
                    names.setdefault(name)
                if len(names) > _MOST_COLUMNS:
                    raise UnreadableFile(
                        zh=f"列多于 {_MOST_COLUMNS} 个，不像一张表",
                        en=f"More than {_MOST_COLUMNS} columns: not a table",
                    )
                if len(first) >= _FIRST_ITEMS or characters >= _FIRST_CHARACTERS:
                    self._is_whole = False
                    break
        if not first:
            raise UnreadableFile(zh="文件里没有要素", en="The file holds no features")
        self.total = len(first) if self._is_whole else None
        self._begun: tuple[list[Any], Iterator[tuple[Any, int]]] | None = (first, items)
        self.header = list(names)
        self.crs = _named_crs(self._members.get("crs"))
        if self.crs is None and not self._is_whole:
            self.crs = _crs_at_end(path)

    def _items(self) -> Iterator[tuple[Any, int]]:
        """Features, geometries or objects with their lengths; members of the outermost object are kept on the way."""
        with json_text(self.path) as text:
            stream = JsonStream(text)
            if stream.peek() == "[":
                yield from stream.items()
                return
            while stream.peek():  # more than one object: a sequence
                if stream.peek() != "{":
                    raise stream.broken()
                yield from self._of_object(stream)

    def _of_object(self, stream: JsonStream) -> Iterator[tuple[Any, int]]:
        members: dict[str, Any] = {}
        found_list = False
        for key in stream.members():
            if key in ("features", "geometries") and stream.peek() == "[":
                found_list = True
                self._members.update(members)
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
        yield members, 0

    def batches(self, size: int = BATCH) -> Iterator[RawBatch]:
        """What the first look has read is not read again."""
        first, rest = self._begun or ([], self._items())
        self._begun = (first, iter(())) if self._is_whole else None
        values = itertools.chain(first, (value for value, _ in rest))
        number = 1
        while True:
            with _uncollected():
                block = list(itertools.islice(values, size))
            if not block:
                return
            yield self._batch(block, number)
            number += len(block)

    def _batch(self, block: list[Any], first: int) -> RawBatch:
        faults: dict[int, Words] = {}
        rows, shapes = [], []
        for value in block:
            properties, geometry = _split(value)
            rows.append(properties)
            shapes.append(geometry)
        columns: dict[str, list[Cell]] = {
            name: [_cell(row[name]) if name in row else None for row in rows] for name in self.header
        }
        if not self._is_whole:
            self._tell_late(rows)
        geometry = draw(shapes, faults) if self.has_geometry else None
        return RawBatch(columns, range(first, first + len(block)), geometry, faults)

    def _tell_late(self, rows: list[dict[str, Any]]) -> None:
        """Columns that no row had before the header was settled."""
        late = {name for row in rows for name in row}.difference(self.header, self._late)
        self._late |= late
        for name in sorted(late):
            words = say(
                zh=f"列“{name}”在前 {_FIRST_ITEMS:,} 个要素中没有出现，未读取",
                en=f"Column {name} does not appear in the first {_FIRST_ITEMS:,} features and was not read",
            )
            self.notes.append(words)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without the garbage collector, which would walk through every list of coordinates again and again to find no cycle."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


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
    for value in properties.values():
        if type(value) is dict or type(value) is list:
            break
    else:
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


_PLAIN = (str, int, float, bool, type(None))


def _cell(value: Any) -> Cell:
    if type(value) in _PLAIN:
        return None if value == "" else value
    if isinstance(value, list) and all(isinstance(one, str | int | float) for one in value):
        return ";".join(str(one) for one in value) or None
    return json.dumps(value, ensure_ascii=False)


def _named_crs(member: Any) -> str | None:
    """The old `crs` member: `{"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4549"}}`."""
    if not isinstance(member, dict):
        return None
    properties = member.get("properties")
    name = properties.get("name") or properties.get("code") if isinstance(properties, dict) else None
    if isinstance(name, int):
        name = f"EPSG:{name}"
    return name if isinstance(name, str) and _LEGACY_CRS.fullmatch(name) else None


def _crs_at_end(path: Path) -> str | None:
    """A `crs` member behind the features of a large file."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - _TAIL_BYTES))
        tail = file.read().decode("utf-8", "ignore")
    found = re.search(r'\]\s*,\s*"crs"\s*:\s*', tail)
    if found is None:
        return None
    try:
        return _named_crs(json.JSONDecoder().raw_decode(tail, found.end())[0])
    except json.JSONDecodeError:
        return None
