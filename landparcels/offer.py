"""What is on offer, as columns in the process: matching and histograms read this copy, not the table (DESIGN, Scale).

It holds published parcels alone, which everyone may see, in the order of their codes.
"""

import io
from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute
import pyarrow.csv
from django.db import connection
from numpy.typing import NDArray
from psycopg import sql

from geo.sql import load
from landparcels.admission import IndustryOutcome, industry_outcome
from landparcels.indicators import catalogue
from landparcels.indicators.columns import number_columns
from landparcels.indicators.own import own_indicators
from landparcels.matching import USABLE, USABLE_AT_MOST, Columns, Mask, Rows
from landparcels.power import POWER, VOLTAGES, usable
from landparcels.querysets import ON_OFFER
from landparcels.similar import spreads

OUTCOMES: tuple[IndustryOutcome, ...] = ("not_stated", "admitted", "excluded")
TEXTS = ("code", "name", "region", "status", "admits", "excludes")
WHOLE = ("id", "cell")
Number = TypeVar("Number", np.float64, np.int64)
Entry = TypeVar("Entry", np.bool_, np.uint8)
NUMBERS = ("area_mu", "lng", "lat", "divisible")


@dataclass(frozen=True, eq=False)
class Offer:
    """Parcels in the order of their codes; NaN is unknown, texts that repeat are kept once."""

    columns: Columns
    """Every indicator, the city's own as numbers (landparcels.indicators.own), `area_mu`,
    `lng`, `lat` (of the label point), `divisible` (1 or 0); of power also what needs may count on (landparcels.power)."""
    ids: NDArray[np.int64]
    cells: NDArray[np.int64]
    """Resolution-9 H3 cell of the label point; 0 is unknown."""
    codes: pa.Array
    names: pa.Array
    regions: pa.DictionaryArray
    statuses: pa.DictionaryArray
    rules: pa.DictionaryArray
    """`admits` and `excludes` of a parcel, as `384;385|25`."""

    def __len__(self) -> int:
        return len(self.ids)

    @cached_property
    def code_order(self) -> Rows:
        return np.arange(len(self), dtype=np.intp)

    @cached_property
    def spreads(self) -> dict[str, float]:
        """How far what is on offer reaches, by indicator: what differences are measured against."""
        own = [code for code, one in own_indicators().items() if one.kind == "decimal" and code in self.columns]
        return spreads({code: self.columns[code] for code in ("area_mu", *catalogue(), *own)})

    def rows_of(self, ids: NDArray[np.int64]) -> Rows:
        """Where parcels of these ids stand; -1 for one that is not on offer."""
        if not len(self):
            return np.full(len(ids), -1, dtype=np.intp)
        ordered, rows = self._by_id
        at = np.minimum(np.searchsorted(ordered, ids), len(self) - 1)
        return np.where(ordered[at] == ids, rows[at], -1)

    @cached_property
    def _by_id(self) -> tuple[NDArray[np.int64], Rows]:
        rows = np.argsort(self.ids)
        return self.ids[rows], rows

    def in_regions(self, adcodes: Sequence[str]) -> Mask:
        """Parcels that lie directly in one of these regions."""
        wanted = frozenset(adcodes)
        there = np.array([adcode in wanted for adcode in self.regions.dictionary.to_pylist()], dtype=bool)
        return np.take(there, self._region_entries)

    @cached_property
    def _region_entries(self) -> Rows:
        """Of each row the place of its region in the dictionary, as numpy wants it."""
        entries: Rows = self.regions.indices.to_numpy(zero_copy_only=False).astype(np.intp)
        return entries

    def in_statuses(self, statuses: Collection[str]) -> Mask:
        return _lookup(self.statuses, [status in statuses for status in self.statuses.dictionary.to_pylist()], np.bool_)

    def in_box(self, box: Sequence[float]) -> Mask:
        """By label point, edges included; a side beyond everything on offer is not looked at."""
        west, south, east, north = box
        lng, lat = self.columns["lng"], self.columns["lat"]
        mask = np.ones(len(self), dtype=bool)
        if not len(self):
            return mask
        least_lng, least_lat, most_lng, most_lat = self.extent
        if west > least_lng:
            mask &= lng >= west
        if east < most_lng:
            mask &= lng <= east
        if south > least_lat:
            mask &= lat >= south
        if north < most_lat:
            mask &= lat <= north
        return mask

    @cached_property
    def extent(self) -> tuple[float, float, float, float]:
        """West, south, east and north of the label points; there has to be one."""
        lng, lat = self.columns["lng"], self.columns["lat"]
        return float(lng.min()), float(lat.min()), float(lng.max()), float(lat.max())

    def industry_outcomes(self, industry: str) -> NDArray[np.uint8]:
        """Per parcel the position of the outcome in `OUTCOMES`; worked out once per distinct pair of lists."""
        judged = [
            OUTCOMES.index(industry_outcome(industry, *_lists(rule))) for rule in self.rules.dictionary.to_pylist()
        ]
        return _lookup(self.rules, judged, np.uint8)

    def values_of(self, row: int, codes: Collection[str]) -> Mapping[str, float | None]:
        """These indicators of one parcel; None is unknown."""
        return {code: known(self.columns[code][row]) for code in codes}

    def renewed(self, touched: Collection[int], fresh: "Offer") -> "Offer":
        """Without the touched parcels, and with those of them that are on offer now, each in its place."""
        kept = np.flatnonzero(~np.isin(self.ids, np.fromiter(touched, np.int64, len(touched))))
        order = _CodesAt(self.codes, kept)
        places = [bisect_left(order, code) for code in fresh.codes.to_pylist()]
        rows = np.insert(kept, places, len(self) + np.arange(len(fresh)))
        return Offer(
            columns={name: _taken(values, fresh.columns[name], rows) for name, values in self.columns.items()},
            ids=_taken(self.ids, fresh.ids, rows),
            cells=_taken(self.cells, fresh.cells, rows),
            codes=pa.concat_arrays([self.codes, fresh.codes]).take(rows),
            names=pa.concat_arrays([self.names, fresh.names]).take(rows),
            regions=_joined(self.regions, fresh.regions).take(rows),
            statuses=_joined(self.statuses, fresh.statuses).take(rows),
            rules=_joined(self.rules, fresh.rules).take(rows),
        )


def read_offer(ids: Collection[int] | None = None, statuses: Collection[str] = (ON_OFFER,)) -> Offer:
    """One COPY of everything in these statuses, or of these parcels where they are, parsed in parallel."""
    own = own_indicators()
    chosen = sql.SQL("true") if ids is None else sql.SQL("parcel.id = ANY({})").format(sql.Literal(list(ids)))
    statement = sql.SQL(load("offer.sql", "landparcels.sql")).format(
        indicators=sql.SQL(", ").join(sql.Identifier("parcel", code) for code in catalogue()) + number_columns(own),
        statuses=sql.Literal(list(statuses)),
        chosen=chosen,
    )
    content = io.BytesIO()
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for block in copy:
            content.write(block)
    content.seek(0)
    floats = (*NUMBERS, *VOLTAGES, *catalogue(), *own)
    table = pyarrow.csv.read_csv(
        content,
        convert_options=pyarrow.csv.ConvertOptions(
            column_types={name: pa.int64() for name in WHOLE}
            | {name: pa.string() for name in TEXTS}
            | {name: pa.float64() for name in floats},
            strings_can_be_null=False,
        ),
    )
    columns = {name: _column(table, name).to_numpy(zero_copy_only=False) for name in floats}
    columns[POWER + USABLE], columns[POWER + USABLE_AT_MOST] = usable(columns[POWER], *map(columns.pop, VOLTAGES))
    rules = pyarrow.compute.binary_join_element_wise(_column(table, "admits"), _column(table, "excludes"), "|")
    return Offer(
        columns=columns,
        ids=_column(table, "id").to_numpy(zero_copy_only=False),
        cells=_column(table, "cell").to_numpy(zero_copy_only=False),
        codes=_column(table, "code"),
        names=_column(table, "name"),
        regions=_column(table, "region").dictionary_encode(),
        statuses=_column(table, "status").dictionary_encode(),
        rules=rules.dictionary_encode(),
    )


def known(value: float) -> float | None:
    return None if value != value else float(value)


@dataclass(frozen=True, slots=True)
class _CodesAt(Sequence[str]):
    """The codes of some rows, to look a place up in without copying a million texts."""

    codes: pa.Array
    rows: Rows

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, at: int) -> str:  # type: ignore[override]  # bisect asks for single places
        code: str = self.codes[int(self.rows[at])].as_py()
        return code


def _taken(old: NDArray[Number], fresh: NDArray[Number], rows: Rows) -> NDArray[Number]:
    """Rows of the two, one after the other; made in one go, as a copy of a million rows is what a change costs."""
    if not len(old) or len(fresh) > len(old):
        both: NDArray[Number] = np.concatenate((old, fresh))[rows]
        return both
    taken: NDArray[Number] = np.take(old, rows, mode="clip")
    new = np.flatnonzero(rows >= len(old))
    taken[new] = fresh[rows[new] - len(old)]
    return taken


def _joined(old: pa.DictionaryArray, fresh: pa.DictionaryArray) -> pa.DictionaryArray:
    """One dictionary for both."""
    return pa.chunked_array([old, fresh]).unify_dictionaries().combine_chunks()


def _column(table: pa.Table, name: str) -> pa.Array:
    """One array; a table without rows has no chunks."""
    chunks = table[name].chunks
    return pa.concat_arrays(chunks) if chunks else pa.array([], table.schema.field(name).type)


def _lookup(encoded: pa.DictionaryArray, values: Sequence[int], kind: type[Entry]) -> NDArray[Entry]:
    """The value of each row's entry."""
    entries: NDArray[Entry] = np.array(values, dtype=kind)
    found: NDArray[Entry] = entries[encoded.indices.to_numpy(zero_copy_only=False)]
    return found


def _lists(rule: str) -> tuple[list[str], list[str]]:
    admits, excludes = rule.split("|")
    return [code for code in admits.split(";") if code], [code for code in excludes.split(";") if code]
