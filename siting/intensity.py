"""The investment a parcel asks for, and what a place takes from the parcels of its zone (METHODS 6, land efficiency)."""

from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.city import city_grid
from geo.hexes import Floats
from geo.versions import Kept
from geo.words import Words, say
from landparcels.models import Parcel
from siting import supply
from siting.exclusion import Zones

UNKNOWN = say(zh="没有宗地填写投资强度下限", en="no parcel states the investment it asks for")
BUILT_FOR_INDUSTRY = ("development_zone", "chemical_park", "industrial_block")


def intensity_of(parcels: Sequence[Parcel]) -> Floats | Words:
    """10k CNY per mu that each parcel asks for at least; unknown where it does not say."""
    stated = np.array([np.nan if (one := parcel.investment_intensity_min) is None else one for parcel in parcels])
    return UNKNOWN if np.isnan(stated).all() else stated


def intensity_at(positions: NDArray[np.int64]) -> Floats | Words:
    """What the parcels in the zone of each cell ask for in the median; unknown outside, or where none says so."""
    medians = _medians.get()
    return UNKNOWN if np.isnan(medians).all() else medians[positions]


def zone_medians(zones: Zones, places: Floats, parcels: Floats, stated: Floats) -> Floats:
    """Per place the median over the parcels of the zone it lies in, the smallest where zones lie in each other. Pure."""
    medians = np.full(len(places), np.nan)
    chosen = np.flatnonzero(np.isin(zones.kind, BUILT_FOR_INDUSTRY))
    if not len(chosen) or not len(stated):
        return medians
    largest_first = chosen[np.argsort(-shapely.area(zones.planar[chosen]), kind="stable")]
    outlines = zones.outline[largest_first]
    zone_of_parcel, parcel = shapely.STRtree(shapely.points(parcels)).query(outlines, predicate="intersects")
    zone_of_place, place = shapely.STRtree(shapely.points(places)).query(outlines, predicate="intersects")
    for zone in range(len(outlines)):
        asked = stated[parcel[zone_of_parcel == zone]]
        if len(asked):
            medians[place[zone_of_place == zone]] = np.median(asked)
    return medians


def _read_medians() -> Floats:
    rows = Parcel.objects.exclude(investment_intensity_min=None).values_list("label_point", "investment_intensity_min")
    table = np.array([(point.x, point.y, value) for point, value in rows], dtype=float).reshape(-1, 3)
    return zone_medians(supply.zones(), city_grid().centres, table[:, :2], table[:, 2])


_medians: Kept[Floats] = Kept(("parcels", "regions", "zones"), _read_medians)
