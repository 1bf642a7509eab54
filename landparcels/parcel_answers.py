"""What answers say of one parcel: what it is, and what it says to a planned project."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from landparcels.admission import Check, precheck
from landparcels.indicators import indicators_for
from landparcels.matching import USABLE, USABLE_AT_MOST
from landparcels.offer import OUTCOMES, Offer, known
from landparcels.power import POWER, supply
from landparcels.questions import Question

Json = dict[str, Any]  # Any: what JSON holds


def parcel_at(offer: Offer, at: int) -> Json:
    """What every answer says of a parcel first."""
    divisible = offer.columns["divisible"][at]
    return {
        "code": offer.codes[at].as_py(),
        "name": offer.names[at].as_py(),
        "region": offer.regions[at] or None,
        "lng": float(offer.columns["lng"][at]),
        "lat": float(offer.columns["lat"][at]),
        "area_mu": float(offer.columns["area_mu"][at]),
        "divisible": None if np.isnan(divisible) else bool(divisible),
        "start_price": known(offer.columns["start_price"][at]),
    }


def admission_of(asking: Question, at: int, area_mu: float) -> Json | None:
    """The project, on that much land, against one parcel's admission indicators and industries."""
    if not (asking.project or asking.industry):
        return None
    industry = OUTCOMES[asking.outcomes[at]] if asking.outcomes is not None else "not_stated"
    required = asking.offer.values_of(at, asking.terms)
    answer: Json = {"industry": industry, **checked(precheck(asking.plan, required, area_mu, asking.terms))}
    needed = asking.project.get("mu")
    if needed is not None:
        answer["area"] = {
            "needed": needed,
            "available": area_mu,
            "outcome": "pass" if area_mu >= needed else "fail",
            "shortfall": max(0.0, round(needed - area_mu, 9)) or None,
        }
    if asking.power_mva is not None:
        answer["power"] = supply(asking.power_mva, *power_at(asking.offer, at))
    return answer


def power_at(offer: Offer, at: int) -> tuple[float | None, float | None, float | None]:
    """The largest residual around one parcel, and what of it a need may surely, and at most, count on."""
    largest, surely, at_most = (known(offer.columns[POWER + part][at]) for part in ("", USABLE, USABLE_AT_MOST))
    return largest, surely, at_most


def checked(checks: Sequence[Check]) -> Json:
    """Counts, and each admission indicator in the catalogue's unit."""
    indicators = indicators_for()
    rows = [
        {
            "indicator": check.indicator,
            "outcome": check.outcome,
            "required": check.required,
            "planned": check.planned,
            "shortfall": check.shortfall,
            "missing": check.missing or None,
            "unit": indicators[check.indicator].unit,
        }
        for check in checks
    ]
    counts = {
        name: sum(row["outcome"] == outcome for row in rows)
        for name, outcome in (("passed", "pass"), ("failed", "fail"), ("not_stated", "not_stated"))
    }
    return {**counts, "indicators": rows}
