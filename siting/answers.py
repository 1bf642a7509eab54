"""What an assessment says to a person or a map: plain mappings in the words of METHODS 6, no decisions."""

from typing import Any

import numpy as np

from geo import hexes
from geo.categories import ZONE_KINDS
from geo.hexes import Floats
from geo.words import say
from siting.assessment import Assessed, ParcelsAssessed, SiteAssessed
from siting.exclusion import BOUNDARY, Reason
from siting.ground import Offer, Stations
from siting.judging import Judged, LeftOut
from siting.resources import Kind

Answer = dict[str, Any]  # JSON by its nature
DISTANCE = "great-circle"
NEAREST = 5


def of_site(site: SiteAssessed) -> Answer:
    """Composite, bottleneck and every resource with what stands behind it."""
    [cell] = hexes.texts(site.ground.grid.cells[site.cells])
    return {
        "cell": cell,
        **_of_place(site, 0, site.reasons),
        "warnings": [hazard_warning()] if site.unplaced_hazard else [],
        "left_out": left_out(site.judgement.left_out),
        "stability": None,
        "distance": DISTANCE,
    }


def of_parcels(assessed: ParcelsAssessed) -> Answer:
    """Parcels best first; excluded ones follow without a rank."""
    results = []
    for rank, place in enumerate(assessed.order.tolist(), start=1):
        parcel, answer = assessed.parcels[place], _of_place(assessed, place, assessed.reasons[place])
        results.append(
            {
                "code": parcel.code,
                "name": parcel.name,
                "area_mu": parcel.area_mu,
                "rank": rank if answer["composite"] is not None else None,
                **answer,
                "stability": assessed.stability.get(place),
            }
        )
    return {"results": results, "left_out": left_out(assessed.judgement.left_out), "distance": DISTANCE}


def left_out(resources: list[LeftOut]) -> list[Answer]:
    return [
        {"resource": one.resource.code, "name": str(one.resource.words), "reason": str(one.reason)} for one in resources
    ]


def hazard_warning() -> Answer:
    words = say(
        zh="此处不在任何标明可接纳危险等级的园区内，请核实能否布局中、高危险等级项目。",
        en="No zone here says which hazard it takes; check whether a medium or high hazard may stand here.",
    )
    return {"code": "hazard_unplaced", "detail": str(words)}


def _of_place(assessed: Assessed, place: int, reasons: list[Reason]) -> Answer:
    judgement = assessed.judgement
    composite = _number(judgement.composite[place])
    bottleneck = judgement.bottleneck(place)
    return {
        "composite": None if reasons else composite,
        "composite_if_allowed": composite,
        "bottleneck": bottleneck.code if bottleneck else None,
        "excluded": [_reason(reason) for reason in reasons],
        "resources": {one.resource.code: _resource(assessed, one, place) for one in judgement.judged},
    }


def _reason(reason: Reason) -> Answer:
    kind = ZONE_KINDS[reason.kind]
    if reason.hazard_max:
        words = say(
            zh=f"{reason.name or kind.name_zh}可接纳的危险等级（{reason.hazard_max}）低于项目",
            en=f"{reason.name or kind.name_en} takes no hazard above {reason.hazard_max}",
        )
    elif reason.kind == BOUNDARY:
        words = say(zh="在城镇开发边界之外", en="outside the urban development boundary")
    else:
        words = say(
            zh=f"位于{kind.name_zh}“{reason.name}”" if reason.name else f"位于{kind.name_zh}内",
            en=f"in the {kind.name_en.lower()} {reason.name}".rstrip(),
        )
    return {"kind": reason.kind, "zone": reason.zone or None, "name": reason.name or None, "detail": str(words)}


def _resource(assessed: Assessed, one: Judged, place: int) -> Answer:
    resource = one.resource
    answer: Answer = {
        "kind": resource.kind.value,
        "name": str(resource.words),
        "fit": _number(one.fit[place]),
        "weight": one.weight,
        "unit": resource.unit,
    }
    figure = _number(one.figure[place])
    cell = int(assessed.cells[place])
    if resource.kind is Kind.CAPACITY:
        return answer | {"demand": one.demand, "accessible": figure} | _capacity(assessed, one, cell)
    if resource.kind is Kind.ACCESS:
        stations = assessed.ground.stations[resource.category]
        nearest = _nearest(stations, assessed.ground.grid.centres[cell], None)
        return answer | {
            "km": figure,
            "ideal_km": resource.ideal_km,
            "limit_km": resource.limit_km,
            "nearest": [_station(stations, at, km) for at, km in nearest],
        }
    if resource.kind is Kind.BALANCE:
        jobs, workers = assessed.ground.jobs_and_workers(resource.reach_km) or (None, None)
        assert jobs is not None and workers is not None  # it was judged
        return answer | {
            "ratio": figure,
            "demand": one.demand,
            "jobs": float(jobs[cell]),
            "workers": float(workers[cell]),
        }
    return answer | {"percentile" if resource.kind is Kind.AGGLOMERATION else "ratio": figure}


def _capacity(assessed: Assessed, one: Judged, cell: int) -> Answer:
    """What gives the resource: undecayed total and largest single residual within reach, and who stands nearest."""
    resource, ground = one.resource, assessed.ground
    offer = ground.offer(resource, without=assessed.needs.code)
    accessible, demand = float(offer.accessible[cell]), one.demand or 0.0
    answer: Answer = {
        "reach_km": resource.reach_km,
        "unserved": max(0.0, demand - accessible),
        "committed_unserved": offer.residual.unserved,
        "committed_unstated": offer.unstated,
    }
    if resource.layer:
        return answer | {"nearest": []}
    stations, residual = ground.stations[resource.category], offer.residual.amount
    near = _nearest(stations, ground.grid.centres[cell], resource.reach_km)
    known = [(float(residual[at]), at, km) for at, km in near if not np.isnan(residual[at])]
    largest = max(known, default=None, key=lambda found: (found[0], -found[2]))
    return answer | {
        "total": sum(amount for amount, _, _ in known),
        "largest": None if largest is None else _supplier(stations, offer, largest[1], largest[2]),
        "stations_in_reach": len(near),
        "stations_unknown": len(near) - len(known),
        "nearest": [_supplier(stations, offer, at, km) for at, km in near[:NEAREST]],
    }


def _nearest(stations: Stations, centre: Floats, reach_km: float | None) -> list[tuple[int, float]]:
    """Positions and distances, nearest first: all within reach, or the nearest few where there is no reach."""
    distance = hexes.distances_km(centre, stations.lonlat)
    order = np.argsort(distance, kind="stable")
    chosen = order[:NEAREST] if reach_km is None else order[distance[order] <= reach_km]
    return [(int(at), float(distance[at])) for at in chosen]


def _station(stations: Stations, at: int, km: float) -> Answer:
    return {
        "code": stations.code[at],
        "name": str(say(zh=stations.name[at], en=stations.name_en[at] or stations.name[at])),
        "km": km,
        "approximate": bool(stations.approximate[at]),
    }


def _supplier(stations: Stations, offer: Offer, at: int, km: float) -> Answer:
    """A station with what is left of it and who draws on it, the largest first."""
    draws = offer.residual.draws
    here = np.flatnonzero(draws.supply == at)
    here = here[np.argsort(-draws.amount[here], kind="stable")]
    as_of = stations.spare_as_of[at]
    return _station(stations, at, km) | {
        "residual": _number(offer.residual.amount[at]),
        "amount": _number(stations.amount[at]),
        "amount_is": "spare" if stations.spare_recorded[at] else "capacity",
        "as_of": None if np.isnat(as_of) else str(as_of),
        "voltage_kv": _number(stations.voltage_kv[at]),
        "draws": [
            {
                "project": offer.drawers[draws.commitment[one]],
                "amount": float(draws.amount[one]),
                "already_in_figure": bool(draws.recorded[one]),
            }
            for one in here[:NEAREST]
        ],
        "draws_more": max(0, len(here) - NEAREST),
    }


def _number(value: np.floating[Any] | float) -> float | None:
    """JSON has neither NaN nor infinity: both are unknown there."""
    return float(value) if np.isfinite(value) else None
