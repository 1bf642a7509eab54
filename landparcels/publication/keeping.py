"""Triggers and the view behind what was shown on a day, made from the columns that parcels have.

They are made anew after migrations, not by one: whoever adds a column to parcels has it kept in the past without asking.
"""

from hashlib import sha256
from typing import Any

from django.conf import settings
from django.db import connection
from psycopg import sql

from geo.sql import load
from landparcels.models import Parcel, ParcelColumns, ParcelVersion
from landparcels.querysets import PUBLIC_STATUSES

VIEW = "landparcels_parcelshown"
NOT_COMPARED = frozenset({"outline", "status", "web", "label_point", "area_mu", "cell", "source_id", "cited"})
"""Judged by themselves, following from the outline, or showing nobody anything new."""


def make_way(*, plan: Any = (), **_: object) -> None:  # Any: Django's list of migrations
    """Before migrations of this room: a view would keep them from changing columns."""
    if any(migration.app_label == "landparcels" for migration, _backwards in plan):
        with connection.cursor() as cursor:
            cursor.execute(f"DROP VIEW IF EXISTS {VIEW}")


def keep_the_past(**_: object) -> None:
    """After migrations; nothing where it is as it should be, or where the tables are not there (yet, or any more)."""
    parcel, version = _columns(Parcel), _columns(ParcelVersion)
    if not version or "shown_since" not in parcel:
        return
    kept = [name for name in kept_columns() if name in parcel and name in version]
    plain = [name for name in kept if name not in NOT_COMPARED]
    statement = sql.SQL(load("keeping.sql", "landparcels.sql")).format(
        public=sql.SQL(", ").join(map(sql.Literal, PUBLIC_STATUSES)),
        zone=sql.Literal(settings.TIME_ZONE),
        columns=_listed(kept),
        old_columns=_listed(kept, "old"),
        version_columns=_listed(kept, "version"),
        old_plain=_listed(plain, "old"),
        new_plain=_listed(plain, "new"),
    )
    connection.ensure_connection()
    text = statement.as_string(connection.connection)
    digest = sha256(text.encode()).hexdigest()
    with connection.cursor() as cursor:
        cursor.execute("SELECT obj_description(to_regclass(%s), 'pg_class')", [VIEW])
        if cursor.fetchone()[0] == digest:
            return
        cursor.execute(text.replace("%", "%%"), [])
        cursor.execute(f"COMMENT ON VIEW {VIEW} IS '{digest}'")


def kept_columns() -> list[str]:
    """What a version keeps of a parcel."""
    shared = {field.name for field in ParcelColumns._meta.get_fields()}
    return [str(field.column) for field in ParcelVersion._meta.concrete_fields if field.name in shared]


def _columns(model: Any) -> set[str]:  # Any: a model class
    """The columns that the table has in the database; none where there is no table."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT attname FROM pg_attribute WHERE attrelid = to_regclass(%s) AND attnum > 0 AND NOT attisdropped",
            [model._meta.db_table],
        )
        return {name for (name,) in cursor.fetchall()}


def _listed(names: list[str], owner: str = "") -> sql.Composed:
    parts = [sql.Identifier(owner, name) if owner else sql.Identifier(name) for name in names]
    return sql.SQL(", ").join(parts)
