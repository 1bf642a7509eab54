"""The pre-check the other way round: which parcels would admit a planned project."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from landparcels.admission import verdicts
from landparcels.offer import OUTCOMES, Offer
from landparcels.parcel_answers import Json, parcel_at
from landparcels.questions import Question, looked_at

ANYTHING: Json = {"hard": [], "soft": [], "allow_unknown": True}


def admitting(offer: Offer, plan: Mapping[str, Any]) -> Json:  # Any: validated by AdmittingSerializer
    """Parcels that fail the project in no stated indicator, do not exclude its industry, are large enough and have the power.

    First those with the fewest indicators not stated, then the lower price (unknown last), then by code. `indicators`
    counts over all parcels looked at, so that one sees which threshold shuts the most doors.
    """
    where = looked_at(offer, region=plan.get("region"), area=plan.get("within"))
    asking = Question(offer, {**ANYTHING, "project": plan}, where)
    judged = verdicts(asking.plan, offer.columns, asking.taken_mu, asking.terms)
    table = np.stack(list(judged.values()))
    failed, passed = ((table == outcome).sum(axis=0, dtype=np.int16) for outcome in (-1, 1))
    large_enough = asking.taken_mu >= (plan.get("mu") or 0.0)
    rows = np.flatnonzero(asking.open_to & large_enough & ~asking.too_weak & (failed == 0))
    price = np.nan_to_num(offer.columns["start_price"][rows], nan=np.inf)
    best = rows[np.lexsort((offer.code_order[rows], price, -passed[rows]))][: plan["limit"]]
    return {
        "candidates": int(where.sum()),
        "total": int(rows.size),
        "fully_stated": int((passed[rows] == len(judged)).sum()),
        "excluded_by_industry": int((where & ~asking.open_to).sum()),
        "too_small": int((where & ~large_enough).sum()),
        "too_weak": int((where & asking.too_weak).sum()),
        "indicators": [
            {
                "indicator": indicator,
                "passed": int(np.count_nonzero(verdict[where] == 1)),
                "failed": int(np.count_nonzero(verdict[where] == -1)),
                "not_stated": int(np.count_nonzero(verdict[where] == 0)),
            }
            for indicator, verdict in judged.items()
        ],
        "results": [
            {
                **parcel_at(offer, at),
                "industry": OUTCOMES[asking.outcomes[at]] if asking.outcomes is not None else "not_stated",
                "passed": int(passed[at]),
                "not_stated": len(judged) - int(passed[at]),
            }
            for at in best.tolist()
        ],
    }
