"""The deployment's own city: its outline and its grid, kept in memory until a region changes (METHODS 1, 2)."""

from functools import partial

import numpy as np
import shapely
from django.contrib.gis.db.models.functions import AsWKB

from geo import hexes
from geo.grid import Grid
from geo.models import Region
from geo.versions import Kept
from geo.words import SpokenError


class CityNotSetUp(SpokenError):
    """No region with an outline was loaded, so that nothing can be "in the city"."""


def _read_outline() -> shapely.Geometry:
    roots = Region.objects.roots()
    outlines = roots.exclude(outline=None) or Region.objects.filter(parent__in=roots).exclude(outline=None)
    shapes = [bytes(wkb) for wkb in outlines.annotate(wkb=AsWKB("outline")).values_list("wkb", flat=True)]
    if not shapes:
        raise CityNotSetUp(
            zh="还没有设置城市边界；请先运行 manage.py city 行政区划代码。",
            en="The city has no outline yet; run manage.py city ADCODE first.",
        )
    city = shapely.union_all(shapely.from_wkb(np.array(shapes, dtype=object)))
    shapely.prepare(city)
    return city


def _read_grid(resolution: int) -> Grid:
    return Grid.over(city_outline(), resolution)


_outline: Kept[shapely.Geometry] = Kept(("regions",), _read_outline)
_grids = {
    resolution: Kept(("regions",), partial(_read_grid, resolution)) for resolution in range(hexes.CITY_RESOLUTION + 1)
}


def city_outline() -> shapely.Geometry:
    """The outline of the root regions (of their children where they have none) in degrees, prepared."""
    return _outline.get()


def city_grid(resolution: int = hexes.CITY_RESOLUTION) -> Grid:
    """The cells that intersect the city."""
    return _grids[resolution].get()
