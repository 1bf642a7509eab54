"""How the health of chains has moved: what was kept day by day, and what the yearly figures tell of earlier years."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np
from django.db import transaction

from accounts.audit import machine_writes
from accounts.rights import Person
from chains.answers import Answer
from chains.health import WEIGHTS, Health
from chains.models import Chain, ChainHealth
from chains.picture import ChainPicture, at_year
from chains.selectors import VERSIONS, pictures
from chains.whatif import health_of
from enterprises.figures import OLDEST_YEARS, latest
from enterprises.models import EnterpriseYear
from enterprises.selectors import as_table
from geo.versions import Kept

MOST_YEARS = 10
MOST_DAYS = 1000
_DUST = 1e-9


@transaction.atomic
def record_health(*, on: date) -> int:
    """Keep today's health of every chain whose figures differ from what was kept last; returns how many were written."""
    chains = list(Chain.objects.in_use().order_by("pk"))
    before = {
        row.chain_id: row
        for row in ChainHealth.objects.filter(chain__in=chains).order_by("chain", "-day").distinct("chain")
    }
    written = 0
    with machine_writes("health"):
        for picture in pictures(chains):
            found = health_of(picture)
            last = before.get(picture.chain.pk)
            if last is not None and not _differs(last, found, picture):
                continue
            ChainHealth.objects.update_or_create(
                chain=picture.chain,
                day=on,
                defaults={
                    "score": None if found.score is None else min(100.0, max(0.0, found.score)),
                    "components": _components(found),
                    "thresholds": picture.limits.version,
                    "reference_year": picture.city.reference_year or None,
                },
            )
            written += 1
    return written


def _differs(last: ChainHealth, now: Health, picture: ChainPicture) -> bool:
    if (last.thresholds, last.reference_year) != (picture.limits.version, picture.city.reference_year or None):
        return True
    parts = _components(now)
    return _moved(last.score, now.score) or any(_moved(last.components.get(name), parts[name]) for name in parts)


def _moved(before: float | None, now: float | None) -> bool:
    if before is None or now is None:
        return before is not now
    return abs(before - now) > _DUST


def _components(health: Health) -> dict[str, float | None]:
    return {name: part.value for name, part in health.components.items()}


def history(picture: ChainPicture, user: Person) -> Answer:
    """`days` as they were kept; `years` worked out from the yearly figures with today's graph and thresholds."""
    kept = ChainHealth.objects.visible_to(user).filter(chain=picture.chain).order_by("-day")[:MOST_DAYS]
    return {
        "days": [
            {
                "day": row.day,
                "score": row.score,
                "components": {name: row.components.get(name) for name in WEIGHTS},
                "thresholds": row.thresholds,
                "reference_year": row.reference_year,
            }
            for row in reversed(kept)
        ],
        "years": _years_of(picture),
        "thresholds": picture.limits.version,
    }


def _years_of(picture: ChainPicture) -> list[Answer]:
    """Each year in which a firm of the chain reported an output, the oldest first; worked out once, and kept."""
    kept = _years.get()
    if picture.chain.pk not in kept:
        kept[picture.chain.pk] = list(_read_years(picture))
    return kept[picture.chain.pk]


def _read_years(picture: ChainPicture) -> Iterator[Answer]:
    ids, newest = picture.city.ids, picture.city.reference_year
    firms = ids[np.unique(picture.made.enterprise)].tolist()
    told = EnterpriseYear.objects.filter(
        enterprise__in=firms, output__isnull=False, year__range=(newest - MOST_YEARS - OLDEST_YEARS, newest)
    )
    table = as_table(told.values_list("enterprise", "year", "output"), 3)
    enterprise, years = table[:, 0].astype(np.int64), table[:, 1].astype(np.int64)
    for year in [year for year in np.unique(years).tolist() if year > newest - MOST_YEARS]:
        counting = latest(enterprise, years, table[:, 2], reference=year)
        output_year = np.zeros(ids.size, dtype=np.int64)
        output_year[np.searchsorted(ids, counting.enterprise)] = counting.year
        then = at_year(picture, year, counting.of(ids), output_year)
        health = health_of(then)
        yield {"year": year, "score": health.score, "components": _components(health), "supply": _supply(then)}


def _supply(picture: ChainPicture) -> float:
    return float(picture.figures.supply.supply[picture.graph.is_leaf].sum())


_years: Kept[dict[int, list[Answer]]] = Kept(VERSIONS, dict)
"""By chain, as far as somebody asked."""
