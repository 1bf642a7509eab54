"""A project against the city, resource by resource (METHODS 6). Pure; what is not computed is left out with its reason."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from geo.hexes import Floats
from geo.words import Words, say
from siting import fit
from siting.ground import Ground
from siting.resources import RESOURCES, Kind, Needs, Resource


@dataclass(frozen=True, eq=False)
class Judged:
    """One resource at the places asked for: `figure` is what can be reached, km, ratio or percentile by its kind."""

    resource: Resource
    weight: float
    demand: float | None
    figure: Floats
    fit: Floats


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A resource that does not count, and why."""

    resource: Resource
    reason: Words


@dataclass(frozen=True, eq=False)
class Judgement:
    """Everything counted, with weights that sum to 1, and everything left out."""

    judged: list[Judged]
    left_out: list[LeftOut]
    composite: Floats

    @property
    def fits(self) -> Floats:
        """Shape (resources, places)."""
        return np.array([one.fit for one in self.judged]).reshape(len(self.judged), len(self.composite))

    @property
    def weights(self) -> Floats:
        return np.array([one.weight for one in self.judged])

    def bottleneck(self, place: int) -> Resource | None:
        """The resource that costs this place most."""
        worst = fit.bottleneck(self.fits[:, place], self.weights)
        return None if worst is None else self.judged[worst].resource


@dataclass(frozen=True, eq=False)
class Case:
    """A project at cells of the grid, and what rooms beside the grid know of the place; or the reason why nothing.

    `neighbours` is the output of the nodes next to the project's in reach of every cell of the grid; `excluded` covers
    the whole grid too, for percentiles rank among the cells left in. `intensity_min` (10k CNY per mu) is per place.
    """

    ground: Ground
    needs: Needs
    positions: NDArray[np.int64]
    excluded: NDArray[np.bool_]
    neighbours: Floats | Words
    intensity_min: Floats | Words


def judge(case: Case, weights: Mapping[str, float]) -> Judgement:
    """The fit of every resource at the places of the case; weights are renormalised over what counts."""
    judged: list[Judged] = []
    left_out: list[LeftOut] = []
    for code, resource in RESOURCES.items():
        found = _JUDGES[resource.kind](case, resource)
        if isinstance(found, Words):
            left_out.append(LeftOut(resource, found))
        else:
            judged.append(Judged(resource, weights[code], resource.demand(case.needs), *found))
    whole = sum(one.weight for one in judged) or 1.0
    judged = [replace(one, weight=one.weight / whole) for one in judged]
    fits = np.array([one.fit for one in judged]).reshape(len(judged), len(case.positions))
    return Judgement(judged, left_out, fit.composite(fits, np.array([one.weight for one in judged])))


NOT_STATED = say(zh="项目没有填写这项需求", en="the project does not state this need")
NOT_NEEDED = say(zh="项目不需要", en="the project needs none")
NO_DATA = say(zh="本市还没有这项数据", en="the city has no data on this yet")
NO_NODE = say(zh="项目没有填写产业链环节", en="the project names no chain node")
NO_INTENSITY = say(
    zh="项目没有同时填写投资额和用地面积", en="the project does not state both its investment and its land"
)

Figures = tuple[Floats, Floats]
"""What is shown, and the fit that follows from it."""


def _capacity(case: Case, resource: Resource) -> Figures | Words:
    demand = resource.demand(case.needs)
    if not demand:
        return NOT_STATED if demand is None else NOT_NEEDED
    if not case.ground.has(resource):
        return NO_DATA
    accessible = case.ground.offer(resource, without=case.needs.code).accessible[case.positions]
    return accessible, fit.capacity(accessible, demand)


def _access(case: Case, resource: Resource) -> Figures | Words:
    if resource.category not in case.ground.stations:
        return NO_DATA
    distance = case.ground.distance_km(resource.category)[case.positions]
    return distance, fit.access(distance, resource.ideal_km, resource.limit_km)


def _agglomeration(case: Case, resource: Resource) -> Figures | Words:
    if isinstance(case.neighbours, Words):
        return case.neighbours
    percentile = fit.percentile(case.neighbours, ~case.excluded)[case.positions]
    return percentile, percentile


def _balance(case: Case, resource: Resource) -> Figures | Words:
    demand = resource.demand(case.needs)
    if not demand:
        return NOT_STATED if demand is None else NOT_NEEDED
    found = case.ground.jobs_and_workers(resource.reach_km)
    if found is None:
        return NO_DATA
    jobs, workers = found
    ratio = fit.jobs_per_worker(jobs[case.positions], demand, workers[case.positions])
    return ratio, fit.balance(ratio)


def _ratio(case: Case, resource: Resource) -> Figures | Words:
    if case.needs.investment is None or not case.needs.land_mu:
        return NO_INTENSITY
    if isinstance(case.intensity_min, Words):
        return case.intensity_min
    planned = case.needs.investment / case.needs.land_mu
    asked = case.intensity_min
    ratio = np.divide(planned, asked, out=np.full(len(asked), np.nan), where=asked > 0)
    return ratio, np.minimum(1.0, ratio)


_JUDGES = {
    Kind.CAPACITY: _capacity,
    Kind.ACCESS: _access,
    Kind.AGGLOMERATION: _agglomeration,
    Kind.BALANCE: _balance,
    Kind.RATIO: _ratio,
}
