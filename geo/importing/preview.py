"""What a file would become, before anything is loaded: columns as they map, first rows, where they lie."""

from pathlib import Path
from typing import Any

import shapely

from accounts.rights import Person
from geo.importing import reading
from geo.importing.kinds import kind_named
from geo.importing.options import Options
from geo.importing.readers import open_table

SHOWN_ROWS = 10
DRAWN_ROWS = 500


def preview(kind: str, path: Path, options: Options, *, by: Person | None) -> dict[str, Any]:  # JSON
    """Header, mapping, unknown and missing columns, first rows cleaned, faults among them, up to 500 places in CRS84.

    Raises NotAllowed for coordinates that `by` may not have converted.
    """
    declared = kind_named(kind)
    with open_table(path, encoding=options.encoding, layer=options.layer) as reader:
        mapping = reading.mapping_of(declared, reader, reader.header, options)
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
        crs = reading.crs_of(named, by) if mapping.needs_crs and named else None
        cleaner = reading.cleaner_of(declared, reader, mapping, crs)
        for raw in reader.batches(size=DRAWN_ROWS):
            reading.give_codes(declared, raw, options)
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
