"""How far a ranking depends on its weights (METHODS 6): the share of weightings that keep a place in the top ten."""

import numpy as np
from numpy.typing import NDArray

CANDIDATES = 1000
DRAWS = 1000
CONCENTRATION = 50.0
TOP = 10
LIKELY = 50
LESS_THAN_A_ROUNDING = 1e-10
"""Scores of 0 to 1 that differ by less may be equal once they are rounded."""


def share_in_top_ten(
    satisfaction: NDArray[np.float64], weights: NDArray[np.float64], tie_order: NDArray[np.intp]
) -> NDArray[np.float64] | None:
    """One share (0..1) per candidate; None with ten candidates or fewer, or when all weights are 0.

    `satisfaction` has a row per candidate and a column per weight, unknown already 0. Weights are drawn from
    Dirichlet(50 · w), Σ w = 1; weights of 0 stay 0. Of equal scores (9 decimals) the earlier in `tie_order` wins.
    """
    weighed = weights > 0
    if satisfaction.shape[0] <= TOP or not weighed.any():
        return None
    share = weights[weighed] / weights[weighed].sum()
    draws = np.random.Generator(np.random.PCG64(0)).dirichlet(CONCENTRATION * share, DRAWS)
    columns = np.ascontiguousarray(satisfaction[tie_order][:, weighed].T)
    scores = np.einsum("dw,wc->dc", draws, columns)  # no BLAS: its threads cost more than they bring at this size
    contenders = _contenders(scores, columns.T @ share)
    scores = np.ascontiguousarray(scores[:, contenders])
    scores *= 1e11
    np.rint(scores, out=scores)  # 9 decimals of a score out of 100
    tenth = np.partition(scores, -TOP, axis=1)[:, -TOP : -TOP + 1]
    kept = scores >= tenth
    crowded = np.flatnonzero(kept.sum(axis=1) > TOP)
    above, level = scores[crowded] > tenth[crowded], scores[crowded] == tenth[crowded]
    free = TOP - above.sum(axis=1, keepdims=True)
    kept[crowded] = above | (level & (np.cumsum(level, axis=1, dtype=np.int16) <= free))
    shares = np.zeros(satisfaction.shape[0])
    shares[tie_order[contenders]] = kept.mean(axis=0)
    return shares


def _contenders(scores: NDArray[np.float64], expected: NDArray[np.float64]) -> NDArray[np.intp]:
    """Who reaches the tenth of the likeliest in some draw: nobody else can be in the top ten of any, and most never are."""
    likely = np.argpartition(-expected, min(LIKELY, expected.size) - 1)[:LIKELY]
    bar = np.partition(scores[:, likely], -TOP, axis=1)[:, -TOP : -TOP + 1] - LESS_THAN_A_ROUNDING
    return np.flatnonzero((scores >= bar).any(axis=0))
