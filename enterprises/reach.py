"""Which firms an import of one region's staff may touch: those that stand there, and those that stand nowhere in the city."""

from collections.abc import Iterable

import numpy as np

from enterprises.models import Enterprise
from geo.importing.batch import Batch
from geo.importing.load import Load
from geo.reach import Reach, points_of, reach_of


def elsewhere(reach: Reach, codes: Iterable[str | None]) -> set[str]:
    """Of these identifiers those whose firm has a place outside of the region."""
    rows = Enterprise.objects.filter(uscc__in={code for code in codes if code}).exclude(place=None)
    firms = list(rows.values_list("uscc", "place"))
    places = [place.coords for _, place in firms if place is not None]
    inside = reach.holds(np.array(places, dtype=np.float64).reshape(-1, 2))
    return {uscc for (uscc, _), held in zip(firms, inside.tolist(), strict=True) if not held}


def refuse_firms_elsewhere(batch: Batch, load: Load) -> None:
    """Rows of firms that stand in another region, or that the file would place there."""
    reach = reach_of(load)
    if reach is None:
        return
    codes, places = batch.columns["uscc"], points_of(batch)
    away = ~reach.holds(places) & ~np.isnan(places[:, 0])
    theirs = elsewhere(reach, codes)
    for index in list(batch.alive()):
        if away[index] or codes[index] in theirs:
            batch.refuse(index, "uscc", codes[index], reach.refusal)


def refuse_facts_elsewhere(batch: Batch, load: Load, *columns: str) -> None:
    """Rows about firms of which every one stands in another region; a tie concerns both its ends."""
    reach = reach_of(load)
    if reach is None:
        return
    sides = [batch.columns[column] for column in columns]
    theirs = elsewhere(reach, (code for side in sides for code in side))
    for index in list(batch.alive()):
        if all(side[index] in theirs for side in sides):
            batch.refuse(index, columns[0], sides[0][index], reach.refusal)
