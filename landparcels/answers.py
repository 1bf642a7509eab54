"""Answers that are not rows of a table: a match with its reasons, histograms."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from geo.errors import BadParameter
from landparcels.asking import by_choice, said
from landparcels.elsewhere import elsewhere
from landparcels.group_answers import grouped
from landparcels.indicators import indicators_for
from landparcels.indicators.own import own_indicators
from landparcels.matching import (
    USABLE,
    USABLE_AT_MOST,
    Columns,
    Hard,
    Mask,
    Match,
    RequirementError,
    Soft,
    match,
    undecided,
)
from landparcels.offer import Offer, known
from landparcels.parcel_answers import Json, admission_of, parcel_at, power_at
from landparcels.power import LARGE_NEED_MVA, POWER, RULE, voltage
from landparcels.questions import Question, question
from landparcels.relaxing import Relaxation, relaxations

BINS = 24


def matched(offer: Offer, asked: Mapping[str, Any]) -> Json:  # Any: validated by MatchSerializer
    """METHODS 5: the best parcels on offer for a requirement, each with its reasons; what to do when there is none."""
    asking = question(offer, asked)
    found = answered(asking, limit=asked["limit"], stability=asked["stability"])
    answer: Json = {
        "total": found.total,
        "candidates": _count(asking.candidates),
        "excluded_by_industry": _count(asking.where) - _count(asking.open_to),
        "not_admitting": _count(asking.open_to) - _count(asking.candidates),
        "results": _rows(asking, found),
        "matters": _matters(asking, found),
        "groups": grouped(asking) if asked["groups"] else [],
        "relax": [],
        "elsewhere": [],
    }
    if not found.total:
        options = relaxations(asking.columns, asking.hard, asking.candidates, allow_unknown=asked["allow_unknown"])
        answer["relax"] = [_relaxation(option) for option in options[:5]]
        answer["elsewhere"] = elsewhere(asking)
    return answer


def answered(asking: Question, *, limit: int, stability: bool = False) -> Match:
    """The match of METHODS 5; a requirement that nobody can answer is a wrong parameter."""
    try:
        return match(
            asking.columns,
            asking.offer.code_order,
            hard=asking.hard,
            soft=asking.soft,
            candidates=asking.candidates,
            allow_unknown=asking.asked["allow_unknown"],
            limit=limit,
            stability=stability,
        )
    except RequirementError as error:
        raise BadParameter(error.part, zh=error.words.zh, en=error.words.en) from error


def _count(mask: Mask) -> int:
    return int(np.count_nonzero(mask))


def _rows(asking: Question, found: Match) -> list[Json]:
    columns, hard, soft = asking.columns, asking.hard, asking.soft
    criteria = list(dict.fromkeys([wish.indicator for wish in soft] + [rule.indicator for rule in hard]))
    own = own_indicators()
    numbers = {code: [known(number) for number in columns[code][found.rows]] for code in criteria}
    values = {code: [said(code, one) for one in told] if code in own else told for code, told in numbers.items()}
    wanted = [said(rule.indicator, rule.value) if rule.indicator in own else rule.value for rule in hard]
    earned = np.nan_to_num(found.satisfaction).tolist()
    unknown: dict[str, Mask] = {code: np.zeros(found.rows.size, dtype=bool) for code in criteria}
    asked_for: list[Hard | Soft] = [*soft, *hard]
    for criterion in asked_for:
        unknown[criterion.indicator] |= undecided(columns, criterion, found.rows)
    away = [known(km) for km in columns["place_km"][found.rows]] if "place_km" in columns else None
    rows = []
    for place, at in enumerate(found.rows.tolist()):
        rows.append(
            {
                **parcel_at(asking.offer, at),
                "part_mu": asking.part_mu if asking.taken_mu[at] < asking.offer.columns["area_mu"][at] else None,
                "place_km": away[place] if away else None,
                "score": float(found.score[place]),
                "rank": place + 1,
                "score_if_known": float(found.score_if_known[place]),
                "criteria": [
                    {
                        "indicator": wish.indicator,
                        "value": values[wish.indicator][place],
                        "satisfaction": earned[place][index],
                        "weight": wish.weight,
                        **_voltage(asking, wish, wish.ideal, at),
                    }
                    for index, wish in enumerate(soft)
                ],
                "hard": [
                    {
                        "indicator": rule.indicator,
                        "op": rule.op,
                        "asked": asked,
                        "value": values[rule.indicator][place],
                        **_voltage(asking, rule, rule.value, at),
                    }
                    for rule, asked in zip(hard, wanted, strict=True)
                ],
                "unknown": [code for code in criteria if unknown[code][place]],
                "stability": None if found.stability is None else known(found.stability[place]),
                "admission": admission_of(asking, at, float(asking.taken_mu[at])),
            }
        )
    return rows


def _voltage(asking: Question, criterion: Hard | Soft, need: float, at: int) -> Json:
    """Of a need for much power what the voltage of the substations around makes of it; nothing of anything else."""
    if criterion.indicator != POWER or not criterion.is_need:
        return {}
    told = voltage(need, *power_at(asking.offer, at))
    return {"voltage": told.as_json()} if told else {}


def _matters(asking: Question, found: Match) -> list[Json]:
    """What tells the best parcels apart; empty where nothing does, or where stability was not asked for."""
    if found.matters is None or found.changes is None:
        return []
    return [
        {"indicator": wish.indicator, "share": float(found.matters[index]), "changes": int(found.changes[index])}
        for index, wish in enumerate(asking.soft)
    ]


def _relaxation(option: Relaxation) -> Json:
    """The first change stands out; the others have to be made together with it."""
    changes = [
        {"indicator": rule.indicator, "op": rule.op, "value": said(rule.indicator, rule.value), "to": to, **_why(rule)}
        for rule, to in option.changes
    ]
    return {**changes[0], "count": option.count, "without": option.without, "together": changes[1:]}


def _why(rule: Hard) -> Json:
    """A rule behind a criterion that one may not expect."""
    if rule.indicator == POWER and rule.is_need and rule.value > LARGE_NEED_MVA:
        return {"reason_zh": RULE.zh, "reason_en": RULE.en}
    return {}


def histograms(columns: Columns, indicators: Sequence[str], where: Mask) -> dict[str, Json]:
    """What is on offer of each indicator: equal bins between the least and the most; whole numbers and choices a bin each.

    Of power `large` has, in the same bins, what a need above 20 MVA may count on, and for how many that is unknown.
    """
    bars = {code: _histogram(code, columns[code][where]) for code in indicators if code != POWER}
    return bars | ({POWER: _of_power(columns, where)} if POWER in indicators else {})


def _of_power(columns: Columns, where: Mask) -> Json:
    sure, most = (columns[POWER + part][where] for part in (USABLE, USABLE_AT_MOST))
    large = sure[sure > LARGE_NEED_MVA]
    bars = _histogram(POWER, columns[POWER][where], least=float(large.min(initial=np.inf)))
    edges = bars["edges"]
    alike = len(edges) == 2  # in one bin without a width
    counts = [int(large.size)] if alike else np.histogram(large, edges)[0].tolist() if edges else []
    return {**bars, "large": {"above": LARGE_NEED_MVA, "counts": counts, "unknown": int((most > sure).sum())}}


def _histogram(code: str, values: np.ndarray, *, least: float = np.inf) -> Json:
    """The bins begin at `least` where no value is as low."""
    told = values[~np.isnan(values)]
    unknown = int(values.size - told.size)
    if not told.size:
        return {"edges": [], "counts": [], "unknown": unknown, "min": None, "max": None}
    field = indicators_for().get(code)
    if field is not None and field.own and field.kind != "decimal":
        return {**by_choice(field, told), "unknown": unknown}
    low, high = min(float(told.min()), least), float(told.max())
    whole = field is not None and field.kind == "integer" and high - low < BINS
    if low == high:
        return {"edges": [low, high], "counts": [int(told.size)], "unknown": unknown, "min": low, "max": high}
    span = (low - 0.5, high + 0.5) if whole else (low, high)
    counts, edges = np.histogram(told, int(high - low) + 1 if whole else BINS, span)  # even bins are the fast ones
    return {"edges": edges.tolist(), "counts": counts.tolist(), "unknown": unknown, "min": low, "max": high}
