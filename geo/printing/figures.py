"""Numbers as the pages write them (frontend/src/geo/units.ts), for paper."""

import math

from geo.unit_words import unit_in

UNKNOWN = "—"
_WHOLE = frozenset({"count", "persons", "persons/yr", "units", "firms", "yr", "month", "1/yr"})


def sentence(value: float | None, unit: str, *, english: bool) -> str:
    """`12.5 公里`, `40.0%`; 万元 turns to 亿元 from 10,000. Unknown is a dash, never 0."""
    if value is None or not math.isfinite(value):
        return UNKNOWN
    if unit == "10k CNY" and abs(value) >= 10_000:
        return f"{_digits(value / 100_000, 2)} bn CNY" if english else f"{_digits(value / 10_000, 2)} 亿元"
    if unit == "10k CNY" and english:
        amount, money = (value / 100, "M CNY") if abs(value) >= 100 else (value * 10, "k CNY")
        return f"{_digits(amount, decimals_for(amount, '1'))} {money}"
    digits = _digits(value, decimals_for(value, unit), keep=unit == "%" or (unit == "mu" and abs(value) < 100))
    if unit == "%":
        return f"{digits}%"
    name = {"count": "", "yr": "years", "month": "months"}.get(unit) if english else None
    times = "×" if english and unit[0].isdigit() and unit != "1" else ""
    return f"{digits} {times}{unit_in(unit, english=english) if name is None else name}".rstrip()


def decimals_for(value: float, unit: str) -> int:
    """As many as the size deserves; a small share of a big unit is never rounded to 0."""
    size = abs(value)
    if unit == "%":
        return 1
    if unit in _WHOLE:
        return 0
    if unit == "mu":
        return 1 if size < 100 else 0
    if size == 0 or size >= 1000:
        return 0
    if size >= 10 or (unit == "km" and size >= 1):
        return 1
    if size >= 1:
        return 2
    return min(6, 1 - math.floor(math.log10(size)))


def _digits(value: float, most: int, *, keep: bool = False) -> str:
    written = f"{value:,.{most}f}"
    return written if keep or "." not in written else written.rstrip("0").rstrip(".")
