"""The city's own indicators as the rest of the room reads them, beside the standard ones.

A value is a number, true or false, the code of a choice, or a list of codes. As a column of numbers (matching, histograms)
yes is 1 and no 0, and choices are a set of bits in the order of the dictionary, so that "one of these" is one AND.
"""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from accounts.rights import Person, may_see_staff_data
from geo.versions import Kept, recent_stamp
from geo.words import Words, say
from landparcels.indicators.city import CityIndicator
from landparcels.indicators.field import GROUPS, Bound, Group, IndicatorField

VERSION = "city_indicators"
MOST_CHOICES = 50
"""What a float64 holds exactly as bits, with room."""

OwnKind = Literal["decimal", "choice", "choices", "yes_no"]
OwnValue = float | bool | str | list[str]


@dataclass(frozen=True, slots=True)
class Option:
    """One of the choices."""

    code: str
    zh: str
    en: str

    @property
    def words(self) -> Words:
        return Words(self.zh, self.en)


@dataclass(frozen=True, slots=True)
class OwnIndicator:
    """A row of the dictionary with the face of an `IndicatorField`; all of them are declared."""

    code: str
    zh: str
    en: str
    group: Group
    unit: str
    bound: Bound
    kind: OwnKind
    low: float | None
    high: float | None
    options: tuple[Option, ...]
    department: str
    department_en: str
    legal_basis: Words
    note_zh: str
    note_en: str
    public: bool
    position: int
    origin: Literal["declared"] = "declared"
    allowed: tuple[float, ...] = ()
    own: bool = True

    @property
    def is_chosen(self) -> bool:
        """Its values are codes of choices."""
        return self.kind in ("choice", "choices")

    @property
    def choices(self) -> Mapping[str, Words]:
        return {option.code: option.words for option in self.options}

    def fault(self, value: object) -> Words | None:
        """What is wrong with a value; None when it may stand."""
        if self.kind == "yes_no":
            return None if isinstance(value, bool) else say(zh=f"{self.zh}应为是或否", en=f"{self.en} is yes or no")
        if self.is_chosen:
            return self._no_choice(value)
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            return say(zh=f"{self.zh}必须是有限的数", en=f"{self.en} must be a finite number")
        if (self.low is not None and value < self.low) or (self.high is not None and value > self.high):
            low, high = (
                ("−∞" if self.low is None else f"{self.low:g}"),
                ("∞" if self.high is None else f"{self.high:g}"),
            )
            return say(
                zh=f"{self.zh}应在 {low} 至 {high} {self.unit} 之间，收到 {value:g}",
                en=f"{self.en} lies between {low} and {high} {self.unit}; got {value:g}",
            )
        return None

    def _no_choice(self, value: object) -> Words | None:
        several = self.kind == "choices"
        codes = [option.code for option in self.options]
        given = value if isinstance(value, list) else [value]
        if isinstance(value, list) == several and given and all(code in codes for code in given):
            return None
        known = ", ".join(codes)
        return say(
            zh=f"{self.zh}只能是 {known}" + ("（一项或多项）" if several else ""),
            en=f"{self.en} is one {'or more ' if several else ''}of {known}",
        )

    def bits(self, codes: Collection[str]) -> float:
        """The set of these choices as a number; codes that are none of them raise KeyError."""
        place = {option.code: at for at, option in enumerate(self.options)}
        return float(sum(1 << place[code] for code in set(codes)))

    def encoded(self, value: OwnValue | None) -> float:
        """As a number; NaN is unknown."""
        if value is None:
            return math.nan
        if self.is_chosen:
            return self.bits(value if isinstance(value, list) else [str(value)])
        return float(value)  # type: ignore[arg-type]  # a number or a truth, by its kind

    def decoded(self, number: float | None) -> OwnValue | None:
        """The value behind a number of a column."""
        if number is None or math.isnan(number):
            return None
        if self.kind == "yes_no":
            return number == 1
        if not self.is_chosen:
            return number
        codes = [option.code for at, option in enumerate(self.options) if int(number) >> at & 1]
        return codes if self.kind == "choices" else (codes[0] if codes else None)


Indicator = IndicatorField | OwnIndicator


def of_row(row: CityIndicator) -> OwnIndicator:
    return OwnIndicator(
        code=row.code,
        zh=row.name_zh,
        en=row.name_en or row.name_zh,
        group=row.group,  # type: ignore[arg-type]  # a constraint holds it to the groups
        unit=row.unit,
        bound=row.bound,  # type: ignore[arg-type]  # and this to the bounds
        kind="decimal" if row.type == "number" else row.type,  # type: ignore[arg-type]  # and this to the types
        low=row.low,
        high=row.high,
        options=tuple(Option(one["code"], one["zh"], one.get("en") or one["zh"]) for one in row.choices),
        department=row.department_zh,
        department_en=row.department_en or row.department_zh,
        legal_basis=Words(row.legal_basis_zh, row.legal_basis_en or row.legal_basis_zh),
        note_zh=row.note_zh,
        note_en=row.note_en or row.note_zh,
        public=row.public,
        position=row.position,
    )


def _read() -> dict[str, OwnIndicator]:
    found = [of_row(row) for row in CityIndicator.objects.all()]
    found.sort(key=lambda one: (GROUPS.index(one.group), one.position, one.code))
    return {one.code: one for one in found}


class _Recent(Kept[dict[str, OwnIndicator]]):
    """Every list and every request asks, so that a fraction of a second old is new enough."""

    def get(self) -> dict[str, OwnIndicator]:
        made = self._made
        return made[1] if made is not None and made[0] == recent_stamp(*self.names) else super().get()


_kept = _Recent((VERSION,), _read)


def own_indicators(person: Person | None = None) -> Mapping[str, OwnIndicator]:
    """By code, group by group in the order of the dictionary; with a person only what they may see."""
    found = _kept.get()
    if person is None or may_see_staff_data(person):
        return found
    return {code: one for code, one in found.items() if one.public}


def merged(standard: Mapping[str, IndicatorField], own: Mapping[str, OwnIndicator]) -> dict[str, Indicator]:
    """Both, group by group; the city's own at the end of each."""
    every: Sequence[Indicator] = [*standard.values(), *own.values()]
    return {one.code: one for one in sorted(every, key=lambda one: GROUPS.index(one.group))}
