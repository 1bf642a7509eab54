"""H3 cells as numpy arrays of uint64 (METHODS 2): the one place that knows h3, and that it wants latitude first.

Cells are stored as BIGINT and drawn as polygons in degrees; their top bit is never set, so `.astype(np.int64)` is safe.
"""

from collections.abc import Iterable, Sequence

import h3.api.basic_int as h3
import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray

Cells = NDArray[np.uint64]
Floats = NDArray[np.float64]

CITY_RESOLUTION = 9
FINEST_RESOLUTION = 15
EARTH_RADIUS_KM = 6371.007180918475  # the sphere of H3, on which METHODS 6 measures distance

_RESOLUTION_SHIFT, _RESOLUTION_MASK = np.uint64(52), np.uint64(0xF)
_CGCS2000_KM, _CGCS2000_FLATTENING = 6378.137, 1 / 298.257222101


def cell_at(lon: float, lat: float, resolution: int = CITY_RESOLUTION) -> int:
    """The cell that holds a place, in degrees."""
    return int(h3.latlng_to_cell(lat, lon, resolution))


def cells_at(lon: ArrayLike, lat: ArrayLike, resolution: int = CITY_RESOLUTION) -> Cells:
    """The cells that hold the places; h3 has no vectorised form, so this runs at about a million places a second."""
    lons, lats = np.asarray(lon, dtype=float).tolist(), np.asarray(lat, dtype=float).tolist()
    to_cell = h3.latlng_to_cell
    return np.fromiter((to_cell(y, x, resolution) for x, y in zip(lons, lats, strict=True)), np.uint64, len(lons))


def centres(cells: Cells) -> Floats:
    """Longitude and latitude of the centres, shape (n, 2)."""
    centre = h3.cell_to_latlng
    latlng = np.array([centre(cell) for cell in np.asarray(cells).tolist()], dtype=float).reshape(-1, 2)
    return latlng[:, ::-1].copy()


def resolutions(cells: Cells) -> NDArray[np.int64]:
    """The resolution of each cell."""
    return ((np.asarray(cells, dtype=np.uint64) >> _RESOLUTION_SHIFT) & _RESOLUTION_MASK).astype(np.int64)


def parents(cells: Cells, resolution: int) -> Cells:
    """The ancestor of each cell at a coarser (or the same) resolution, by bit arithmetic: finer digits become 7."""
    cells = np.asarray(cells, dtype=np.uint64)
    if cells.size and int(resolutions(cells).min()) < resolution:
        raise ValueError(f"A cell coarser than resolution {resolution} has no ancestor there")
    unused_digits = np.uint64((1 << (3 * (FINEST_RESOLUTION - resolution))) - 1)
    without_resolution = cells & ~(_RESOLUTION_MASK << _RESOLUTION_SHIFT)
    return without_resolution | (np.uint64(resolution) << _RESOLUTION_SHIFT) | unused_digits


def boundaries(cells: Cells) -> tuple[Floats, NDArray[np.int64]]:
    """Corners of all cells, lon and lat, shape (m, 2), and for each corner the position of its cell in `cells`."""
    corners = [h3.cell_to_boundary(cell) for cell in np.asarray(cells).tolist()]
    latlng = np.array([corner for ring in corners for corner in ring], dtype=float).reshape(-1, 2)
    return latlng[:, ::-1].copy(), np.repeat(np.arange(len(corners)), [len(ring) for ring in corners])


def polygons(cells: Cells) -> NDArray[np.object_]:
    """The cells as shapely polygons in degrees."""
    corners, owner = boundaries(cells)
    rings: NDArray[np.object_] = shapely.polygons(shapely.linearrings(corners, indices=owner))
    return rings


def areas_km2(cells: Cells) -> Floats:
    """Area of each cell on the CGCS2000 ellipsoid, to 1e-5 from resolution 7 on."""
    corners, owner = boundaries(cells)
    return sum_by(owner, _trapezia(equal_area(corners), owner), len(cells))


def cells_of(outline: shapely.Geometry, resolution: int = CITY_RESOLUTION) -> Cells:
    """All cells that intersect a polygon or multipolygon in degrees, sorted."""
    if outline.is_empty:
        return np.empty(0, np.uint64)
    found = h3.h3shape_to_cells_experimental(h3.geo_to_h3shape(outline), resolution, "overlap")
    return np.unique(np.array(found, dtype=np.uint64))


def texts(cells: Cells) -> list[str]:
    """The usual hexadecimal spelling."""
    return [f"{cell:x}" for cell in np.asarray(cells).tolist()]


def parse(spellings: Iterable[str]) -> Cells:
    """Cells from their hexadecimal spelling; ValueError names the first that is none."""
    spellings = list(spellings)
    for spelling in spellings:
        if not is_cell(spelling):
            raise ValueError(spelling)
    return np.array([int(spelling, 16) for spelling in spellings], dtype=np.uint64)


def is_cell(spelling: str) -> bool:
    """Whether the text spells a cell."""
    try:
        return bool(h3.is_valid_cell(int(spelling, 16)))
    except (ValueError, OverflowError):
        return False


def unit_vectors(lonlat: Floats) -> Floats:
    """Places on the unit sphere, shape (n, 3), so that trees and chords can stand for great circles."""
    lon, lat = np.radians(np.asarray(lonlat, dtype=float).reshape(-1, 2)).T
    return np.column_stack((np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)))


def chord_of(distance_km: float) -> float:
    """The straight line through the unit sphere that belongs to a great-circle distance."""
    return float(2 * np.sin(min(distance_km / (2 * EARTH_RADIUS_KM), np.pi / 2)))


def km_of_chord(chord: ArrayLike) -> Floats:
    """The inverse of `chord_of`."""
    return np.asarray(2 * EARTH_RADIUS_KM * np.arcsin(np.minimum(np.asarray(chord, dtype=float) / 2, 1)))


def distances_km(one: Floats, other: Floats) -> Floats:
    """Great-circle distance between places (lon, lat in the last axis; shapes broadcast)."""
    lon1, lat1 = np.moveaxis(np.radians(np.asarray(one, dtype=float)), -1, 0)
    lon2, lat2 = np.moveaxis(np.radians(np.asarray(other, dtype=float)), -1, 0)
    half = np.sin((lat2 - lat1) / 2) ** 2 + np.cos(lat1) * np.cos(lat2) * np.sin((lon2 - lon1) / 2) ** 2
    return np.asarray(2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.minimum(half, 1))))


def directions(lon: Floats, lat: Floats) -> Floats:
    """Where places lie as seen from the middle of the Earth: a row each of x, y and z, 1 long. Who keeps them asks for distances without
    another sine (`apart_km`)."""
    east, north = np.radians(lon), np.radians(lat)
    flat = np.cos(north)
    return np.stack((flat * np.cos(east), flat * np.sin(east), np.sin(north)))


def apart_km(one: Sequence[Floats] | Floats, other: Sequence[Floats] | Floats) -> Floats:
    """The same distance as `distances_km`, between directions (x, y, z in the first axis)."""
    x, y, z = (a - b for a, b in zip(one, other, strict=True))
    half = np.sqrt(x * x + y * y + z * z) / 2
    return np.asarray(2 * EARTH_RADIUS_KM * np.arcsin(np.minimum(half, 1)))


def equal_area(lonlat: Floats) -> Floats:
    """Lambert's cylindrical projection of the CGCS2000 ellipsoid, in km: areas on the plane are areas on the ground."""
    lon, lat = np.radians(np.asarray(lonlat, dtype=float)).T
    eccentricity = np.sqrt(_CGCS2000_FLATTENING * (2 - _CGCS2000_FLATTENING))
    sine = np.sin(lat)
    squared = 1 - (eccentricity * sine) ** 2
    authalic = (1 - eccentricity**2) * (sine / squared + np.arctanh(eccentricity * sine) / eccentricity)
    return np.column_stack((_CGCS2000_KM * lon, _CGCS2000_KM * authalic / 2))


def sum_by(owner: NDArray[np.int64], values: Floats, size: int) -> Floats:
    """Sum of the values of each owner 0 … size-1."""
    return np.bincount(owner, values, size).astype(float, copy=False)


def _trapezia(corners: Floats, owner: NDArray[np.int64]) -> Floats:
    """Signed area under each edge of closed rings (anticlockwise rings sum to their area)."""
    count = np.bincount(owner)
    first = np.repeat(np.cumsum(count) - count, count)
    following = first + (np.arange(len(owner)) - first + 1) % np.repeat(count, count)
    x, y = corners.T
    return np.asarray((x * y[following] - x[following] * y) / 2)
