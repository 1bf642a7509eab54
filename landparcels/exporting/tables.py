"""What CSV and XLSX share: headers with units, values in words, the outline as text."""

from collections.abc import Iterable, Iterator, Sequence

import shapely

from geo.crs import Crs, proj
from landparcels.exporting.columns import ExportColumn, Value
from landparcels.exporting.rows import Rows

OUTLINE = "wkt"


def headers(columns: Sequence[ExportColumn], *, english: bool) -> list[str]:
    return [*(column.header(english=english) for column in columns), OUTLINE]


def lines(batches: Iterable[Rows], crs: Crs, *, english: bool) -> Iterator[list[Value]]:
    """One parcel each; the outline to a tenth of a millimetre."""
    digits = 9 if proj(crs).is_geographic else 4
    for batch in batches:
        outlines = shapely.to_wkt(batch.shapes, rounding_precision=digits).tolist()
        for cells, outline in zip(batch.cells, outlines, strict=True):
            shown = [column.shown(value, english=english) for column, value in zip(batch.columns, cells, strict=True)]
            yield [*shown, outline]
