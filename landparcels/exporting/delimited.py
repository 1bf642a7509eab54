"""CSV as spreadsheets in China open it: UTF-8 with a mark in front, formulas defused, numbers as they are."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from io import StringIO

from geo.cells import defused
from landparcels.exporting.columns import Value

_LINES = 500


def written(headers: Sequence[str], lines: Iterable[Sequence[Value]]) -> Iterator[bytes]:
    text = StringIO()
    table = csv.writer(text)
    text.write("\ufeff")
    table.writerow(headers)
    for number, line in enumerate(lines, 1):
        table.writerow([_cell(value) for value in line])
        if number % _LINES == 0:
            yield text.getvalue().encode()
            text.seek(0)
            text.truncate()
    yield text.getvalue().encode()


def _cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return repr(value).removesuffix(".0")
    return value.isoformat() if isinstance(value, date) else defused(str(value))
