"""Which figure of a firm counts, and what it comes to per mu (METHODS 3 and 4). Pure; unknown is NaN."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

OLDEST_YEARS = 3
"""A figure counts for this many years before the reference year, inclusive."""

KG_PER_TONNE = 1000
Figure = float | None


@dataclass(frozen=True, eq=False)
class Latest:
    """One figure of many firms: `enterprise` sorted, each once; `value` is known; `year` it was reported for."""

    enterprise: NDArray[np.int64]
    value: NDArray[np.float64]
    year: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.enterprise)

    def of(self, enterprises: NDArray[np.int64]) -> NDArray[np.float64]:
        """The figure of each of these firms, in their order; NaN for one that has none."""
        found = np.full(len(enterprises), np.nan)
        if len(self):
            at = np.minimum(np.searchsorted(self.enterprise, enterprises), len(self) - 1)
            hit = self.enterprise[at] == enterprises
            found[hit] = self.value[at[hit]]
        return found


def latest(
    enterprise: NDArray[np.int64],
    year: NDArray[np.int64],
    value: NDArray[np.float64],
    *,
    reference: int,
    oldest: int = OLDEST_YEARS,
) -> Latest:
    """METHODS 4: each firm's own latest year with the figure, at most `oldest` years before `reference`.

    Rows in any order, NaN for unknown; years after the reference year do not count. A firm without such a year is left out.
    """
    counts = ~np.isnan(value) & (year <= reference) & (year >= reference - oldest)
    enterprise, year, value = enterprise[counts], year[counts], value[counts]
    order = np.lexsort((year, enterprise))
    enterprise, year, value = enterprise[order], year[order], value[order]
    last = np.ones(len(enterprise), dtype=bool)
    last[:-1] = enterprise[1:] != enterprise[:-1]
    return Latest(enterprise[last], value[last], year[last])


def ratios(year: Mapping[str, Figure], land_mu: Figure) -> dict[str, Figure]:
    """METHODS 3, per mu of land held, per tce, per tonne of COD and NOx together, per employee; a missing part gives None."""
    discharged = _sum(year.get("cod_kg"), year.get("nox_kg"))
    return {
        **{f"{name}_per_mu": _per(year.get(name), land_mu) for name in ("output", "value_added", "tax", "investment")},
        "value_added_per_tce": _per(year.get("value_added"), year.get("energy_tce")),
        "value_added_per_tonne_discharged": _per(
            year.get("value_added"), None if discharged is None else discharged / KG_PER_TONNE
        ),
        "value_added_per_employee": _per(year.get("value_added"), year.get("employees")),
    }


def _sum(one: Figure, other: Figure) -> Figure:
    return None if one is None or other is None else one + other


def _per(amount: Figure, base: Figure) -> Figure:
    """None where either is unknown, or there is nothing to share it over."""
    return None if amount is None or not base else amount / base
