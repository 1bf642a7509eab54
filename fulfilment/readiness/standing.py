"""How ready a parcel is on a day, from what is on record of it and of the regions around it. Knows no database."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from fulfilment.readiness.checklist import ASSESSMENTS, ITEMS, Item, State


@dataclass(frozen=True, slots=True)
class Record:
    """What is on record of one item: of the parcel itself, or of a region above it (`region`)."""

    state: State
    done_on: date | None = None
    expires: date | None = None
    department: str = ""
    reference: str = ""
    note: str = ""
    region: str = ""
    region_name: str = ""
    region_name_en: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """An item with how it stands on the day asked for; without a record nothing is known of it."""

    item: Item
    state: State
    record: Record | None

    @property
    def department(self) -> str:
        return (self.record.department if self.record else "") or self.item.department


@dataclass(frozen=True, slots=True)
class Readiness:
    lines: tuple[Line, ...]
    recorded: bool
    """False: nobody has entered anything, of the parcel or of a region above it, so that nothing can be said."""

    @property
    def needed(self) -> int:
        return sum(line.state != "not_needed" for line in self.lines)

    @property
    def done(self) -> int:
        return sum(line.state == "done" for line in self.lines)

    @property
    def share(self) -> float | None:
        """Of what is needed, what is done; None where nothing is on record."""
        return self.done / self.needed if self.recorded and self.needed else None

    @property
    def missing(self) -> tuple[Line, ...]:
        """What stands in the way: under way, missing or expired."""
        return tuple(line for line in self.lines if line.state not in ("done", "not_needed"))

    @property
    def is_ready(self) -> bool | None:
        return not self.missing if self.recorded else None

    @property
    def assessments(self) -> int:
        """Area assessments that are valid: the indicator `regional_assessments`."""
        return sum(line.state == "done" for line in self.lines if line.item.code in ASSESSMENTS)


def state_on(record: Record, day: date) -> State:
    """What was done holds from its date to the last day included; before it, it is under way, after it, expired."""
    if record.state != "done":
        return record.state
    if record.expires is not None and record.expires < day:
        return "expired"
    if record.done_on is not None and record.done_on > day:
        return "under_way"
    return "done"


def judge(
    own: Mapping[str, Record], around: Sequence[Mapping[str, Record]], services_level: float | None, day: date
) -> Readiness:
    """The whole checklist.

    `own` are the parcel's records, `around` those of its region and every region above it, the nearest first: the
    parcel's own record stands before any region's, and the nearest region's before a farther one's. A utility beyond
    the parcel's N通一平 is not needed unless somebody entered it; an unknown N leaves every utility to be answered for.
    """
    lines = tuple(_line(item, _nearest(item.code, own, around), services_level, day) for item in ITEMS.values())
    return Readiness(lines, recorded=bool(own) or any(around))


def _nearest(code: str, own: Mapping[str, Record], around: Iterable[Mapping[str, Record]]) -> Record | None:
    return next((records[code] for records in (own, *around) if code in records), None)


def _line(item: Item, record: Record | None, services_level: float | None, day: date) -> Line:
    if record is not None:
        return Line(item, state_on(record, day), record)
    spared = services_level is not None and item.from_level > services_level
    return Line(item, "not_needed" if spared else "missing", None)
