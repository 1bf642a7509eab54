"""What every step of a rules file answers, and the few moves they share."""

from collections.abc import Callable, Sequence

from geo.importing.cleaning.texts import as_text
from geo.importing.readers import RawBatch
from geo.words import Words

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


def with_columns(header: list[str], *names: str) -> list[str]:
    return [*header, *(name for name in names if name not in header)]


def cells_of(raw: RawBatch, name: str) -> Cells:
    return raw.columns.get(name) or [None] * len(raw)


def changed(raw: RawBatch, column: str, into: str, change: Callable[[str], object]) -> tuple[RawBatch, int]:
    """`change` on every cell as text; blank cells stay blank."""
    cells = cells_of(raw, column)
    made: Cells = [cell if cell is None else change(as_text(cell)) for cell in cells]
    made = [None if cell == "" else cell for cell in made]
    touched = sum(old is not None and new != as_text(old) for old, new in zip(cells, made, strict=True))
    raw.columns[into] = made
    return raw, touched


def only_rows(raw: RawBatch, rows: Sequence[int]) -> RawBatch:
    """The rows at these places, which may repeat."""
    geometry = None if raw.geometry is None else raw.geometry[list(rows)]
    faults = {new: raw.faults[old] for new, old in enumerate(rows) if old in raw.faults} if raw.faults else {}
    columns = {name: [cells[row] for row in rows] for name, cells in raw.columns.items()}
    return RawBatch(columns, [raw.numbers[row] for row in rows], geometry, faults)
