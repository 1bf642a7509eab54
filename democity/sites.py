"""Where a firm stands: industry on lots of parks made for it, services in towns, farms in villages."""

import numpy as np
import shapely
from numpy.random import Generator
from shapely.geometry.base import BaseGeometry

from democity.industries import is_manufacturing, is_rural, needs_chemical_park
from democity.parks import Park
from democity.people import People
from democity.plane import Floats
from democity.randomness import stream

IN_PARKS = 0.80
"""Of manufacturers; the rest stand among the houses."""


class Sites:
    """Draws places; keeps what it needs of parks and people."""

    def __init__(
        self, seed: int, land: BaseGeometry, parks: list[Park], people: People, taken: set[tuple[str, int]]
    ) -> None:
        """`taken` names lots (park, number) that are parcels on offer: nobody stands there."""
        self._rng = stream(seed, "sites")
        self._parks = parks
        self._land = land
        shapely.prepare(land)
        self._lots = [
            [number for number in range(len(park.lots)) if (park.code, number) not in taken] for park in parks
        ]
        self._lot_weights = [
            np.array([park.lots[number].area for number in free]) / sum(park.lots[number].area for number in free)
            for park, free in zip(parks, self._lots, strict=True)
        ]
        self._sizes = np.array([len(free) for free in self._lots], dtype=float)
        self._places = people.places
        in_parks = np.zeros(len(people.places), dtype=bool)
        for park in parks:
            shapely.prepare(park.outline)
            in_parks |= shapely.contains_xy(park.outline, people.places[:, 0], people.places[:, 1])
        busy = np.where(in_parks, 0, people.jobs.astype(float) ** 1.6)  # towns draw more than their share
        self._busy = np.cumsum(busy / busy.sum())
        village = np.where((people.residents > 0) & ~in_parks, 1.0 / (1.0 + people.residents / 400), 0.0)
        self._village = np.cumsum(village / village.sum())
        self._attraction: dict[str, np.ndarray] = {}

    def place(self, industry: str) -> Floats:
        """On the sheet in kilometres."""
        rng = self._rng
        if is_rural(industry):
            return self._cell(self._village)
        heavy = needs_chemical_park(industry)
        if not is_manufacturing(industry) and not self._is_wanted(industry):
            return self._cell(self._busy)
        if not heavy and rng.random() > (IN_PARKS if is_manufacturing(industry) else 0.45):
            return self._cell(self._busy)
        park = int(np.searchsorted(self._attract(industry), rng.random()))
        return self._on_lot(rng, min(park, len(self._parks) - 1))

    def _cell(self, cumulated: np.ndarray) -> Floats:
        cell = min(int(np.searchsorted(cumulated, self._rng.random())), len(self._places) - 1)
        spot = self._places[cell] + self._rng.uniform(-0.11, 0.11, 2)
        return np.asarray(spot if shapely.contains_xy(self._land, *spot) else self._places[cell])

    def _on_lot(self, rng: Generator, park: int) -> Floats:
        number = self._lots[park][int(rng.choice(len(self._lots[park]), p=self._lot_weights[park]))]
        lot = self._parks[park].lots[number]
        middle = np.asarray(lot.centroid.coords[0])
        spot = middle + rng.normal(0, 0.2, 2) * np.sqrt(lot.area)
        return spot if shapely.contains_xy(lot, *spot) else middle

    def _is_wanted(self, industry: str) -> bool:
        return any(industry.startswith(prefix) for park in self._parks for prefix in park.focus)

    def _attract(self, industry: str) -> np.ndarray:
        """Cumulated chances of the parks: those that lead with the industry first, chemicals only where they may."""
        if industry not in self._attraction:
            chances = np.zeros(len(self._parks))
            for number, park in enumerate(self._parks):
                matches = [place for place, prefix in enumerate(park.focus) if industry.startswith(prefix)]
                chances[number] = 9.0 / (1 + matches[0]) if matches else 0.22
                if needs_chemical_park(industry) and park.hazard != "high":
                    chances[number] = 0.4 if matches and park.hazard == "medium" else 0.0
                if park.grade == "urban" and is_manufacturing(industry) and not matches:
                    chances[number] = 0.05
                if not is_manufacturing(industry) and not matches:
                    chances[number] = 0.0
            chances *= self._sizes
            if not chances.any():
                chances = self._sizes.copy()
            self._attraction[industry] = np.cumsum(chances / chances.sum())
        return self._attraction[industry]
