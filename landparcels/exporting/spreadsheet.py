"""XLSX, written row by row: units in the header, what each figure means in its note, lists to choose from."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from geo.errors import BadParameter
from landparcels.exporting.columns import ExportColumn, Value
from landparcels.indicators import catalogue

MOST_CHARACTERS = 32_767
"""What one cell of a spreadsheet holds."""


def write(
    path: Path,
    columns: Sequence[ExportColumn],
    headers: Sequence[str],
    lines: Iterable[Sequence[Value]],
    *,
    english: bool,
) -> None:
    book = Workbook(write_only=True)
    sheet: Any = book.create_sheet("parcels" if english else "宗地")  # Any: the library's two kinds of sheet
    sheet.freeze_panes = "B2"
    for index, header in enumerate(headers, 1):
        sheet.column_dimensions[get_column_letter(index)].width = min(40, max(12, 2 * len(header)))
    _offer_choices(sheet, columns, english=english)
    try:
        sheet.append([_headed(sheet, header, _note(columns, index)) for index, header in enumerate(headers)])
        for line in lines:
            _check(line)
            sheet.append([_text(sheet, value) if isinstance(value, str) else value for value in line])
    except BaseException:
        sheet.close()  # its rows are a generator over a temporary file
        sheet._writer.cleanup()
        raise
    book.save(path)


def _text(sheet: Any, value: str) -> Any:  # Any: the library's
    """As text whatever it begins with; characters that no spreadsheet can keep are left out."""
    bare = ILLEGAL_CHARACTERS_RE.sub("", value)
    if not bare.startswith("="):
        return bare
    cell = WriteOnlyCell(sheet, value=bare)
    cell.data_type = "s"
    return cell


def _headed(sheet: Any, header: str, note: str) -> Any:  # Any: the library's
    cell = WriteOnlyCell(sheet, value=header)
    cell.font = Font(bold=True)
    if note:
        cell.comment = Comment(note, "Luodi 落地", width=320, height=120)
    return cell


def _note(columns: Sequence[ExportColumn], index: int) -> str:
    """An indicator in both languages, its department and what is to be known about it."""
    field = catalogue().get(columns[index].name) if index < len(columns) else None
    if field is None:
        return ""
    told = [f"{field.code} · {field.zh} · {field.en}", f"{field.department} · {field.department_en}"]
    return "\n".join([*told, *(note for note in (field.note_zh, field.note_en) if note)])


def _offer_choices(sheet: Any, columns: Sequence[ExportColumn], *, english: bool) -> None:  # Any: the library's
    for index, column in enumerate(columns, 1):
        words = [one.en if english else one.zh for one in column.choices.values()]
        if column.kind == "flag":
            words = ["yes", "no"] if english else ["是", "否"]
        if not words:
            continue
        choices = DataValidation(type="list", formula1=f'"{",".join(words)}"', allow_blank=True)
        letter = get_column_letter(index)
        choices.add(f"{letter}2:{letter}1048576")
        sheet.data_validations.append(choices)


def _check(line: Sequence[Value]) -> None:
    if any(isinstance(value, str) and len(value) > MOST_CHARACTERS for value in line):
        raise BadParameter(
            "format",
            zh=f"宗地 {line[0]} 的边界太长，表格的一格放不下；请导出 GeoPackage、GeoJSON 或 CSV。",
            en=f"The outline of parcel {line[0]} is too long for a cell; export GeoPackage, GeoJSON or CSV.",
        )
