"""Rows on their way from a file into a table: columns as lists, geometry as an array, and what was refused."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from geo.words import Words


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row that is not loaded: its number as a person counts it in the file, the column, the value, the reason."""

    row: int
    column: str
    value: str
    reason: Words


def storable(text: str) -> str:
    """With a mark in place of null characters and halves of characters, which no database takes."""
    return text.replace("\0", "\ufffd").encode("utf-8", "replace").decode()


@dataclass(frozen=True, slots=True)
class Remark:
    """Something a person should know of a row that was loaded all the same."""

    row: int
    column: str
    reason: Words


@dataclass
class Batch:
    """`columns[name][i]` belongs to the row a person counts as `numbers[i]`; `geometry` is an array of shapely or None.

    Values in `columns` are clean: None is unknown. `as_read` keeps the row as it stood in the file, for refusals.
    """

    numbers: Sequence[int]
    columns: dict[str, list[Any]]  # values are of the column's type
    geometry: np.ndarray | None
    refusals: list[Refusal] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    dropped: int = 0
    _refused: set[int] = field(default_factory=set)

    def __len__(self) -> int:
        return len(self.numbers)

    def alive(self) -> Iterable[int]:
        """Indices of the rows not refused so far."""
        return (index for index in range(len(self.numbers)) if index not in self._refused)

    def is_refused(self, index: int) -> bool:
        return index in self._refused

    @property
    def is_whole(self) -> bool:
        """No row was refused or dropped so far."""
        return not self._refused

    def refuse(self, index: int, column: str, value: object, reason: Words) -> None:
        """The first reason of a row stands; later ones are kept too, so that a person can mend all at once."""
        self._refused.add(index)
        shown = "" if value is None else storable(str(value)[:200])
        self.refusals.append(Refusal(self.numbers[index], column, shown, reason))

    def drop(self, index: int, column: str, reason: Words) -> None:
        """Leave a row out that is no fault of the file's, and say so."""
        self._refused.add(index)
        self.dropped += 1
        self.remark(index, column, reason)

    def remark(self, index: int, column: str, reason: Words) -> None:
        self.remarks.append(Remark(self.numbers[index], column, reason))

    def values(self, column: str) -> list[Any]:
        """The column, or unknowns where the file has none."""
        return self.columns.get(column) or [None] * len(self.numbers)

    def compacted(self) -> "Batch":
        """Without the refused rows."""
        if not self._refused:
            return self
        keep = list(self.alive())
        return Batch(
            [self.numbers[index] for index in keep],
            {name: [values[index] for index in keep] for name, values in self.columns.items()},
            None if self.geometry is None else self.geometry[keep],
            self.refusals,
            self.remarks,
            self.dropped,
        )
