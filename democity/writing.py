"""Files in the formats of the importers: tables as CSV, shapes as GeoJSON, byte for byte the same for the same rows."""

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from democity.plane import shape_to_degrees


def write_table(path: Path, header: Sequence[str], rows: Iterable[Iterable[object]]) -> int:
    """A CSV file; None is an empty cell. Returns the number of rows."""
    count = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        for row in rows:
            writer.writerow(["" if cell is None else cell for cell in row])
            count += 1
    return count


def write_shapes(path: Path, shapes: Iterable[tuple[Mapping[str, object], BaseGeometry]]) -> int:
    """A GeoJSON file in EPSG:4490 of shapes on the sheet in kilometres. Returns the number of features."""
    features = []
    for properties, shape in shapes:
        geometry: Any = json.loads(shapely.to_geojson(shape_to_degrees(shape)))  # whatever GeoJSON holds
        known = {name: value for name, value in properties.items() if value not in ("", None)}
        features.append({"type": "Feature", "properties": known, "geometry": geometry})
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4490"}}
    text = json.dumps({"type": "FeatureCollection", "crs": crs, "features": features}, ensure_ascii=False)
    path.write_text(text, encoding="utf-8")
    return len(features)
