"""What a chain would lose, and how healthy it is: what these need beside the picture, and their answers."""

from __future__ import annotations

import numpy as np

from accounts.rights import Person
from chains.answers import MOST_DRAWN, Answer
from chains.disruption import REACHED, Disruption, disrupt, without
from chains.figures import known
from chains.graph import Floats, Ints
from chains.health import GROWTH_YEARS, Firms, Health, chain_health
from chains.outside_suppliers import largest_outside
from chains.picture import ChainPicture
from chains.stops import Stops
from enterprises.figures import OLDEST_YEARS
from enterprises.models import Enterprise, EnterpriseYear

MOST_CRITICAL = 10
MOST_STEPS = 60
"""Rounds that are told one by one; what comes later is in the end result."""


def disruption(picture: ChainPicture, stops: Stops) -> Answer:
    """Loss by node and in all, and how it spreads round by round."""
    left = without(picture.made, stops.stopped, picture.graph.size)
    result = disrupt(picture.baseline, left, stops.lost, keep=MOST_STEPS)
    told = _told(picture, result)
    supply, last = picture.baseline.supply, int(result.round.max(initial=0))
    return {
        "loss": result.loss,
        "direct": result.direct,
        "indirect": result.indirect,
        "supply": float(supply.sum()),
        "enterprises": stops.enterprises,
        "outside_suppliers": stops.outside_suppliers,
        "imports_lost": float((picture.baseline.imports * stops.lost).sum()),
        "factor": {picture.nodes[at].code: known(result.factor[at]) for at in told},
        "round": {picture.nodes[at].code: int(result.round[at]) or None for at in told},
        "steps": [
            {
                "round": at + 1,
                "loss": float(np.nansum(supply * (1 - factor))),
                "factor": {picture.nodes[hit].code: float(factor[hit]) for hit in _reached(factor)},
            }
            for at, factor in enumerate(result.steps[:last])
        ],
        "rounds": result.rounds,
        "converged": result.converged,
        "not_in_chain": stops.not_in_chain,
        "thresholds": picture.limits.version,
    }


def _told(picture: ChainPicture, result: Disruption) -> list[int]:
    """All leaves; of a chain too large to be drawn whole only those that are hit, as a hundred thousand unharmed ones say nothing."""
    leaf = picture.graph.is_leaf
    if picture.graph.size > MOST_DRAWN:
        leaf = leaf & ((result.factor < 1 - REACHED) | (result.round > 0))
    return np.flatnonzero(leaf).tolist()


def _reached(factor: Floats) -> list[int]:
    return np.flatnonzero(factor < 1 - REACHED).tolist()


def health_of(picture: ChainPicture) -> Health:
    return chain_health(picture.graph, picture.facts, picture.figures, _firms(picture), picture.indirect_losses)


def health(picture: ChainPicture, user: Person) -> Answer:
    """Score, components with their inputs, and the firms whose stop alone would cost others most."""
    result = health_of(picture)
    return {
        "score": result.score,
        "reference_year": picture.city.reference_year or None,
        "synthetic": picture.synthetic,
        "components": [
            {"component": name, "value": part.value, "weight": part.weight, "inputs": part.inputs}
            for name, part in result.components.items()
        ],
        "left_out": [name for name, part in result.components.items() if part.value is None],
        "critical_enterprises": _critical(picture, picture.indirect_losses, user),
        "outside_suppliers": largest_outside(picture, user),
        "thresholds": picture.limits.version,
    }


def _critical(picture: ChainPicture, indirect: Floats, user: Person) -> list[Answer]:
    """The ten whose stop alone would cost others most: worked out once for each version of the data, and kept."""
    worst = [at for at in np.argsort(-indirect, kind="stable")[:MOST_CRITICAL].tolist() if indirect[at] > 0]
    own = np.bincount(picture.made.enterprise, np.nan_to_num(picture.made.amount), picture.city.ids.size)
    ids = {int(picture.city.ids[at]): at for at in worst}
    names = Enterprise.objects.visible_to(user).filter(pk__in=ids).values_list("pk", "uscc", "name")
    rows = [
        {"uscc": uscc, "name": name, "indirect_loss": float(indirect[ids[key]]), "direct_loss": float(own[ids[key]])}
        for key, uscc, name in names
    ]
    return sorted(rows, key=lambda row: -float(row["indirect_loss"]))


def _firms(picture: ChainPicture) -> Firms:
    """Growth and research of the chain's enterprises."""
    who = np.unique(picture.made.enterprise)
    year = picture.city.reference_year
    reported = EnterpriseYear.objects.filter(
        enterprise__in=picture.city.ids[who].tolist(),
        year__range=(year - OLDEST_YEARS - GROWTH_YEARS, year),
    )
    rows = np.array(
        list(reported.order_by("year").values_list("enterprise", "year", "output", "revenue", "rd")), dtype=np.float64
    ).reshape(-1, 5)
    place = np.searchsorted(picture.city.ids[who], rows[:, 0].astype(np.int64))
    latest_year = picture.city.output_year[who]
    return Firms(
        output=picture.city.output[who],
        output_before=_at_year(place, rows[:, 1], rows[:, 2], latest_year - GROWTH_YEARS),
        rd_intensity=_latest_intensity(place, rows[:, 1], rows[:, 3], rows[:, 4], who.size, year),
    )


def _at_year(place: Ints, year: Floats, value: Floats, wanted: Ints) -> Floats:
    """Each enterprise's value of its wanted year, NaN without one."""
    found = np.full(wanted.size, np.nan)
    hit = year == wanted[place]
    found[place[hit]] = value[hit]
    return found


def _latest_intensity(place: Ints, year: Floats, revenue: Floats, rd: Floats, firms: int, reference: int) -> Floats:
    """R&D / revenue of the latest year that tells both, as old as an output may be; rows come by year."""
    found = np.full(firms, np.nan)
    told = (revenue > 0) & ~np.isnan(rd) & (year >= reference - OLDEST_YEARS)
    found[place[told]] = rd[told] / revenue[told]
    return found
