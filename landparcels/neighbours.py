"""The pairs of touching parcels that are on offer, as the search for groups reads them: kept, and following changes by rows."""

import io
from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.csv
from django.db import connection
from numpy.typing import NDArray
from psycopg import sql

from geo.sql import load
from geo.versions import Kept
from landparcels.on_offer import VERSION, touched_since
from landparcels.querysets import ON_OFFER

Ids = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Neighbours:
    """Pairs of parcel ids, both on offer and in one region."""

    first: Ids
    second: Ids

    def renewed(self, touched: Collection[int], fresh: "Neighbours") -> "Neighbours":
        """Without the pairs of touched parcels, and with those that they have now."""
        ids = np.fromiter(touched, np.int64, len(touched))
        kept = ~(np.isin(self.first, ids) | np.isin(self.second, ids))
        return Neighbours(
            np.concatenate((self.first[kept], fresh.first)), np.concatenate((self.second[kept], fresh.second))
        )


def read_neighbours(ids: Collection[int] | None = None) -> Neighbours:
    """Every pair on offer, or those of these parcels."""
    chosen: sql.Composable = sql.SQL("true")
    if ids is not None:
        chosen = sql.SQL("(pair.first = ANY({0}) OR pair.second = ANY({0}))").format(sql.Literal(list(ids)))
    statement = sql.SQL(load("neighbours_on_offer.sql", "landparcels.sql")).format(
        status=sql.Literal(ON_OFFER), chosen=chosen
    )
    content = io.BytesIO()
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for block in copy:
            content.write(block)
    content.seek(0)
    types = {"first": pa.int64(), "second": pa.int64()}
    table = pyarrow.csv.read_csv(content, convert_options=pyarrow.csv.ConvertOptions(column_types=types))
    return Neighbours(table["first"].to_numpy(), table["second"].to_numpy())


class KeptNeighbours(Kept[Neighbours]):
    """Read when a group is first asked for; after that it follows changes by rows, as the copy of what is on offer."""

    def __init__(self) -> None:
        super().__init__((VERSION,), self._renewed)

    def _renewed(self) -> Neighbours:
        made = self._made
        touched = touched_since(made[0][0]) if made else None
        if made is None or touched is None:
            return read_neighbours()
        return made[1].renewed(touched, read_neighbours(touched)) if touched else made[1]


neighbours = KeptNeighbours()
