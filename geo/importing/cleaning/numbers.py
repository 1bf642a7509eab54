"""Numbers: separators, full-width digits, units in header or cell, percents, shares, bounds."""

import math
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from datetime import date

import numpy as np

from geo.importing.cleaning.base import Cells, Cleaned, Reject, Unfit, each
from geo.importing.cleaning.units import Unit, conversion_note, factor, misfit, parse_unit, split_cell
from geo.words import Words, say

SEPARATORS = say(zh="数字去掉千位分隔符或全角", en="Numbers freed of thousands separators or full-width digits")
BLANKS = say(zh="“-”“无”“N/A”等记为未知", en="“-”, “N/A” and the like read as unknown")
INVERTED = say(zh="取倒数", en="Reciprocals taken")

_GROUPED = re.compile(r"[-+]?\d{1,3}(?:[, ]\d{3})+(?:\.\d+)?")
_PLAIN = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_BLANK_MARKS = frozenset(
    ("-", "--", "—", "——", "/", "\\", "n/a", "na", "nan", "null", "none", "无", "缺", "暂无", "#n/a")
)


@dataclass(frozen=True, slots=True)
class NumberField:
    """How a column's numbers are kept: in `unit`, between `low` and `high`, whole or not, as a share 0..1 or not."""

    unit: str | None = None
    low: float | None = None
    high: float | None = None
    whole: bool = False
    share: bool = False

    @property
    def kept_in(self) -> Unit | None:
        return parse_unit("1" if self.share else self.unit) if self.share or self.unit else None


def clean_numbers(cells: Cells, field: NumberField, *, unit: Unit | None = None, inverted: bool = False) -> Cleaned:
    """`unit` is the header's, None: the column's own; `inverted`: the header names the reciprocal of this column."""
    fast = _all_numbers(cells)
    if fast is not None:
        done = Cleaned([None if math.isnan(value) else value for value in fast.tolist()])
    else:
        done = _one_by_one(cells, field, unit)
    spoken = {reject.index for reject in done.rejects}
    own = _own_units(cells) if fast is None else frozenset()
    _convert(done, field, unit, inverted, own, cells)
    _warn_of_bare_shares(done, field, unit, own)
    _bound(done, field, cells, spoken)
    return done


def _all_numbers(cells: Cells) -> "np.ndarray | None":
    """The clean column in one go: float64 with NaN for unknown; None: something needs a closer look."""
    kinds = set(map(type, cells))
    try:
        if kinds <= {int, float, type(None)}:
            array = np.array(cells, dtype=np.float64)
        elif kinds <= {str, type(None)}:
            if "_" in "".join(filter(None, cells)):  # type: ignore[arg-type]  # str or None
                return None
            array = np.array([math.nan if cell is None else float(cell) for cell in cells])  # type: ignore[arg-type]
        else:
            return None
    except (ValueError, TypeError, OverflowError):
        return None
    unknown = np.fromiter((cell is None for cell in cells), np.bool_, len(cells))
    return array if bool(np.all(np.isfinite(array) | unknown)) else None


def _one_by_one(cells: Cells, field: NumberField, unit: Unit | None) -> Cleaned:
    repairs: Counter[Words] = Counter()
    done = each(cells, lambda cell: _number(cell, field, unit, repairs))
    done.repairs.update(repairs)
    return done


def _number(cell: object, field: NumberField, header: Unit | None, repairs: Counter[Words]) -> float | None:
    """In the unit the cell names, turned into the column's; a bare number is left for the header's unit."""
    if isinstance(cell, bool | date):
        raise Unfit(_not_a_number(cell))
    if isinstance(cell, int | float):
        return _finite(cell)
    raw = str(cell)
    text = unicodedata.normalize("NFKC", raw).replace("−", "-").strip()
    if not text:
        return None
    if text.casefold() in _BLANK_MARKS:
        repairs[BLANKS] += 1
        return None
    if (value := plain_number(text)) is not None:
        if text != raw.strip() or "," in text:
            repairs[SEPARATORS] += 1
        return value
    parts = split_cell(text)
    if parts is None or (value := plain_number(parts[0])) is None:
        raise Unfit(_not_a_number(cell))
    given, kept = parse_unit(parts[1]), field.kept_in
    if given is None:
        raise Unfit(_not_a_number(cell))
    scale = factor(given, kept) if kept is not None else None
    if scale is None or kept is None:
        raise Unfit(misfit(parts[1], field.unit))
    if scale == 1:
        return value
    repairs[conversion_note(given, kept)] += 1
    return tidy(value * float(scale))


def _finite(cell: int | float) -> float | None:
    try:
        number = float(cell)
    except OverflowError:  # a whole number with hundreds of digits
        number = math.inf
    if math.isinf(number):
        raise Unfit(_not_a_number(cell))
    return None if math.isnan(number) else number


def plain_number(text: str) -> float | None:
    """A number with or without separators every three digits; None: it is not one."""
    if _GROUPED.fullmatch(text):
        return float(text.replace(",", "").replace(" ", ""))
    if not _PLAIN.fullmatch(text):
        return None
    value = float(text)
    return value if math.isfinite(value) else None


def _own_units(cells: Cells) -> frozenset[int]:
    """Cells that name their own unit: the header's does not apply to them."""
    texts = (
        (index, unicodedata.normalize("NFKC", cell).strip()) for index, cell in enumerate(cells) if type(cell) is str
    )
    return frozenset(index for index, text in texts if text and plain_number(text) is None)


def _convert(
    done: Cleaned, field: NumberField, unit: Unit | None, inverted: bool, own: frozenset[int], cells: Cells
) -> None:
    """From the header's unit, and from the reciprocal, into what is kept."""
    kept = field.kept_in
    values = done.values
    if inverted:
        for index, value in enumerate(values):
            if value == 0:
                reason = say(zh="0 没有倒数", en="0 has no reciprocal")
                done.rejects.append(Reject(index, cells[index], reason))
                values[index] = None
        own = frozenset()
        values[:] = [None if value is None else tidy(1 / value) for value in values]
        done.repairs[INVERTED] = sum(value is not None for value in values)
        unit = unit.inverted() if unit is not None else None
    if unit is None or kept is None:
        return
    scale = factor(unit, kept)
    if scale is None or scale == 1:
        return
    times = float(scale)
    values[:] = [value if value is None or index in own else tidy(value * times) for index, value in enumerate(values)]
    if moved := sum(value is not None for index, value in enumerate(values) if index not in own):
        done.repairs[conversion_note(unit, kept)] += moved


def _warn_of_bare_shares(done: Cleaned, field: NumberField, unit: Unit | None, own: frozenset[int]) -> None:
    """0.4 in a column of percents, neither header nor cell saying so."""
    if field.unit != "%" or field.share or unit is not None:
        return
    for index, value in enumerate(done.values):
        if value is not None and 0 < abs(value) < 1 and index not in own:
            words = say(
                zh=f"{value:g} 按 {value:g}% 载入；若指 {value * 100:g}%，请改为 {value * 100:g}",
                en=f"{value:g} was loaded as {value:g} %; write {value * 100:g} if that is what it means",
            )
            done.remarks.append((index, words))


def _bound(done: Cleaned, field: NumberField, cells: Cells, spoken: set[int]) -> None:
    low, high = (0.0, 1.0) if field.share else (field.low, field.high)
    known = np.array([math.nan if value is None else value for value in done.values], np.float64)
    bad = np.zeros(len(known), np.bool_)
    if low is not None:
        bad |= known < low
    if high is not None:
        bad |= known > high
    for index in np.flatnonzero(bad).tolist():
        if index not in spoken:
            done.rejects.append(Reject(index, cells[index], _out_of_bounds(field, low, high)))
        done.values[index] = None
    if field.whole:
        for index in np.flatnonzero(np.isfinite(known) & (known != np.floor(known)) & ~bad).tolist():
            done.rejects.append(Reject(index, cells[index], say(zh="应为整数", en="a whole number is wanted")))
            done.values[index] = None
        done.values[:] = [None if value is None else int(value) for value in done.values]


def _out_of_bounds(field: NumberField, low: float | None, high: float | None) -> Words:
    if field.share:
        return say(
            zh="比例应在 0 到 1 之间；百分数请写成 40%", en="a share lies between 0 and 1; write percents as 40%"
        )
    unit = f" {field.unit}" if field.unit and field.unit != "1" else ""
    if low is not None and high is not None:
        return say(zh=f"应在 {low:g} 到 {high:g}{unit} 之间", en=f"must lie between {low:g} and {high:g}{unit}")
    if low is not None:
        return say(zh=f"不能小于 {low:g}{unit}", en=f"must not be less than {low:g}{unit}")
    return say(zh=f"不能大于 {high:g}{unit}", en=f"must not be more than {high:g}{unit}")


def _not_a_number(cell: object) -> Words:
    return say(zh=f"“{str(cell)[:60]}”不是数字", en=f"“{str(cell)[:60]}” is not a number")


def tidy(value: float) -> float:
    """Fifteen digits hide what multiplying in binary adds: 0.1 + 0.2 is 0.3."""
    return float(f"{value:.14g}")
