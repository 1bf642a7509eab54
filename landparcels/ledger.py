"""Columns that are only ever added to, so that a change of a few rows need not copy a million."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

SPARE = 16
"""One row in so many is kept free behind those there are, and at least `LEAST`."""
LEAST = 1000

Floats = NDArray[np.float64]
Wholes = NDArray[np.int64]
Eights = NDArray[np.uint64]


class Ledger:
    """Columns of eight bytes, whole numbers or others, with room behind what is filled.

    What was written is never written again: whoever looks at the first n rows sees the same for ever, whatever comes behind
    them meanwhile. One at a time may add.
    """

    def __init__(self, names: Sequence[str], rows: int) -> None:
        self.names = tuple(names)
        self.filled = 0
        self._values: Eights = np.empty((len(self.names), rows + max(rows // SPARE, LEAST)), dtype=np.uint64)

    @property
    def free(self) -> int:
        return int(self._values.shape[1]) - self.filled

    def add(self, values: Eights) -> None:
        """Rows of this ledger as columns of `values`, which has a row for each name."""
        end = self.filled + values.shape[1]
        if end > self._values.shape[1]:
            raise ValueError(f"{values.shape[1]} rows where there is room for {self.free}")
        self._values[:, self.filled : end] = values
        self.filled = end

    def taken(self, rows: NDArray[np.intp], more: int = 0) -> "Ledger":
        """Some rows in a ledger of their own, with room for more; a column at a time, for the whole may be large."""
        fresh = Ledger(self.names, len(rows) + more)
        for old, new in zip(self._values, fresh._values, strict=True):
            np.take(old, rows, out=new[: len(rows)], mode="clip")
        fresh.filled = len(rows)
        return fresh

    def rows(self, end: int) -> Eights:
        return self._values[:, :end]

    def floats(self, name: str, end: int) -> Floats:
        return self._values[self.names.index(name), :end].view(np.float64)

    def wholes(self, name: str, end: int) -> Wholes:
        return self._values[self.names.index(name), :end].view(np.int64)
