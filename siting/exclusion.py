"""Where a project may not stand (METHODS 6). Pure: zones as arrays in, reasons out."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import NDArray

from geo import hexes
from geo.categories import ZONE_KINDS, Hazard
from geo.hexes import Floats

BOUNDARY = "urban_development_boundary"
TOLERATED_SHARE = 0.01  # a parcel is out when more than this share of its area lies in a zone
HAZARDS = {hazard: rank for rank, hazard in enumerate(Hazard.values)}
WARNED_FROM = HAZARDS[Hazard.MEDIUM]

Mask = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Zones:
    """Zones side by side: `hazard_max` is a rank of HAZARDS, or -1 where none is stated; outlines are in degrees."""

    code: list[str]
    name: list[str]
    kind: NDArray[np.str_]
    hazard_max: NDArray[np.int64]
    outline: NDArray[np.object_]

    @cached_property
    def tree(self) -> shapely.STRtree:
        shapely.prepare(self.outline)
        return shapely.STRtree(self.outline)

    @cached_property
    def planar(self) -> NDArray[np.object_]:
        return np.asarray(shapely.transform(self.outline, hexes.equal_area))

    @cached_property
    def excluding(self) -> Mask:
        return np.isin(self.kind, [kind.code for kind in ZONE_KINDS.values() if kind.excludes])

    @cached_property
    def bounding(self) -> Mask:
        return np.asarray(self.kind == BOUNDARY)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a place is out: the zone's kind, code and name (none: outside every development boundary), and for a hazard
    the highest the zone takes."""

    kind: str
    zone: str = ""
    name: str = ""
    hazard_max: str = ""


@dataclass(frozen=True, eq=False)
class Held:
    """What the zones say of many places: `out` whatever is built, the lowest `ceiling` on hazard (-1: none stated)."""

    out: Mask
    ceiling: NDArray[np.int64]

    def excluded(self, hazard: str | None) -> Mask:
        return self.out | ((self.ceiling >= 0) & (self.ceiling < HAZARDS.get(hazard or "", 0)))


def over(zones: Zones, lonlat: Floats) -> Held:
    """The zones over many places; prepared zones look at the points in their box, so a city takes moments."""
    places = shapely.STRtree(shapely.points(lonlat))
    shapely.prepare(zones.outline)
    zone, place = places.query(zones.outline, predicate="intersects")
    out = np.zeros(len(lonlat), dtype=bool)
    out[place[zones.excluding[zone]]] = True
    if zones.bounding.any():
        inside = np.zeros(len(lonlat), dtype=bool)
        inside[place[zones.bounding[zone]]] = True
        out |= ~inside
    none = len(HAZARDS)
    ceiling = np.full(len(lonlat), none)
    stated = zones.hazard_max[zone] >= 0
    np.minimum.at(ceiling, place[stated], zones.hazard_max[zone][stated])
    return Held(out, np.where(ceiling == none, -1, ceiling))


def of_point(zones: Zones, place: Floats, hazard: str | None) -> list[Reason]:
    """The reasons at one place (lon, lat)."""
    inside = zones.tree.query(shapely.Point(place), predicate="intersects")
    return list(_reasons(zones, np.sort(inside), bool(zones.bounding[inside].any()), hazard))


def of_parcel(zones: Zones, outline: shapely.Geometry, hazard: str | None) -> list[Reason]:
    """The reasons for a parcel: zones that hold more than a hundredth of its area."""
    touched = np.sort(zones.tree.query(outline, predicate="intersects"))
    parcel = shapely.transform(outline, hexes.equal_area)
    share = shapely.area(shapely.intersection(parcel, zones.planar[touched])) / parcel.area
    held = touched[share > TOLERATED_SHARE]
    boundary = shapely.union_all(zones.planar[touched[zones.bounding[touched]]])
    outside = shapely.difference(parcel, boundary).area / parcel.area
    return list(_reasons(zones, held, outside <= TOLERATED_SHARE, hazard))


def unplaced_hazard(zones: Zones, place: Floats, hazard: str | None) -> bool:
    """Whether a medium or high hazard would stand outside every zone that says what it takes: warned, not excluded."""
    if HAZARDS.get(hazard or "", 0) < WARNED_FROM:
        return False
    inside = zones.tree.query(shapely.Point(place), predicate="intersects")
    return not bool((zones.hazard_max[inside] >= 0).any())


def _reasons(zones: Zones, held: NDArray[np.int64], in_boundary: bool, hazard: str | None) -> Iterator[Reason]:
    asked = HAZARDS.get(hazard or "", 0)
    for position in held.tolist():
        zone = (zones.code[position], zones.name[position])
        if zones.excluding[position]:
            yield Reason(str(zones.kind[position]), *zone)
        if 0 <= zones.hazard_max[position] < asked:
            yield Reason(str(zones.kind[position]), *zone, hazard_max=Hazard.values[zones.hazard_max[position]])
    if zones.bounding.any() and not in_boundary:
        yield Reason(BOUNDARY)
