"""Spreadsheets (XLSX), written row by row; every text stands as text, whatever it begins with."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_CHARACTERS = 32_767
"""What one cell holds."""
NARROWEST, WIDEST = 12, 48
"""Characters of a column that is as wide as its header asks for; a Chinese one counts as two."""

Value = str | float | int | date | None


@dataclass(frozen=True)
class Sheet:
    """`widths` in characters, one for each header; without them the headers say."""

    title: str
    headers: Sequence[str]
    rows: Iterable[Sequence[Value]]
    widths: Sequence[int] | None = None


def workbook(*sheets: Sheet) -> bytes:
    book = Workbook(write_only=True)
    for one in sheets:
        _write(book.create_sheet(one.title), one)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def _write(sheet: Any, told: Sheet) -> None:  # Any: the library's two kinds of sheet
    sheet.freeze_panes = "B2"
    widths = told.widths or [min(WIDEST, max(NARROWEST, 2 * len(header))) for header in told.headers]
    for index, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(index)].width = width
    sheet.append([_text(sheet, header, bold=True) for header in told.headers])
    for row in told.rows:
        sheet.append([_text(sheet, value) if isinstance(value, str) else value for value in row])


def _text(sheet: Any, value: str, *, bold: bool = False) -> Any:  # Any: the library's
    """Never a formula; characters that no spreadsheet can keep are left out."""
    cell = WriteOnlyCell(sheet, value=ILLEGAL_CHARACTERS_RE.sub("", value)[:MOST_CHARACTERS])
    cell.data_type = "s"
    if bold:
        cell.font = Font(bold=True)
    return cell
