"""How the demo's chains were judged before: two versions of the thresholds, and the health of earlier summers."""

from __future__ import annotations

from datetime import UTC, date, datetime

from django.db import transaction

from accounts.audit import machine_writes
from accounts.models import User
from chains.history import history
from chains.models import Chain, ChainHealth, ThresholdSet
from chains.selectors import pictures
from chains.thresholds import set_thresholds

AUTHOR = "demo-promotion"
VERSIONS = (
    (datetime(2024, 3, 15, 2, tzinfo=UTC), {"weak_rate": 0.5, "chokepoint": 0.35}, "起步阶段从宽，只标最突出的短板（演示）"),
    (datetime(2026, 5, 20, 2, tzinfo=UTC), {"weak_rate": 0.6, "chokepoint": 0.3}, "与全省口径一致（演示）"),
)  # fmt: skip
SUMMER = (6, 20)
"""When the yearly figures of the year before have come in."""
SUMMERS = 5


@transaction.atomic
def set_limits() -> None:
    """Before anything rests on them; nothing where somebody has set thresholds already."""
    author = User.objects.filter(username=AUTHOR).first()
    if author is None or ThresholdSet.objects.exists():
        return
    for based_on, (day, values, note) in enumerate(VERSIONS):
        set_thresholds(values=values, based_on=based_on, note=note, by=author, now=day)


@transaction.atomic
def remember_health() -> None:
    """What would have been kept each summer, worked out from the yearly figures; nothing where days were kept already."""
    author = User.objects.filter(username=AUTHOR).first()
    if author is None or ChainHealth.objects.exists():
        return
    rows = [
        ChainHealth(
            chain=picture.chain,
            day=(day := date(year["year"] + 1, *SUMMER)),
            score=year["score"],
            components=year["components"],
            thresholds=sum(made.date() <= day for made, _, _ in VERSIONS),
            reference_year=year["year"],
        )
        for picture in pictures(Chain.objects.in_use())
        for year in history(picture, author)["years"][-SUMMERS:]
    ]
    with machine_writes("health"):
        ChainHealth.objects.bulk_create(rows)
