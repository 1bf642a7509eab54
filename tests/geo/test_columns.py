"""Rows of a statement as columns, without a float ever having been a text."""

import struct

import numpy as np
import pytest
from psycopg import sql

from geo import columns
from geo.columns import block_of, numbers, read_blocks


def row(*fields: str | int | tuple[float, ...]) -> bytes:
    """As PostgreSQL sends it; a tuple is a segment of a line."""
    parts = [
        one.encode()
        if isinstance(one, str)
        else struct.pack(">4d", *one)
        if isinstance(one, tuple)
        else struct.pack(">q", one)
        for one in fields
    ]
    return struct.pack(">h", len(parts)) + b"".join(struct.pack(">i", len(part)) + part for part in parts)


def test_rows_of_differing_length_become_columns() -> None:
    rows = [row("地块", "", 7, -1, (0.5, 1, 2, 3), (4, 5, 9, 9)), row("B", "东营", 8, 2, (0.1, 1, 2, 3), (4, 6, 9, 9))]

    block = block_of(rows, texts=2, wholes=2, floats=6)

    assert [one.to_pylist() for one in block.texts] == [["地块", "B"], ["", "东营"]]
    assert block.eights[:2].view(np.int64).tolist() == [[7, 8], [-1, 2]]
    assert block.eights[2:].view(np.float64).T.tolist() == [[0.5, 1, 2, 3, 4, 5], [0.1, 1, 2, 3, 4, 6]]


def test_no_rows_are_empty_columns() -> None:
    block = block_of([], texts=1, wholes=1, floats=2)

    assert block.texts[0].to_pylist() == []
    assert block.eights.shape == (3, 0)


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [0, 1, 3, 4, 5])
def test_the_database_sends_what_is_read(rows: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(columns, "BATCH", 2)
    statement = sql.SQL(
        "COPY (SELECT E'n\\n,\"' || n, n::bigint, {} FROM generate_series(1, {}) AS n) TO STDOUT (FORMAT binary)"
    ).format(numbers([sql.SQL("CASE WHEN n > 1 THEN n / 10.0 END")]), sql.Literal(rows))

    blocks = list(read_blocks(statement, texts=1, wholes=1, floats=1))

    assert [text for block in blocks for text in block.texts[0].to_pylist()] == [
        f'n\n,"{n}' for n in range(1, rows + 1)
    ]
    assert [n for block in blocks for n in block.eights[0].view(np.int64).tolist()] == list(range(1, rows + 1))
    shares = [share for block in blocks for share in block.eights[1].view(np.float64).tolist()]
    assert np.array_equal(shares, [np.nan if n == 1 else n / 10 for n in range(1, rows + 1)], equal_nan=True)
