"""A flat sheet over the demo city: kilometres east and north of its middle, and back to degrees.

One equirectangular sheet for the whole city is within 1 % of true area everywhere in it, enough for inventing things.
"""

from typing import Any

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray
from shapely.geometry.base import BaseGeometry

Floats = NDArray[np.float64]

ORIGIN = (120.2, 36.4)
KM_PER_DEGREE = (111.32 * float(np.cos(np.radians(ORIGIN[1]))), 110.97)
DECIMALS = 7
"""Of the degrees written: about a centimetre."""


def to_km(lonlat: ArrayLike) -> Floats:
    """Degrees to kilometres, last axis lon, lat → east, north."""
    return (np.asarray(lonlat, dtype=float) - ORIGIN) * KM_PER_DEGREE


def to_degrees(east_north: ArrayLike) -> Floats:
    """The inverse of `to_km`, rounded to what is written."""
    return np.round(np.asarray(east_north, dtype=float) / KM_PER_DEGREE + ORIGIN, DECIMALS)


def shape_to_km(shape: BaseGeometry) -> Any:  # any geometry class, the same as came in
    return shapely.transform(shape, to_km)


def shape_to_degrees(shape: BaseGeometry) -> Any:  # any geometry class, the same as came in
    return shapely.transform(shape, to_degrees)


def turned(points: ArrayLike, degrees: float, around: ArrayLike = (0.0, 0.0)) -> Floats:
    """Points turned anticlockwise about a place."""
    angle = np.radians(degrees)
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    centre = np.asarray(around, dtype=float)
    return np.asarray((np.asarray(points, dtype=float) - centre) @ turn + centre)
