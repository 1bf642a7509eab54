"""A queryset as the SQL that stands inside a tile's statement."""

from typing import Any

from django.db import connection
from django.db.models import QuerySet


def compiled(rows: QuerySet[Any]) -> tuple[str, tuple[Any, ...]]:
    """Statement and parameters; also of rows known to be none, for which Django by itself writes no statement at all."""
    sql, parameters = rows.query.get_compiler(connection=connection, elide_empty=False).as_sql()
    return sql, tuple(parameters)


def compiled_whole(rows: QuerySet[Any]) -> str:
    """The statement with its parameters written into it, quoted by the connection."""
    sql, parameters = compiled(rows)
    with connection.cursor() as cursor:
        return str(cursor.mogrify(sql, parameters))
