"""GCJ-02 and BD-09: the offsets that Chinese web maps put on WGS84 coordinates, and their inverses. METHODS 1.

Everything is vectorised over numpy arrays of degrees, longitude first. The offsets are published only as forward
formulas; the inverses repeat `guess -= forward(guess) - wanted`, which shrinks the error at least thirtyfold a round.
The same few hundred metres are added to CGCS2000, which differs from WGS84 by centimetres.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

Degrees = NDArray[np.float64]
Pair = tuple[Degrees, Degrees]

WEST, SOUTH, EAST, NORTH = CHINA = (72.004, 0.8293, 137.8347, 55.8271)
"""Outside this box the web maps leave coordinates as they are, and so do we."""

_SEMI_MAJOR = 6378245.0  # Krasovsky 1940: the offset was written for the ellipsoid of 1954
_ECCENTRICITY_SQUARED = 0.00669342162296594323
_BAIDU_ANGLE = np.pi * 3000.0 / 180.0
_ROUNDS = 12
_ENOUGH = 1e-11  # degrees: a thousandth of a millimetre


def in_china(lon: ArrayLike, lat: ArrayLike) -> NDArray[np.bool_]:
    x, y = np.asarray(lon, np.float64), np.asarray(lat, np.float64)
    return (x >= WEST) & (x <= EAST) & (y >= SOUTH) & (y <= NORTH)


def gcj02_from_wgs84(lon: ArrayLike, lat: ArrayLike) -> Pair:
    """What AMap and Tencent show for a true position; unchanged outside China."""
    x, y = np.asarray(lon, np.float64), np.asarray(lat, np.float64)
    inside = in_china(x, y)
    east, north = _drift(x - 105.0, y - 35.0)
    phi = np.radians(y)
    curve = 1.0 - _ECCENTRICITY_SQUARED * np.sin(phi) ** 2
    north = np.degrees(north / (_SEMI_MAJOR * (1.0 - _ECCENTRICITY_SQUARED) / curve**1.5))
    east = np.degrees(east / (_SEMI_MAJOR / np.sqrt(curve) * np.cos(phi)))
    return np.where(inside, x + east, x), np.where(inside, y + north, y)


def _drift(x: Degrees, y: Degrees) -> Pair:
    """Metres east and north at a position counted from 105° E, 35° N."""
    root = np.sqrt(np.abs(x))
    ripple = 20.0 * (np.sin(6.0 * np.pi * x) + np.sin(2.0 * np.pi * x))
    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root
    north += (ripple + 20.0 * np.sin(np.pi * y) + 40.0 * np.sin(np.pi * y / 3.0)) * 2.0 / 3.0
    north += (160.0 * np.sin(np.pi * y / 12.0) + 320.0 * np.sin(np.pi * y / 30.0)) * 2.0 / 3.0
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root
    east += (ripple + 20.0 * np.sin(np.pi * x) + 40.0 * np.sin(np.pi * x / 3.0)) * 2.0 / 3.0
    east += (150.0 * np.sin(np.pi * x / 12.0) + 300.0 * np.sin(np.pi * x / 30.0)) * 2.0 / 3.0
    return east, north


def bd09_from_gcj02(lon: ArrayLike, lat: ArrayLike) -> Pair:
    """Baidu's further offset."""
    x, y = np.asarray(lon, np.float64), np.asarray(lat, np.float64)
    inside = in_china(x, y)
    radius = np.hypot(x, y) + 0.00002 * np.sin(y * _BAIDU_ANGLE)
    angle = np.arctan2(y, x) + 0.000003 * np.cos(x * _BAIDU_ANGLE)
    return (
        np.where(inside, radius * np.cos(angle) + 0.0065, x),
        np.where(inside, radius * np.sin(angle) + 0.006, y),
    )


def bd09_from_wgs84(lon: ArrayLike, lat: ArrayLike) -> Pair:
    return bd09_from_gcj02(*gcj02_from_wgs84(lon, lat))


def wgs84_from_gcj02(lon: ArrayLike, lat: ArrayLike) -> Pair:
    return _inverse(gcj02_from_wgs84, lon, lat)


def gcj02_from_bd09(lon: ArrayLike, lat: ArrayLike) -> Pair:
    return _inverse(bd09_from_gcj02, lon, lat)


def wgs84_from_bd09(lon: ArrayLike, lat: ArrayLike) -> Pair:
    return wgs84_from_gcj02(*gcj02_from_bd09(lon, lat))


def _inverse(forward: Callable[[Degrees, Degrees], Pair], lon: ArrayLike, lat: ArrayLike) -> Pair:
    """Where `forward` leads to the given position, better than 0.01 m; NaN stays NaN."""
    wanted_x, wanted_y = np.asarray(lon, np.float64), np.asarray(lat, np.float64)
    inside = in_china(wanted_x, wanted_y)
    x, y = wanted_x.copy(), wanted_y.copy()
    for _ in range(_ROUNDS):
        seen_x, seen_y = forward(x, y)
        wrong_x = np.where(inside, seen_x - wanted_x, 0.0)
        wrong_y = np.where(inside, seen_y - wanted_y, 0.0)
        x, y = x - wrong_x, y - wrong_y
        if max(np.max(np.abs(wrong_x), initial=0.0), np.max(np.abs(wrong_y), initial=0.0)) < _ENOUGH:
            break
    return x, y
