"""What cleaning one column gives back."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from geo.words import Words, say

Cells = Sequence[object]
"""As read: str, int, float, bool, date, datetime or None."""


@dataclass(frozen=True, slots=True)
class Reject:
    """`index` counts within the column."""

    index: int
    value: object
    reason: Words


@dataclass
class Cleaned:
    """`values[i]` is of the column's type, or None: unknown (or rejected)."""

    values: list[Any]
    rejects: list[Reject] = field(default_factory=list)
    remarks: list[tuple[int, Words]] = field(default_factory=list)
    repairs: Counter[Words] = field(default_factory=Counter)


class Unfit(Exception):
    """One cell that cannot be taken; carries the words."""

    def __init__(self, words: Words) -> None:
        self.words = words


def each(cells: Cells, clean: Callable[[object], Any]) -> Cleaned:
    """The careful way: every cell by itself; None stays None."""
    done = Cleaned([None] * len(cells))
    for index, cell in enumerate(cells):
        if cell is None:
            continue
        try:
            done.values[index] = clean(cell)
        except Unfit as unfit:
            done.rejects.append(Reject(index, cell, unfit.words))
    return done


NOT_TEXT = say(
    zh="文字里有无法保存的字符（NUL 或半个代理字符）",
    en="The text holds characters that cannot be kept (NUL or a lone surrogate)",
)
