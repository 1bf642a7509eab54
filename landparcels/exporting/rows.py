"""Parcels out of the database a batch at a time: the memory of an export does not grow with its rows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import shapely
from django.contrib.gis.db.models.functions import AsWKB
from django.db.models import BooleanField
from django.db.models.functions import Coalesce

from geo.crs import Crs, Geometries, geometries_from_storage
from geo.models import Source
from landparcels.citing import source_behind
from landparcels.exporting.columns import ExportColumn
from landparcels.land_use import land_use_words
from landparcels.querysets import ParcelQuerySet

BATCH = 2_000


@dataclass(frozen=True, slots=True)
class Rows:
    """One batch: `cells` row by row in the order of `columns`, `shapes` in the system of the export."""

    columns: tuple[ExportColumn, ...]
    cells: Sequence[Sequence[Any]]  # Any: column values
    shapes: Geometries


def batches(
    parcels: ParcelQuerySet, columns: tuple[ExportColumn, ...], crs: Crs, *, english: bool, size: int = BATCH
) -> Iterator[Rows]:
    """By code; one snapshot, since a server-side cursor reads it."""
    synthetic = Coalesce("source__synthetic", False, output_field=BooleanField())
    lookups = [synthetic if column.name == "synthetic" else column.lookup for column in columns]
    named = next(index for index, column in enumerate(columns) if column.name == "land_use_name")
    known: dict[int | None, str] = {}
    found = parcels.order_by("code").values_list(AsWKB("outline"), *lookups).iterator(chunk_size=size)
    while block := list(islice(found, size)):
        shapes = shapely.from_wkb([bytes(row[0]) for row in block])
        cells = [list(row[1:]) for row in block]
        _tell_sources(columns, cells, known)
        for row in cells:
            words = land_use_words(row[named])
            row[named] = words.en if english else words.zh
        yield Rows(columns, cells, geometries_from_storage(crs, shapes))


def _tell_sources(columns: tuple[ExportColumn, ...], cells: Sequence[list[Any]], known: dict[int | None, str]) -> None:
    """Names in place of what is cited; `known` is added to. A value that came with its row's file tells nothing more."""
    at = {column.name: index for index, column in enumerate(columns)}
    told = [(index, column.cites, at[column.cites]) for index, column in enumerate(columns) if column.cites]
    if not told:
        return
    ids = {pk for row in cells for pk in row[told[0][0]].values() if pk is not None}
    known |= {
        pk: f"{name} ({as_of})" if as_of else name
        for pk, name, as_of in Source.objects.filter(pk__in=ids - known.keys()).values_list("pk", "name", "as_of")
    }
    for row in cells:
        cited = row[told[0][0]]
        for index, code, value in told:
            row[index] = known.get(source_behind(cited, code, None)) if row[value] is not None else None
