"""Which region a point lies in, for many points at once; a table of points is placed without a query per row."""

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.city import CityNotSetUp, city_outline
from geo.hexes import Floats
from geo.models import Region, RegionPiece

SMALLEST_FIRST = (
    Region.Level.PARK,
    Region.Level.TOWNSHIP,
    Region.Level.DISTRICT,
    Region.Level.CITY,
    Region.Level.PROVINCE,
)
"""METHODS 1: the nearest region of a point is the first of these that holds it."""


@dataclass(frozen=True, eq=False)
class Located:
    """For each point its smallest region (None: in no region) and whether it lies in the deployment's root regions."""

    regions: list[str | None]
    in_city: NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Locator:
    """Small pieces of outlines in one tree; `region[i]` is the position in `adcodes` of the region piece i is of.

    `adcodes` stand in the order in which they are preferred; `city` is None where no city was set up.
    """

    pieces: shapely.STRtree
    region: NDArray[np.int64]
    adcodes: list[str]
    city: shapely.Geometry | None

    @classmethod
    def of_deployment(cls) -> "Locator":
        """From the regions that are loaded now."""
        rank = {level.value: position for position, level in enumerate(SMALLEST_FIRST)}
        regions = sorted(Region.objects.only("adcode", "level"), key=lambda each: (rank[each.level], each.adcode))
        position = {region.adcode: at for at, region in enumerate(regions)}
        pieces = list(RegionPiece.objects.values_list("region_id", "outline"))
        return cls(
            shapely.STRtree(shapely.from_wkb(np.array([bytes(outline.wkb) for _, outline in pieces], dtype=object))),
            np.array([position[adcode] for adcode, _ in pieces], dtype=np.int64),
            [region.adcode for region in regions],
            _city(),
        )

    def locate(self, places: Floats) -> Located:
        """Longitude and latitude in the stored degrees, shape (n, 2). A point on a border lies in the first of the two."""
        places = np.asarray(places, dtype=float).reshape(-1, 2)
        nowhere = len(self.adcodes)
        best = np.full(len(places), nowhere, dtype=np.int64)
        point, piece = self.pieces.query(shapely.points(places), predicate="intersects")
        np.minimum.at(best, point, self.region[piece])
        in_city = np.zeros(len(places), dtype=bool)
        if self.city is not None:
            in_city = shapely.intersects_xy(self.city, *places.T)
        return Located([self.adcodes[at] if at < nowhere else None for at in best.tolist()], in_city)


def _city() -> shapely.Geometry | None:
    try:
        return city_outline()
    except CityNotSetUp:
        return None
