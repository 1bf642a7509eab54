"""Answers that are not rows of a table: a match with its reasons, histograms, a pre-check."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from geo.errors import BadParameter
from geo.filters import subtree_of
from landparcels.admission import PLAN_FIELDS, Check, precheck
from landparcels.asking import by_choice, said
from landparcels.indicators import catalogue, indicators_for
from landparcels.matching import Hard, Mask, Match, RequirementError, Soft, match
from landparcels.offer import OUTCOMES, Offer, known
from landparcels.relaxing import Relaxation, relaxations

BINS = 24
Json = dict[str, Any]  # Any: what JSON holds


def matched(offer: Offer, asked: Mapping[str, Any]) -> Json:  # Any: validated by MatchSerializer
    """METHODS 5: the best parcels on offer for a requirement, each with its reasons; what to relax when there is none."""
    project = asked.get("project") or {}
    industry = asked.get("industry") or project.get("industry") or ""
    hard = [Hard(**criterion) for criterion in asked["hard"]]
    soft = [Soft(**criterion) for criterion in asked["soft"]]
    low, high = asked.get("area_mu") or (None, None)
    hard += [Hard("area_mu", "gte", low)] if low is not None else []
    hard += [Hard("area_mu", "lte", high)] if high is not None else []
    where = candidates(offer, region=asked.get("region"), box=asked.get("bbox"))
    outcomes = offer.industry_outcomes(industry) if industry else None
    excluded = 0
    if outcomes is not None:
        shut = outcomes == OUTCOMES.index("excluded")
        excluded = int((shut & where).sum())
        where &= ~shut
    try:
        found = match(
            offer.columns,
            offer.code_order,
            hard=hard,
            soft=soft,
            candidates=where,
            allow_unknown=asked["allow_unknown"],
            limit=asked["limit"],
            stability=asked["stability"],
        )
    except RequirementError as error:
        raise BadParameter(error.part, zh=error.words.zh, en=error.words.en) from error
    relax: list[Json] = []
    if not found.total:
        options = relaxations(offer.columns, hard, where, allow_unknown=asked["allow_unknown"])
        relax = [_relaxation(option) for option in options[:5]]
    rows = _rows(offer, found, hard, soft)
    for row, at in zip(rows, found.rows.tolist(), strict=True):
        outcome = OUTCOMES[outcomes[at]] if outcomes is not None else "not_stated"
        row["admission"] = _admission(offer, at, project, outcome) if project or industry else None
    return {
        "total": found.total,
        "candidates": int(where.sum()),
        "excluded_by_industry": excluded,
        "results": rows,
        "relax": relax,
    }


def candidates(offer: Offer, *, region: str | None = None, box: Sequence[float] | None = None) -> Mask:
    """Where one looks."""
    mask = np.ones(len(offer), dtype=bool)
    if region:
        mask &= offer.in_regions(list(subtree_of(region).values_list("adcode", flat=True)))
    if box:
        mask &= offer.in_box(box)
    return mask


def _rows(offer: Offer, found: Match, hard: Sequence[Hard], soft: Sequence[Soft]) -> list[Json]:
    asked = list(dict.fromkeys([wish.indicator for wish in soft] + [rule.indicator for rule in hard]))
    rows = []
    for place, at in enumerate(found.rows.tolist()):
        criteria = []
        for index, wish in enumerate(soft):
            criteria.append(
                {
                    "indicator": wish.indicator,
                    "value": said(wish.indicator, offer.columns[wish.indicator][at]),
                    "satisfaction": known(found.satisfaction[place, index]) or 0.0,
                    "weight": wish.weight,
                }
            )
        rows.append(
            {
                "code": offer.codes[at].as_py(),
                "name": offer.names[at].as_py(),
                "region": offer.regions[at].as_py() or None,
                "lng": float(offer.columns["lng"][at]),
                "lat": float(offer.columns["lat"][at]),
                "area_mu": float(offer.columns["area_mu"][at]),
                "start_price": known(offer.columns["start_price"][at]),
                "score": float(found.score[place]),
                "rank": place + 1,
                "score_if_known": float(found.score_if_known[place]),
                "criteria": criteria,
                "hard": [
                    {"indicator": rule.indicator, "op": rule.op, "asked": said(rule.indicator, rule.value),
                     "value": said(rule.indicator, offer.columns[rule.indicator][at])}
                    for rule in hard
                ],
                "unknown": [code for code in asked if np.isnan(offer.columns[code][at])],
                "stability": None if found.stability is None else known(found.stability[place]),
            }
        )  # fmt: skip
    return rows


def _admission(offer: Offer, at: int, project: Mapping[str, Any], industry: str) -> Json:  # Any: validated
    area_mu = float(offer.columns["area_mu"][at])
    plan = {name: project.get(name) for name in PLAN_FIELDS}
    answer: Json = {"industry": industry, **checked(precheck(plan, offer.values_of(at), area_mu))}
    needed = project.get("mu")
    if needed is not None:
        answer["area"] = {
            "needed": needed,
            "available": area_mu,
            "outcome": "pass" if area_mu >= needed else "fail",
            "shortfall": max(0.0, round(needed - area_mu, 9)) or None,
        }
    return answer


def checked(checks: Sequence[Check]) -> Json:
    """Counts, and each admission indicator in the catalogue's unit."""
    rows = [
        {
            "indicator": check.indicator,
            "outcome": check.outcome,
            "required": check.required,
            "planned": check.planned,
            "shortfall": check.shortfall,
            "missing": check.missing or None,
            "unit": catalogue()[check.indicator].unit,
        }
        for check in checks
    ]
    counts = {
        name: sum(row["outcome"] == outcome for row in rows)
        for name, outcome in (("passed", "pass"), ("failed", "fail"), ("not_stated", "not_stated"))
    }
    return {**counts, "indicators": rows}


def _relaxation(option: Relaxation) -> Json:
    """The first change stands out; the others have to be made together with it."""
    changes = [
        {"indicator": rule.indicator, "op": rule.op, "value": said(rule.indicator, rule.value), "to": to}
        for rule, to in option.changes
    ]
    return {**changes[0], "count": option.count, "without": option.without, "together": changes[1:]}


def histograms(offer: Offer, indicators: Sequence[str], where: Mask) -> dict[str, Json]:
    """What is on offer of each indicator: equal bins between the least and the most; whole numbers and choices a bin each."""
    return {code: _histogram(code, offer.columns[code][where]) for code in indicators}


def _histogram(code: str, values: np.ndarray) -> Json:
    told = values[~np.isnan(values)]
    unknown = int(values.size - told.size)
    if not told.size:
        return {"edges": [], "counts": [], "unknown": unknown, "min": None, "max": None}
    field = indicators_for().get(code)
    if field is not None and field.own and field.kind != "decimal":
        return {**by_choice(field, told), "unknown": unknown}
    low, high = float(told.min()), float(told.max())
    whole = field is not None and field.kind == "integer" and high - low < BINS
    if low == high:
        return {"edges": [low, high], "counts": [int(told.size)], "unknown": unknown, "min": low, "max": high}
    span = (low - 0.5, high + 0.5) if whole else (low, high)
    counts, edges = np.histogram(told, int(high - low) + 1 if whole else BINS, span)  # even bins are the fast ones
    return {"edges": edges.tolist(), "counts": counts.tolist(), "unknown": unknown, "min": low, "max": high}
