"""XLSX (and XLS, ODS): values as stored, formulas by their last result, merged headers refused with advice."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetVisibleEnum, load_workbook

from geo.importing.readers.base import BATCH, Cell, RawBatch, Reader, UnreadableFile, checked_header, nameless
from geo.importing.readers.packed import check_unpacked_size
from geo.words import say

NOTES = frozenset({"说明", "填写说明", "notes", "readme"})
"""Names of sheets that explain the others, as in our own templates; they are not what is to be read."""
_ERRORS = ("#N/A", "#VALUE!", "#REF!", "#DIV/0!", "#NUM!", "#NAME?", "#NULL!")


class SpreadsheetReader(Reader):
    dates_are_serials = True

    def __init__(self, path: Path, *, sheet: str | None = None) -> None:
        super().__init__()
        if _is_packed(path):
            check_unpacked_size(path)
        try:
            workbook = load_workbook(str(path))
            self._sheet = self._chosen(workbook, sheet)
            self._rows = self._sheet.to_python(skip_empty_area=False)
        except (CalamineError, OSError, ValueError) as error:
            raise UnreadableFile(
                zh=f"表格文件打不开，可能已损坏或有密码（{error}）；请在 Excel 中另存为 XLSX",
                en=f"The spreadsheet cannot be opened; it may be damaged or locked ({error}). Save it anew as XLSX",
            ) from None
        self._first = self._header_row()
        self._names = checked_header(self._rows[self._first])
        self.header = [name for name in self._names if name]
        self.total = sum(any(_filled(cell) for cell in row) for row in self._rows[self._first + 1 :])
        self._note_nameless()

    def _chosen(self, workbook: CalamineWorkbook, wanted: str | None) -> CalamineSheet:
        """The sheet named; else the only visible one with anything in it."""
        if wanted is not None:
            if wanted not in workbook.sheet_names:
                listed = "、".join(workbook.sheet_names)
                raise UnreadableFile(
                    zh=f"没有工作表“{wanted}”；有：{listed}",
                    en=f"There is no sheet “{wanted}”; there are: {', '.join(workbook.sheet_names)}",
                )
            return workbook.get_sheet_by_name(wanted)
        visible = [entry.name for entry in workbook.sheets_metadata if entry.visible == SheetVisibleEnum.Visible]
        sheets = [workbook.get_sheet_by_name(name) for name in visible]
        full = [found for found in sheets if found.end is not None]
        full = [found for found in full if found.name.strip().casefold() not in NOTES] or full
        if not full:
            raise UnreadableFile(zh="工作簿里没有内容", en="The workbook holds nothing")
        if len(full) > 1:
            names = [found.name for found in full]
            raise UnreadableFile(
                zh=f"有多个工作表，请选一个（--layer 名称）：{'、'.join(names)}",
                en=f"There are several sheets; choose one (--layer NAME): {', '.join(names)}",
            )
        if len(workbook.sheet_names) > 1:
            self.notes.append(say(zh=f"读取工作表“{full[0].name}”", en=f"Read the sheet “{full[0].name}”"))
        return full[0]

    def _header_row(self) -> int:
        """The first row with anything in it; merged cells there, or from it into the row below, are refused."""
        first = next((index for index, row in enumerate(self._rows) if any(_filled(cell) for cell in row)), None)
        if first is None:
            raise UnreadableFile(zh="工作表是空的", en="The sheet is empty")
        merged = [area for area in self._sheet.merged_cell_ranges or [] if area[0][0] <= first <= area[1][0]]
        if merged:
            (top, left), (bottom, right) = merged[0]
            area_name = f"{_letters(left)}{top + 1}:{_letters(right)}{bottom + 1}"
            raise UnreadableFile(
                zh=f"表头有合并单元格（{area_name}）；请删去标题行、取消合并，让第一行每一格是一个列名",
                en=f"The header has merged cells ({area_name}); delete title rows and unmerge, so that the first row "
                "holds one column name in each cell",
            )
        return first

    def _note_nameless(self) -> None:
        used = [
            _letters(index)
            for index, name in enumerate(self._names)
            if not name and any(_filled(row[index]) for row in self._rows[self._first + 1 :] if index < len(row))
        ]
        if used:
            self.notes.append(nameless(self._names, used))

    def batches(self, size: int = BATCH) -> Iterator[RawBatch]:
        numbers: list[int] = []
        cells: list[Sequence[object]] = []
        for index in range(self._first + 1, len(self._rows)):
            row = self._rows[index]
            if any(_filled(cell) for cell in row):
                numbers.append(index + 1)
                cells.append(row)
            if len(numbers) == size:
                yield self._batch(numbers, cells)
                numbers, cells = [], []
        if numbers:
            yield self._batch(numbers, cells)

    def _batch(self, numbers: list[int], cells: list[Sequence[object]]) -> RawBatch:
        columns = {
            name: [_value(row[index]) if index < len(row) else None for row in cells]
            for index, name in enumerate(self._names)
            if name
        }
        return RawBatch(columns, numbers)


def _is_packed(path: Path) -> bool:
    """XLSX and ODS are zips; the old XLS is not."""
    with path.open("rb") as file:
        return file.read(2) == b"PK"


def _filled(cell: object) -> bool:
    return cell is not None and cell != "" and not (isinstance(cell, str) and not cell.strip())


def _value(cell: object) -> Cell:
    """Whole floats are the integers a person typed; errors of formulas are unknown, times are text."""
    if isinstance(cell, float):
        return int(cell) if cell.is_integer() and abs(cell) < 2**53 else cell
    if isinstance(cell, str):
        return None if not cell or cell in _ERRORS else cell
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date()
    if isinstance(cell, time):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        return str(cell)
    return cell if isinstance(cell, bool | int | date) else None


def _letters(index: int) -> str:
    """0 is A, 26 is AA."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name
