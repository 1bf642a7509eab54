"""Residents, resident workers and jobs in the cells of the H3 grid: dense in towns, strewn over villages, none on hills.

District totals are those of the 2020 census (residents, in thousands); everything finer is invented.
"""

from dataclasses import dataclass

import numpy as np
import shapely

from democity.parks import Park
from democity.plane import Floats, shape_to_degrees, to_degrees, to_km
from democity.randomness import stream
from democity.terrain import Terrain, inside, scatter
from democity.towns import Town
from geo import hexes

RESIDENTS_THOUSAND = {
    "370202": 490, "370203": 1096, "370211": 1904, "370212": 502, "370213": 737,
    "370214": 1107, "370215": 1337, "370281": 988, "370283": 1191, "370285": 720,
}  # fmt: skip
IN_VILLAGES = {"370211": 0.20, "370214": 0.08, "370215": 0.32, "370281": 0.34, "370283": 0.55, "370285": 0.48}
"""Share of a district's residents who live in villages; none where nothing is said."""
VILLAGES_PER_THOUSAND = 2.2
WORKERS_PER_RESIDENT = 0.54
JOBS_IN_PARKS = 0.30


@dataclass(frozen=True)
class People:
    """Values aligned with `cells` (resolution 9, sorted); whole persons."""

    cells: hexes.Cells
    places: Floats
    residents: np.ndarray
    workers: np.ndarray
    jobs: np.ndarray
    daytime: np.ndarray


def settle(seed: int, terrain: Terrain, parks: list[Park], towns: list[Town], villages: bool = True) -> People:
    """Without `villages` all live in the middle of towns: a light grid for a small demo."""
    rng = stream(seed, "people")
    cells = hexes.cells_of(shape_to_degrees(terrain.land))
    places = to_km(hexes.centres(cells))
    district = np.array(terrain.district_of(places), dtype=object)
    barred = shapely.union_all([terrain.rough, *(park.outline for park in parks)])
    free = inside(terrain.land, places) & ~inside(barred, places)
    edge = 0.05 if villages else 0.55
    urban, heart = np.zeros(len(cells)), np.zeros(len(cells))
    for town in towns:
        off = np.abs(places - town.centre)
        near = np.flatnonzero((off[:, 0] < 4 * town.radius_km) & (off[:, 1] < 4 * town.radius_km))
        far = np.hypot(*(places[near] - town.centre).T)
        own = near[district[near] == town.district]
        at = np.hypot(*(places[own] - town.centre).T)
        fall = np.exp(-((at / (0.75 * town.radius_km)) ** 1.6)) * town.weight / town.radius_km**2
        urban[own] += np.where(fall > edge * town.weight / town.radius_km**2, fall, 0)
        heart[near] += town.weight * np.exp(-far / (0.35 * town.radius_km)) / town.radius_km**2
    urban *= free * rng.lognormal(0, 0.35, len(cells))
    rural = _villages(rng, terrain, cells, places, district, free) if villages else np.zeros(len(cells))
    residents = np.zeros(len(cells))
    for adcode, thousand in RESIDENTS_THOUSAND.items():
        here = district == adcode
        out = IN_VILLAGES.get(adcode, 0.0) if villages else 0.0
        for weights, share in ((urban, 1 - out), (rural, out)):
            total = weights[here].sum()
            if share and total:
                residents[here] += weights[here] / total * share * thousand * 1000
    residents = np.round(residents)
    workers = np.round(residents * WORKERS_PER_RESIDENT * rng.normal(1, 0.04, len(cells)).clip(0.85, 1.15))
    jobs = _jobs(rng, workers, heart * free * (heart > edge * 0.2 * heart.mean()), places, parks)
    daytime = np.round((residents - 0.8 * workers + 0.8 * jobs).clip(0))
    lived = (residents > 0) | (jobs > 0)
    return People(cells[lived], places[lived], *(what[lived] for what in (residents, workers, jobs, daytime)))


def _villages(
    rng: np.random.Generator,
    terrain: Terrain,
    cells: hexes.Cells,
    places: Floats,
    district: np.ndarray,
    free: np.ndarray,
) -> np.ndarray:
    """Weights of village cells; a village fills one cell, a large one is several spots in it."""
    weights = np.zeros(len(cells))
    order = {int(cell): number for number, cell in enumerate(cells)}
    for adcode, share in IN_VILLAGES.items():
        count = round(RESIDENTS_THOUSAND[adcode] * share * VILLAGES_PER_THOUSAND)
        spots = scatter(rng, terrain.districts[adcode], count)
        lonlat = to_degrees(spots)
        found = [order.get(int(cell)) for cell in hexes.cells_at(lonlat[:, 0], lonlat[:, 1])]
        picked = np.array([number for number in found if number is not None and free[number]], dtype=int)
        weights[picked] += rng.lognormal(0, 0.5, len(picked))
    return np.where(district != "", weights, 0)


def _jobs(
    rng: np.random.Generator, workers: np.ndarray, heart: np.ndarray, places: Floats, parks: list[Park]
) -> np.ndarray:
    """As many jobs as workers: some in parks by area, the rest near homes and in the middle of towns."""
    total = workers.sum()
    in_parks = np.zeros(len(workers))
    for park in parks:
        density = {"urban": 3.0, "coastal": 1.4, "outer": 0.8}[park.grade] * rng.uniform(0.6, 1.3)
        in_parks[inside(park.outline, places)] += density
    in_parks *= JOBS_IN_PARKS * total / in_parks.sum()
    shops = 0.5 * workers / workers.sum() + 0.5 * heart / heart.sum()
    return np.asarray(np.round(in_parks + (1 - JOBS_IN_PARKS) * total * shops))
