"""What every reader yields, and the one error they raise."""

import hashlib
import shutil
import tempfile
import weakref
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
from numpy.typing import NDArray

from geo.words import SpokenError, Words, say

BATCH = 50_000

Cell = object
"""str, int, float, bool, date, datetime or None, as the file has it; an empty cell is None."""

Geometries = NDArray[np.object_]


class UnreadableFile(SpokenError):
    """The file, or all of it from here on, cannot be read; says why and what to do."""


@dataclass
class RawBatch:
    """Rows as they stand in the file.

    `columns[header][i]` and `geometry[i]` belong to the row a person counts as `numbers[i]`: the spreadsheet row (the
    header is row 1) or the feature's number. `faults[i]` is why row i could not be read as a whole.
    """

    columns: dict[str, list[Cell]]
    numbers: Sequence[int]
    geometry: Geometries | None = None
    faults: dict[int, Words] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.numbers)

    @property
    def first_row(self) -> int:
        return self.numbers[0]


class Reader:
    """An opened file: a context manager, so that unpacked copies do not outlive it."""

    header: list[str]
    crs: str | None = None
    """The system the file names, for `geo.crs.parse`; None: it names none."""

    total: int | None = None
    """Rows, where the file tells without being read."""

    has_geometry = False
    """Rows carry geometry of their own; tables may still have lng and lat, or wkt."""

    dates_are_serials = False
    """Bare numbers in a date column count days since 1899-12-30: spreadsheets alone."""

    def __init__(self) -> None:
        self.header = []
        self.notes: list[Words] = []
        self._unpacked: list[weakref.finalize[[Path], Self]] = []

    def batches(self, size: int = BATCH) -> Iterator[RawBatch]:
        """Every row once, in the order of the file; may be called again."""
        raise NotImplementedError

    def owns(self, folder: Path | None) -> Self:
        """`folder` is removed when the reader is closed or forgotten."""
        if folder is not None:
            self._unpacked.append(weakref.finalize(self, _remove, folder))
        return self

    def close(self) -> None:
        for remove in self._unpacked:
            remove()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()


def _remove(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)


def working_folder() -> Path:
    return Path(tempfile.mkdtemp(prefix="luodi-import-"))


def sha256_of(path: Path) -> str:
    """Of the file's bytes, hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def checked_header(names: Sequence[object], place: Words | None = None) -> list[str]:
    """Column names without surrounding blanks; `""` marks a column without a name. Refuses doubles and nothing at all."""
    header = ["" if name is None else " ".join(str(name).replace("\ufeff", "").split()) for name in names]
    known = [name for name in header if name]
    if not known:
        raise UnreadableFile(zh="第一行没有列名", en="The first row holds no column names")
    doubled = sorted({name for name in known if known.count(name) > 1})
    if doubled:
        raise UnreadableFile(
            zh=f"列名重复：{'、'.join(doubled)}；每一列要有自己的名字",
            en=f"Column names appear twice: {', '.join(doubled)}; every column needs a name of its own",
        )
    return header


def nameless(header: Sequence[str], letters: Sequence[str]) -> Words:
    return say(
        zh=f"没有列名的列未读取：{'、'.join(letters)}",
        en=f"Columns without a name were left out: {', '.join(letters)}",
    )
