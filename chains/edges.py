"""The table of supply edges as columns: a graph of a hundred thousand is read without making an object for each."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pyarrow as pa
from psycopg import sql

from chains.graph import Bools, Floats, Ints
from geo.columns import read_columns

STATEMENT = """
COPY (
    SELECT chain_id AS chain, supplier_id AS supplier, customer_id AS customer, coefficient, coalesce(source_id, 0) AS source
    FROM chains_chainedge ORDER BY id
) TO STDOUT (FORMAT csv, HEADER)
"""
TYPES = {
    "chain": pa.int64(), "supplier": pa.int64(), "customer": pa.int64(), "coefficient": pa.float64(), "source": pa.int64()
}  # fmt: skip


class Edges(NamedTuple):
    """In the order they were loaded; nodes and sources by their keys."""

    chain: Ints
    supplier: Ints
    customer: Ints
    coefficient: Floats
    """NaN where unknown."""
    source: Ints
    """0: none."""

    def where(self, chosen: Bools) -> Edges:
        return Edges(
            self.chain[chosen],
            self.supplier[chosen],
            self.customer[chosen],
            self.coefficient[chosen],
            self.source[chosen],
        )

    def of(self, chain: int) -> Edges:
        return self.where(self.chain == chain)

    def supplied_by(self, nodes: set[int]) -> Edges:
        return self.where(np.isin(self.supplier, np.fromiter(nodes, np.int64, len(nodes))))


def read_edges() -> Edges:
    table = read_columns(sql.SQL(STATEMENT), TYPES)
    return Edges(*(table[name].to_numpy() for name in TYPES))
