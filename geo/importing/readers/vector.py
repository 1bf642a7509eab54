"""GeoPackage, Shapefile, FlatGeobuf and OSM PBF through GDAL, streamed as Arrow record batches."""

import warnings
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyogrio
import shapely
from pyogrio.raw import open_arrow

from geo.importing.readers.base import BATCH, Cell, RawBatch, Reader, UnreadableFile, checked_header
from geo.words import Words, say

DAMAGE = (RuntimeError, ValueError, OSError, pa.ArrowException)
"""What GDAL's and Arrow's wrappers raise when a file is not what it should be: their own errors descend from these."""


@contextmanager
def quiet() -> Iterator[None]:
    """GDAL's mutterings about measures, suffixes and repairs are not for a person who imports a file."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


class VectorReader(Reader):
    def __init__(self, path: Path, *, layer: str | None = None, encoding: str | None = None) -> None:
        super().__init__()
        self.path = path
        self.encoding = encoding
        try:
            with quiet():
                self.layer = self._chosen(layer)
                info = pyogrio.read_info(path, layer=self.layer, encoding=encoding, force_feature_count=True)
        except DAMAGE as error:
            raise _unopened(error) from None
        self._fields = [str(name) for name in info["fields"]]
        self.header = [name for name in checked_header([*self._fields, "geometry"]) if name != "geometry"]
        self.total = int(info["features"])
        self.crs = info["crs"]
        self.has_geometry = info["geometry_type"] is not None

    def _chosen(self, wanted: str | None) -> str:
        layers = [str(name) for name, _ in pyogrio.list_layers(self.path)]
        if wanted is not None and wanted not in layers:
            raise UnreadableFile(
                zh=f"没有图层“{wanted}”；有：{'、'.join(layers)}",
                en=f"There is no layer “{wanted}”; there are: {', '.join(layers)}",
            )
        if wanted is None and len(layers) != 1:
            if not layers:
                raise UnreadableFile(zh="文件里没有图层", en="The file holds no layer")
            raise UnreadableFile(
                zh=f"有多个图层，请选一个（--layer 名称）：{'、'.join(layers)}",
                en=f"There are several layers; choose one (--layer NAME): {', '.join(layers)}",
            )
        return wanted or layers[0]

    def batches(self, size: int = BATCH) -> Iterator[RawBatch]:
        first = 1
        options = {"layer": self.layer, "encoding": self.encoding, "batch_size": size, "use_pyarrow": True}
        try:
            with ExitStack() as held:
                with quiet():
                    meta, stream = held.enter_context(open_arrow(self.path, **options))
                geometry_name = meta["geometry_name"] or "wkb_geometry"
                while True:
                    with quiet():
                        batch = next(stream, None)
                    if batch is None:
                        return
                    yield self._batch(batch, geometry_name, first)
                    first += batch.num_rows
        except DAMAGE as error:
            raise _unopened(error) from None

    def _batch(self, batch: pa.RecordBatch, geometry_name: str, first: int) -> RawBatch:
        faults: dict[int, Words] = {}
        columns: dict[str, list[Cell]] = {
            name: plain_cells(batch.column(position))
            for position, name in enumerate(batch.schema.names)
            if name != geometry_name and name in self.header
        }
        geometry = None
        if self.has_geometry and geometry_name in batch.schema.names:
            geometry = from_wkb(batch.column(batch.schema.get_field_index(geometry_name)), faults)
        return RawBatch(columns, range(first, first + batch.num_rows), geometry, faults)


def plain_cells(column: pa.Array) -> list[Cell]:
    """Python values; empty text is None, decimals are floats, binary and nested values are text."""
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if pa.types.is_decimal(column.type):
        column = column.cast(pa.float64())
    if pa.types.is_timestamp(column.type) and column.type.unit == "ns":
        column = column.cast(pa.timestamp("us", column.type.tz), safe=False)
    try:
        values: list[Any] = column.to_pylist()
    except UnicodeDecodeError:
        values = [None if text is None else _uncut(text) for text in column.cast(pa.binary()).to_pylist()]
    if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
        return [value or None for value in values]
    if pa.types.is_nested(column.type):
        return [None if value is None else ";".join(map(str, value)) for value in values]
    if pa.types.is_binary(column.type) or pa.types.is_large_binary(column.type):
        return [None] * len(values)
    return values


def _uncut(text: bytes) -> str:
    """A field too narrow for its text cuts it in bytes, and so may end in the first part of a character."""
    for cut in range(4):
        try:
            return text[: len(text) - cut].decode()
        except UnicodeDecodeError:
            continue
    return text.decode()  # broken elsewhere, too: the file is damaged


def from_wkb(column: pa.Array, faults: dict[int, Words]) -> np.ndarray:
    """Shapely geometries; what is no WKB is a fault of its row."""
    raw = np.array(column.to_pylist(), dtype=object)
    with np.errstate(invalid="ignore"):  # a NaN among the coordinates is refused when it is cleaned
        shapes = np.asarray(shapely.from_wkb(raw, on_invalid="ignore"), dtype=object)
    for index in np.flatnonzero(shapely.is_missing(shapes)):
        if raw[index]:
            faults[int(index)] = say(zh="几何图形读不出来", en="The geometry cannot be read")
    return shapes


def _unopened(error: Exception) -> UnreadableFile:
    reason = str(error).splitlines()[0][:200]
    return UnreadableFile(
        zh=f"文件打不开，可能已损坏或不完整（{reason}）",
        en=f"The file cannot be opened; it may be damaged or cut short ({reason})",
    )
