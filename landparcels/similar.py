"""How alike parcels are: Gower's distance over the indicators that both sides know."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Rows = NDArray[np.intp]
SAMPLE = 20_000
LEAST_IN_COMMON = 0.5


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
    limit: int,
) -> Alike:
    """The parcels most like `own`. Distance is the mean over indicators known on both sides of |a - b| / spread, at most 1.

    An unknown is never taken for a value: it is left out. A parcel that shares fewer than half of the indicators that
    are known here is not compared at all. Ties go by position.
    """
    rows = np.flatnonzero(among)
    asked = {code: value for code, value in own.items() if value is not None and spread.get(code, 0.0) > 0}
    total, common = np.zeros(rows.size), np.zeros(rows.size)
    for code, value in asked.items():
        part = _part(columns[code][rows], value, spread[code])
        known = ~np.isnan(part)
        total += np.where(known, part, 0.0)
        common += known
    comparable = np.flatnonzero(common >= max(1.0, LEAST_IN_COMMON * len(asked)))
    distance = np.round(total[comparable] / common[comparable], 9)
    order = np.argsort(distance, kind="stable")[:limit]
    chosen = rows[comparable[order]]
    parts = [_part(columns[code][chosen], value, spread[code]) for code, value in asked.items()]
    return Alike(chosen, distance[order], tuple(asked), np.stack(parts or [np.empty(chosen.size)], axis=1))


def _part(values: Floats, value: float, spread: float) -> Floats:
    return np.minimum(np.abs(values - value) / spread, 1.0)
