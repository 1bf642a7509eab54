"""What is on offer, as columns in the process: matching and histograms read this copy, not the table (DESIGN, Scale).

It holds published parcels alone, which everyone may see.
"""

from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from landparcels.admission import IndustryOutcome, industry_outcome
from landparcels.indicators import catalogue
from landparcels.indicators.own import own_indicators
from landparcels.ledger import Ledger
from landparcels.matching import Columns, Mask, Rows
from landparcels.similar import SAMPLE, spreads

OUTCOMES: tuple[IndustryOutcome, ...] = ("not_stated", "admitted", "excluded")
WHOLE = ("id", "cell")
DIRECTION = ("x", "y", "z")
"""Of the label point (geo.hexes.directions): no figure that anyone asks for, but what distances are told from."""
REPEATED = ("region", "status", "rule")
"""Texts that are kept once; the ledger says of each row which it is. A rule is `admits|excludes`, as `384;385|25`."""
Entry = TypeVar("Entry", np.bool_, np.uint8)


@dataclass(frozen=True, slots=True)
class Repeated:
    """The text of a row is `texts[entries[row]]`."""

    texts: tuple[str, ...]
    entries: NDArray[np.int64]

    def __getitem__(self, row: int) -> str:
        return self.texts[int(self.entries[row])]

    def each(self, values: Sequence[int], kind: type[Entry]) -> NDArray[Entry]:
        """Of every row what is said of its text."""
        told: NDArray[Entry] = np.take(np.array(values, dtype=kind), self.entries)
        return told


@dataclass(frozen=True, eq=False)
class Offer:
    """Parcels in no order; NaN is unknown.

    A change is a new offer that shares the ledger of the one before: rows that are no longer true stay where they are, what
    is true now stands behind them, and `live` tells them apart. So a match that is running sees what it began with.
    """

    ledger: Ledger
    """Every indicator, the city's own as numbers (landparcels.indicators.own), `area_mu`, `lng` and `lat` of the label point,
    `divisible` (1 or 0), of power also what needs may count on (landparcels.power); `id`, `cell`, and which of the texts that
    repeat."""
    texts: Mapping[str, tuple[str, ...]]
    codes: pa.ChunkedArray
    names: pa.ChunkedArray
    live: Mask
    """Rows that count. Whoever looks at the offer begins with these, or with `in_regions` and the like, which keep to them."""
    by_code: Rows
    """The live rows in the order of their codes."""

    def __len__(self) -> int:
        """Rows, live or not: how long its columns are."""
        return len(self.live)

    @cached_property
    def columns(self) -> Columns:
        names = [name for name in self.ledger.names if name not in {*WHOLE, *DIRECTION, *REPEATED}]
        return {name: self.ledger.floats(name, len(self)) for name in names}

    @cached_property
    def ids(self) -> NDArray[np.int64]:
        return self.ledger.wholes("id", len(self))

    @cached_property
    def cells(self) -> NDArray[np.int64]:
        """Resolution-9 H3 cell of the label point; 0 is unknown."""
        return self.ledger.wholes("cell", len(self))

    @cached_property
    def directions(self) -> tuple[NDArray[np.float64], ...]:
        return tuple(self.ledger.floats(name, len(self)) for name in DIRECTION)

    @cached_property
    def regions(self) -> Repeated:
        return self._repeated("region")

    @cached_property
    def statuses(self) -> Repeated:
        return self._repeated("status")

    @cached_property
    def rules(self) -> Repeated:
        return self._repeated("rule")

    def _repeated(self, name: str) -> Repeated:
        return Repeated(self.texts[name], self.ledger.wholes(name, len(self)))

    @cached_property
    def code_order(self) -> Rows:
        """Of each live row its place in the order of codes."""
        places = np.zeros(len(self), dtype=np.intp)
        places[self.by_code] = np.arange(len(self.by_code))
        return places

    @cached_property
    def spreads(self) -> dict[str, float]:
        """How far what is on offer reaches, by indicator: what differences are measured against."""
        own = [code for code, one in own_indicators().items() if one.kind == "decimal" and code in self.columns]
        sample = self.by_code[:: max(1, len(self.by_code) // SAMPLE)]
        return spreads({code: self.columns[code][sample] for code in ("area_mu", *catalogue(), *own)})

    def rows_of(self, ids: NDArray[np.int64]) -> Rows:
        """Where parcels of these ids stand; -1 for one that is not on offer."""
        ordered, rows = self._by_id
        if not len(rows):
            return np.full(len(ids), -1, dtype=np.intp)
        at = np.minimum(np.searchsorted(ordered, ids), len(rows) - 1)
        return np.where(ordered[at] == ids, rows[at], -1)

    @cached_property
    def _by_id(self) -> tuple[NDArray[np.int64], Rows]:
        rows = np.flatnonzero(self.live)
        rows = rows[np.argsort(self.ids[rows])]
        return self.ids[rows], rows

    def in_regions(self, adcodes: Sequence[str]) -> Mask:
        """Parcels that lie directly in one of these regions."""
        wanted = frozenset(adcodes)
        return self.regions.each([adcode in wanted for adcode in self.regions.texts], np.bool_) & self.live

    def in_statuses(self, statuses: Collection[str]) -> Mask:
        return self.statuses.each([status in statuses for status in self.statuses.texts], np.bool_) & self.live

    def in_box(self, box: Sequence[float]) -> Mask:
        """By label point, edges included; a side beyond everything on offer is not looked at."""
        west, south, east, north = box
        lng, lat = self.columns["lng"], self.columns["lat"]
        mask = self.live.copy()
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
        """West, south, east and north of the label points, also of those that left; there has to be one."""
        lng, lat = self.columns["lng"], self.columns["lat"]
        return float(lng.min()), float(lat.min()), float(lng.max()), float(lat.max())

    def industry_outcomes(self, industry: str) -> NDArray[np.uint8]:
        """Per parcel the position of the outcome in `OUTCOMES`; worked out once per distinct pair of lists."""
        judged = [OUTCOMES.index(industry_outcome(industry, *_lists(rule))) for rule in self.rules.texts]
        return self.rules.each(judged, np.uint8)

    def values_of(self, row: int, codes: Collection[str]) -> Mapping[str, float | None]:
        """These indicators of one parcel; None is unknown."""
        return {code: known(self.columns[code][row]) for code in codes}

    def renewed(self, touched: Collection[int], fresh: "Offer") -> "Offer":
        """Without the touched parcels, and with those of them that are on offer now. One thread at a time may renew."""
        if self.ledger.filled != len(self) or self.ledger.free < len(fresh):
            return self.packed(len(fresh)).renewed(touched, fresh)
        gone = np.flatnonzero(np.isin(self.ids, np.fromiter(touched, np.int64, len(touched))) & self.live)
        if not len(gone) and not len(fresh):
            return self
        added, texts = fresh.ledger.rows(len(fresh)).copy(), dict(self.texts)
        for name in REPEATED:
            places = {text: place for place, text in enumerate(self.texts[name])}
            entries = np.array([places.setdefault(text, len(places)) for text in fresh.texts[name]], dtype=np.uint64)
            at = self.ledger.names.index(name)
            added[at] = entries[added[at].astype(np.intp)]
            texts[name] = tuple(places)
        self.ledger.add(added)
        live = np.concatenate((self.live, fresh.live))
        live[gone] = False
        staying = np.delete(self.by_code, self.code_order[gone])
        ordered = _CodesAt(self.codes, staying)
        places_of_fresh = [bisect_left(ordered, code) for code in fresh.codes.take(fresh.by_code).to_pylist()]
        return Offer(
            self.ledger,
            texts,
            _lengthened(self.codes, fresh.codes),
            _lengthened(self.names, fresh.names),
            live,
            np.insert(staying, places_of_fresh, fresh.by_code + len(self)),
        )

    def packed(self, more: int = 0) -> "Offer":
        """The same without the rows that left, in a ledger of its own with room for more: the one copy of everything."""
        rows = np.flatnonzero(self.live)
        places = np.cumsum(self.live) - 1
        return Offer(
            self.ledger.taken(rows, more),
            self.texts,
            _whole(self.codes.take(rows)),
            _whole(self.names.take(rows)),
            np.ones(len(rows), dtype=bool),
            places[self.by_code],
        )


def known(value: float) -> float | None:
    return None if value != value else float(value)


@dataclass(frozen=True, slots=True)
class _CodesAt(Sequence[str]):
    """The codes of some rows, to look a place up in without copying a million texts."""

    codes: pa.ChunkedArray
    rows: Rows

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, at: int) -> str:  # type: ignore[override]  # bisect asks for single places
        code: str = self.codes[int(self.rows[at])].as_py()
        return code


def _lengthened(old: pa.ChunkedArray, fresh: pa.ChunkedArray) -> pa.ChunkedArray:
    """The first chunk, which is long, stays as it is; what was added to it is one other."""
    first, *rest = old.chunks
    return pa.chunked_array([first, pa.concat_arrays([*rest, *fresh.chunks])])


def _whole(texts: pa.ChunkedArray) -> pa.ChunkedArray:
    """In one chunk, be it an empty one."""
    return pa.chunked_array([pa.concat_arrays([pa.array([], pa.string()), *texts.chunks])])


def _lists(rule: str) -> tuple[list[str], list[str]]:
    admits, excludes = rule.split("|")
    return [code for code in admits.split(";") if code], [code for code in excludes.split(";") if code]
