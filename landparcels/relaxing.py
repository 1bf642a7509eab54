"""What to give up when no parcel meets a requirement: the smallest change of the criteria that lets one through."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from landparcels.matching import Columns, Hard, Mask, Operator, met, surely


@dataclass(frozen=True, slots=True)
class Relaxation:
    """Asking `to` (three digits) instead of the criterion's value leaves `count` parcels, asking nothing of it `without`.

    `changes` lists criteria that have to give way together (one, where one is enough); a `to` of None means that the
    value is unknown at the nearest parcels, so the criterion has to go.
    """

    changes: tuple[tuple[Hard, float | None], ...]
    count: int
    without: int


def relaxations(
    columns: Columns, hard: Sequence[Hard], candidates: Mask | None = None, *, allow_unknown: bool = False
) -> list[Relaxation]:
    """Each single criterion whose change is enough, smallest relative change first; else one set that is.

    Empty when there is nothing to relax: no criteria, or no parcels at all where one looked.
    """
    everyone = met(columns, (), candidates, allow_unknown=allow_unknown)
    if not hard or not everyone.any():
        return []
    singles = [
        relaxation
        for index, criterion in enumerate(hard)
        if (relaxation := _relaxed(columns, [*hard[:index], *hard[index + 1 :]], (criterion,), everyone, allow_unknown))
    ]
    if singles:
        return sorted(singles, key=lambda relaxation: _effort(columns, relaxation, everyone))
    return _together(columns, hard, everyone, allow_unknown)


def _relaxed(
    columns: Columns, kept: Sequence[Hard], given: Sequence[Hard], everyone: Mask, allow_unknown: bool
) -> Relaxation | None:
    """The least change of the given criteria that lets through a parcel which keeps the others."""
    through = met(columns, kept, everyone, allow_unknown=allow_unknown)
    without = int(through.sum())
    if not without:
        return None
    nearest = through
    changes: list[tuple[Hard, float | None]] = []
    for criterion in given:
        values = surely(columns, criterion)
        known = nearest & ~np.isnan(values)
        if criterion.op == "in" or not known.any():  # there is no half-way between choices
            changes.append((criterion, None))
            continue
        nearest_value = float(values[known][np.argmin(np.abs(values[known] - criterion.value))])
        to = _outward(criterion.op, nearest_value)
        changes.append((criterion, to))
        nearest = met(columns, [replace(criterion, value=to)], nearest, allow_unknown=allow_unknown)
    return Relaxation(tuple(changes), int(nearest.sum()), without)


def _outward(op: Operator, value: float) -> float:
    """Three digits that a person can set on a slider, never short of the value."""
    if op == "eq" or value == 0:
        return value
    step = 10.0 ** (math.floor(math.log10(abs(value))) - 2)
    whole = math.floor(value / step + 1e-9) if op == "gte" else math.ceil(value / step - 1e-9)
    rounded = float(f"{whole * step:.3g}")
    return min(rounded, value) if op == "gte" else max(rounded, value)


def _together(columns: Columns, hard: Sequence[Hard], everyone: Mask, allow_unknown: bool) -> list[Relaxation]:
    """Around the parcels that break the fewest criteria: those criteria, changed together."""
    broken = np.stack([~met(columns, [criterion], everyone, allow_unknown=allow_unknown) for criterion in hard])
    fewest = int(broken[:, everyone].sum(axis=0).min())
    sets = {tuple(pattern) for pattern in broken[:, everyone & (broken.sum(axis=0) == fewest)].T.tolist()}
    options = []
    for pattern in sorted(sets):
        given = [criterion for criterion, is_broken in zip(hard, pattern, strict=True) if is_broken]
        kept = [criterion for criterion, is_broken in zip(hard, pattern, strict=True) if not is_broken]
        if relaxation := _relaxed(columns, kept, given, everyone, allow_unknown):
            options.append(relaxation)
    return sorted(options, key=lambda relaxation: _effort(columns, relaxation, everyone))


def _effort(columns: Columns, relaxation: Relaxation, everyone: Mask) -> tuple[float, int]:
    """Sum of changes relative to what is on offer; a criterion that has to go counts as the whole of it."""
    effort = 0.0
    for criterion, to in relaxation.changes:
        offered = surely(columns, criterion)[everyone]
        offered = offered[~np.isnan(offered)]
        spread = float(np.ptp(np.append(offered, criterion.value)))
        effort += 1.0 if to is None or spread == 0 else abs(to - criterion.value) / spread
    return effort, -relaxation.count
