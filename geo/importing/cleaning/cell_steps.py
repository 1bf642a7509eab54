"""Steps that mend cells, make columns or turn geometry."""

import re
from dataclasses import dataclass
from typing import Any

import shapely

from geo.importing.cleaning.step import Cells, Step, cells_of, changed, only_rows, with_columns
from geo.importing.cleaning.texts import as_text
from geo.importing.readers import RawBatch
from geo.words import Words, say


@dataclass
class StripPrefix(Step):
    column: str
    text: str
    needs = ("column",)

    def apply(self, raw: RawBatch) -> tuple[RawBatch, int]:
        return changed(raw, self.column, self.column, lambda cell: cell.removeprefix(self.text))

    @property
    def words(self) -> Words:
        return say(zh=f"{self.column}：去掉前缀“{self.text}”", en=f"{self.column}: prefix “{self.text}” taken off")


@dataclass
class StripSuffix(Step):
    column: str
    text: str
    needs = ("column",)

    def apply(self, raw: RawBatch) -> tuple[RawBatch, int]:
        return changed(raw, self.column, self.column, lambda cell: cell.removesuffix(self.text))

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
        return with_columns(header, self.into or self.column)

    def apply(self, raw: RawBatch) -> tuple[RawBatch, int]:
        search = re.compile(self.pattern)
        return changed(raw, self.column, self.into or self.column, lambda cell: search.sub(self.to, cell))

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
        return with_columns(header, *self.into)

    def apply(self, raw: RawBatch) -> tuple[RawBatch, int]:
        search = re.compile(self.pattern)
        matches = [None if cell is None else search.search(as_text(cell)) for cell in cells_of(raw, self.column)]
        for place, name in enumerate(self.into, 1):
            raw.columns[name] = [found[place] if found else None for found in matches]
        return raw, sum(found is not None for found in matches)

    @property
    def words(self) -> Words:
        listed = ", ".join(self.into)
        return say(zh=f"{self.column}：拆成 {listed}", en=f"{self.column}: split into {listed}")


@dataclass
class Lookup(Step):
    """The cell's entry in `table` (or in a file: columns `key` and `value`). `otherwise`: keep, blank or drop."""

    column: str
    table: dict[str, Any]
    into: str = ""
    otherwise: str = "keep"
    needs = ("column",)

    def header(self, header: list[str]) -> list[str]:
        return with_columns(header, self.into or self.column)

    def apply(self, raw: RawBatch) -> tuple[RawBatch, int]:
        keys = [None if cell is None else as_text(cell).strip() for cell in cells_of(raw, self.column)]
        known = [key is not None and key in self.table for key in keys]
        raw.columns[self.into or self.column] = [
            self.table[key] if found else (key if self.otherwise == "keep" else None)  # type: ignore[index]  # found: not None
            for key, found in zip(keys, known, strict=True)
        ]
        if self.otherwise == "drop":
            raw = only_rows(raw, [row for row, found in enumerate(known) if found])
        return raw, sum(known)

    @property
    def words(self) -> Words:
        return say(
            zh=f"{self.column}：按对照表换成 {self.into or self.column}",
            en=f"{self.column}: looked up as {self.into or self.column}",
        )


@dataclass
class Fill(Step):
    """Blank cells of a column, or a new one, with `value` or with what stands in the column `copy`."""

    column: str
    value: Any = None
    copy: str = ""

    def header(self, header: list[str]) -> list[str]:
        return with_columns(header, self.column)

    def apply(self, raw: RawBatch) -> tuple[RawBatch, int]:
        cells = cells_of(raw, self.column)
        fillings = cells_of(raw, self.copy) if self.copy else [self.value] * len(raw)
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
        return with_columns(header, self.into)

    def apply(self, raw: RawBatch) -> tuple[RawBatch, int]:
        parts = [cells_of(raw, name) for name in self.columns]
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
        return with_columns(header, self.into or self.column)

    def apply(self, raw: RawBatch) -> tuple[RawBatch, int]:
        search = re.compile(self.pattern)
        matches = [None if cell is None else search.search(as_text(cell)) for cell in cells_of(raw, self.column)]
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
