"""Low zooms: H3 cells with the number of rows in each, never the rows.

The rows are counted once per layer, rights, filters and resolution, and the counts are kept until a table behind the
layer changes. A tile then takes the few hundred cells that lie in it from memory and PostGIS only encodes them, so its
cost follows the picture and not the table.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from threading import Lock
from typing import Any

import numpy as np
import psycopg
import pyarrow as pa
import shapely
from django.db import connection
from django.db.models import QuerySet
from numpy.typing import NDArray

from geo import hexes
from geo.sql import load
from geo.tiles.compiled import compiled
from geo.tiles.layer import TileLayer
from geo.versions import Stamp

HALF_WORLD = 20037508.342789244
MARGIN = 64 / 4096
KEPT_COUNTS = 64


@dataclass(frozen=True, slots=True)
class Counted:
    """Cells with what they hold, in Web Mercator: `shapes` as WKB, `boxes` (n, 4), `numbers` (n,), `sums` by name."""

    shapes: NDArray[np.object_]
    boxes: NDArray[np.float64]
    numbers: NDArray[np.int64]
    sums: dict[str, NDArray[np.float64]]

    def within(self, z: int, x: int, y: int) -> NDArray[np.intp]:
        """Positions of the cells that touch the tile and its margin."""
        size = 2 * HALF_WORLD / (1 << z)
        west, north = x * size - HALF_WORLD, HALF_WORLD - y * size
        margin = size * MARGIN
        touches = (
            (self.boxes[:, 0] <= west + size + margin)
            & (self.boxes[:, 2] >= west - margin)
            & (self.boxes[:, 1] <= north + margin)
            & (self.boxes[:, 3] >= north - size - margin)
        )
        return np.flatnonzero(touches)


_kept: OrderedDict[Hashable, tuple[Stamp, Counted]] = OrderedDict()
_making: dict[Hashable, Lock] = {}
_lock = Lock()


def counted(resolution: int, key: Hashable, stamp: Stamp, make: Callable[[], Counted]) -> Counted:
    """What `make` counts; `key` names it, `stamp` says how new the tables are. Threads that ask together count once."""
    whole_key = (resolution, key)
    with _lock:
        making = _making.setdefault(whole_key, Lock())
    with making:
        found = _kept.get(whole_key)
        if found is None or found[0] != stamp:
            found = (stamp, make())
        with _lock:
            _kept[whole_key] = found
            _kept.move_to_end(whole_key)
            while len(_kept) > KEPT_COUNTS:
                gone, _ = _kept.popitem(last=False)
                _making.pop(gone, None)
    return found[1]


def count(layer: TileLayer, rows: QuerySet[Any], resolution: int) -> Counted:
    """One pass over the rows, by the database."""
    bins = layer.bins
    assert bins is not None
    sql, parameters = compiled(rows.order_by().values_list(bins.cell, *bins.sums))
    names = ", ".join(f'"{name}"' for name in ("cell", *bins.sums))
    sums = "".join(f', coalesce(sum("{name}"), 0)::double precision' for name in bins.sums)
    statement = load("tile_counts.sql").format(inner=sql, names=names, sums=sums)
    with connection.cursor() as cursor:
        cursor.execute(statement, [resolution, *parameters])
        columns = list(zip(*cursor.fetchall(), strict=True)) or [()] * (2 + len(bins.sums))
    return _counted(
        np.array(columns[0], dtype=np.int64),
        np.array(columns[1], dtype=np.int64),
        {name: np.array(column, dtype=float) for name, column in zip(bins.sums, columns[2:], strict=True)},
    )


def count_columns(cells: NDArray[np.int64], columns: Mapping[str, NDArray[np.float64]], resolution: int) -> Counted:
    """One pass over columns in memory: the resolution-9 cell of each row (n,) and what is summed; unknown adds nothing."""
    encoded = pa.array(hexes.parents(cells.view(np.uint64), resolution).view(np.int64)).dictionary_encode()
    held = encoded.dictionary.to_numpy(zero_copy_only=False)
    place = encoded.indices.to_numpy(zero_copy_only=False)
    sums = {name: hexes.sum_by(place, np.nan_to_num(column), len(held)) for name, column in columns.items()}
    return _counted(held, np.bincount(place, minlength=len(held)), sums)


def _counted(cells: NDArray[np.int64], numbers: NDArray[np.int64], sums: dict[str, NDArray[np.float64]]) -> Counted:
    outlines = (
        shapely.transform(hexes.polygons(cells.view(np.uint64)), _web_mercator) if len(cells) else np.empty(0, object)
    )
    return Counted(
        shapes=shapely.to_wkb(outlines), boxes=shapely.bounds(outlines).reshape(-1, 4), numbers=numbers, sums=sums
    )


def encode(layer: TileLayer, held: Counted, z: int, x: int, y: int) -> bytes:
    """The tile's bytes; empty where no cell lies."""
    chosen = held.within(z, x, y)
    if not len(chosen):
        return b""
    names = list(held.sums)
    statement = load("tile_bins.sql").format(
        layer=layer.name,
        names="".join(f', "{name}"' for name in names),
        arrays="".join(", %s::double precision[]" for _ in names),
    )
    arrays = [held.sums[name][chosen].tolist() for name in names]
    connection.ensure_connection()
    with psycopg.Cursor(connection.connection) as cursor:
        cursor.execute(
            statement,
            [list(held.shapes[chosen]), held.numbers[chosen].tolist(), *arrays, z, x, y],
            prepare=False,  # psycopg lets go of every statement of its connection after a rollback once it prepared one
            binary=True,
        )
        row = cursor.fetchone()
    return bytes(row[0]) if row and row[0] else b""


def forget() -> None:
    """For tests, whose rolled-back transactions take version numbers back."""
    _kept.clear()


def _web_mercator(degrees: NDArray[np.float64]) -> NDArray[np.float64]:
    """EPSG:3857 metres of lon, lat."""
    lon, lat = degrees[:, 0], np.radians(np.clip(degrees[:, 1], -85.05, 85.05))
    return np.column_stack((lon / 180, np.log(np.tan(np.pi / 4 + lat / 2)) / np.pi)) * HALF_WORLD
