"""The stations behind a figure: who stands near, what is left of them, and who draws on them."""

from typing import Any

import numpy as np

from geo import hexes
from geo.hexes import Floats
from geo.words import say
from siting.assessment import Assessed
from siting.ground import Ground, Offer, Stations
from siting.resources import Kind, Resource

Answer = dict[str, Any]  # JSON by its nature
NEAREST = 5
"""So many stations, and so many draws on each, are listed."""


def behind(assessed: Assessed, resource: Resource, cell: int) -> Answer:
    """For a capacity the undiscounted total and the largest single residual within reach; for it and for access who
    stands nearest; nothing for the other kinds."""
    ground = assessed.ground
    if resource.kind is Kind.ACCESS:
        stations = ground.stations[resource.category]
        distance = hexes.distances_km(ground.grid.centres[cell], stations.lonlat)
        nearest = np.argsort(distance, kind="stable")[:NEAREST].tolist()
        return {"nearest": [_station(stations, at, float(distance[at])) for at in nearest]}
    if resource.kind is not Kind.CAPACITY:
        return {}
    offer = ground.offer(resource, without=assessed.needs.code)
    return _residents(ground, resource, offer, cell) if resource.layer else _suppliers(ground, resource, offer, cell)


def _residents(ground: Ground, resource: Resource, offer: Offer, cell: int) -> Answer:
    """A layer has no stations: only how much there is within reach."""
    level, ancestor = ground.level(offer.resolution)
    distance = hexes.distances_km(level.centres[ancestor[cell]], offer.supplies.lonlat)
    return {"total": float(np.nansum(offer.residual.amount[distance <= resource.reach_km])), "nearest": []}


def _suppliers(ground: Ground, resource: Resource, offer: Offer, cell: int) -> Answer:
    stations, residual = ground.stations[resource.category], offer.residual.amount
    distance = hexes.distances_km(ground.grid.centres[cell], stations.lonlat)
    near = np.argsort(distance, kind="stable")
    near = near[distance[near] <= resource.reach_km]
    known = near[~np.isnan(residual[near])]
    largest = int(known[residual[known].argmax()]) if len(known) else None  # of equals the nearest
    return {
        "total": float(residual[known].sum()),
        "largest": None if largest is None else _supplier(stations, offer, largest, float(distance[largest])),
        "stations_in_reach": len(near),
        "stations_unknown": len(near) - len(known),
        "nearest": [_supplier(stations, offer, at, float(distance[at])) for at in near[:NEAREST].tolist()],
    }


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
        "residual": _known(offer.residual.amount, at),
        "amount": _known(stations.amount, at),
        "amount_is": "spare" if stations.spare_recorded[at] else "capacity",
        "as_of": None if np.isnat(as_of) else str(as_of),
        "voltage_kv": _known(stations.voltage_kv, at),
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


def _known(amounts: Floats, at: int) -> float | None:
    return None if np.isnan(amounts[at]) else float(amounts[at])
