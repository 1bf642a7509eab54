"""Catchments: who can reach what, and what is left of it (METHODS 6). Pure: places are lon/lat arrays of shape (n, 2).

Distances are great-circle on H3's sphere. Callers place things at the centres of their cells first.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse
from scipy.spatial import cKDTree

from geo import hexes
from geo.hexes import Floats

WEIGHT_AT_REACH = 0.01
_ROWS_AT_ONCE = 2048  # keeps the pairs of a dense catchment within some tens of megabytes

Days = NDArray[np.datetime64]


def decay(distance_km: ArrayLike, reach_km: float) -> Floats:
    """w(d) = exp(-½ (d/β)²) with β = R / √(2 ln 100) up to the reach R, where it is 0.01; 0 beyond."""
    distance = np.asarray(distance_km, dtype=float)
    weight = WEIGHT_AT_REACH ** ((distance / reach_km) ** 2)
    return np.where(distance <= reach_km, weight, 0.0)


def working_resolution(reach_km: float) -> int:
    """The cells between which grid layers and enterprises are computed; point facilities stay exact."""
    if reach_km > 15:
        return 7
    return 8 if reach_km >= 5 else 9


def within(targets: Floats, sources: Floats, reach_km: float) -> sparse.csr_array:
    """Distances in km of all pairs within reach, targets as rows; a pair at the same place is stored as 0."""
    pairs = list(_pairs(targets, sources, reach_km))
    target, source, distance = (np.concatenate(part) for part in zip(*pairs, strict=True))
    return sparse.csr_array((distance, (target, source)), shape=(len(targets), len(sources)))


def weights(targets: Floats, sources: Floats, reach_km: float) -> sparse.csr_array:
    """The catchment operator w, targets as rows: what a target reaches is `weights @ amounts`."""
    operator = within(targets, sources, reach_km)
    operator.data = decay(operator.data, reach_km)
    return operator


def reached(targets: Floats, sources: Floats, amounts: Floats, reach_km: float, *, decayed: bool = True) -> Floats:
    """Σ_k w(d_jk) amount_k at each target (A_j when the amounts are residuals), or the plain sum within reach.

    Linear in the amounts, and computed block by block, so that a city of cells never holds all its pairs at once.
    Unknown amounts add nothing.
    """
    telling = ~np.isnan(amounts) & (amounts != 0)
    telling_amounts = amounts[telling]
    sums = np.zeros(len(targets))
    for target, source, distance in _pairs(targets, sources[telling], reach_km):
        weight = decay(distance, reach_km) if decayed else 1.0
        sums += hexes.sum_by(target, weight * telling_amounts[source], len(targets))
    return sums


def nearest_km(targets: Floats, sources: Floats) -> Floats:
    """Distance to the nearest source; unknown when there is none."""
    if not len(sources):
        return np.full(len(targets), np.nan)
    chord, _ = cKDTree(hexes.unit_vectors(sources)).query(hexes.unit_vectors(targets))
    return hexes.km_of_chord(chord)


@dataclass(frozen=True, eq=False)
class Supplies:
    """What can be drawn from: place, amount S_k (NaN unknown) and the day a recorded spare was true (NaT none)."""

    lonlat: Floats
    amount: Floats
    spare_as_of: Days

    def __len__(self) -> int:
        return len(self.amount)


@dataclass(frozen=True, eq=False)
class Commitments:
    """Who draws: place, demand d_p (≥ 0) and the day of the commitment (NaT unknown)."""

    lonlat: Floats
    demand: Floats
    committed_on: Days

    def __len__(self) -> int:
        return len(self.demand)


@dataclass(frozen=True, eq=False)
class Draws:
    """Who takes how much of whom, side by side; `recorded`: the supply's spare already counts it."""

    commitment: NDArray[np.int64]
    supply: NDArray[np.int64]
    amount: Floats
    recorded: NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Residual:
    """F_k per supply (NaN where the supply is unknown) and how it came about."""

    amount: Floats
    drawn: Floats
    beyond: Floats  # per supply, what was asked of it above its amount
    out_of_reach: Floats  # per commitment, demand that no known supply reaches
    draws: Draws

    @property
    def unserved(self) -> float:
        """Committed demand without supply in reach, or beyond the residual."""
        return float(self.out_of_reach.sum() + self.beyond.sum())


def draw_shares(supplies: Supplies, commitments: Commitments, reach_km: float) -> sparse.csr_array:
    """w_ik S_k / Σ_k w_ik S_k, commitments × supplies; a row without known supply in reach is empty."""
    pull = weights(commitments.lonlat, supplies.lonlat, reach_km)
    pull.data = pull.data * np.nan_to_num(supplies.amount)[pull.indices]
    whole = np.asarray(pull.sum(axis=1))
    rows = np.repeat(np.arange(pull.shape[0]), np.diff(pull.indptr))
    pull.data = np.divide(pull.data, whole[rows], out=np.zeros_like(pull.data), where=whole[rows] > 0)
    pull.eliminate_zeros()
    return pull


def residual(supplies: Supplies, commitments: Commitments, reach_km: float) -> Residual:
    """F_k = max(0, S_k - draws). A draw on a spare recorded after the commitment is already in that figure.

    A supply or a commitment without a date gives no such excuse: the commitment draws.
    """
    shares = draw_shares(supplies, commitments, reach_km)
    rows = np.repeat(np.arange(shares.shape[0]), np.diff(shares.indptr))
    counted_already = supplies.spare_as_of[shares.indices] > commitments.committed_on[rows]  # NaT compares false
    amounts = shares.data * commitments.demand[rows]
    drawn = hexes.sum_by(shares.indices, np.where(counted_already, 0.0, amounts), len(supplies))
    left = supplies.amount - drawn
    return Residual(
        amount=np.maximum(left, 0),
        drawn=drawn,
        beyond=np.nan_to_num(np.maximum(-left, 0)),
        out_of_reach=np.where(np.diff(shares.indptr) > 0, 0.0, commitments.demand),
        draws=Draws(rows, shares.indices.astype(np.int64), amounts, counted_already),
    )


def _pairs(
    targets: Floats, sources: Floats, reach_km: float
) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64], Floats]]:
    """Positions of target and source and the distance of all pairs within reach, a block of targets at a time."""
    yield np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0)
    if not len(sources):
        return
    tree = cKDTree(hexes.unit_vectors(sources))
    targets_at = hexes.unit_vectors(targets)
    chord = hexes.chord_of(reach_km) * (1 + 1e-12)
    for start in range(0, len(targets_at), _ROWS_AT_ONCE):
        block = cKDTree(targets_at[start : start + _ROWS_AT_ONCE])
        found = block.sparse_distance_matrix(tree, chord, output_type="ndarray")
        distance = hexes.km_of_chord(found["v"])
        near = distance <= reach_km
        yield found["i"][near] + start, found["j"][near], distance[near]
