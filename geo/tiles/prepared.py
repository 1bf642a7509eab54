"""A tile's statement, kept prepared on the connection of each thread and asked through libpq itself.

psycopg's cursor adapts, waits in Python and hands the interpreter's lock over several times a statement: for a tile of points that
takes as long as the tile. Three integers in and one value out need none of it.
"""

import threading
from collections import OrderedDict
from itertools import count

import psycopg
from django.db import DEFAULT_DB_ALIAS, connections
from psycopg import pq

KEPT = 100
"""Statements prepared per connection; as psycopg's own limit."""

BINARY = pq.Format.BINARY


class _Prepared(threading.local):
    """Names by statement, on the connection this thread has now."""

    def __init__(self) -> None:
        self.connection = connections[DEFAULT_DB_ALIAS]
        self.link: pq.abc.PGconn | None = None
        self.names: OrderedDict[bytes, bytes] = OrderedDict()
        self.numbers = count()


_mine = _Prepared()


def ask(statement: bytes, *numbers: int) -> bytes:
    """The one value of a statement whose parameters `$1`, `$2` … are integers; empty for NULL or no row."""
    connection = _mine.connection
    if connection.connection is None:
        connection.ensure_connection()
    link = connection.connection.pgconn
    values = [b"%d" % number for number in numbers]
    if connection.connection.prepare_threshold is None:  # behind pgbouncer nothing stays prepared
        return _value(link.exec_params(statement, values, result_format=BINARY))
    try:
        return _value(link.exec_prepared(_name_of(link, statement), values, None, BINARY))
    except psycopg.errors.InvalidSqlStatementName:  # somebody let all statements of this connection go
        return _value(link.exec_prepared(_name_of(link, statement), values, None, BINARY))


def _name_of(link: pq.abc.PGconn, statement: bytes) -> bytes:
    if _mine.link is not link:
        _mine.link, _mine.names = link, OrderedDict()
    name = _mine.names.get(statement)
    if name is not None:
        _mine.names.move_to_end(statement)
        return name
    name = b"tile_%d" % next(_mine.numbers)
    _value(link.prepare(name, statement))
    _mine.names[statement] = name
    if len(_mine.names) > KEPT:
        _, gone = _mine.names.popitem(last=False)
        _value(link.exec_(b"DEALLOCATE " + gone))
    return name


def _value(result: pq.abc.PGresult) -> bytes:
    if result.status not in {pq.ExecStatus.TUPLES_OK, pq.ExecStatus.COMMAND_OK}:
        _mine.link = None  # whatever went wrong, the next one prepares anew
        raise psycopg.errors.error_from_result(result)
    return result.get_value(0, 0) or b"" if result.ntuples else b""
