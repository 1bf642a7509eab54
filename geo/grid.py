"""A city's cells at one resolution, and layers as float arrays in their order (METHODS 2). Unknown is NaN."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import NDArray

from geo import hexes
from geo.hexes import Cells, Floats

Positions = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Grid:
    """Sorted cells of one resolution; what hangs on them is computed when first asked for."""

    resolution: int
    cells: Cells

    @classmethod
    def over(cls, outline: shapely.Geometry, resolution: int = hexes.CITY_RESOLUTION) -> "Grid":
        """All cells that intersect an outline in degrees."""
        return cls(resolution, hexes.cells_of(outline, resolution))

    def __len__(self) -> int:
        return len(self.cells)

    @cached_property
    def centres(self) -> Floats:
        """Longitude and latitude, shape (n, 2)."""
        return hexes.centres(self.cells)

    @cached_property
    def areas_km2(self) -> Floats:
        """Geodesic areas."""
        return hexes.areas_km2(self.cells)

    @cached_property
    def planar(self) -> NDArray[np.object_]:
        """The hexagons on the equal-area plane of `hexes.equal_area`, in km."""
        return np.asarray(shapely.transform(hexes.polygons(self.cells), hexes.equal_area))

    def positions(self, cells: Cells) -> Positions:
        """Where each cell stands in the grid; -1 when the city does not hold it."""
        cells = np.asarray(cells, dtype=np.uint64)
        if not len(self.cells):
            return np.full(len(cells), -1)
        found = np.minimum(np.searchsorted(self.cells, cells), len(self.cells) - 1)
        return np.where(self.cells[found] == cells, found, -1)

    def align(self, cells: Cells, values: Floats) -> Floats:
        """A layer in the grid's order; cells it does not name are unknown, cells outside the grid are dropped."""
        positions = self.positions(cells)
        layer = np.full(len(self), np.nan)
        layer[positions[positions >= 0]] = np.asarray(values, dtype=float)[positions >= 0]
        return layer

    def coarser(self, resolution: int) -> tuple["Grid", Positions]:
        """The ancestors of the cells as a grid of their own, and for each cell the position of its ancestor in it."""
        ancestors, positions = np.unique(hexes.parents(self.cells, resolution), return_inverse=True)
        return Grid(resolution, ancestors), positions


def totals(owner: Positions, values: Floats, size: int) -> Floats:
    """Sums of the known values per owner; an owner without any known value is unknown."""
    known = ~np.isnan(values)
    sums = hexes.sum_by(owner[known], values[known], size)
    return np.where(np.bincount(owner[known], minlength=size) > 0, sums, np.nan)


def means(owner: Positions, values: Floats, size: int) -> Floats:
    """Means of the known values per owner; an owner without any known value is unknown."""
    known = ~np.isnan(values)
    count = np.bincount(owner[known], minlength=size)
    with np.errstate(invalid="ignore"):
        return hexes.sum_by(owner[known], values[known], size) / np.where(count, count, np.nan)
