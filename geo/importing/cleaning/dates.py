"""Dates: ISO, 2024/3/1, 2024年3月1日, 20240301, and the serial days of spreadsheets."""

import re
import unicodedata
from datetime import date, datetime, timedelta

from geo.importing.cleaning.base import Cells, Cleaned, Unfit, each
from geo.words import Words, say

_SPELLED = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?"
    r"(?:[ T]*\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:Z|[+-]\d{2}:?\d{2})?)?"
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_NO_DAY = re.compile(r"(\d{4})\s*[-/.年]?\s*(\d{1,2})?\s*月?")
_SERIAL_ZERO = date(1899, 12, 30)
_FIRST, _LAST = date(1800, 1, 1), date(2200, 12, 31)


def clean_dates(cells: Cells, *, serials: bool = False) -> Cleaned:
    """`serials`: bare numbers count days as a spreadsheet does; elsewhere they are refused."""
    try:
        parsed = [None if cell is None else _quick(cell) for cell in cells]
    except ValueError:
        return each(cells, lambda cell: _date(cell, serials))
    return Cleaned(parsed)


def _quick(cell: object) -> date:
    if type(cell) is date and _FIRST <= cell <= _LAST:
        return cell
    if type(cell) is str and len(cell) == 10 and cell[4] == "-":
        found = date.fromisoformat(cell)
        if _FIRST <= found <= _LAST:
            return found
    raise ValueError


def _date(cell: object, serials: bool) -> date | None:
    if isinstance(cell, datetime):
        return _sane(cell.date(), cell)
    if isinstance(cell, date):
        return _sane(cell, cell)
    if isinstance(cell, bool):
        raise Unfit(_no_date(cell))
    if isinstance(cell, int | float):
        return _from_number(cell, serials)
    text = unicodedata.normalize("NFKC", str(cell)).strip()
    if not text:
        return None
    found = _SPELLED.fullmatch(text) or _COMPACT.fullmatch(text)
    if found is None:
        if serials and re.fullmatch(r"\d{5}(?:\.\d+)?", text):
            return _from_number(float(text), serials)
        if _NO_DAY.fullmatch(text):
            raise Unfit(say(zh=f"“{text}”没有写到日", en=f"“{text}” has no day"))
        raise Unfit(_no_date(cell))
    try:
        return _sane(date(int(found[1]), int(found[2]), int(found[3])), cell)
    except ValueError:
        raise Unfit(say(zh=f"日历上没有“{text}”这一天", en=f"There is no such day as “{text}”")) from None


def _from_number(number: float, serials: bool) -> date:
    whole = int(number) if number == number and abs(number) < 1e9 else 0
    if compact := _COMPACT.fullmatch(str(whole)):
        try:
            return _sane(date(int(compact[1]), int(compact[2]), int(compact[3])), number)
        except ValueError:
            raise Unfit(_no_date(number)) from None
    if not serials or not 1 <= whole <= 110_000:
        raise Unfit(_no_date(number))
    return _sane(_SERIAL_ZERO + timedelta(days=whole), number)


def _sane(day: date, cell: object) -> date:
    if not _FIRST <= day <= _LAST:
        raise Unfit(say(zh=f"日期“{cell}”不合常理", en=f"The date “{cell}” is beyond reason"))
    return day


def _no_date(cell: object) -> Words:
    return say(
        zh=f"“{str(cell)[:60]}”不是日期；请写成 2024-03-01、2024/3/1 或 2024年3月1日",
        en=f"“{str(cell)[:60]}” is not a date; write 2024-03-01, 2024/3/1 or 2024年3月1日",
    )
