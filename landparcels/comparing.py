"""Which of a few parcels is best and worst in each indicator. Pure: numbers in, marks out; NaN is unknown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from landparcels.indicators.field import Bound

MOST = 6


@dataclass(frozen=True, slots=True)
class Marks:
    """Positions of the best and of the worst; `neutral` for a threshold that a project meets or not (准入指标)."""

    neutral: bool
    best: tuple[int, ...] = ()
    worst: tuple[int, ...] = ()


def marks(values: Sequence[float | None] | NDArray[np.float64], bound: Bound) -> Marks:
    """By the indicator's bound; all that tie share a mark. Nothing is marked where fewer than two known values differ.

    An unknown is neither best nor worst.
    """
    if bound in ("at_least", "at_most", "neutral"):
        return Marks(neutral=True)
    numbers = np.array(values, dtype=np.float64)
    known = numbers[~np.isnan(numbers)]
    if known.size < 2 or known.min() == known.max():
        return Marks(neutral=False)
    low, high = (tuple(np.flatnonzero(numbers == edge).tolist()) for edge in (known.min(), known.max()))
    return Marks(False, low, high) if bound == "lower_better" else Marks(False, high, low)


def compared(
    columns: Mapping[str, Sequence[float | None]], bounds: Mapping[str, Bound], codes: Sequence[str]
) -> dict[str, dict[str, bool | list[str]]]:
    """`{"highway_km": {"neutral": false, "best": [code], "worst": [code]}}` of parcels in the order of `codes`."""
    answer: dict[str, dict[str, bool | list[str]]] = {}
    for name, values in columns.items():
        found = marks(values, bounds[name])
        answer[name] = {
            "neutral": found.neutral,
            "best": [codes[at] for at in found.best],
            "worst": [codes[at] for at in found.worst],
        }
    return answer
