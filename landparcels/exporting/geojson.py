"""GeoJSON in CRS84: one feature a line, properties by their codes, units as in the catalogue."""

import json
from collections.abc import Iterable, Iterator
from datetime import date

import shapely

from landparcels.exporting.columns import Value
from landparcels.exporting.rows import Rows

_HEAD = (
    b'{"type": "FeatureCollection", "name": "parcels", '
    b'"crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}, "features": ['
)
"""The system is named though there is no other: our import takes none for granted."""


def written(batches: Iterable[Rows]) -> Iterator[bytes]:
    yield _HEAD
    before = "\n"
    for batch in batches:
        text = []
        for cells, shape in zip(batch.cells, shapely.to_geojson(batch.shapes).tolist(), strict=True):
            told = {column.name: _json(column.plain(value)) for column, value in zip(batch.columns, cells, strict=True)}
            properties = json.dumps(told, ensure_ascii=False)
            text.append(f'{before}{{"type": "Feature", "properties": {properties}, "geometry": {shape}}}')
            before = ",\n"
        yield "".join(text).encode()
    yield b"\n]}\n"


def _json(value: Value) -> str | float | bool | None:
    return value.isoformat() if isinstance(value, date) else value
