"""Rows of a statement as columns: by COPY, parsed in parallel. For what reads a whole table into arrays."""

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
import pyarrow as pa
import pyarrow.csv
from django.db import connection
from numpy.typing import NDArray
from psycopg import sql

BATCH = 1024
"""Rows at a time: few, so that they stay in the processor's cache and the database need not wait for long."""
FOUR = 4
WHOLE = np.dtype([("length", ">i4"), ("value", ">u8")])
SEGMENT = np.dtype([("length", ">i4"), ("values", ">u8", (FOUR,))])
SIGNATURE = b"PGCOPY\n\xff\r\n\0"
HEADER = len(SIGNATURE) + 8
TRAILER = b"\xff\xff"


def read_columns(statement: sql.Composable, types: Mapping[str, pa.DataType]) -> pa.Table:
    """`statement` is a COPY … TO STDOUT (FORMAT csv, HEADER); a text that is missing comes as an empty one."""
    content = io.BytesIO()
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for block in copy:
            content.write(block)
    content.seek(0)
    return pyarrow.csv.read_csv(
        content, convert_options=pyarrow.csv.ConvertOptions(column_types=dict(types), strings_can_be_null=False)
    )


@dataclass(frozen=True, slots=True)
class Block:
    """Some rows as columns."""

    texts: tuple[pa.StringArray, ...]
    eights: NDArray[np.uint64]
    """Columns of eight bytes, first those of whole numbers (to be viewed as int64), then the others (as float64)."""


def numbers(columns: Sequence[sql.Composable]) -> sql.Composable:
    """These as what `read_blocks` takes for its floats; null is NaN. By fours, as segments of a line: PostgreSQL calls a function for
    each value that it sends, which is most of what a COPY of many numbers costs it.
    """
    told: list[sql.Composable] = [sql.SQL("coalesce(({})::float8, 'NaN')").format(column) for column in columns]
    told += [sql.SQL("'NaN'::float8")] * (-len(told) % FOUR)
    fours = zip(*[iter(told)] * FOUR, strict=True)
    return sql.SQL(", ").join(sql.SQL("lseg(point({}, {}), point({}, {}))").format(*four) for four in fours)


def read_blocks(statement: sql.Composable, *, texts: int, wholes: int, floats: int) -> Iterator[Block]:
    """`statement` is a COPY … TO STDOUT (FORMAT binary) of that many texts, of bigints, and of `numbers`; nothing in it is null.

    Numbers come as the database holds them, which costs both sides a third of writing them out and reading them.
    """
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        rows = (bytes(row) for row in copy)
        while batch := list(islice(rows, BATCH)):
            batch[0] = batch[0][HEADER:] if batch[0].startswith(SIGNATURE) else batch[0]
            if batch[-1] == TRAILER:
                batch.pop()
            yield block_of(batch, texts=texts, wholes=wholes, floats=floats)


def block_of(rows: Sequence[bytes], *, texts: int, wholes: int, floats: int) -> Block:
    """Each row as PostgreSQL sends it in binary: the number of its fields, then before each field its length."""
    fours = -(-floats // FOUR)
    tail = np.dtype([("wholes", WHOLE, (wholes,)), ("fours", SEGMENT, (fours,))])
    width = tail.itemsize
    fields = np.frombuffer(b"".join([row[-width:] for row in rows]), dtype=tail)
    eights = np.empty((wholes + floats, len(rows)), dtype=np.uint64)
    eights[:wholes] = fields["wholes"]["value"].T
    eights[wholes:] = fields["fours"]["values"].reshape(len(rows), fours * FOUR).T[:floats]
    heads = np.frombuffer(b"".join([row[:-width] for row in rows]), dtype=np.uint8)
    begin = np.cumsum([0, *(len(row) - width for row in rows)])[:-1] + 2
    found = []
    for _ in range(texts):
        length = heads[begin[:, None] + np.arange(4)].view(">i4")[:, 0].astype(np.int64)
        begin += 4
        found.append(_cut(heads, begin, length))
        begin += length
    return Block(tuple(found), eights)


def _cut(source: NDArray[np.uint8], begin: NDArray[np.int64], length: NDArray[np.int64]) -> pa.StringArray:
    ends = np.cumsum(length)
    letters = source[np.repeat(begin - ends + length, length) + np.arange(ends[-1] if len(ends) else 0)]
    offsets = np.concatenate(([0], ends)).astype(np.int32)
    return pa.StringArray.from_buffers(len(length), pa.py_buffer(offsets), pa.py_buffer(letters))
