"""The steps a rules file may name. Each works on the file's own columns, before they are mapped, and counts what it did."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import shapely

from geo.importing.cleaning.numbers import plain_number
from geo.importing.cleaning.texts import as_text
from geo.importing.readers import RawBatch
from geo.words import Words, say

Cells = list[object]


class Step:
    """What every step answers: the columns it leaves, the rows it leaves, and words for the report."""

    needs: tuple[str, ...] = ()
    """Fields that name columns which must be there."""

    def header(self, header: list[str]) -> list[str]:
        return header

    def apply(self, raw: RawBatch) -> tuple[RawBatch, int]:
        """(the batch afterwards, cells or rows it touched)."""
        raise NotImplementedError

    @property
    def words(self) -> Words:
        raise NotImplementedError


def _with(header: list[str], *names: str) -> list[str]:
    return [*header, *(name for name in names if name not in header)]


def _column(raw: RawBatch, name: str) -> Cells:
    return raw.columns.get(name) or [None] * len(raw)


def _changed(raw: RawBatch, column: str, into: str, change: Callable[[str], object]) -> tuple[RawBatch, int]:
    """`change` on every cell as text; blank cells stay blank."""
    cells = _column(raw, column)
    made: Cells = [cell if cell is None else change(as_text(cell)) for cell in cells]
    made = [None if cell == "" else cell for cell in made]
    touched = sum(old is not None and new != as_text(old) for old, new in zip(cells, made, strict=True))
    raw.columns[into] = made
    return raw, touched


def _only(raw: RawBatch, rows: Sequence[int]) -> RawBatch:
    """The rows at these places, which may repeat."""
    geometry = None if raw.geometry is None else raw.geometry[list(rows)]
    faults = {new: raw.faults[old] for new, old in enumerate(rows) if old in raw.faults} if raw.faults else {}
    columns = {name: [cells[row] for row in rows] for name, cells in raw.columns.items()}
    return RawBatch(columns, [raw.numbers[row] for row in rows], geometry, faults)


@dataclass
class StripPrefix(Step):
    column: str
    text: str
    needs = ("column",)

    def apply(self, raw: RawBatch) -> tuple[RawBatch, int]:
        return _changed(raw, self.column, self.column, lambda cell: cell.removeprefix(self.text))

    @property
    def words(self) -> Words:
        return say(zh=f"{self.column}：去掉前缀“{self.text}”", en=f"{self.column}: prefix “{self.text}” taken off")


@dataclass
class StripSuffix(Step):
    column: str
    text: str
    needs = ("column",)

    def apply(self, raw: RawBatch) -> tuple[RawBatch, int]:
        return _changed(raw, self.column, self.column, lambda cell: cell.removesuffix(self.text))

    @property
    def words(self) -> Words:
        return say(zh=f"{self.column}：去掉后缀“{self.text}”", en=f"{self.column}: suffix “{self.text}” taken off")


@dataclass
class Replace(Step):
    """Python regular expression; `to` may use \\1. `into` writes to another column."""

    column: str
    pattern: str
    to: str
    into: str = ""
    needs = ("column",)

    def header(self, header: list[str]) -> list[str]:
        return _with(header, self.into or self.column)

    def apply(self, raw: RawBatch) -> tuple[RawBatch, int]:
        search = re.compile(self.pattern)
        return _changed(raw, self.column, self.into or self.column, lambda cell: search.sub(self.to, cell))

    @property
    def words(self) -> Words:
        return say(
            zh=f"{self.column}：“{self.pattern}”替换为“{self.to}”",
            en=f"{self.column}: “{self.pattern}” replaced by “{self.to}”",
        )


@dataclass
class Split(Step):
    """Groups of `pattern` become the columns `into`; a cell that does not match leaves them blank."""

    column: str
    pattern: str
    into: list[str]
    needs = ("column",)

    def header(self, header: list[str]) -> list[str]:
        return _with(header, *self.into)

    def apply(self, raw: RawBatch) -> tuple[RawBatch, int]:
        search = re.compile(self.pattern)
        matches = [None if cell is None else search.search(as_text(cell)) for cell in _column(raw, self.column)]
        for place, name in enumerate(self.into, 1):
            raw.columns[name] = [found[place] if found else None for found in matches]
        return raw, sum(found is not None for found in matches)

    @property
    def words(self) -> Words:
        listed = ", ".join(self.into)
        return say(zh=f"{self.column}：拆成 {listed}", en=f"{self.column}: split into {listed}")


@dataclass
class SplitRows(Step):
    """One row becomes one for each part of the cell between `by`; row numbers repeat."""

    column: str
    by: str
    needs = ("column",)

    def apply(self, raw: RawBatch) -> tuple[RawBatch, int]:
        rows: list[int] = []
        parts: Cells = []
        for row, cell in enumerate(_column(raw, self.column)):
            split = [part.strip() for part in as_text(cell).split(self.by) if part.strip()] if cell is not None else []
            rows.extend([row] * max(1, len(split)))
            parts.extend(split or [cell])
        wider = _only(raw, rows)
        wider.columns[self.column] = parts
        return wider, len(rows) - len(raw)

    @property
    def words(self) -> Words:
        return say(
            zh=f"{self.column}：按“{self.by}”拆成多行，增加的行", en=f"{self.column}: split by “{self.by}”, rows added"
        )


@dataclass
class Lookup(Step):
    """The cell's entry in `table` (or in a file: columns `key` and `value`). `otherwise`: keep, blank or drop."""

    column: str
    table: dict[str, Any]
    into: str = ""
    otherwise: str = "keep"
    needs = ("column",)

    def header(self, header: list[str]) -> list[str]:
        return _with(header, self.into or self.column)

    def apply(self, raw: RawBatch) -> tuple[RawBatch, int]:
        keys = [None if cell is None else as_text(cell).strip() for cell in _column(raw, self.column)]
        known = [key is not None and key in self.table for key in keys]
        raw.columns[self.into or self.column] = [
            self.table[key] if found else (key if self.otherwise == "keep" else None)  # type: ignore[index]  # found: not None
            for key, found in zip(keys, known, strict=True)
        ]
        if self.otherwise == "drop":
            raw = _only(raw, [row for row, found in enumerate(known) if found])
        return raw, sum(known)

    @property
    def words(self) -> Words:
        return say(
            zh=f"{self.column}：按对照表换成 {self.into or self.column}",
            en=f"{self.column}: looked up as {self.into or self.column}",
        )


@dataclass
class Condition(Step):
    """Cells by what they hold: all that is given must be true. `matches` is a regular expression found anywhere."""

    column: str = ""
    matches: str | None = None
    equals: list[Any] | None = None
    blank: bool | None = None
    below: float | None = None
    above: float | None = None
    geometry: str | None = None
    needs = ("column",)

    @cached_property
    def _wanted(self) -> frozenset[str]:
        return frozenset(as_text(value) for value in self.equals or ())

    def holds(self, raw: RawBatch) -> np.ndarray:
        true = np.ones(len(raw), np.bool_)
        if self.geometry is not None:
            true &= _of_family(raw, self.geometry)
        if not self.column:
            return true
        cells = _column(raw, self.column)
        if self.matches is not None:
            search = re.compile(self.matches)
            true &= _flags(cell is not None and search.search(as_text(cell)) is not None for cell in cells)
        if self.equals is not None:
            true &= _flags(cell is not None and as_text(cell).strip() in self._wanted for cell in cells)
        if self.blank is not None:
            true &= _flags((cell is None or not as_text(cell).strip()) == self.blank for cell in cells)
        if self.below is not None or self.above is not None:
            true &= _flags(self._beyond(cell) for cell in cells)
        return true

    def _beyond(self, cell: object) -> bool:
        number = None if cell is None else plain_number(as_text(cell).strip())
        if number is None:
            return False
        return (self.below is not None and number < self.below) or (self.above is not None and number > self.above)

    @property
    def _told(self) -> tuple[str, str]:
        parts_zh, parts_en = [], []
        for value, zh, en in (
            (self.geometry, "几何为", "geometry is"),
            (self.matches, "匹配", "matches"),
            (self._listed, "等于", "is"),
            (self.below, "小于", "below"),
            (self.above, "大于", "above"),
        ):
            if value is not None:
                parts_zh.append(f"{zh} {value}")
                parts_en.append(f"{en} {value}")
        if self.blank is not None:
            parts_zh.append("为空" if self.blank else "不为空")
            parts_en.append("is blank" if self.blank else "is not blank")
        return f"{self.column} {' 且 '.join(parts_zh)}".strip(), f"{self.column} {' and '.join(parts_en)}".strip()

    @property
    def _listed(self) -> str | None:
        if self.equals is None:
            return None
        shown = ", ".join(as_text(value) for value in self.equals[:4])
        return shown + (f" … ({len(self.equals)})" if len(self.equals) > 4 else "")


def _flags(values: Iterable[bool]) -> np.ndarray:
    """Of a batch that may be empty, which numpy would otherwise take for numbers."""
    return np.fromiter(values, np.bool_)


def _of_family(raw: RawBatch, family: str) -> np.ndarray:
    if raw.geometry is None:
        return np.zeros(len(raw), np.bool_)
    dimension = {"point": 0, "line": 1, "polygon": 2}[family]
    return np.asarray(shapely.get_dimensions(raw.geometry) == dimension)


@dataclass
class DropRows(Condition):
    def apply(self, raw: RawBatch) -> tuple[RawBatch, int]:
        keep = np.flatnonzero(~self.holds(raw)).tolist()
        return (raw, 0) if len(keep) == len(raw) else (_only(raw, keep), len(raw) - len(keep))

    @property
    def words(self) -> Words:
        zh, en = self._told
        return say(zh=f"略过的行：{zh}", en=f"rows dropped: {en}")


@dataclass
class KeepRows(Condition):
    def apply(self, raw: RawBatch) -> tuple[RawBatch, int]:
        keep = np.flatnonzero(self.holds(raw)).tolist()
        return (raw, 0) if len(keep) == len(raw) else (_only(raw, keep), len(raw) - len(keep))

    @property
    def words(self) -> Words:
        zh, en = self._told
        return say(zh=f"略过的行，除了：{zh}", en=f"rows dropped unless: {en}")


@dataclass
class DropRepeats(Step):
    """Of rows alike in `columns` the first stays: for a file that names its things once for each use of them."""

    columns: list[str]
    needs = ("columns",)

    @cached_property
    def _seen(self) -> set[tuple[object, ...]]:
        return set()

    def apply(self, raw: RawBatch) -> tuple[RawBatch, int]:
        keep = []
        for row, key in enumerate(zip(*(_column(raw, name) for name in self.columns), strict=True)):
            if key not in self._seen:
                self._seen.add(key)
                keep.append(row)
        return (raw, 0) if len(keep) == len(raw) else (_only(raw, keep), len(raw) - len(keep))

    @property
    def words(self) -> Words:
        listed = ", ".join(self.columns)
        return say(zh=f"略过的行：{listed} 重复", en=f"rows dropped: {listed} repeated")


@dataclass
class Blank(Condition):
    """Cells that hold something known to be wrong become unknown."""

    def apply(self, raw: RawBatch) -> tuple[RawBatch, int]:
        wrong = self.holds(raw)
        cells = _column(raw, self.column)
        raw.columns[self.column] = [None if bad else cell for cell, bad in zip(cells, wrong.tolist(), strict=True)]
        return raw, int(wrong.sum())

    @property
    def words(self) -> Words:
        zh, en = self._told
        return say(zh=f"改为未知：{zh}", en=f"made unknown: {en}")


@dataclass
class Fill(Step):
    """Blank cells of a column, or a new one, with `value` or with what stands in the column `copy`."""

    column: str
    value: Any = None
    copy: str = ""

    def header(self, header: list[str]) -> list[str]:
        return _with(header, self.column)

    def apply(self, raw: RawBatch) -> tuple[RawBatch, int]:
        cells = _column(raw, self.column)
        fillings = _column(raw, self.copy) if self.copy else [self.value] * len(raw)
        raw.columns[self.column] = [new if old is None else old for old, new in zip(cells, fillings, strict=True)]
        return raw, sum(old is None and new is not None for old, new in zip(cells, fillings, strict=True))

    @property
    def words(self) -> Words:
        source = self.copy or str(self.value)
        return say(zh=f"{self.column}：空格填入 {source}", en=f"{self.column}: blanks filled with {source}")


@dataclass
class Join(Step):
    """Several columns into one, blank cells left out."""

    columns: list[str]
    into: str
    by: str = ""
    needs = ("columns",)

    def header(self, header: list[str]) -> list[str]:
        return _with(header, self.into)

    def apply(self, raw: RawBatch) -> tuple[RawBatch, int]:
        parts = [_column(raw, name) for name in self.columns]
        joined = [self.by.join(as_text(cell) for cell in row if cell is not None) for row in zip(*parts, strict=True)]
        raw.columns[self.into] = [text or None for text in joined]
        return raw, sum(bool(text) for text in joined)

    @property
    def words(self) -> Words:
        listed = ", ".join(self.columns)
        return say(zh=f"{listed} 合成 {self.into}", en=f"{listed} joined as {self.into}")


@dataclass
class NumberFromText(Step):
    """The first number in a sentence, or the group of `pattern`; `unit` is written behind it, for the cleaning to read."""

    column: str
    into: str = ""
    pattern: str = r"([-+]?\d[\d,]*(?:\.\d+)?)"
    unit: str = ""
    needs = ("column",)

    def header(self, header: list[str]) -> list[str]:
        return _with(header, self.into or self.column)

    def apply(self, raw: RawBatch) -> tuple[RawBatch, int]:
        search = re.compile(self.pattern)
        matches = [None if cell is None else search.search(as_text(cell)) for cell in _column(raw, self.column)]
        made: Cells = [None if found is None else found[found.re.groups and 1] + self.unit for found in matches]
        raw.columns[self.into or self.column] = made
        return raw, sum(found is not None for found in matches)

    @property
    def words(self) -> Words:
        target = self.into or self.column
        return say(zh=f"{self.column}：从文字中取数 {target}", en=f"{self.column}: {target} taken from the text")


@dataclass
class SwapAxes(Step):
    """For files that put latitude or northing first."""

    def apply(self, raw: RawBatch) -> tuple[RawBatch, int]:
        if raw.geometry is not None:
            raw.geometry = shapely.transform(raw.geometry, lambda x, y: (y, x), interleaved=False)
        return raw, len(raw) if raw.geometry is not None else 0

    @property
    def words(self) -> Words:
        return say(zh="坐标先后对调", en="coordinates swapped")


@dataclass
class ToPoint(Step):
    """Lines and polygons become a point that lies on them."""

    def apply(self, raw: RawBatch) -> tuple[RawBatch, int]:
        if raw.geometry is None:
            return raw, 0
        wide = shapely.get_dimensions(raw.geometry) > 0
        raw.geometry[wide] = shapely.point_on_surface(raw.geometry[wide])
        return raw, int(wide.sum())

    @property
    def words(self) -> Words:
        return say(zh="线、面改为其上一点", en="lines and polygons made points on them")


STEPS: Mapping[str, type[Step]] = {
    "strip_prefix": StripPrefix,
    "strip_suffix": StripSuffix,
    "replace": Replace,
    "split": Split,
    "split_rows": SplitRows,
    "lookup": Lookup,
    "drop_rows": DropRows,
    "keep_rows": KeepRows,
    "drop_repeats": DropRepeats,
    "blank": Blank,
    "fill": Fill,
    "join": Join,
    "number_from_text": NumberFromText,
    "swap_axes": SwapAxes,
    "to_point": ToPoint,
}
