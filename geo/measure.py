"""Areas on the CGCS2000 ellipsoid and the direction of rings. METHODS 1; stored geometries, degrees, lon first."""

from collections.abc import Iterable

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Geod

M2_PER_MU = 2000 / 3
CGCS2000_ELLIPSOID = Geod(a=6378137.0, rf=298.257222101)


def area_m2(geometries: Iterable[object]) -> NDArray[np.float64]:
    """Square metres on the ellipsoid; lines and points have 0, `None` has NaN."""
    shapes = np.asarray(geometries, dtype=object)
    areas = np.zeros(shapes.shape, np.float64)
    areas[shapely.is_missing(shapes)] = np.nan
    polygons, owner = shapely.get_parts(shapes, return_index=True)
    for polygon, index in zip(polygons, owner, strict=True):
        if shapely.get_type_id(polygon) == 3 and not shapely.is_empty(polygon):
            rings = shapely.get_rings(polygon)
            outer, *holes = (_ring_m2(ring) for ring in rings)
            areas[index] += outer - sum(holes)
    return areas


def area_mu(geometries: Iterable[object]) -> NDArray[np.float64]:
    return area_m2(geometries) / M2_PER_MU


def _ring_m2(ring: object) -> float:
    lon, lat = shapely.get_coordinates(ring).T
    return abs(float(CGCS2000_ELLIPSOID.polygon_area_perimeter(lon, lat)[0]))
