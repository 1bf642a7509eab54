"""Points, polygons and lines onto the cells of a grid (METHODS 2). Pure; totals are preserved to 1e-6 relative."""

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Geod

from geo import hexes
from geo.grid import Grid, Positions
from geo.hexes import Floats

_ELLIPSOID = Geod(a=6378137.0, rf=298.257222101)  # CGCS2000
_WHOLE = 1 - 1e-9  # a share this near to one is one


@dataclass(frozen=True, eq=False)
class Spread:
    """`values` per cell, and per source what fell outside the grid."""

    values: Floats
    outside: Floats


def points(grid: Grid, lonlat: Floats, values: Floats | None = None) -> Spread:
    """Sum of the values (or count) of the points in each cell; a cell without points holds a known 0.

    An unknown value is left out of the sum and counts neither inside nor outside.
    """
    lonlat = np.asarray(lonlat, dtype=float).reshape(-1, 2)
    amounts = np.nan_to_num(np.ones(len(lonlat)) if values is None else np.asarray(values, dtype=float))
    positions = grid.positions(hexes.cells_at(lonlat[:, 0], lonlat[:, 1], grid.resolution))
    inside = positions >= 0
    return Spread(hexes.sum_by(positions[inside], amounts[inside], len(grid)), np.where(inside, 0.0, amounts))


def polygons(grid: Grid, outlines: NDArray[np.object_], amounts: Floats, *, weights: Floats | None = None) -> Spread:
    """The total of each polygon (degrees) shared out to the cells by area, or by a weight layer (dasymetric).

    The part of a polygon outside the grid keeps its share by area. A polygon without any known weight above 0 falls
    back to areas, so that its total is not lost.
    """
    amounts = np.asarray(amounts, dtype=float)
    planar = shapely.transform(np.asarray(outlines, dtype=object), hexes.equal_area)
    polygon, cell, overlap_km2 = _overlaps(planar, grid.planar)
    count = len(planar)
    inside = hexes.sum_by(polygon, overlap_km2, count) / shapely.area(planar)
    inside = np.where(inside > _WHOLE, 1.0, inside)
    shares = overlap_km2
    if weights is not None:
        density = np.nan_to_num(np.asarray(weights, dtype=float)) / shapely.area(grid.planar)
        weighted = overlap_km2 * density[cell]
        usable = hexes.sum_by(polygon, weighted, count) > 0
        shares = np.where(usable[polygon], weighted, overlap_km2)
    whole = hexes.sum_by(polygon, shares, count)[polygon]
    values = hexes.sum_by(cell, (amounts * inside)[polygon] * shares / whole, len(grid))
    return Spread(values, amounts * (1 - inside))


def lines(grid: Grid, paths: NDArray[np.object_]) -> Floats:
    """Geodesic length of the lines (degrees) in each cell, in km."""
    hexagons = hexes.polygons(grid.cells)
    paths = np.asarray(paths, dtype=object)
    path, cell = shapely.STRtree(hexagons).query(paths, predicate="intersects")
    pieces, owner = shapely.get_parts(shapely.intersection(paths[path], hexagons[cell]), return_index=True)
    coordinates, piece = shapely.get_coordinates(pieces, return_index=True)
    joined = piece[1:] == piece[:-1]
    start, end = coordinates[:-1][joined], coordinates[1:][joined]
    _, _, metres = _ELLIPSOID.inv(*start.T, *end.T)
    return hexes.sum_by(cell[owner[piece[:-1][joined]]], np.asarray(metres) / 1000, len(grid))


def _overlaps(outlines: NDArray[np.object_], hexagons: NDArray[np.object_]) -> tuple[Positions, Positions, Floats]:
    """Pairs of polygon and cell with the area they share; only cells on a border need cutting."""
    tree = shapely.STRtree(hexagons)
    shapely.prepare(outlines)
    touching = tree.query(outlines, predicate="intersects")
    within = tree.query(outlines, predicate="covers")
    area = shapely.area(hexagons)
    key = len(hexagons)
    cut = touching[:, ~np.isin(touching[0] * key + touching[1], within[0] * key + within[1])]
    shared = shapely.area(shapely.intersection(outlines[cut[0]], hexagons[cut[1]]))
    polygon, cell = np.concatenate((within, cut), axis=1)
    return polygon, cell, np.concatenate((area[within[1]], shared))
