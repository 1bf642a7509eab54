"""Enterprise potential: entropy-weighted TOPSIS among a firm's peers (METHODS 4). Pure; unknown is NaN."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

CRITERIA = (
    "growth",
    "rd_intensity",
    "profit_margin",
    "tax_per_mu",
    "output_per_employee",
    "patents_per_100_employees",
)
"""All of them are the better the higher."""
LEAST_KNOWN = 4
LEAST_PEERS = 8
GROWTH_YEARS = 3
NOBODY = -1


@dataclass(frozen=True, eq=False)
class Peers:
    """Firms that are weighed against each other. Per criterion: weight, least, most and median of the known values."""

    division: str | None
    """GB/T 4754, two digits; None: all firms, for those whose division has too few."""
    size: int
    weights: Floats
    low: Floats
    high: Floats
    median: Floats


@dataclass(frozen=True, eq=False)
class Potential:
    """Per firm, in the order given: closeness × 100 and percentile, NaN without a score; `peers` is a position in `groups`."""

    score: Floats
    percentile: Floats
    peers: Ints
    groups: list[Peers]


def potential(criteria: Floats, division: NDArray[np.str_]) -> Potential:
    """METHODS 4. `criteria` has a row per firm and a column per criterion; `division` is "" where it is unknown.

    A firm with fewer than four known criteria has no score and is nobody's peer. Firms of a division with fewer than
    eight peers are weighed against all.
    """
    scored = (~np.isnan(criteria)).sum(axis=1) >= LEAST_KNOWN
    firms = len(criteria)
    result = Potential(np.full(firms, np.nan), np.full(firms, np.nan), np.full(firms, NOBODY, dtype=np.int64), [])
    rest = scored.copy()
    for name in np.unique(division[scored]).tolist():
        members = np.flatnonzero(scored & (division == name))
        if name and members.size >= LEAST_PEERS:
            _weigh(result, criteria, members, members, name)
            rest[members] = False
    if rest.any():
        _weigh(result, criteria, np.flatnonzero(scored), np.flatnonzero(rest), None)
    return result


def _weigh(result: Potential, criteria: Floats, among: Ints, told: Ints, division: str | None) -> None:
    """Score all of `among` together and keep the scores of `told`, which are some of them."""
    values = criteria[among]
    low, high, median = _known_range(values)
    normal = normalised(np.where(np.isnan(values), median, values), low, high)
    weights = entropy_weights(normal)
    score = 100 * closeness(normal, weights)
    percentile = mean_rank(score) / among.size
    kept = np.searchsorted(among, told)
    result.score[told], result.percentile[told] = score[kept], percentile[kept]
    result.peers[told] = len(result.groups)
    result.groups.append(Peers(division, among.size, weights, low, high, median))


def _known_range(values: Floats) -> tuple[Floats, Floats, Floats]:
    """Least, most and median per column; 0 where no peer knows a value, so that the criterion tells nobody apart."""
    told = ~np.isnan(values).all(axis=0)
    low, high, median = (np.zeros(values.shape[1]) for _ in range(3))
    low[told], high[told] = np.nanmin(values[:, told], axis=0), np.nanmax(values[:, told], axis=0)
    median[told] = np.nanmedian(values[:, told], axis=0)
    return low, high, median


def normalised(values: Floats, low: Floats, high: Floats) -> Floats:
    """Min–max per column, 0..1; 0 where all are equal."""
    spread = high - low
    result: Floats = np.divide(values - low, spread, out=np.zeros_like(values), where=spread > 0)
    return result


def entropy_weights(normal: Floats) -> Floats:
    """Per column, summing to 1: the less evenly a criterion is spread over the firms, the more it counts.

    A column in which all are equal has weight 0; when all have weight 0, they count the same.
    """
    firms, columns = normal.shape
    total = normal.sum(axis=0)
    varied = total > 0  # min–max leaves a column at 0 exactly when all are equal
    if firms < 2 or not varied.any():
        return np.full(columns, 1 / columns)
    share = normal[:, varied] / total[varied]
    logarithm = np.log(share, out=np.zeros_like(share), where=share > 0)
    divergence = np.zeros(columns)
    divergence[varied] = np.maximum(0.0, 1 + (share * logarithm).sum(axis=0) / np.log(firms))
    whole = divergence.sum()
    return divergence / whole if whole > 0 else np.full(columns, 1 / columns)


def closeness(normal: Floats, weights: Floats) -> Floats:
    """Distance from the worst over the sum of the distances from the worst and the best; 0.5 where those are one."""
    weighted = normal * weights
    best = np.linalg.norm(weighted - weighted.max(axis=0), axis=1)
    worst = np.linalg.norm(weighted - weighted.min(axis=0), axis=1)
    both = best + worst
    result: Floats = np.divide(worst, both, out=np.full(len(normal), 0.5), where=both > 0)
    return result


def mean_rank(score: Floats) -> Floats:
    """1 for the lowest; equal scores share the mean of their ranks. Rounding does not part equals."""
    _, group, count = np.unique(np.round(score, 9), return_inverse=True, return_counts=True)
    last = np.cumsum(count)
    result: Floats = (last - (count - 1) / 2)[group]
    return result
