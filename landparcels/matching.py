"""Match of a requirement with parcels (METHODS 5): float64 columns in, ranked rows with reasons out. NaN is unknown.

A parcel is a position in the columns. Nothing here knows Django, the database or what a column means, except that
`start_price` settles ties. Where a need cannot count on all of a figure, two more columns say on how much of it (`USABLE`).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from geo.words import SpokenError
from landparcels import deciding
from landparcels.stability import CANDIDATES, share_in_top_ten

Floats = NDArray[np.float64]
Rows = NDArray[np.intp]
Mask = NDArray[np.bool_]
Columns = Mapping[str, Floats]
Positions = Rows | slice
ALL = slice(None)
BLOCK = 16384
SPARSE = 4
"""Where fewer than one in so many are candidates, it is quicker to look at these alone."""
USABLE, USABLE_AT_MOST = "__usable", "__usable_at_most"
"""Behind the name of an indicator: what a need may surely count on, and what at most; a need between the two is unknown."""
Operator = Literal["gte", "lte", "eq", "in"]
SIGNS: dict[Operator, str] = {"gte": "≥", "lte": "≤", "eq": "=", "in": "∈"}


class RequirementError(SpokenError):
    """A requirement that nobody can answer; says why and names the part at fault."""

    def __init__(self, zh: str, en: str, part: str = "") -> None:
        super().__init__(zh=zh, en=en)
        self.part = part


@dataclass(frozen=True, slots=True)
class Hard:
    """A constraint that a parcel keeps (inclusive) or is out; of `in` the value is a set of bits, one of which must be there."""

    indicator: str
    op: Operator
    value: float

    @property
    def is_need(self) -> bool:
        return self.op == "gte"

    def holds(self, values: Floats) -> Mask:
        """True where the value is known and within the constraint."""
        if self.op == "in":
            return any_bit(values, self.value)
        compare = {"gte": np.greater_equal, "lte": np.less_equal, "eq": np.equal}[self.op]
        held: Mask = compare(values, self.value)
        return held

    def __str__(self) -> str:
        return f"{self.indicator} {SIGNS[self.op]} {self.value:g}"


@dataclass(frozen=True, slots=True)
class Soft:
    """A wish: fully met at `ideal`, not at all at `accept`; which way is better follows from the two."""

    indicator: str
    ideal: float
    accept: float
    weight: float = 1.0
    among: float = 0.0
    """A set of bits where choices are wished for: met by any of them, and `ideal` and `accept` say nothing."""

    @property
    def is_need(self) -> bool:
        return not self.among and self.ideal > self.accept

    def satisfaction(self, values: Floats) -> Floats:
        """0 to 1, linear between; NaN where the value is unknown."""
        if self.among:
            return np.where(np.isnan(values), np.nan, any_bit(values, self.among))
        if self.ideal == self.accept:
            met = np.where(values == self.ideal, 1.0, 0.0)
            met[np.isnan(values)] = np.nan
            return met
        return np.clip((values - self.accept) / (self.ideal - self.accept), 0.0, 1.0)

    def earned(self, values: Floats) -> Floats:
        """Weight times satisfaction, an unknown earning nothing; made in place, as it runs over everything on offer."""
        if self.among:
            return np.where(any_bit(values, self.among), self.weight, 0.0)
        if self.ideal == self.accept:
            return np.where(values == self.ideal, self.weight, 0.0)
        part = values - self.accept
        part /= self.ideal - self.accept
        np.fmax(part, 0.0, out=part)  # of a number and NaN, fmax takes the number
        np.fmin(part, 1.0, out=part)
        part *= self.weight
        return part


def any_bit(values: Floats, bits: float) -> Mask:
    """Where a set of choices, told as a number, has one of these; an unknown has none."""
    held: Mask = (np.nan_to_num(values).astype(np.int64) & int(bits)) != 0
    return held


def surely(columns: Columns, criterion: Hard | Soft) -> Floats:
    """What a criterion reads: the figure, or of it what a need may count on."""
    figure = columns[criterion.indicator]
    return columns.get(criterion.indicator + USABLE, figure) if criterion.is_need else figure


def at_most(columns: Columns, criterion: Hard | Soft) -> Floats:
    """The most that this may turn out to be; where it is unknown altogether, NaN."""
    figure = columns[criterion.indicator]
    return columns.get(criterion.indicator + USABLE_AT_MOST, figure) if criterion.is_need else figure


def undecided(columns: Columns, criterion: Hard | Soft, rows: Rows) -> Mask:
    """Where nobody knows whether, or how far, the criterion is met."""
    judge = criterion.holds if isinstance(criterion, Hard) else criterion.satisfaction
    sure, most = surely(columns, criterion)[rows], at_most(columns, criterion)[rows]
    open_still: Mask = np.isnan(sure) | (judge(sure) != judge(most))
    return open_still


@dataclass(frozen=True, slots=True)
class Match:
    """The best parcels in order; arrays are aligned with `rows`, matrices have one column per soft criterion."""

    total: int
    rows: Rows
    score: Floats
    score_if_known: Floats
    satisfaction: Floats
    stability: Floats | None
    matters: Floats | None = None
    """Per soft criterion its share in telling the best apart (deciding.py); comes with stability."""
    changes: Rows | None = None
    """Per soft criterion how many of the top ten would change without it."""


def match(
    columns: Columns,
    code_order: Rows,
    *,
    hard: Sequence[Hard] = (),
    soft: Sequence[Soft] = (),
    candidates: Mask | None = None,
    allow_unknown: bool = False,
    limit: int = 50,
    stability: bool = False,
) -> Match:
    """METHODS 5. Ranks what meets every hard criterion; an unknown earns no satisfaction and is never taken for 0.

    `code_order` is each parcel's place in the order of codes, `candidates` what is looked at (region, bbox, industry).
    """
    check(hard, soft)
    rows = rows_met(columns, hard, candidates, allow_unknown=allow_unknown)
    weights = np.array([criterion.weight for criterion in soft], dtype=np.float64)
    score = scores(columns, soft, rows)

    def price(positions: Positions) -> Floats:
        return np.nan_to_num(columns["start_price"][rows[positions]], nan=np.inf)

    def code(positions: Positions) -> Rows:
        return code_order[rows[positions]]

    best = first(
        (lambda positions: -score[positions], price, code), rows.size, max(limit, CANDIDATES) if stability else limit
    )
    satisfaction = _satisfaction(columns, soft, rows[best], surely)
    shares = matters = swaps = None
    if stability:
        top = best[:CANDIDATES]
        earning, tie_order = np.nan_to_num(satisfaction[: top.size]), np.lexsort((code(top), price(top)))
        shares = share_in_top_ten(earning, weights, tie_order)
        matters, swaps = deciding.shares(earning, weights), deciding.changes(earning, weights, tie_order)
    shown = best[:limit]
    known = np.nan_to_num(_satisfaction(columns, soft, rows[shown], at_most), nan=1.0)
    earned_if_known = sum((weight * known[:, at] for at, weight in enumerate(weights)), start=np.zeros(shown.size))
    return Match(
        total=rows.size,
        rows=rows[shown],
        score=score[shown],
        score_if_known=_score(earned_if_known, weights.sum()),
        satisfaction=satisfaction[: shown.size],
        stability=None if shares is None else _filled(shares, shown.size),
        matters=matters,
        changes=swaps,
    )


def _satisfaction(
    columns: Columns, soft: Sequence[Soft], rows: Rows, read: Callable[[Columns, Soft], Floats]
) -> Floats:
    """A column per wish; NaN is unknown."""
    each = [wish.satisfaction(read(columns, wish)[rows]) for wish in soft]
    return np.stack(each or [np.empty(0)], axis=1).reshape(rows.size, len(soft))


def scores(columns: Columns, soft: Sequence[Soft], rows: Rows) -> Floats:
    """The score of each row. Block by block, so that what is worked out on the way stays in the processor's cache."""
    score = np.zeros(rows.size)
    weight = sum(criterion.weight for criterion in soft)
    read = [(criterion, surely(columns, criterion)) for criterion in soft]
    for start in range(0, rows.size, BLOCK):
        block, earned = rows[start : start + BLOCK], score[start : start + BLOCK]
        for criterion, values in read:
            earned += criterion.earned(values[block])
        score[start : start + BLOCK] = _score(earned, weight)
    return score


def rows_met(columns: Columns, hard: Sequence[Hard], candidates: Mask | None, *, allow_unknown: bool) -> Rows:
    """Which parcels keep every hard criterion, as rows; of few candidates only these are looked at."""
    if candidates is None or np.count_nonzero(candidates) > candidates.size / SPARSE:
        return np.flatnonzero(met(columns, hard, candidates, allow_unknown=allow_unknown))
    rows = np.flatnonzero(candidates)
    for criterion in hard:
        rows = rows[_keeps(columns, criterion, rows, allow_unknown=allow_unknown)]
    return rows


def met(columns: Columns, hard: Sequence[Hard], candidates: Mask | None, *, allow_unknown: bool) -> Mask:
    """Which parcels keep every hard criterion."""
    kept = np.ones(columns["start_price"].size, dtype=bool) if candidates is None else candidates.copy()
    for criterion in hard:
        kept &= _keeps(columns, criterion, ALL, allow_unknown=allow_unknown)
    return kept


def _keeps(columns: Columns, criterion: Hard, positions: Positions, *, allow_unknown: bool) -> Mask:
    """Of these positions the ones that keep the criterion, or that may keep it for all one knows."""
    if not allow_unknown:
        return criterion.holds(surely(columns, criterion)[positions])
    values = at_most(columns, criterion)[positions]
    return criterion.holds(values) | np.isnan(values)


def first(keys: Sequence[Callable[[Positions], Floats | Rows]], size: int, wanted: int) -> Rows:
    """Of `size` positions the `wanted` smallest by the keys in turn, in order, without sorting the rest.

    A key gives the values at some positions; a later one is asked only where the earlier leave it open.
    """
    chosen: list[Rows] = []
    if size <= wanted:
        undecided, missing = np.arange(size), size
    else:
        here = keys[0](ALL)
        last = np.partition(here, wanted - 1)[wanted - 1] if wanted else here.min()
        chosen.append(np.flatnonzero(here < last))
        missing = wanted - chosen[-1].size
        undecided = np.flatnonzero(here == last)
    for key in keys[1:]:
        if missing == undecided.size:
            break
        here = key(undecided)
        last = np.partition(here, missing - 1)[missing - 1] if missing else here.min()
        chosen.append(undecided[here < last])
        missing -= chosen[-1].size
        undecided = undecided[here == last]
    chosen.append(undecided[:missing])
    positions = np.concatenate(chosen)
    order: Rows = positions[np.lexsort([key(positions) for key in reversed(keys)])]
    return order


def check(hard: Sequence[Hard], soft: Sequence[Soft]) -> None:
    """Refuses what cannot be meant: numbers that are none, negative weights, constraints that exclude each other."""
    for index, wish in enumerate(soft):
        if not np.isfinite([wish.ideal, wish.accept, wish.weight]).all():
            raise RequirementError("理想值、可接受值和权重须为有限的数", "Numbers must be finite", f"soft.{index}")
        if wish.weight < 0:
            raise RequirementError(
                f"{wish.indicator} 的权重不能为负（{wish.weight:g}）",
                f"The weight of {wish.indicator} must not be negative ({wish.weight:g})",
                f"soft.{index}.weight",
            )
    for index, criterion in enumerate(hard):
        if not np.isfinite(criterion.value):
            raise RequirementError("硬性条件的数值须为有限的数", "Numbers must be finite", f"hard.{index}.value")
        for other in hard[:index]:
            if _contradict(criterion, other):
                raise RequirementError(
                    f"条件互相矛盾：{other} 与 {criterion} 不能同时成立",
                    f"The criteria contradict each other: {other} and {criterion} cannot both hold",
                    f"hard.{index}",
                )


def _contradict(a: Hard, b: Hard) -> bool:
    """No value at all keeps both."""
    if a.indicator != b.indicator or "in" in (a.op, b.op):
        return False
    low = max((c.value for c in (a, b) if c.op != "lte"), default=-np.inf)
    high = min((c.value for c in (a, b) if c.op != "gte"), default=np.inf)
    return low > high


def _score(earned: Floats, total_weight: float) -> Floats:
    """100 Σ w s / Σ w to 9 decimals; 100 when nothing is asked for softly."""
    if total_weight == 0:
        return np.full(earned.shape, 100.0)
    score: Floats = earned * (100.0 / total_weight)
    return np.round(score, 9, out=score)


def _filled(shares: Floats, size: int) -> Floats:
    """Cut or lengthened with NaN: beyond the candidates stability is not known."""
    out = np.full(size, np.nan)
    out[: min(size, shares.size)] = shares[:size]
    return out
