"""Computed indicators (METHODS 5): what stands around a label point. Pure; places are lon/lat of shape (n, 2).

Distances are straight lines on the sphere (直线). Amounts are summed without decay: what is in reach counts whole.
Unknown is NaN: where nothing of the kind is loaded, or where nobody knows what those in reach can still give.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geo import catchment, hexes

Floats = NDArray[np.float64]

NEAREST = {
    "highway_km": "motorway_access",
    "rail_km": "rail_freight",
    "airport_km": "airport",
    "port_km": "port",
    "metro_km": "metro",
    "hospital_km": "hospital",
    "school_km": "school",
}
"""Distance to the nearest facility of a category."""

RESIDUALS = {
    "power_capacity": "substation",
    "water_capacity": "water_plant",
    "gas_capacity": "gas_station",
    "sewage_capacity": "sewage_plant",
}
"""What the plants within reach can still give; power comes from one of them, the rest from all together."""

CAPACITIES = {"vocational_graduates": "vocational_school", "housing_units": "housing"}
"""What the facilities within reach hold in all."""

LABOUR, LABOUR_LAYER, LABOUR_KM = "labour_catchment", "resident_workers", 10.0


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """Where something is, and how much of it; NaN where the amount is unknown."""

    lonlat: Floats
    amount: Floats

    def __len__(self) -> int:
        return len(self.amount)


def nearest_km(points: Floats, places: Places) -> Floats:
    """Straight-line distance to the nearest place; unknown when none is loaded."""
    return catchment.nearest_km(points, places.lonlat)


def total_within(points: Floats, places: Places, reach_km: float) -> Floats:
    """Σ of the known amounts within reach; 0 where nothing is in reach, unknown where all in reach are unknown."""
    if not len(places):
        return np.full(len(points), np.nan)
    total = catchment.reached(points, places.lonlat, places.amount, reach_km, decayed=False)
    silent = _count(points, places, reach_km, known=False)
    telling = _count(points, places, reach_km, known=True) if silent.any() else np.ones_like(total)
    return np.where((silent > 0) & (telling == 0), np.nan, total)


def largest_within(points: Floats, places: Places, reach_km: float) -> Floats:
    """The largest known amount within reach, with unknowns as in `total_within`."""
    if not len(places):
        return np.full(len(points), np.nan)
    pairs = catchment.within(points, places.lonlat, reach_km)
    amounts = places.amount[pairs.indices]
    owner = np.repeat(np.arange(len(points)), np.diff(pairs.indptr))
    best = np.full(len(points), -np.inf)
    known = ~np.isnan(amounts)
    np.maximum.at(best, owner[known], amounts[known])
    nothing_known = np.where(np.diff(pairs.indptr) > 0, np.nan, 0.0)
    return np.where(np.isfinite(best), best, nothing_known)


def largest_of(points: Floats, places: Places, chosen: NDArray[np.bool_], reach_km: float) -> Floats:
    """`largest_within` of the chosen ones alone: 0 where none of these is in reach, though others may be."""
    if not len(places):
        return np.full(len(points), np.nan)
    if not chosen.any():
        return np.zeros(len(points))
    return largest_within(points, Places(places.lonlat[chosen], places.amount[chosen]), reach_km)


def covered_total_within(points: Floats, places: Places, reach_km: float) -> Floats:
    """As `total_within`, for a layer that may end somewhere: unknown where it says nothing within reach."""
    if not len(places):
        return np.full(len(points), np.nan)
    total = catchment.reached(points, places.lonlat, places.amount, reach_km, decayed=False)
    return np.where(_count(points, places, reach_km, known=True) > 0, total, np.nan)


def in_reach(point: Floats, places: Places, reach_km: float | None) -> tuple[NDArray[np.intp], Floats]:
    """Positions and distances of the places around one point, nearest first; of all of them without a reach."""
    distance = hexes.distances_km(np.asarray(point, dtype=float)[None, :], places.lonlat)
    chosen = np.flatnonzero(distance <= reach_km) if reach_km is not None else np.arange(len(places))
    chosen = chosen[np.argsort(distance[chosen], kind="stable")]
    return chosen, distance[chosen]


def _count(points: Floats, places: Places, reach_km: float, *, known: bool) -> Floats:
    """How many places within reach have a known (or an unknown) amount."""
    chosen = ~np.isnan(places.amount) if known else np.isnan(places.amount)
    return catchment.reached(points, places.lonlat[chosen], np.ones(int(chosen.sum())), reach_km, decayed=False)
