"""What a file would become, before anything is loaded: columns as they map, first rows, where they lie."""

from pathlib import Path
from typing import Any

import shapely

from geo import crs as systems
from geo.importing import cleaning
from geo.importing.extent import deployment_extent
from geo.importing.kinds import kind_named
from geo.importing.options import Options
from geo.importing.readers import open_table

SHOWN_ROWS = 10
DRAWN_ROWS = 500


def preview(kind: str, path: Path, options: Options) -> dict[str, Any]:  # JSON
    """Header, mapping, unknown and missing columns, first rows cleaned, faults among them, up to 500 places in CRS84."""
    declared = kind_named(kind)
    with open_table(path, encoding=options.encoding, layer=options.layer) as reader:
        mapping = cleaning.map_header(
            reader.header,
            declared.all_columns(),
            explicit=options.mapping,
            shape=declared.geometry,
            has_geometry=reader.has_geometry,
            constants=options.constants,
        )
        named = options.crs or reader.crs
        answer: dict[str, Any] = {
            "header": reader.header,
            "total": reader.total,
            "crs": named,
            "needs_crs": mapping.needs_crs,
            "given": sorted(mapping.given),
            "missing": [column.name for column in mapping.missing],
            "unknown": [{"header": unknown.header, "nearest": unknown.nearest} for unknown in mapping.unknown],
            "notes": [{"zh": note.zh, "en": note.en} for note in (*reader.notes, *mapping.notes)],
            "rows": [],
            "faults": [],
            "places": None,
        }
        if mapping.missing or (mapping.needs_crs and named is None):
            return answer
        crs = systems.parse(named) if mapping.needs_crs and named else None
        cleaner = cleaning.Cleaner(
            mapping, crs=crs, extent=deployment_extent(), dates_are_serials=reader.dates_are_serials
        )
        for raw in reader.batches(size=DRAWN_ROWS):
            batch = cleaner.clean(raw)
            answer["faults"] = [
                {"row": r.row, "column": r.column, "value": r.value, "zh": r.reason.zh, "en": r.reason.en}
                for r in batch.refusals[:50]
            ]
            good = batch.compacted()
            names = list(good.columns)
            answer["rows"] = [
                {name: _shown(good.columns[name][index]) for name in names}
                for index in range(min(SHOWN_ROWS, len(good)))
            ]
            if good.geometry is not None:
                answer["places"] = _places(good.geometry)
            break
    return answer


def _shown(value: Any) -> Any:  # a clean value as JSON
    return value if value is None or isinstance(value, bool | int | float | str | list) else str(value)


def _places(shapes: Any) -> dict[str, Any]:  # an array of shapely geometries; GeoJSON
    drawn = shapely.simplify(shapes[:DRAWN_ROWS], 0.0005)
    features = [
        {"type": "Feature", "properties": {}, "geometry": shapely.geometry.mapping(shape)}
        for shape in drawn
        if shape is not None
    ]
    return {"type": "FeatureCollection", "features": features}
