"""The city's firms as arrays: what every sheet is worked out from. Pure."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geo.hexes import Cells, Floats

FIGURES = {
    "output": "10k CNY",
    "employees": "persons",
    "tax": "10k CNY",
    "value_added": "10k CNY",
    "investment": "10k CNY",
}
"""Yearly figures that a sheet sums, with their units."""
NOWHERE = -1

Positions = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class District:
    """A part of the city that quotients compare."""

    adcode: str
    name: str
    name_en: str
    path: str


@dataclass(frozen=True, eq=False)
class Economy:
    """The firms in the city; arrays are aligned, unknown is NaN. A figure is of the firm's own latest year (METHODS 4).

    `industry` is a position in INDUSTRIES, `district` one in `districts`; -1 belongs to none.
    """

    reference_year: int | None
    districts: tuple[District, ...]
    firm: Positions
    industry: Positions
    district: Positions
    cell: Cells
    place: Floats
    """Longitude and latitude, shape (n, 2)."""
    land_mu: Floats
    figures: dict[str, Floats]

    def __len__(self) -> int:
        return len(self.firm)
