"""How alike parcels are: Gower's distance over the indicators that both sides know."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Rows = NDArray[np.intp]
SAMPLE = 20_000
LEAST_IN_COMMON = 0.5
CHOICES = -1.0
"""Stands for the spread of an indicator whose numbers are sets of bits."""
BLOCK = 32768
"""Rows at a time: what is worked out on the way stays in the processor's cache."""
FEW = 2000
"""Rows that are looked at to tell which indicators say most."""
STEP = 4
"""Indicators between two looks at who may still be near."""


@dataclass(frozen=True, slots=True)
class Alike:
    """The nearest parcels in order; `parts` holds the difference per indicator (0..1, NaN where one side is unknown)."""

    rows: Rows
    distance: Floats
    indicators: tuple[str, ...]
    parts: Floats


def spreads(columns: Mapping[str, Floats]) -> dict[str, float]:
    """How far the middle nine tenths of what is on offer reach, by indicator; of at most 20,000 rows, evenly taken."""
    spread = {}
    for code, values in columns.items():
        taken = values[:: max(1, len(values) // SAMPLE)]
        known = taken[~np.isnan(taken)]
        low, high = np.percentile(known, (5, 95)) if known.size else (0.0, 0.0)
        spread[code] = float(high - low)
    return spread


def similar(
    columns: Mapping[str, Floats],
    spread: Mapping[str, float],
    own: Mapping[str, float | None],
    *,
    among: NDArray[np.bool_],
    order: Rows,
    limit: int,
) -> Alike:
    """The parcels most like `own`. Distance is the mean over indicators known on both sides of |a - b| / spread, at most 1.

    Where numbers are sets of bits (`CHOICES` in place of a spread) it is the share of choices that only one of the two has.
    An unknown is never taken for a value: it is left out. A parcel that shares fewer than half of the indicators that
    are known here is not compared at all. Ties go by `order`.
    """
    asked = {code: value for code, value in own.items() if value is not None and spread.get(code, 0.0) != 0}
    telling = _most_telling_first(columns, spread, asked)
    best, distance = np.empty(0, dtype=np.intp), np.empty(0)
    for start in range(0, among.size, BLOCK):
        block = slice(start, min(start + BLOCK, among.size))
        last = distance[-1] if best.size == limit else np.inf
        rows, near = _near({code: columns[code][block] for code in asked}, spread, telling, among[block], last)
        if rows.size:
            both, far = np.concatenate((best, rows + start)), np.concatenate((distance, near))
            first = np.lexsort((order[both], far))[:limit]
            best, distance = both[first], far[first]
    parts = [_part(columns[code][best], value, spread[code]) for code, value in asked.items()]
    return Alike(best, distance, tuple(asked), np.stack(parts or [np.empty(best.size)], axis=1))


def _most_telling_first(
    columns: Mapping[str, Floats], spread: Mapping[str, float], asked: Mapping[str, float]
) -> dict[str, float]:
    """The indicators in which parcels differ most from this one first: the sooner those far away are left."""
    step = max(1, len(next(iter(columns.values()), ())) // FEW)
    apart = {code: np.nansum(_part(columns[code][::step], value, spread[code])) for code, value in asked.items()}
    return {code: asked[code] for code in sorted(asked, key=lambda code: -apart[code])}


def _near(
    columns: Mapping[str, Floats],
    spread: Mapping[str, float],
    asked: Mapping[str, float],
    among: NDArray[np.bool_],
    last: float,
) -> tuple[Rows, Floats]:
    """Rows of a block that are at most `last` away. What cannot get there any more is left early: a distance is a mean over at
    most all indicators asked, and what they add only grows."""
    rows = np.flatnonzero(among)
    whole = rows.size == among.size
    total, unknown = np.zeros(rows.size), np.zeros(rows.size)
    within = (last + 1e-9) * len(asked)
    for at, (code, value) in enumerate(asked.items()):
        part = _part(columns[code] if whole else columns[code][rows], value, spread[code])
        if np.isnan(part.sum()):
            missing = np.isnan(part)
            unknown += missing
            part[missing] = 0.0
        total += part
        if at % STEP == STEP - 1 and np.isfinite(within):
            open_still = np.flatnonzero(total <= within)
            if open_still.size < rows.size / 2:
                rows, total, unknown, whole = rows[open_still], total[open_still], unknown[open_still], False
    common = len(asked) - unknown
    comparable = np.flatnonzero(common >= max(1.0, LEAST_IN_COMMON * len(asked)))
    distance = np.round(total[comparable] / common[comparable], 9)
    close = distance <= last
    return rows[comparable[close]], distance[close]


def _part(values: Floats, value: float, spread: float) -> Floats:
    if spread == CHOICES:
        return _apart(values, value)
    part = values - value
    np.abs(part, out=part)
    part *= 1.0 / spread
    return np.minimum(part, 1.0, out=part)


def _apart(values: Floats, value: float) -> Floats:
    """Jaccard's distance of sets of bits."""
    told = ~np.isnan(values)
    bits, own = np.where(told, values, 0).astype(np.int64), np.int64(value)
    every = np.bitwise_count(bits | own)
    apart = np.divide(np.bitwise_count(bits ^ own), every, out=np.zeros(values.shape), where=every > 0)
    return np.where(told, apart, np.nan)
