"""Admission pre-check (METHODS 5): a planned project against a parcel's admission indicators, in their own terms."""

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from geo.measure import M2_PER_MU
from landparcels.matching import RequirementError

SAME = 0.5e-9
"""What rounds to nothing at 9 decimals."""
Outcome = Literal["pass", "fail", "not_stated"]
Reason = Literal["", "parcel", "project", "denominator"]
IndustryOutcome = Literal["admitted", "excluded", "not_stated"]


@dataclass(frozen=True, slots=True)
class Term:
    """How an admission indicator is worked out of a plan: `field` over `over`, times `factor`."""

    field: str
    over: str = ""  # another field of the plan, "area_mu" or "area_m2" of the parcel, or nothing
    factor: float = 1.0
    at_least: bool = False


TERMS: Mapping[str, Term] = {
    "far_min": Term("floor_area_m2", "area_m2", at_least=True),
    "far_max": Term("floor_area_m2", "area_m2"),
    "building_coefficient_min": Term("footprint_m2", "area_m2", 100, at_least=True),
    "green_ratio_max": Term("green_m2", "area_m2", 100),
    "building_height_max": Term("height_m"),
    "office_land_ratio_max": Term("office_land_mu", "area_mu", 100),
    "investment_intensity_min": Term("investment", "area_mu", at_least=True),
    "output_per_mu_min": Term("output", "area_mu", at_least=True),
    "tax_per_mu_min": Term("tax", "area_mu", at_least=True),
    "energy_per_value_added_max": Term("energy_tce", "value_added"),
    "cod_per_value_added_max": Term("cod_kg", "value_added"),
    "nox_per_value_added_max": Term("nox_kg", "value_added"),
    "water_per_value_added_max": Term("water_m3", "value_added"),
    "rd_intensity_min": Term("rd", "revenue", 100, at_least=True),
    "jobs_per_mu_min": Term("jobs", "area_mu", at_least=True),
    "construction_months_max": Term("construction_months"),
    "ramp_up_months_max": Term("ramp_up_months"),
}
PLAN_FIELDS = tuple(
    dict.fromkeys(
        name for term in TERMS.values() for name in (term.field, term.over) if name not in ("", "area_mu", "area_m2")
    )
)


@dataclass(frozen=True, slots=True)
class Check:
    """One indicator: what the parcel requires, what the plan comes to, and how far it falls short (in the unit)."""

    indicator: str
    outcome: Outcome
    required: float | None
    planned: float | None
    shortfall: float | None = None
    missing: Reason = ""


def precheck(
    plan: Mapping[str, float | None],
    requirements: Mapping[str, float | None],
    area_mu: float,
    terms: Mapping[str, Term] = TERMS,
) -> list[Check]:
    """Every admission indicator: pass, fail with shortfall, or not stated (and on which side it is missing).

    Both sides are compared at 9 decimals, limits included. Raises RequirementError for a negative figure.
    """
    for field, value in plan.items():
        if value is not None and not (math.isfinite(value) and value >= 0):
            raise RequirementError(f"{field} 须为不小于 0 的数", f"{field} must be a number of 0 or more", field)
    amounts = {**plan, "area_mu": area_mu, "area_m2": area_mu * M2_PER_MU}
    return [_check(indicator, term, amounts, requirements.get(indicator)) for indicator, term in terms.items()]


def _check(indicator: str, term: Term, amounts: Mapping[str, float | None], required: float | None) -> Check:
    amount = amounts.get(term.field)
    over = amounts.get(term.over) if term.over else 1.0
    planned = None if amount is None or not over else term.factor * amount / over
    if required is None:
        return Check(indicator, "not_stated", None, planned, missing="parcel")
    if amount is None or over is None:
        return Check(indicator, "not_stated", required, None, missing="project")
    if planned is None:
        return Check(indicator, "not_stated", required, None, missing="denominator")
    short = round(required - planned if term.at_least else planned - required, 9)
    if short <= 0:
        return Check(indicator, "pass", required, planned)
    return Check(indicator, "fail", required, planned, shortfall=short)


def industry_outcome(industry: str, admits: Collection[str], excludes: Collection[str]) -> IndustryOutcome:
    """A GB/T 4754 code against both lists: the longest prefix decides, and of equal ones the exclusion.

    Blank lists state nothing. A parcel that names whom it admits does not admit an industry outside its list;
    an industry given more broadly than the list (38 against 385) is neither, since part of it may be admitted.
    """
    code = industry.strip()
    if not code:
        return "not_stated"
    admitted = max((len(prefix) for prefix in admits if code.startswith(prefix)), default=0)
    excluded = max((len(prefix) for prefix in excludes if code.startswith(prefix)), default=0)
    if admitted or excluded:
        return "admitted" if admitted > excluded else "excluded"
    if not admits or any(prefix.startswith(code) for prefix in admits):
        return "not_stated"
    return "excluded"


def verdicts(
    plan: Mapping[str, float | None],
    columns: Mapping[str, NDArray[np.float64]],
    area_mu: NDArray[np.float64],
    terms: Mapping[str, Term] = TERMS,
) -> dict[str, NDArray[np.int8]]:
    """`precheck` of one plan against many parcels at once: per indicator 1 pass, 0 not stated, -1 fail."""
    amounts: dict[str, float | NDArray[np.float64] | None] = {
        **plan,
        "area_mu": area_mu,
        "area_m2": area_mu * M2_PER_MU,
    }
    return {indicator: _verdict(term, amounts, columns[indicator]) for indicator, term in terms.items()}


def _verdict(
    term: Term, amounts: Mapping[str, float | NDArray[np.float64] | None], required: NDArray[np.float64]
) -> NDArray[np.int8]:
    amount, over = amounts.get(term.field), amounts.get(term.over) if term.over else 1.0
    if amount is None or over is None or (isinstance(over, float | int) and over == 0):
        return np.zeros(required.size, np.int8)
    planned = term.factor * amount / over
    short = required - planned if term.at_least else planned - required
    verdict = np.where(short <= SAME, 1, -1).astype(np.int8)
    verdict[np.isnan(short)] = 0
    return verdict
