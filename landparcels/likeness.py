"""The parcels on offer that are most like one parcel, and in what they differ from it (similar.py)."""

import numpy as np

from landparcels.indicators import catalogue
from landparcels.models import Parcel
from landparcels.offer import Offer, known
from landparcels.parcel_answers import Json, parcel_at
from landparcels.similar import similar

DIFFERENCES = 3
WORTH_SAYING = 0.1


def similar_to(offer: Offer, parcel: Parcel, limit: int) -> Json:
    """`likeness` is 1 minus the distance; each with the three indicators in which it differs most."""
    own: dict[str, float | None] = {
        "area_mu": parcel.area_mu,
        **{code: getattr(parcel, code) for code in catalogue()},
    }
    found = similar(offer.columns, offer.spreads, own, among=offer.ids != parcel.pk, limit=limit)
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
                        "here": own[code],
                        "there": known(offer.columns[code][at]),
                    }
                    for index in most
                ],
            }
        )
    return {"code": parcel.code, "results": results}
