"""Clean rows into their table: COPY into a staging table, then one INSERT … ON CONFLICT that takes only given columns."""

from collections.abc import Iterable, Sequence
from itertools import count, repeat
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from django.contrib.gis.db.models import GeometryField
from django.db import connection, models
from django.db.models import JSONField
from psycopg import sql
from psycopg.types.json import Jsonb

from geo.curve import hilbert
from geo.fields import STORAGE_SRID
from geo.importing.batch import Batch

if TYPE_CHECKING:
    AnyField = models.Field[Any, Any]  # of any Python type
else:
    AnyField = models.Field

WORK_MEMORY = "64MB"
"""For sorting the rows of a load and for the triggers that look at them all, so that neither goes through the disk."""

_serial = count()


class Staging:
    """A temporary table with the columns that one file gives; `pour` adds batches, `merge` moves all into the model."""

    def __init__(
        self, model: type[models.Model], columns: Sequence[str], conflict: Sequence[str], *, last_stands: bool = False
    ) -> None:
        """`columns` and `conflict` are names of model fields; an empty `conflict` only inserts.

        With `last_stands` rows of one key may be staged several times, and the last of them is merged.
        """
        fields = {field.name: field for field in model._meta.concrete_fields}
        fields |= {field.attname: field for field in model._meta.concrete_fields}
        self.model = model
        self.fields = [fields[name] for name in columns]
        self.conflict = [fields[name] for name in conflict]
        self.last_stands = last_stands
        self.table = f"staging_{next(_serial)}"
        self.rows = 0
        self.is_drawn = any(isinstance(field, GeometryField) for field in self.fields)
        """Drawn tables are laid down along a space-filling curve, so that a tile reads few pages (MEASURED)."""
        definitions = sql.SQL(", ").join(
            [sql.SQL("{} {}").format(_name(field), sql.SQL(_type(field))) for field in self.fields]
        )
        with connection.cursor() as cursor:
            cursor.execute(
                sql.SQL("CREATE TEMPORARY TABLE {} (staged bigserial, along bigint, {}) ON COMMIT DROP").format(
                    sql.Identifier(self.table), definitions
                )
            )

    def pour(self, batch: Batch, geometry_column: str | None) -> None:
        """Columns that the batch lacks become null; geometry is written as EWKB in the storage datum."""
        arrays = [
            _geometries(batch.geometry)
            if field.name == geometry_column and batch.geometry is not None
            else _plain(field, batch.columns.get(field.name, batch.columns.get(field.attname)), len(batch))
            for field in self.fields
        ]
        statement = sql.SQL("COPY {} (along, {}) FROM STDIN").format(sql.Identifier(self.table), _listed(self.fields))
        along = _along(batch.geometry) if self.is_drawn and batch.geometry is not None else repeat(0, len(batch))
        with connection.cursor() as cursor, cursor.copy(statement) as copy:
            for row in zip(along, *arrays, strict=True):
                copy.write_row(row)
        self.rows += len(batch)

    def merge(self) -> tuple[int, int]:
        """(rows inserted, rows updated). Only columns that the file gives are touched in rows that exist."""
        statement = sql.SQL(
            "WITH written AS (INSERT INTO {target} ({columns}) SELECT {columns} FROM {staged} ORDER BY {order}"
            "{action} RETURNING (xmax = 0) AS is_new) "
            "SELECT count(*) FILTER (WHERE is_new), count(*) FILTER (WHERE NOT is_new) FROM written"
        ).format(
            target=sql.Identifier(self.model._meta.db_table),
            columns=_listed(self.fields),
            staged=self._staged(),
            order=sql.SQL("along, staged" if self.is_drawn else "staged"),
            action=self._action(),
        )
        with connection.cursor() as cursor:
            cursor.execute(sql.SQL("SET LOCAL work_mem = {}").format(WORK_MEMORY))
            cursor.execute(statement)
            inserted, updated = cursor.fetchone()
        return inserted, updated

    def _action(self) -> sql.Composable:
        """What happens to a row that is there already."""
        if not self.conflict:
            return sql.SQL("")
        updates = [
            sql.SQL("{0} = EXCLUDED.{0}").format(_name(field)) for field in self.fields if field not in self.conflict
        ]
        if updates and self._comes_first():
            return sql.SQL("")
        action = sql.SQL("UPDATE SET {}").format(sql.SQL(", ").join(updates)) if updates else sql.SQL("NOTHING")
        return sql.SQL(" ON CONFLICT ({}) DO {}").format(_listed(self.conflict), action)

    def _comes_first(self) -> bool:
        """Whether the table is empty, and is kept so for this load until it ends.

        Then no row can be there already, and INSERT need not look for each before it writes it.
        """
        target = sql.Identifier(self.model._meta.db_table)
        is_empty = sql.SQL("SELECT NOT EXISTS (SELECT FROM {})").format(target)
        with connection.cursor() as cursor:
            cursor.execute(is_empty)
            if cursor.fetchone()[0]:
                cursor.execute(sql.SQL("LOCK TABLE {} IN SHARE ROW EXCLUSIVE MODE").format(target))
                cursor.execute(is_empty)  # somebody may have been quicker
                return bool(cursor.fetchone()[0])
        return False

    def _staged(self) -> sql.Composable:
        if not self.last_stands:
            return sql.Identifier(self.table)
        return sql.SQL("(SELECT DISTINCT ON ({key}) * FROM {table} ORDER BY {key}, staged DESC) AS latest").format(
            key=_listed(self.conflict),
            table=sql.Identifier(self.table),
        )


def _name(field: AnyField) -> sql.Identifier:
    assert field.column is not None  # concrete fields have one
    return sql.Identifier(field.column)


def _listed(fields: Sequence[AnyField]) -> sql.Composed:
    return sql.SQL(", ").join([_name(field) for field in fields])


def _type(field: AnyField) -> str:
    return field.db_type(connection) or "text"


_POINTS = np.dtype([("order", "u1"), ("type", "<u4"), ("srid", "<u4"), ("place", "<f8", 2)])
"""A point as PostGIS takes it: EWKB, little-endian, with its reference system."""

_POINT_WITH_SRID = 0x20000001


def _geometries(shapes: np.ndarray) -> Iterable[str | None]:
    """Hexadecimal EWKB; points, which come by the hundred thousand, without a detour over a copy of each."""
    if not (shapely.get_type_id(shapes) == 0).all():
        return shapely.to_wkb(shapely.set_srid(shapes, STORAGE_SRID), hex=True, include_srid=True)  # type: ignore[no-any-return]
    written = np.empty(len(shapes), _POINTS)
    written["order"], written["type"], written["srid"] = 1, _POINT_WITH_SRID, STORAGE_SRID
    written["place"] = shapely.get_coordinates(shapes)
    text, size = written.tobytes().hex(), 2 * _POINTS.itemsize
    return [text[begin : begin + size] for begin in range(0, len(text), size)]


def _along(shapes: np.ndarray) -> list[int]:
    """Where the middle of each shape lies on the curve; a row without a shape comes first."""
    west, south, east, north = shapely.bounds(shapes).T
    middles = np.nan_to_num(np.stack(((west + east) / 2, (south + north) / 2)), nan=-90.0)
    found: list[int] = hilbert(*middles).tolist()
    return found


def _plain(field: AnyField, values: list[Any] | None, rows: int) -> Sequence[Any]:
    """Values as COPY takes them; a missing column is its field's default or unknown."""
    if values is None:
        values = [None] * rows
    if not field.null and field.has_default():  # a blank cell of a column that is never null
        blank = field.get_default()
        values = [blank if value is None else value for value in values]
    if isinstance(field, JSONField):
        return [None if value is None else Jsonb(value) for value in values]
    return values
