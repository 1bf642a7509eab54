"""What a chain would lose, and how healthy it is: what these need beside the picture, and their answers."""

from __future__ import annotations

import numpy as np

from accounts.rights import Person
from chains.answers import Answer
from chains.disruption import disrupt, without
from chains.figures import known
from chains.graph import Floats, Ints
from chains.health import GROWTH_YEARS, Firms, chain_health
from chains.picture import ChainPicture
from enterprises.figures import OLDEST_YEARS
from enterprises.models import Enterprise, EnterpriseYear
from geo.errors import BadParameter

MOST_CRITICAL = 10


def disruption(picture: ChainPicture, codes: list[str], user: Person) -> Answer:
    """The enterprises named by `codes` stop: loss by node and in all, and the order in which it spreads."""
    found = dict(Enterprise.objects.visible_to(user).filter(uscc__in=codes).values_list("uscc", "id"))
    if unknown := [code for code in codes if code not in found]:
        raise BadParameter(
            "enterprises",
            zh=f"没有标识为 {'、'.join(unknown[:5])} 的企业。",
            en=f"There is no enterprise {', '.join(unknown[:5])}.",
        )
    makers = set(picture.made.enterprise.tolist())
    position = {code: picture.city.position(found[code]) for code in codes}
    stopped = np.zeros(picture.city.ids.size, dtype=np.bool_)
    stopped[[at for at in position.values() if at is not None and at in makers]] = True
    result = disrupt(picture.baseline, without(picture.made, stopped, picture.graph.size))
    leaves = np.flatnonzero(picture.graph.is_leaf).tolist()
    return {
        "loss": result.loss,
        "direct": result.direct,
        "indirect": result.indirect,
        "supply": float(picture.baseline.supply.sum()),
        "factor": {picture.nodes[at].code: known(result.factor[at]) for at in leaves},
        "round": {picture.nodes[at].code: int(result.round[at]) or None for at in leaves},
        "rounds": result.rounds,
        "converged": result.converged,
        "not_in_chain": [code for code, at in position.items() if at not in makers],
    }


def health(picture: ChainPicture, user: Person) -> Answer:
    """Score, components with their inputs, and the firms whose stop alone would cost others most."""
    indirect = picture.indirect_losses
    result = chain_health(picture.graph, picture.facts, picture.figures, _firms(picture), indirect)
    return {
        "score": result.score,
        "reference_year": picture.city.reference_year or None,
        "synthetic": picture.synthetic,
        "components": [
            {"component": name, "value": part.value, "weight": part.weight, "inputs": part.inputs}
            for name, part in result.components.items()
        ],
        "left_out": [name for name, part in result.components.items() if part.value is None],
        "critical_enterprises": _critical(picture, indirect, user),
        "thresholds": picture.limits.version,
    }


def _critical(picture: ChainPicture, indirect: Floats, user: Person) -> list[Answer]:
    worst = [at for at in np.argsort(-indirect, kind="stable")[:MOST_CRITICAL].tolist() if indirect[at] > 0]
    ids = {int(picture.city.ids[at]): float(indirect[at]) for at in worst}
    names = Enterprise.objects.visible_to(user).filter(pk__in=ids).values_list("pk", "uscc", "name")
    rows = [{"uscc": uscc, "name": name, "indirect_loss": ids[key]} for key, uscc, name in names]
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
