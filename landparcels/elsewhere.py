"""Where else: when the wanted region has none, the best that its sisters have on offer for the same requirement."""

from typing import Any

import numpy as np

from geo.models import Region
from landparcels.matching import match, met
from landparcels.parcel_answers import Json, parcel_at
from landparcels.questions import Question, looked_at

MOST = 10


def elsewhere(asking: Question) -> list[Json]:
    """Sister regions (of one parent and level) with parcels that meet the requirement, the best score first.

    A drawn area or a box belongs to the place that was wanted, so it is given up with it.
    """
    wanted = Region.objects.filter(adcode=asking.asked.get("region") or "").first()
    if wanted is None or wanted.parent_id is None:
        return []
    found: list[Json] = []
    for sister in Region.objects.filter(parent=wanted.parent_id, level=wanted.level).exclude(pk=wanted.pk):
        there = asking.elsewhere(looked_at(asking.offer, region=sister.adcode))
        if not (total := int(_fitting(there).sum())):
            continue
        best = match(
            there.columns,
            asking.offer.code_order,
            hard=there.hard,
            soft=there.soft,
            candidates=there.candidates,
            allow_unknown=asking.asked["allow_unknown"],
            limit=1,
        )
        found.append(
            {
                "region": sister.adcode,
                "name": sister.name,
                "name_en": sister.name_en,
                "total": total,
                "score": float(best.score[0]),
                "best": parcel_at(asking.offer, int(best.rows[0])),
            }
        )
    return sorted(found, key=lambda one: (-one["score"], -one["total"], one["region"]))[:MOST]


def _fitting(asking: Question) -> np.ndarray[Any, np.dtype[np.bool_]]:  # Any: the shape
    return met(asking.columns, asking.hard, asking.candidates, allow_unknown=asking.asked["allow_unknown"])
