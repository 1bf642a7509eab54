"""Steps that choose, multiply or blank rows by what they hold."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import shapely

from geo.importing.cleaning.numbers import plain_number
from geo.importing.cleaning.step import Cells, Step, cells_of, only_rows
from geo.importing.cleaning.texts import as_text
from geo.importing.readers import RawBatch
from geo.words import Words, say


@dataclass
class SplitRows(Step):
    """One row becomes one for each part of the cell between `by`; row numbers repeat."""

    column: str
    by: str
    needs = ("column",)

    def apply(self, raw: RawBatch) -> tuple[RawBatch, int]:
        rows: list[int] = []
        parts: Cells = []
        for row, cell in enumerate(cells_of(raw, self.column)):
            split = [part.strip() for part in as_text(cell).split(self.by) if part.strip()] if cell is not None else []
            rows.extend([row] * max(1, len(split)))
            parts.extend(split or [cell])
        wider = only_rows(raw, rows)
        wider.columns[self.column] = parts
        return wider, len(rows) - len(raw)

    @property
    def words(self) -> Words:
        return say(
            zh=f"{self.column}：按“{self.by}”拆成多行，增加的行", en=f"{self.column}: split by “{self.by}”, rows added"
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
        cells = cells_of(raw, self.column)
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
        return (raw, 0) if len(keep) == len(raw) else (only_rows(raw, keep), len(raw) - len(keep))

    @property
    def words(self) -> Words:
        zh, en = self._told
        return say(zh=f"略过的行：{zh}", en=f"rows dropped: {en}")


@dataclass
class KeepRows(Condition):
    def apply(self, raw: RawBatch) -> tuple[RawBatch, int]:
        keep = np.flatnonzero(self.holds(raw)).tolist()
        return (raw, 0) if len(keep) == len(raw) else (only_rows(raw, keep), len(raw) - len(keep))

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
        for row, key in enumerate(zip(*(cells_of(raw, name) for name in self.columns), strict=True)):
            if key not in self._seen:
                self._seen.add(key)
                keep.append(row)
        return (raw, 0) if len(keep) == len(raw) else (only_rows(raw, keep), len(raw) - len(keep))

    @property
    def words(self) -> Words:
        listed = ", ".join(self.columns)
        return say(zh=f"略过的行：{listed} 重复", en=f"rows dropped: {listed} repeated")


@dataclass
class Blank(Condition):
    """Cells that hold something known to be wrong become unknown."""

    def apply(self, raw: RawBatch) -> tuple[RawBatch, int]:
        wrong = self.holds(raw)
        cells = cells_of(raw, self.column)
        raw.columns[self.column] = [None if bad else cell for cell, bad in zip(cells, wrong.tolist(), strict=True)]
        return raw, int(wrong.sum())

    @property
    def words(self) -> Words:
        zh, en = self._told
        return say(zh=f"改为未知：{zh}", en=f"made unknown: {en}")
