"""Which thresholds hold in this city: the defaults of METHODS 4, or the newest set that somebody entered with a reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from accounts.rights import may_set_thresholds
from chains.models import LARGEST_QUOTIENT, ThresholdSet
from chains.verdicts import DEFAULT_THRESHOLDS, Thresholds
from geo.errors import BadParameter, NotAllowed

NAMES = tuple(field.name for field in fields(Thresholds))
BOUNDS: Mapping[str, tuple[float, float]] = {
    name: (0, LARGEST_QUOTIENT if name == "strong_lq" else 1) for name in NAMES
}
"""Above the first (`unknown_barrier` may equal it), at most the second."""


@dataclass(frozen=True)
class Limits:
    """The thresholds that a verdict was made with, and their version: 0 for the defaults."""

    version: int
    values: Thresholds

    def as_answer(self) -> dict[str, float | int]:
        return {"version": self.version, **asdict(self.values)}


DEFAULT_LIMITS = Limits(0, DEFAULT_THRESHOLDS)


def limits_in_force() -> Limits:
    newest = ThresholdSet.objects.newest()
    return DEFAULT_LIMITS if newest is None else limits_of(newest)


def limits_of(row: ThresholdSet) -> Limits:
    return Limits(row.version, Thresholds(**{name: getattr(row, name) for name in NAMES}))


@transaction.atomic
def set_thresholds(
    *, values: Mapping[str, float], based_on: int, note: str, by: User, now: datetime | None = None
) -> ThresholdSet:
    """A new version: `values` replace those in force, which must be those that `based_on` names."""
    if not may_set_thresholds(by):
        raise NotAllowed(
            zh="判定阈值由招商与管理员设定。", en="Thresholds are set by the promotion staff and administrators."
        )
    held = limits_in_force()
    wanted = {**asdict(held.values), **values}
    for name, (low, high) in BOUNDS.items():
        above = wanted[name] >= low if name == "unknown_barrier" else wanted[name] > low
        if not (above and wanted[name] <= high):
            raise BadParameter(
                name,
                zh=f"应大于 {low}（未记录壁垒可为 0）且不超过 {high}。",
                en=f"must be above {low} (an unknown barrier may be 0) and at most {high}.",
            )
    if wanted == asdict(held.values):
        raise BadParameter("note", zh="与现行阈值完全相同。", en="These are the thresholds in force already.")
    if based_on != held.version:
        raise _moved(held.version)
    try:
        with transaction.atomic():
            return ThresholdSet.objects.create(
                version=held.version + 1,
                note=note,
                made_by=by.get_username(),
                made_at=now or timezone.now(),
                **wanted,
            )
    except IntegrityError as error:  # somebody else was a moment earlier
        raise _moved(held.version + 1) from error


def _moved(version: int) -> BadParameter:
    return BadParameter(
        "based_on",
        zh=f"现行阈值已是第 {version} 版；请看过之后再改。",
        en=f"The thresholds in force are version {version} by now; look at them before changing them.",
    )
