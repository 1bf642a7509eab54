"""GeoPackage and Shapefile through GDAL, fed with Arrow batches as they leave the database."""

import csv
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from io import StringIO
from pathlib import Path

import pyarrow as pa
import shapely
from pyogrio.raw import write_arrow

from geo.crs import Crs
from geo.errors import BadParameter
from geo.importing.kinds import short_name
from geo.importing.readers.vector import quiet
from landparcels.exporting.columns import ExportColumn
from landparcels.exporting.rows import Rows

_TYPES = {
    "text": pa.string(),
    "list": pa.string(),
    "number": pa.float64(),
    "flag": pa.bool_(),
    "date": pa.date32(),
}
LAYER = "parcels"
DBF_BYTES = 254
"""What a text of a Shapefile holds."""


def write_geopackage(path: Path, columns: Sequence[ExportColumn], batches: Iterable[Rows], crs: Crs) -> None:
    _write(path, "GPKG", [column.name for column in columns], columns, batches, crs)


def write_shapefile(
    path: Path, columns: Sequence[ExportColumn], batches: Iterable[Rows], crs: Crs, encoding: str = "UTF-8"
) -> None:
    """A zip with .shp, .shx, .dbf, .prj, .cpg and a list of its fields: names of ten letters say little."""
    shape = path.parent / f"{LAYER}.shp"
    names = [short_name(column.name) for column in columns]
    _write(shape, "ESRI Shapefile", names, columns, _fitting(batches, encoding), crs, encoding)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in sorted(path.parent.glob(f"{LAYER}.*")):
            archive.write(part, part.name)
        archive.writestr("fields.csv", _field_list(names, columns))


def _write(
    path: Path,
    driver: str,
    names: Sequence[str],
    columns: Sequence[ExportColumn],
    batches: Iterable[Rows],
    crs: Crs,
    encoding: str = "UTF-8",
) -> None:
    types = [_TYPES[column.kind] for column in columns]
    schema = pa.schema([*zip(names, types, strict=True), ("geom", pa.binary())])
    failed: list[Exception] = []
    stream = pa.RecordBatchReader.from_batches(schema, _told(lambda: _arrow(batches, schema), failed))
    try:
        with quiet():
            write_arrow(
                stream,
                path,
                layer=LAYER,
                driver=driver,
                geometry_name="geom",
                geometry_type="MultiPolygon",
                crs=crs.definition,
                encoding=encoding,
            )
    except Exception:
        if failed:  # what went wrong on our side of the stream, not what GDAL makes of it
            raise failed[0] from None
        raise


def _told(make: Callable[[], Iterator[pa.RecordBatch]], failed: list[Exception]) -> Iterator[pa.RecordBatch]:
    try:
        yield from make()
    except Exception as error:
        failed.append(error)
        raise


def _arrow(batches: Iterable[Rows], schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    for batch in batches:
        arrays = [
            pa.array([column.plain(row[index]) for row in batch.cells], _TYPES[column.kind])
            for index, column in enumerate(batch.columns)
        ]
        outlines = pa.array(shapely.to_wkb(batch.shapes).tolist(), pa.binary())
        yield pa.RecordBatch.from_arrays([*arrays, outlines], schema=schema)


def _fitting(batches: Iterable[Rows], encoding: str) -> Iterator[Rows]:
    """Nothing is cut off, and no letter lost, in silence."""
    for batch in batches:
        for row in batch.cells:
            for column, value in zip(batch.columns, row, strict=True):
                plain = column.plain(value)
                if not isinstance(plain, str):
                    continue
                try:
                    size = len(plain.encode(encoding))
                except UnicodeEncodeError as error:
                    letter = plain[error.start]
                    raise BadParameter(
                        "encoding",
                        zh=f"宗地 {row[0]} 的“{column.zh}”中的“{letter}”不在 GBK 中；请用 UTF-8 导出。",
                        en=f"{column.name} of parcel {row[0]} holds {letter}, which GBK lacks; export in UTF-8.",
                    ) from None
                if size > DBF_BYTES:
                    raise BadParameter(
                        "format",
                        zh=f"宗地 {row[0]} 的“{column.zh}”超过 {DBF_BYTES} 字节，Shapefile 放不下；请导出 GeoPackage。",
                        en=f"{column.name} of parcel {row[0]} is longer than a Shapefile's {DBF_BYTES} bytes; "
                        "export GeoPackage.",
                    )
        yield batch


def _field_list(names: Sequence[str], columns: Sequence[ExportColumn]) -> str:
    text = StringIO()
    table = csv.writer(text)
    table.writerow(["field", "code", "name", "unit"])
    table.writerows([name, column.name, column.zh, column.unit] for name, column in zip(names, columns, strict=True))
    return "\ufeff" + text.getvalue()
