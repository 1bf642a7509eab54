"""Figures of many firms as arrays, for the analyses of the rooms above."""

import numpy as np
from django.conf import settings
from django.db.models import FloatField, OuterRef, Subquery

from enterprises.figures import OLDEST_YEARS, Latest, latest
from enterprises.models import EnterpriseYear
from enterprises.querysets import EnterpriseQuerySet


def reference_year() -> int | None:
    """The deployment's (METHODS 4): its setting, else the newest year loaded; None where no year was ever loaded."""
    return settings.REFERENCE_YEAR or EnterpriseYear.objects.newest_year()


def latest_figures(firms: EnterpriseQuerySet, figure: str = "output", *, reference: int | None = None) -> Latest:
    """METHODS 4: that figure of these firms, each of its own latest year that still counts."""
    reference = reference or reference_year()
    if reference is None:
        return latest(np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0), reference=0)
    rows = EnterpriseYear.objects.filter(
        enterprise__in=firms.order_by().values("pk"),
        year__range=(reference - OLDEST_YEARS, reference),
        **{f"{figure}__isnull": False},
    ).values_list("enterprise_id", "year", figure)
    table = np.array(list(rows.iterator(chunk_size=20_000)), dtype=float).reshape(-1, 3)
    return latest(table[:, 0].astype(np.int64), table[:, 1].astype(np.int64), table[:, 2], reference=reference)


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
