"""XLSX, written row by row: units in the header, what each figure means in its note, lists to choose from."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from geo.errors import BadParameter
from landparcels.exporting.columns import ExportColumn, Value
from landparcels.exporting.notes import noted
from landparcels.indicators import indicators_for

MOST_CHARACTERS = 32_767
"""What one cell of a spreadsheet holds."""
LONGEST_LIST = 255
"""Letters of a list within a validation; a longer one stands on a hidden sheet."""
LAST_ROW = 1_048_576


def write(
    path: Path,
    columns: Sequence[ExportColumn],
    headers: Sequence[str],
    lines: Iterable[Sequence[Value]],
    *,
    english: bool,
    notes: bool = False,
) -> None:
    """`notes` adds a sheet that says how to fill the first."""
    book = Workbook(write_only=True)
    sheet: Any = book.create_sheet("parcels" if english else "宗地")  # Any: the library's two kinds of sheet
    sheet.freeze_panes = "B2"
    for index, header in enumerate(headers, 1):
        sheet.column_dimensions[get_column_letter(index)].width = min(40, max(12, 2 * len(header)))
    _offer_choices(book, sheet, columns, english=english)
    try:
        sheet.append([_headed(sheet, header, _note(columns, index)) for index, header in enumerate(headers)])
        for line in lines:
            _check(line)
            sheet.append([_text(sheet, value) if isinstance(value, str) else value for value in line])
    except BaseException:
        sheet.close()  # its rows are a generator over a temporary file
        sheet._writer.cleanup()
        raise
    if notes:
        _explain(book, columns, english=english)
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
    one = indicators_for().get(columns[index].name) if index < len(columns) else None
    if one is None:
        return ""
    department = " · ".join(dict.fromkeys(name for name in (one.department, one.department_en) if name))
    told = [f"{one.code} · {one.zh} · {one.en}", department, one.note_zh, one.note_en, one.legal_basis.zh]
    return "\n".join(dict.fromkeys(part for part in told if part))


def _offer_choices(
    book: Any, sheet: Any, columns: Sequence[ExportColumn], *, english: bool
) -> None:  # Any: the library's
    """A list under each column of choices; where several may be chosen it is a hint, as the cell holds them with `;`."""
    long: list[tuple[int, list[str]]] = []
    for index, column in enumerate(columns, 1):
        words = [one.en if english else one.zh for one in column.choices.values()]
        if column.kind == "flag":
            words = ["yes", "no"] if english else ["是", "否"]
        if not words:
            continue
        formula = f'"{",".join(words)}"'
        if len(formula) > LONGEST_LIST or any("," in word or '"' in word for word in words):
            long.append((index, words))
            letter = get_column_letter(len(long))
            formula = f"lists!${letter}$1:${letter}${len(words)}"
        _validate(sheet, index, formula, strict=column.kind != "list")
    if long:
        lists = book.create_sheet("lists")
        lists.sheet_state = "hidden"
        for row in range(max(len(words) for _, words in long)):
            lists.append([words[row] if row < len(words) else None for _, words in long])


def _validate(sheet: Any, index: int, formula: str, *, strict: bool) -> None:  # Any: the library's
    letter = get_column_letter(index)
    choices = DataValidation(type="list", formula1=formula, allow_blank=True, showErrorMessage=strict)
    choices.add(f"{letter}2:{letter}{LAST_ROW}")
    sheet.data_validations.append(choices)


def _explain(book: Any, columns: Sequence[ExportColumn], *, english: bool) -> None:  # Any: the library's
    sheet = book.create_sheet("notes" if english else "说明")
    for letter, width in zip("ABCDEF", (34, 30, 14, 18, 46, 46), strict=True):
        sheet.column_dimensions[letter].width = width
    for line in noted(columns, english=english):
        cells = []
        for text in line.cells:
            cell = WriteOnlyCell(sheet, value=text)
            cell.font = Font(bold=line.bold)
            cell.alignment = Alignment(wrap_text=line.is_row, vertical="top")
            cells.append(cell)
        sheet.append(cells)


def _check(line: Sequence[Value]) -> None:
    if any(isinstance(value, str) and len(value) > MOST_CHARACTERS for value in line):
        raise BadParameter(
            "format",
            zh=f"宗地 {line[0]} 的边界太长，表格的一格放不下；请导出 GeoPackage、GeoJSON 或 CSV。",
            en=f"The outline of parcel {line[0]} is too long for a cell; export GeoPackage, GeoJSON or CSV.",
        )
