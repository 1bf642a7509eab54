"""The six criteria of a firm's potential from its yearly figures (METHODS 4). Pure; unknown is NaN."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from enterprises.figures import Latest, latest
from enterprises.potential import CRITERIA, GROWTH_YEARS, Floats, Ints

HUNDRED = 100
FIGURES = ("output", "revenue", "profit", "tax", "employees", "rd", "patents")
"""What is read of every year."""


@dataclass(frozen=True, eq=False)
class Years:
    """One row per firm and year, in any order; `figures` by name of `FIGURES`."""

    enterprise: Ints
    year: Ints
    figures: Mapping[str, Floats]


@dataclass(frozen=True, eq=False)
class Criteria:
    """A row per firm and a column per criterion of `CRITERIA`; `year` says of which year a value is, 0 without one."""

    values: Floats
    year: Ints


def criteria(firms: Ints, land_mu: Floats, years: Years, *, reference: int) -> Criteria:
    """Each criterion of the firm's own latest year that tells it, at most three years before the reference year.

    Growth is the mean yearly growth of output over the three years up to its latest, unknown unless both are above 0.
    Ratios take both parts from one year; land and employees of 0 share nothing out.
    """
    told = {
        "growth": _growth(years, reference),
        "rd_intensity": _ratio(years, "rd", "revenue", reference),
        "profit_margin": _ratio(years, "profit", "revenue", reference),
        "tax_per_mu": latest(years.enterprise, years.year, years.figures["tax"], reference=reference),
        "output_per_employee": _ratio(years, "output", "employees", reference),
        "patents_per_100_employees": _ratio(years, "patents", "employees", reference),
    }
    values = np.column_stack([told[name].of(firms) for name in CRITERIA])
    of_year = np.column_stack([_year_of(told[name], firms) for name in CRITERIA])
    land = CRITERIA.index("tax_per_mu")
    values[:, land] = np.divide(values[:, land], land_mu, out=np.full(len(firms), np.nan), where=land_mu > 0)
    values[:, CRITERIA.index("patents_per_100_employees")] *= HUNDRED
    return Criteria(values, np.where(np.isnan(values), 0, of_year).astype(np.int64))


def _ratio(years: Years, above: str, below: str, reference: int) -> Latest:
    base = years.figures[below]
    ratio = np.divide(years.figures[above], base, out=np.full(len(base), np.nan), where=base > 0)
    return latest(years.enterprise, years.year, ratio, reference=reference)


def _growth(years: Years, reference: int) -> Latest:
    output = years.figures["output"]
    now = latest(years.enterprise, years.year, output, reference=reference)
    before = np.full(len(now), np.nan)
    told = ~np.isnan(output)
    key, value = _key(years.enterprise[told], years.year[told]), output[told]
    order = np.argsort(key)
    key, value = key[order], value[order]
    if len(key):
        wanted = _key(now.enterprise, now.year - GROWTH_YEARS)
        at = np.minimum(np.searchsorted(key, wanted), len(key) - 1)
        hit = key[at] == wanted
        before[hit] = value[at[hit]]
    both = (now.value > 0) & (before > 0)
    grown = np.divide(now.value, before, out=np.full(len(now), np.nan), where=both) ** (1 / GROWTH_YEARS) - 1
    return Latest(now.enterprise, grown, now.year)


def _key(enterprise: Ints, year: Ints) -> Ints:
    return enterprise * 10_000 + year


def _year_of(figure: Latest, firms: Ints) -> Floats:
    found = Latest(figure.enterprise, figure.year.astype(np.float64), figure.year).of(firms)
    return np.nan_to_num(found)
