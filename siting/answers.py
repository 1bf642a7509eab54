"""What an assessment says to a person or a map: plain mappings in the words of METHODS 6, no decisions."""

from typing import Any

import numpy as np

from geo import hexes
from geo.categories import ZONE_KINDS
from geo.words import say
from siting.assessment import Assessed, ParcelsAssessed, SiteAssessed
from siting.exclusion import BOUNDARY, Reason
from siting.judging import Judged, LeftOut
from siting.resources import Kind
from siting.station_answers import behind

Answer = dict[str, Any]  # JSON by its nature
DISTANCE = "great-circle"
COMPARED = 6
"""Up to so many parcels come with the stations behind each figure; a longer ranking with the figures alone."""


def of_site(site: SiteAssessed) -> Answer:
    """Composite, bottleneck and every resource with what stands behind it."""
    [cell] = hexes.texts(site.ground.grid.cells[site.cells])
    return {
        "cell": cell,
        **_of_place(site, 0, site.reasons, stations=True),
        "warnings": [hazard_warning()] if site.unplaced_hazard else [],
        "left_out": left_out(site.judgement.left_out),
        "stability": None,
        "distance": DISTANCE,
    }


def of_parcels(assessed: ParcelsAssessed) -> Answer:
    """Parcels best first; excluded ones follow without a rank."""
    results = []
    for rank, place in enumerate(assessed.order.tolist(), start=1):
        parcel = assessed.parcels[place]
        answer = _of_place(assessed, place, assessed.reasons[place], stations=len(assessed.parcels) <= COMPARED)
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


def _of_place(assessed: Assessed, place: int, reasons: list[Reason], *, stations: bool) -> Answer:
    judgement = assessed.judgement
    composite = _number(judgement.composite[place])
    bottleneck = judgement.bottleneck(place)
    return {
        "composite": None if reasons else composite,
        "composite_if_allowed": composite,
        "bottleneck": bottleneck.code if bottleneck else None,
        "excluded": [_reason(reason) for reason in reasons],
        "resources": {
            one.resource.code: _resource(assessed, one, place)
            | (behind(assessed, one.resource, int(assessed.cells[place])) if stations else {})
            for one in judgement.judged
        },
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
    """Fit and weight, and the figures that the kind of the resource has."""
    resource, figure, cell = one.resource, _number(one.figure[place]), int(assessed.cells[place])
    answer: Answer = {
        "kind": resource.kind.value,
        "name": str(resource.words),
        "fit": _number(one.fit[place]),
        "weight": one.weight,
        "unit": resource.unit,
    }
    if resource.kind is Kind.CAPACITY:
        offer = assessed.ground.offer(resource, without=assessed.needs.code)
        return answer | {
            "demand": one.demand,
            "accessible": figure,
            "reach_km": resource.reach_km,
            "unserved": max(0.0, (one.demand or 0.0) - float(one.figure[place])),
            "committed_unserved": offer.residual.unserved,
            "committed_unstated": offer.unstated,
        }
    if resource.kind is Kind.ACCESS:
        return answer | {"km": figure, "ideal_km": resource.ideal_km, "limit_km": resource.limit_km}
    if resource.kind is Kind.BALANCE:
        around = assessed.ground.jobs_and_workers(resource.reach_km)
        assert around is not None  # it was judged
        jobs, workers = (float(amounts[cell]) for amounts in around)
        return answer | {"ratio": figure, "demand": one.demand, "jobs": jobs, "workers": workers}
    return answer | {"percentile" if resource.kind is Kind.AGGLOMERATION else "ratio": figure}


def _number(value: np.floating[Any] | float) -> float | None:
    """JSON has neither NaN nor infinity: both are unknown there."""
    return float(value) if np.isfinite(value) else None
