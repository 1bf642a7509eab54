"""The way by road between places (路网). Pure: roads are lines in degrees, places lon/lat.

Roads that cross are joined where they cross, but a motorway is joined to the rest only at its accesses. A place is as far
from the network as it is from the nearest stretch in a straight line; from there the way follows the roads, whatever their
direction, since a distance is asked for and no time. Unknown is NaN: no road within `NEAR_KM` of one of both, or no way.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse import csgraph
from shapely import LineString

from geo import hexes
from geo.hexes import Floats

NEAR_KM = 5.0
"""A place farther than this from every road is not connected to them."""
SNAP_KM = 0.002
"""Ends that miss each other by less are one end."""
GAP_KM = 0.3
"""Parts of the network that nothing joins are joined where they come so near: maps leave such gaps, rivers hardly."""
ON_THE_SPOT_KM = 1e-9
"""Edges of no length would be no edges to a sparse matrix."""

Integers = NDArray[np.int64]
_Edges = tuple[Integers, Integers, Floats]


@dataclass(frozen=True, slots=True)
class _Hung:
    """A place on the network: its stretch, the km to each of its ends, straight to the stretch and from there along."""

    stretch: int
    ends: tuple[tuple[int, float], tuple[int, float]]
    straight_km: float
    along_km: float


class RoadNetwork:
    """Crossings as nodes, the stretches between them as edges; places are hung in when they are asked about."""

    def __init__(
        self,
        roads: Sequence[LineString],
        motorways: Sequence[LineString] = (),
        accesses: Floats | None = None,
    ) -> None:
        every = np.array([*roads, *motorways], dtype=object)
        corners = shapely.get_coordinates(every)
        middle = (corners.min(axis=0) + corners.max(axis=0)) / 2 if len(corners) else np.zeros(2)
        km = np.pi * hexes.EARTH_RADIUS_KM / 180
        self._middle, self._scale = middle, np.array([km * np.cos(np.radians(middle[1])), km])
        if accesses is None or not len(accesses):  # nobody says where one gets on
            roads, motorways = [*roads, *motorways], ()
        parts = [self._noded(roads), self._noded(motorways)]
        self._stretches = np.concatenate(parts)
        self._km = self._lengths()
        self._trees = [shapely.STRtree(part) for part in parts]
        self._offsets = [0, len(parts[0])]
        ends = np.column_stack([shapely.get_coordinates(shapely.get_point(self._stretches, at)) for at in (0, -1)])
        kinds = np.repeat([0, 1], [2 * len(part) for part in parts])
        named = np.column_stack((kinds, np.round(ends.reshape(-1, 2) / SNAP_KM)))
        crossings, place = np.unique(named, axis=0, return_inverse=True)
        self._nodes = len(crossings)
        self._ends: Integers = place.reshape(-1, 2)
        edges: list[_Edges] = [(self._ends[:, 0], self._ends[:, 1], self._km)]
        if len(motorways) and accesses is not None:
            edges.append(self._accesses(list(accesses)))
        self._graph = self._woven(edges)
        edges += self._gaps(crossings[:, 1:] * SNAP_KM, np.flatnonzero(crossings[:, 0] == 0))
        self._graph = self._woven(edges)

    def distances_km(self, origin: Floats, targets: Floats) -> Floats:
        """By road from one place to each of the others."""
        away = np.full(len(targets), np.nan)
        here = self._hung(np.asarray(origin, dtype=float), 0)
        if here is None:
            return away
        ways = csgraph.dijkstra(self._graph, directed=False, indices=[end for end, _ in here.ends])
        for at, place in enumerate(targets):
            there = self._hung(place, 0)
            if there is None:
                continue
            best = min(
                km + ways[start, end] + rest for start, (_, km) in enumerate(here.ends) for end, rest in there.ends
            )
            if there.stretch == here.stretch:  # no crossing may lie between the two
                best = min(best, here.straight_km + there.straight_km + abs(here.along_km - there.along_km))
            if np.isfinite(best):
                away[at] = best
        return away

    def _plane(self, lonlat: Floats) -> Floats:
        """Kilometres from the middle; true enough to find what is nearest and what crosses."""
        plane: Floats = (np.asarray(lonlat, dtype=float) - self._middle) * self._scale
        return plane

    def _noded(self, lines: Sequence[LineString]) -> NDArray[np.object_]:
        """The stretches between crossings, on the plane."""
        if not len(lines):
            return np.empty(0, dtype=object)
        flat = shapely.transform(np.array(lines, dtype=object), self._plane)
        parts: NDArray[np.object_] = shapely.get_parts(shapely.line_merge(shapely.union_all(flat, grid_size=SNAP_KM)))
        lines_alone: NDArray[np.object_] = parts[shapely.get_type_id(parts) == 1]
        return lines_alone

    def _lengths(self) -> Floats:
        """Of each stretch on the sphere."""
        corners, owner = shapely.get_coordinates(self._stretches, return_index=True)
        steps = np.linalg.norm(np.diff(hexes.unit_vectors(corners / self._scale + self._middle), axis=0), axis=1)
        same = np.diff(owner) == 0
        return np.bincount(owner[1:][same], hexes.km_of_chord(steps[same]), minlength=len(self._stretches)).astype(
            float
        )

    def _hung(self, place: Floats, kind: int) -> _Hung | None:
        """Onto the nearest stretch; None where no road is near."""
        spot = shapely.Point(self._plane(place))
        found = self._trees[kind].query_nearest(spot, max_distance=NEAR_KM, all_matches=False)
        if not len(found):
            return None
        at = int(found[0]) + self._offsets[kind]
        line = self._stretches[at]
        straight = float(shapely.distance(line, spot))
        along = float(shapely.line_locate_point(line, spot, normalized=True)) * float(self._km[at])
        first, last = (int(end) for end in self._ends[at])
        ends = ((first, straight + along), (last, straight + float(self._km[at]) - along))
        return _Hung(at, ends, straight, along)

    def _accesses(self, places: Sequence[Floats]) -> _Edges:
        """Each is a crossing of its own, at the same place on both kinds of road."""
        edges = [
            (self._nodes + number, end, km)
            for number, place in enumerate(places)
            for kind in (0, 1)
            if (found := self._hung(place, kind)) is not None
            for end, km in found.ends
        ]
        self._nodes += len(places)
        start, end, km = np.array(edges, dtype=float).reshape(-1, 3).T
        return start.astype(np.int64), end.astype(np.int64), km

    def _gaps(self, crossings: Floats, near: Integers) -> Iterator[_Edges]:
        """From a crossing to the nearest stretch of a part it is not joined with, where that is near enough."""
        part = csgraph.connected_components(self._graph, directed=False)[1]
        spots = shapely.points(crossings[near])
        at, stretch = self._trees[0].query(spots, predicate="dwithin", distance=GAP_KM)
        apart = part[near[at]] != part[self._ends[stretch, 0]]
        at, stretch = at[apart], stretch[apart]
        gap = shapely.distance(spots[at], self._stretches[stretch])
        along = shapely.line_locate_point(self._stretches[stretch], spots[at], normalized=True) * self._km[stretch]
        for end, rest in ((0, along), (1, self._km[stretch] - along)):
            yield near[at], self._ends[stretch, end], gap + rest

    def _woven(self, edges: Sequence[_Edges]) -> sparse.csr_array:
        """Of two edges between the same crossings the shorter; none is without length, which would be no edge."""
        start, end, km = (np.concatenate(column) for column in zip(*edges, strict=True))
        low, high, km = np.minimum(start, end), np.maximum(start, end), np.maximum(km, ON_THE_SPOT_KM)
        order = np.lexsort((km, high, low))
        low, high, km = low[order], high[order], km[order]
        once = np.append(True, (np.diff(low) != 0) | (np.diff(high) != 0))[: len(low)]
        return sparse.csr_array((km[once], (low[once], high[once])), shape=(self._nodes, self._nodes))
