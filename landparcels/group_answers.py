"""Groups in the answer of a match: which small parcels touch and are large enough together (grouping.py)."""

from weakref import ReferenceType, ref

import numpy as np

from landparcels.grouping import POOL, groups
from landparcels.matching import Rows, at_most, met, surely
from landparcels.matching import first as first_of
from landparcels.neighbours import Neighbours, neighbours
from landparcels.offer import Offer, known
from landparcels.parcel_answers import Json, admission_of, parcel_at
from landparcels.questions import Question


def grouped(asking: Question) -> list[Json]:
    """Small parcels that touch and come to the land needed together, each keeping every other hard criterion."""
    bounds = [rule for rule in asking.hard if rule.indicator == "area_mu"]
    needed = max((rule.value for rule in bounds if rule.op != "lte"), default=0.0)
    most = min((rule.value for rule in bounds if rule.op != "gte"), default=np.inf)
    if not needed:
        return []
    offer, columns = asking.offer, asking.columns
    each = [rule for rule in asking.hard if rule.indicator != "area_mu"]
    fit = met(columns, each, asking.open_to, allow_unknown=asking.asked["allow_unknown"])
    fit &= offer.columns["area_mu"] < needed
    first, second = _placed(offer, neighbours.get())
    touching = fit[first] & fit[second]
    first, second = first[touching], second[touching]
    wishes = [wish for wish in asking.soft if wish.indicator != "area_mu"]
    in_reach = np.zeros(len(offer), dtype=bool)
    in_reach[first] = in_reach[second] = True
    pool = np.flatnonzero(in_reach)
    if pool.size > POOL:
        earned = sum((wish.earned(surely(columns, wish)[pool]) for wish in wishes), start=np.zeros(pool.size))
        best = np.zeros(len(offer), dtype=bool)
        best[pool[first_of([lambda at: -earned[at], lambda at: offer.code_order[pool[at]]], pool.size, POOL)]] = True
        touching = best[first] & best[second]
        first, second = first[touching], second[touching]
    area, order = offer.columns["area_mu"][offer.by_code], offer.code_order
    found = groups(area, order[first], order[second], needed=needed, most=most)
    return [group_at(asking, offer.by_code[list(members)].tolist()) for members in found]


def group_at(asking: Question, members: list[int]) -> Json:
    """One group: area and price of the whole, every wish met by the area-weighted mean of what its members meet.

    `area_mu` is judged by the sum. An unknown earns nothing. Admission is that of the strictest member on all the land.
    """
    area = asking.offer.columns["area_mu"][members]
    whole = float(area.sum())
    criteria = []
    for wish in asking.soft:
        columns = {"area_mu": np.array([whole])} if wish.indicator == "area_mu" else asking.columns
        rows, shares = ([0], np.ones(1)) if wish.indicator == "area_mu" else (members, area / whole)
        values = columns[wish.indicator][rows]
        sure, possible = (wish.satisfaction(read(columns, wish)[rows]) for read in (surely, at_most))
        criteria.append(
            {
                "indicator": wish.indicator,
                "value": None if wish.among else known(float(shares @ values)),
                "satisfaction": float(shares @ np.nan_to_num(sure)),
                "if_known": float(shares @ np.nan_to_num(possible, nan=1.0)),
                "weight": wish.weight,
            }
        )
    weight = sum(wish.weight for wish in asking.soft)
    judged = [one for one in (admission_of(asking, at, whole) for at in members) if one is not None]
    price = asking.offer.columns["start_price"][members]
    return {
        "parcels": [parcel_at(asking.offer, at) for at in members],
        "region": asking.offer.regions[members[0]] or None,
        "area_mu": whole,
        "start_price": known(float(area @ price / whole)),
        "score": _mean(criteria, "satisfaction", weight),
        "score_if_known": _mean(criteria, "if_known", weight),
        "criteria": [{name: value for name, value in one.items() if name != "if_known"} for one in criteria],
        "admission": max(judged, key=lambda one: (one["industry"] == "excluded", one["failed"])) if judged else None,
    }


def _mean(criteria: list[Json], what: str, weight: float) -> float:
    if not weight:
        return 100.0
    earned: float = sum(one["weight"] * one[what] for one in criteria)
    return round(100.0 * earned / weight, 9)


class _Placed:
    """Pairs of ids as rows of an offer, for the two that were asked about last; holds neither of them in memory."""

    def __init__(self) -> None:
        self._last: tuple[ReferenceType[Offer], ReferenceType[Neighbours], tuple[Rows, Rows]] | None = None

    def __call__(self, offer: Offer, pairs: Neighbours) -> tuple[Rows, Rows]:
        last = self._last
        if last is not None and last[0]() is offer and last[1]() is pairs:
            return last[2]
        first, second = offer.rows_of(pairs.first), offer.rows_of(pairs.second)
        there = (first >= 0) & (second >= 0)
        rows = first[there], second[there]
        self._last = (ref(offer), ref(pairs), rows)
        return rows


_placed = _Placed()
