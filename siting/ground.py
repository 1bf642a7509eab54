"""What a city offers to a project, as arrays over its grid (METHODS 6). Pure; dear figures are worked out once and kept.

Everything stands at the centre of its resolution-9 cell.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from threading import RLock
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from geo import catchment, hexes
from geo.catchment import Commitments, Days, Residual, Supplies
from geo.grid import Grid, totals
from geo.hexes import Cells, Floats
from siting.exclusion import Held, Zones
from siting.resources import JOBS, RESIDENT_WORKERS, Needs, Resource

Made = TypeVar("Made")
Key = tuple[str | int | float, ...]

KEPT_WITHOUT = 64
"""Offers without one project that are kept: about a megabyte each in a large city."""


@dataclass(frozen=True, eq=False)
class Stations:
    """Facilities of one category side by side; `spare_as_of` is NaT where no spare is recorded or it has no date."""

    identity: NDArray[np.int64]
    code: list[str]
    name: list[str]
    name_en: list[str]
    amount: Floats
    spare_recorded: NDArray[np.bool_]
    spare_as_of: Days
    voltage_kv: Floats
    approximate: NDArray[np.bool_]
    lonlat: Floats

    def __len__(self) -> int:
        return len(self.code)

    @property
    def supplies(self) -> Supplies:
        return Supplies(self.lonlat, self.amount, self.spare_as_of)


@dataclass(frozen=True, eq=False)
class Committed:
    """Projects that draw: their cells, what they need and since when (NaT: not stated)."""

    cells: Cells
    needs: list[Needs]
    committed_on: Days

    def without(self, code: str) -> "Committed":
        keep = [position for position, needs in enumerate(self.needs) if needs.code != code]
        return Committed(self.cells[keep], [self.needs[position] for position in keep], self.committed_on[keep])

    def demands(self, resource: Resource) -> Floats:
        """Per project; NaN where it states nothing."""
        stated = [resource.demand(needs) for needs in self.needs]
        return np.array([np.nan if demand is None else demand for demand in stated], dtype=float)


@dataclass(frozen=True, eq=False)
class Offer:
    """One resource over the whole grid: who gives how much after all draws, and what each cell can reach of it."""

    resolution: int
    """Of the cells between which it was worked out."""
    supplies: Supplies
    residual: Residual
    accessible: Floats
    drawers: list[str]
    """Codes of the projects whose commitments the residual counts, in its order."""
    unstated: int
    """Committed projects that do not say how much they draw."""


@dataclass(frozen=True, eq=False)
class Ground:
    """The grid and everything on it. Layers are aligned with the grid; a layer or category that is absent is unknown."""

    grid: Grid
    stations: Mapping[str, Stations]
    layers: Mapping[str, Floats]
    zones: Zones
    held: Held
    committed: Committed
    _made: dict[Key, object] = field(default_factory=dict)
    _lock: RLock = field(default_factory=RLock)

    def level(self, resolution: int) -> tuple[Grid, NDArray[np.int64]]:
        """The grid at a coarser resolution, and for each cell where its ancestor stands in it."""
        return self.kept(("level", resolution), lambda: self.grid.coarser(resolution))

    def has(self, resource: Resource) -> bool:
        """Whether the city knows of anyone who gives this resource, and how much."""
        if resource.layer:
            return resource.layer in self.layers
        stations = self.stations.get(resource.category)
        return stations is not None and not np.isnan(stations.amount).all()

    def offer(self, resource: Resource, without: str = "") -> Offer:
        """A capacity resource after the draws of all committed projects but the one named."""
        if without not in {needs.code for needs in self.committed.needs}:
            without = ""
        return self.kept(("offer", resource.code, without), lambda: self._offer(resource, without))

    def distance_km(self, category: str) -> Floats:
        """From each cell to the nearest facility of the category."""
        return self.kept(
            ("distance", category),
            lambda: catchment.nearest_km(self.grid.centres, self.stations[category].lonlat),
        )

    def reached_within(self, layer: str, reach_km: float) -> Floats:
        """For each cell the plain sum of a layer within reach, between cells of the working resolution."""

        def make() -> Floats:
            level, ancestor = self.level(catchment.working_resolution(reach_km))
            values = totals(ancestor, self.layers[layer], len(level))
            return catchment.reached(level.centres, level.centres, values, reach_km, decayed=False)[ancestor]

        return self.kept(("reached", layer, reach_km), make)

    def jobs_and_workers(self, reach_km: float) -> tuple[Floats, Floats] | None:
        """Jobs and resident workers within reach of each cell; None where the city lacks one of the layers."""
        if not {JOBS, RESIDENT_WORKERS} <= self.layers.keys():
            return None
        return self.reached_within(JOBS, reach_km), self.reached_within(RESIDENT_WORKERS, reach_km)

    def _offer(self, resource: Resource, without: str) -> Offer:
        resolution = catchment.working_resolution(resource.reach_km) if resource.layer else self.grid.resolution
        level, ancestor = self.level(resolution)
        if resource.layer:
            amounts = totals(ancestor, self.layers[resource.layer], len(level))
            undated = np.full(len(level), np.datetime64("NaT", "D"))
            supplies = Supplies(level.centres, amounts, undated)
        else:
            supplies = self.stations[resource.category].supplies
        committed = self.committed.without(without) if without else self.committed
        demands = committed.demands(resource)
        drawing = np.flatnonzero(demands > 0)
        places = hexes.centres(hexes.parents(committed.cells[drawing], resolution))
        residual = catchment.residual(
            supplies, Commitments(places, demands[drawing], committed.committed_on[drawing]), resource.reach_km
        )
        if without:  # what can be reached is linear in the residuals: only what the project gave back is added
            everyone = self.offer(resource)
            given_back = residual.amount - everyone.residual.amount
            gained = catchment.reached(level.centres, supplies.lonlat, given_back, resource.reach_km)
            accessible = everyone.accessible + gained[ancestor]
        else:
            accessible = catchment.reached(level.centres, supplies.lonlat, residual.amount, resource.reach_km)[ancestor]
        drawers = [committed.needs[position].code for position in drawing.tolist()]
        return Offer(resolution, supplies, residual, accessible, drawers, int(np.isnan(demands).sum()))

    def kept(self, key: Key, make: Callable[[], Made]) -> Made:
        """Two threads that want the same make it once; what is made for single projects is limited in number."""
        with self._lock:
            if key not in self._made:
                single = [made for made in self._made if made[0] == "offer" and made[-1]]
                if len(single) >= KEPT_WITHOUT:
                    del self._made[single[0]]
                self._made[key] = make()
            return self._made[key]  # type: ignore[return-value]  # the key names what was made
