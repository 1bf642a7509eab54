"""The parcels on offer that are most like one parcel, and in what they differ from it (similar.py)."""

from collections.abc import Mapping

import numpy as np

from landparcels.asking import said
from landparcels.indicators import catalogue
from landparcels.indicators.own import OwnIndicator
from landparcels.models import Parcel
from landparcels.offer import Offer, known
from landparcels.parcel_answers import Json, parcel_at
from landparcels.similar import CHOICES, similar

DIFFERENCES = 3
WORTH_SAYING = 0.1


def similar_to(offer: Offer, parcel: Parcel, limit: int, own: Mapping[str, OwnIndicator]) -> Json:
    """`likeness` is 1 minus the distance; each with the three indicators in which it differs most.

    `own` are the city's indicators that the one who asks may see: of yes or no as 0 and 1, of choices as sets.
    """
    own = {code: one for code, one in own.items() if code in offer.columns}
    values: dict[str, float | None] = {
        "area_mu": parcel.area_mu,
        **{code: getattr(parcel, code) for code in catalogue()},
        **{code: known(one.encoded(parcel.extra.get(code))) for code, one in own.items()},
    }
    answers = {code: CHOICES if one.is_chosen else 1.0 for code, one in own.items() if one.kind != "decimal"}
    spread = {**offer.spreads, **answers}
    among = offer.live & (offer.ids != parcel.pk)
    found = similar(offer.columns, spread, values, among=among, order=offer.code_order, limit=limit)
    results = []
    for place, at in enumerate(found.rows.tolist()):
        parts = np.nan_to_num(found.parts[place])
        most = [index for index in np.argsort(-parts, kind="stable")[:DIFFERENCES] if parts[index] >= WORTH_SAYING]
        results.append(
            {
                **parcel_at(offer, at),
                "likeness": round(1.0 - float(found.distance[place]), 9),
                "compared": int((~np.isnan(found.parts[place])).sum()),
                "differences": [
                    {
                        "indicator": (code := found.indicators[index]),
                        "here": said(code, values[code]),
                        "there": said(code, known(offer.columns[code][at])),
                    }
                    for index in most
                ],
            }
        )
    return {"code": parcel.code, "results": results}
