"""What is asked of a city's own indicators, between the words of a request and the numbers that matching knows.

Choices are sets of bits (landparcels.indicators.own): "one of these" is `in` for a constraint and `among` for a wish.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from rest_framework import serializers

from geo.unit_words import unit_in
from geo.words import Words
from landparcels.indicators import catalogue
from landparcels.indicators.own import Indicator, OwnIndicator, OwnValue, own_indicators

Part = dict[str, Any]  # Any: the parts of a criterion


def asked_of(asked: Part) -> Part:
    """A constraint with its value as a number."""
    one = own_indicators().get(asked["indicator"])
    if one is not None and one.is_chosen:
        if asked["op"] not in ("eq", "in"):
            raise _refused("op", f"{one.zh}是选项，只能用 eq 或 in。", f"{one.code} is a choice: ask with eq or in.")
        return {**asked, "op": "in", "value": _bits(one, "value", asked["value"])}
    if asked["op"] == "in":
        raise _refused("op", "in 只用于选项指标。", "Only an indicator of choices is asked with in.")
    return {**asked, "value": _sane(asked["indicator"], "value", _number(one, "value", asked["value"]))}


def wished_of(wished: Part) -> Part:
    """A wish with its ends as numbers; of choices any is as good as another."""
    one = own_indicators().get(wished["indicator"])
    if one is not None and one.is_chosen:
        return {**wished, "ideal": 1.0, "accept": 0.0, "among": _bits(one, "ideal", wished["ideal"])}
    ideal = _sane(wished["indicator"], "ideal", _number(one, "ideal", wished["ideal"]))
    if one is not None and one.kind == "yes_no":
        return {**wished, "ideal": ideal, "accept": _number(one, "accept", wished.get("accept", 1.0 - ideal))}
    if "accept" not in wished:
        raise _refused("accept", "请给出可接受的值。", "Say which value is just acceptable.")
    accept = _sane(wished["indicator"], "accept", _number(one, "accept", wished["accept"]))
    return {**wished, "ideal": ideal, "accept": accept}


def said(code: str, number: float | None) -> OwnValue | None:
    """The value behind a number of a column, as people know it."""
    if number is None or np.isnan(number):
        return None
    one = own_indicators().get(code)
    return one.decoded(float(number)) if one else float(number)


def by_choice(one: Indicator, told: NDArray[np.float64]) -> Part:
    """A histogram with a bin for each choice in the order of the dictionary; no before yes."""
    if one.kind == "yes_no":
        counts = [int((told == answer).sum()) for answer in (0, 1)]
    else:
        bits = told.astype(np.int64)
        counts = [int((bits >> at & 1).sum()) for at in range(len(one.options))]
    edges = [at - 0.5 for at in range(len(counts) + 1)]
    return {"edges": edges, "counts": counts, "min": 0.0, "max": float(len(counts) - 1)}


def _bits(one: OwnIndicator, part: str, value: Any) -> float:  # Any: what ValueField lets through
    codes = [value] if isinstance(value, str) else value
    if isinstance(codes, float):
        codes = [f"{codes:g}"]  # a choice whose code is a number, like 35 kV
    known = ", ".join(one.choices)
    if not isinstance(codes, list) or not codes:
        raise _refused(part, f"{one.zh}：请选 {known}。", f"{one.code}: choose of {known}.")
    for code in codes:
        if code not in one.choices:
            raise _refused(
                part, f"{one.zh}没有选项“{code}”；可用：{known}。", f"{one.code} knows no {code}; known: {known}."
            )
    return one.bits(codes)


def _number(one: OwnIndicator | None, part: str, value: Any) -> float:  # Any: what ValueField lets through
    truth = one is not None and one.kind == "yes_no"
    if isinstance(value, list) or (isinstance(value, bool) and not truth):
        raise _refused(part, "请填写一个数值。", "A valid number is required.")
    return float(value)


def _sane(code: str, part: str, value: float) -> float:
    """Within the range of the indicator; outside it nobody has land, and most likely another unit was meant."""
    one = catalogue().get(code) or own_indicators().get(code)
    if one is None or ((one.low is None or value >= one.low) and (one.high is None or value <= one.high)):
        return value
    low, high = "−∞" if one.low is None else f"{one.low:g}", "∞" if one.high is None else f"{one.high:g}"
    raise _refused(
        part,
        f"{one.zh}在 {low} 至 {high} {unit_in(one.unit, english=False)}之间，收到 {value:g}；请核对单位。",
        f"{one.en} lies between {low} and {high} {unit_in(one.unit, english=True)}; got {value:g}. Is it in another unit?",
    )


def _refused(part: str, zh: str, en: str) -> serializers.ValidationError:
    return serializers.ValidationError({part: [str(Words(zh, en))]})
