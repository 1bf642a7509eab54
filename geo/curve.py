"""Places along a Hilbert curve: neighbours on the line are neighbours on the ground, so a table laid down so is read in few pages.

Source: Warren, Hacker's Delight, 16-1 (state-free form of the curve, here for arrays).
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

BITS = 21
"""Of each axis: about 20 m of longitude, 10 m of latitude."""


def hilbert(lon: ArrayLike, lat: ArrayLike) -> NDArray[np.int64]:
    """Position of each place (degrees, n) on the curve through the whole world, 0 … 4^BITS - 1."""
    side = 1 << BITS
    x, y = (
        np.clip((np.asarray(degrees, float) + reach) / (2 * reach) * side, 0, side - 1).astype(np.int64)
        for degrees, reach in ((lon, 180), (lat, 90))
    )
    along = np.zeros_like(x)
    for bit in range(BITS - 1, -1, -1):
        right, upper = (x >> bit) & 1, (y >> bit) & 1
        along = (along << 2) | ((3 * right) ^ upper)
        turned, mirrored = upper == 0, (upper == 0) & (right == 1)
        x, y = np.where(mirrored, ~x, x), np.where(mirrored, ~y, y)
        x, y = np.where(turned, y, x), np.where(turned, x, y)
    return along
