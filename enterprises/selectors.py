"""Figures of many firms as arrays, for the analyses of the rooms above."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

import numpy as np
from django.conf import settings
from django.db.models import FloatField, OuterRef, QuerySet, Subquery
from numpy.typing import NDArray

from enterprises.figures import OLDEST_YEARS, Latest, latest
from enterprises.models import EnterpriseYear
from enterprises.querysets import EnterpriseQuerySet

CHUNK = 20_000
"""Rows that are in memory as Python objects at a time."""


def reference_year() -> int | None:
    """The deployment's (METHODS 4): its setting, else the newest year loaded; None where no year was ever loaded."""
    return settings.REFERENCE_YEAR or EnterpriseYear.objects.newest_year()


def latest_figures(firms: EnterpriseQuerySet, figure: str = "output", *, reference: int | None = None) -> Latest:
    """METHODS 4: that figure of these firms, each of its own latest year that still counts."""
    return latest_of_each(firms, (figure,), reference=reference)[figure]


def latest_of_each(
    firms: EnterpriseQuerySet, figures: Sequence[str], *, reference: int | None = None
) -> dict[str, Latest]:
    """Several figures of these firms in one reading; each may be of another year."""
    reference = reference or reference_year() or 0
    rows = EnterpriseYear.objects.filter(
        enterprise__in=firms.order_by().values("pk"), year__range=(reference - OLDEST_YEARS, reference)
    ).values_list("enterprise_id", "year", *figures)
    table = as_table(rows, 2 + len(figures))
    enterprise, year = table[:, 0].astype(np.int64), table[:, 1].astype(np.int64)
    return {name: latest(enterprise, year, table[:, 2 + at], reference=reference) for at, name in enumerate(figures)}


def as_table(rows: "QuerySet[Any, Any]", columns: int) -> NDArray[np.float64]:
    """Rows of numbers as an array, a chunk at a time; unknown is NaN."""
    return np.concatenate([np.empty((0, columns)), *(np.array(chunk, dtype=float) for chunk in in_chunks(rows))])


def in_chunks(rows: "QuerySet[Any, Any]") -> Iterator[list[Any]]:  # rows of whatever shape the queryset gives
    """The rows, so many at a time that a province's firms need not be in memory as Python objects at once."""
    reading = rows.iterator(chunk_size=CHUNK)
    while chunk := list(islice(reading, CHUNK)):
        yield chunk


def with_output(firms: EnterpriseQuerySet) -> EnterpriseQuerySet:
    """The firms with `output` and `output_year` by the same rule, for lists that are paged and sorted in the database."""
    reference = reference_year() or 0
    counting = EnterpriseYear.objects.filter(
        enterprise=OuterRef("pk"), year__range=(reference - OLDEST_YEARS, reference), output__isnull=False
    ).order_by("-year")
    return firms.annotate(
        output=Subquery(counting.values("output")[:1], output_field=FloatField()),
        output_year=Subquery(counting.values("year")[:1]),
    )
