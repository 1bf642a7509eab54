"""What matters: which criterion decides a ranking. Of the candidates that stability looks at (METHODS 6), the 1,000 best.

Two answers, because they differ. `shares`: a criterion that all candidates meet alike cannot tell them apart, whatever its
weight; so each is counted by the variance of what it earns, Var(w s), as a share of the sum of these over all criteria.
`changes`: how many of the present top ten would leave it if the criterion were not asked at all. An unknown earns
nothing, in both.
"""

import numpy as np
from numpy.typing import NDArray

from landparcels.stability import TOP

Floats = NDArray[np.float64]


def shares(satisfaction: Floats, weights: Floats) -> Floats | None:
    """Var(w s) of each criterion over their sum; None where no criterion tells two candidates apart."""
    if satisfaction.shape[0] < 2:
        return None
    spread = np.var(satisfaction * weights, axis=0)
    spread[spread < 1e-18] = 0.0  # all alike, but for rounding
    whole = spread.sum()
    return spread / whole if whole > 0 else None


def changes(satisfaction: Floats, weights: Floats, tie_order: NDArray[np.intp]) -> NDArray[np.intp]:
    """Of the first ten of the ranking, how many would not be among the first ten without each criterion."""
    place = np.empty(tie_order.size, np.intp)
    place[tie_order] = np.arange(tie_order.size)
    earned = satisfaction * weights
    present = _top(earned, weights, place)
    return np.array(
        [
            present.size - np.intersect1d(present, _top(np.delete(earned, at, 1), np.delete(weights, at), place)).size
            for at in range(weights.size)
        ],
        dtype=np.intp,
    )


def _top(earned: Floats, weights: Floats, place: NDArray[np.intp]) -> NDArray[np.intp]:
    """The first ten by score to 9 decimals, ties by place."""
    whole = weights.sum()
    score = np.round(earned.sum(axis=1) * (100.0 / whole), 9) if whole > 0 else np.zeros(place.size)
    top: NDArray[np.intp] = np.lexsort((place, -score))[:TOP]
    return top
