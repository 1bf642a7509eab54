"""The parcels on offer that suit a node best: its requirement profile, else its industry's, as wishes (METHODS 5)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from geo.filters import subtree_of
from landparcels.indicators import catalogue
from landparcels.matching import USABLE, Mask, Soft, match
from landparcels.models import RequirementProfile
from landparcels.offer import OUTCOMES, Offer, known
from landparcels.on_offer import offer

PARCELS = 3
WISHES, SHOWN = 6, 4
OUTLIERS = 0.05
"""Share at either end of what is on offer that is left out of a wish's range."""
ANSWERED_BY: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("power_capacity", ("power", "power_mva")),
    ("labour_catchment", ("labour", "jobs")),
    ("water_capacity", ("water", "water_m3d")),
    ("highway_km", ("motorway",)),
    ("sewage_capacity", ("sewage", "sewage_m3d")),
    ("gas_capacity", ("gas", "gas_m3h")),
    ("port_km", ("port",)),
    ("rail_km", ("rail",)),
    ("airport_km", ("airport",)),
    ("metro_km", ("metro",)),
)
"""Indicators and the needs of a profile that they answer; what weighs most comes first."""
USUAL = ("power_capacity", "highway_km", "labour_catchment", "port_km")


@dataclass(frozen=True, slots=True)
class Offered:
    """A published parcel; figures that everyone may see."""

    code: str
    name: str
    region: str
    lng: float
    lat: float
    area_mu: float
    figures: dict[str, float | None]


def best_parcels(node: str, industry: str, region: str, *, limit: int = PARCELS) -> list[Offered]:
    """In the region that invites, or in the whole city where it has none on offer."""
    on_offer = offer.get()
    admitted = on_offer.live.copy()
    if not admitted.any():
        return []
    if industry:
        admitted &= on_offer.industry_outcomes(industry) != OUTCOMES.index("excluded")
    here = admitted & on_offer.in_regions(list(subtree_of(region).values_list("adcode", flat=True)))
    where = here if here.any() else admitted
    soft = wishes(node, industry, on_offer, where)
    found = match(
        on_offer.columns, on_offer.code_order, hard=[], soft=soft, candidates=where, allow_unknown=True, limit=limit,
        stability=False,
    )  # fmt: skip
    shown = ("start_price", *(wish.indicator for wish in soft if wish.indicator != "start_price"))[:SHOWN]
    return [
        Offered(
            code=on_offer.codes[at].as_py(),
            name=on_offer.names[at].as_py(),
            region=on_offer.regions[at] or "",
            lng=float(on_offer.columns["lng"][at]),
            lat=float(on_offer.columns["lat"][at]),
            area_mu=float(on_offer.columns["area_mu"][at]),
            figures={code: known(on_offer.columns[code][at]) for code in shown},
        )
        for at in found.rows.tolist()
    ]


def wishes(node: str, industry: str, on_offer: Offer, where: Mask) -> list[Soft]:
    """The price, what the profile names, then what most ask: six in all; a letter has room for four."""
    profiles = {
        row.need: row
        for scope in (industry, node)  # the node's own come last and stand
        if scope
        for row in reversed(RequirementProfile.objects.for_scope(scope))
    }
    typical: dict[str, float | None] = {"start_price": None}
    for indicator, needs in ANSWERED_BY:
        row = next((profiles[need] for need in (indicator, *needs) if need in profiles), None)
        if row is not None:
            typical[indicator] = row.typical if row.basis == RequirementProfile.Basis.ABSOLUTE else None
    for indicator in USUAL:
        typical.setdefault(indicator, None)
    chosen = [_wish(indicator, value, on_offer, where) for indicator, value in typical.items()]
    return [wish for wish in chosen if wish is not None][:WISHES]


def _wish(indicator: str, typical: float | None, on_offer: Offer, where: Mask) -> Soft | None:
    """From what is on offer: satisfied at the typical need, or at the best; not at all at the worst. None: all are alike."""
    values = on_offer.columns.get(indicator + USABLE, on_offer.columns[indicator])[where]
    told = values[~np.isnan(values)]
    if not told.size:
        return None
    more = catalogue()[indicator].bound in ("at_most", "higher_better")
    low, high = (float(value) for value in np.quantile(told, [OUTLIERS, 1 - OUTLIERS]))
    best, worst = (high, low) if more else (low, high)
    ideal = best if typical is None else typical
    accept = worst if (worst < ideal if more else worst > ideal) else float(told.min() if more else told.max())
    sane = accept < ideal if more else accept > ideal
    return Soft(indicator=indicator, ideal=ideal, accept=accept, weight=1.0) if sane else None
