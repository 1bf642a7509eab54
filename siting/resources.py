"""What a site must offer: every resource of METHODS 6 with its kind, reach and default weight, declared once."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from geo.words import SpokenError, Words, say


class Kind(StrEnum):
    """How a resource is judged (METHODS 6)."""

    CAPACITY = "capacity"
    ACCESS = "access"
    AGGLOMERATION = "agglomeration"
    BALANCE = "balance"
    RATIO = "ratio"


@dataclass(frozen=True, slots=True)
class Needs:
    """What a project asks of its site, named as in FORMATS projects; None is not stated, and never taken for 0."""

    code: str = ""
    node: str = ""
    investment: float | None = None
    land_mu: float | None = None
    jobs: float | None = None
    hazard: str | None = None
    power_mva: float | None = None
    water_m3d: float | None = None
    gas_m3h: float | None = None
    sewage_m3d: float | None = None
    steam_th: float | None = None


@dataclass(frozen=True, slots=True)
class Resource:
    """`category` names the facilities or `layer` the grid layer that give it.

    A project asks for `per_unit` times its column `asks`. `reach_km` bounds the catchment of a capacity, a balance or
    an agglomeration; access is judged between `ideal_km` and `limit_km`.
    """

    code: str
    kind: Kind
    weight: float
    words: Words
    unit: str
    category: str = ""
    layer: str = ""
    asks: str = ""
    per_unit: float = 1.0
    reach_km: float = 0.0
    ideal_km: float = 0.0
    limit_km: float = 0.0

    def demand(self, needs: Needs) -> float | None:
        """What the project asks for, in this resource's unit; None where it states nothing."""
        stated: float | None = getattr(needs, self.asks) if self.asks else None
        return None if stated is None else self.per_unit * stated


HOMES_PER_JOB = 0.3
RESIDENT_WORKERS = "resident_workers"
JOBS = "jobs"


def _utility(code: str, words: Words, unit: str, weight: float, asks: str, category: str, reach_km: float) -> Resource:
    return Resource(code, Kind.CAPACITY, weight, words, unit, category=category, asks=asks, reach_km=reach_km)


def _access(code: str, words: Words, weight: float, category: str, ideal_km: float, limit_km: float) -> Resource:
    return Resource(code, Kind.ACCESS, weight, words, "km", category=category, ideal_km=ideal_km, limit_km=limit_km)


RESOURCES: Mapping[str, Resource] = {
    resource.code: resource
    for resource in (
        _utility("power", say(zh="电力", en="Power"), "MVA", 0.18, "power_mva", "substation", 8),
        _utility("water", say(zh="供水", en="Water"), "m3/d", 0.10, "water_m3d", "water_plant", 15),
        _utility("gas", say(zh="燃气", en="Gas"), "m3/h", 0.06, "gas_m3h", "gas_station", 15),
        _utility("sewage", say(zh="污水处理", en="Sewage"), "m3/d", 0.08, "sewage_m3d", "sewage_plant", 15),
        _utility("steam", say(zh="蒸汽", en="Steam"), "t/h", 0.04, "steam_th", "heat_plant", 10),
        Resource(
            "labour",
            Kind.CAPACITY,
            0.14,
            say(zh="劳动力", en="Labour"),
            "persons",
            layer=RESIDENT_WORKERS,
            asks="jobs",
            reach_km=10,
        ),
        Resource(
            "housing",
            Kind.CAPACITY,
            0.06,
            say(zh="住房", en="Housing"),
            "units",
            category="housing",
            asks="jobs",
            per_unit=HOMES_PER_JOB,
            reach_km=5,
        ),
        _access("motorway", say(zh="高速公路", en="Motorway"), 0.08, "motorway_access", 5, 20),
        _access("rail", say(zh="铁路货运", en="Rail freight"), 0.04, "rail_freight", 10, 40),
        _access("port", say(zh="港口", en="Port"), 0.04, "port", 20, 80),
        _access("airport", say(zh="机场", en="Airport"), 0.02, "airport", 30, 90),
        _access("metro", say(zh="地铁", en="Metro"), 0.02, "metro", 2, 10),
        _access("hospital", say(zh="医院", en="Hospital"), 0.02, "hospital", 5, 20),
        Resource(
            "agglomeration",
            Kind.AGGLOMERATION,
            0.06,
            say(zh="产业集聚", en="Agglomeration"),
            "percentile",
            reach_km=20,
        ),
        Resource(
            "job_housing",
            Kind.BALANCE,
            0.06,
            say(zh="职住平衡", en="Job–housing balance"),
            "ratio",
            asks="jobs",
            reach_km=5,
        ),
        Resource("land_efficiency", Kind.RATIO, 0.0, say(zh="用地效率", en="Land efficiency"), "ratio"),
    )
}


class UnknownResource(SpokenError):
    """A weight names a resource that does not exist."""


class BadWeight(SpokenError):
    """A weight below 0, or no number."""


def weights_with(overrides: Mapping[str, float]) -> dict[str, float]:
    """The default weights with a person's own put over them. They need not sum to 1: what is used is renormalised."""
    for code, weight in overrides.items():
        if code not in RESOURCES:
            known = ", ".join(RESOURCES)
            raise UnknownResource(
                zh=f"没有“{code}”这种资源；可用的有：{known}。", en=f"There is no resource {code}; there are: {known}."
            )
        if not 0 <= weight < float("inf"):
            raise BadWeight(
                zh=f"“{code}”的权重 {weight} 必须是不小于 0 的数。",
                en=f"The weight {weight} of {code} must be a number from 0 up.",
            )
    return {code: overrides.get(code, resource.weight) for code, resource in RESOURCES.items()}
