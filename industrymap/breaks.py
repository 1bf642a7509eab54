"""Classes of a map's legend: where the colours change, and how that was decided. Pure."""

import numpy as np
from numpy.typing import NDArray

MOST_CLASSES = 7
QUOTIENT_BREAKS = (0.25, 0.5, 0.8, 1.2, 1.5, 2.5)
"""Location quotients have fixed classes: as much as the whole city is 0.8 to 1.2, specialised from 1.5."""


def quantile_breaks(values: NDArray[np.float64], classes: int = MOST_CLASSES) -> list[float]:
    """Lower bounds of all classes but the first: equally many values in each, as far as ties and rounding let it.

    Two significant digits, so that a person can read them; unknown values do not count.
    """
    known = values[~np.isnan(values)]
    if not known.size:
        return []
    inner = np.quantile(known, np.arange(1, classes) / classes, method="higher")
    rounded = sorted({two_digits(value) for value in inner.tolist()})
    return [value for value in rounded if known.min() < value <= known.max()]


def two_digits(value: float) -> float:
    """Rounded to two significant digits."""
    return float(f"{value:.2g}")
