"""GeoParquet and plain Parquet, row group by row group."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from pyproj import CRS
from pyproj.exceptions import CRSError

from geo.importing.readers.base import BATCH, Cell, RawBatch, Reader, UnreadableFile, checked_header
from geo.importing.readers.vector import DAMAGE, from_wkb, plain_cells
from geo.words import Words, say


class ParquetReader(Reader):
    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path
        try:
            with pq.ParquetFile(path) as file:
                schema, rows = file.schema_arrow, file.metadata.num_rows
                geo = json.loads((file.metadata.metadata or {}).get(b"geo", b"{}"))
        except DAMAGE as error:
            raise _damaged(error) from None
        self.total = int(rows)
        self._geometry: str | None = None
        drawn: dict[str, Any] = geo.get("columns", {})
        if drawn:
            self._geometry = geo.get("primary_column") or next(iter(drawn))
            self.has_geometry = True
            self._read_geometry_column(drawn.get(self._geometry, {}))
            others = [name for name in drawn if name != self._geometry]
            if others:
                self.notes.append(
                    say(
                        zh=f"只读取主几何列 {self._geometry}，其余未读：{'、'.join(others)}",
                        en=f"Only the primary geometry {self._geometry} was read, not: {', '.join(others)}",
                    )
                )
        self._columns = [name for name in schema.names if name not in drawn]
        self.header = checked_header(self._columns) if self._columns else []

    def _read_geometry_column(self, meta: dict[str, Any]) -> None:
        encoding = str(meta.get("encoding", "WKB"))
        if encoding.upper() != "WKB":
            raise UnreadableFile(
                zh=f"GeoParquet 的几何编码是 {encoding}；请存成 WKB 编码",
                en=f"The GeoParquet geometry is encoded as {encoding}; save it as WKB",
            )
        if "crs" not in meta:
            self.crs = "OGC:CRS84"  # the standard's default
        elif meta["crs"] is not None:
            try:
                system = CRS.from_json_dict(meta["crs"])
            except CRSError:
                return
            authority = system.to_authority(min_confidence=90)
            self.crs = ":".join(authority) if authority else system.to_wkt()

    def batches(self, size: int = BATCH) -> Iterator[RawBatch]:
        first = 1
        wanted = [*self._columns, *([self._geometry] if self._geometry else [])]
        try:
            with pq.ParquetFile(self.path) as file:
                for batch in file.iter_batches(batch_size=size, columns=wanted):
                    yield self._batch(batch, first)
                    first += batch.num_rows
        except DAMAGE as error:
            raise _damaged(error) from None

    def _batch(self, batch: pa.RecordBatch, first: int) -> RawBatch:
        faults: dict[int, Words] = {}
        columns: dict[str, list[Cell]] = {
            name: plain_cells(batch.column(batch.schema.get_field_index(original)))
            for name, original in zip(self.header, self._columns, strict=True)
        }
        geometry = None
        if self._geometry:
            geometry = from_wkb(batch.column(batch.schema.get_field_index(self._geometry)), faults)
        return RawBatch(columns, range(first, first + batch.num_rows), geometry, faults)


def _damaged(error: Exception) -> UnreadableFile:
    reason = str(error).splitlines()[0][:200]
    return UnreadableFile(
        zh=f"Parquet 文件打不开，可能已损坏（{reason}）",
        en=f"The Parquet file cannot be opened; it may be damaged ({reason})",
    )
