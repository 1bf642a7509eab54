"""How well a site fits (METHODS 6). Pure: arrays over places in, arrays out; a fit is 0..1 and NaN where unknown."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from geo.hexes import Floats

FLOOR = 0.01  # a resource without any fit divides the composite, it does not wipe it out
BALANCED = (0.8, 1.2)
UNBALANCED = (0.3, 2.5)


def capacity(accessible: ArrayLike, demand: float) -> Floats:
    """f = min(1, A_j / d_r) for a demand above 0."""
    return np.minimum(1.0, np.asarray(accessible, dtype=float) / demand)


def access(distance_km: ArrayLike, ideal_km: float, limit_km: float) -> Floats:
    """1 up to the ideal distance, 0 from the limit, linear between."""
    return np.clip((limit_km - np.asarray(distance_km, dtype=float)) / (limit_km - ideal_km), 0.0, 1.0)


def balance(ratio: ArrayLike) -> Floats:
    """Jobs per resident worker: 1 for 0.8 ≤ ρ ≤ 1.2, linear to 0 at 0.3 and at 2.5. Without workers ρ is infinite."""
    rho = np.asarray(ratio, dtype=float)
    low = (rho - UNBALANCED[0]) / (BALANCED[0] - UNBALANCED[0])
    high = (UNBALANCED[1] - rho) / (UNBALANCED[1] - BALANCED[1])
    return np.clip(np.minimum(low, high), 0.0, 1.0)


def jobs_per_worker(jobs: Floats, project_jobs: float, workers: Floats) -> Floats:
    """ρ = (jobs + project jobs) / resident workers; infinite where nobody lives, unknown where there is nothing."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return (jobs + project_jobs) / workers


def percentile(values: Floats, among: NDArray[np.bool_]) -> Floats:
    """Mean rank of ties / n among the chosen places; the others are put into that ranking. Unknown without any."""
    peers = np.sort(values[among])
    if not len(peers):
        return np.full(len(values), np.nan)
    below, upto = np.searchsorted(peers, values, "left"), np.searchsorted(peers, values, "right")
    return np.minimum((below + upto + 1) / 2, len(peers)) / len(peers)


def composite(fits: Floats, weights: Floats) -> Floats:
    """100 · Π max(f_r, 0.01)^{w_r} per place; fits have shape (resources, places), weights (resources,).

    Weights are renormalised over the resources known at each place; a place without any is unknown.
    """
    logs, shares = _weighed(fits, weights)
    return np.where(shares.sum(axis=0) > 0, 100 * np.exp((shares * logs).sum(axis=0)), np.nan)


def bottleneck(fits: Floats, weights: Floats) -> int | None:
    """Position of the resource with the largest w_r · (-ln max(f_r, 0.01)) at one place; None where all fit."""
    logs, shares = _weighed(fits[:, None], weights)
    loss = -(shares * logs)[:, 0]
    worst = int(loss.argmax()) if len(loss) else 0
    return worst if len(loss) and loss[worst] > 0 else None


def logarithms(fits: Floats) -> Floats:
    """ln max(f, 0.01), unknown at its worst: weighted sums of these rank places as the composite does."""
    return np.log(np.maximum(np.nan_to_num(fits), FLOOR))


def _weighed(fits: Floats, weights: Floats) -> tuple[Floats, Floats]:
    """Logarithms of the fits, and at each place the weights of what is known there, summing to 1 (or all 0)."""
    known = ~np.isnan(fits)
    shares = np.where(known, weights[:, None], 0.0)
    whole = shares.sum(axis=0)
    return logarithms(fits), np.divide(shares, whole, out=np.zeros_like(shares), where=whole > 0)
