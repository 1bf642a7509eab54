"""How industries are spread over districts and firms (METHODS 3). Pure; unknown is NaN and never taken for 0."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

SPECIALISED_QUOTIENT = 1.5
SPECIALISED_SHARE = 0.01


def sizes(district: NDArray[np.int64], industry: NDArray[np.int64], value: Floats, shape: tuple[int, int]) -> Floats:
    """x_ij: sum of the known values of firms in district i and industry j, shape `shape`.

    0 where no firm is; NaN where there are firms but no value is known. Negative positions belong nowhere and are left out.
    """
    counted = (district >= 0) & (industry >= 0)
    place = district[counted] * shape[1] + industry[counted]
    value = value[counted]
    known = ~np.isnan(value)
    cells = shape[0] * shape[1]
    total = np.bincount(place[known], value[known], cells).astype(float)  # of nothing, numpy counts in integers
    firms = np.bincount(place, minlength=cells)
    total[(firms > 0) & (np.bincount(place[known], minlength=cells) == 0)] = np.nan
    return total.reshape(shape)


def shares(size: Floats) -> Floats:
    """x_ij / Σ_j x_ij: what each industry is of its district; NaN for a district without any size."""
    return _divided(size, np.nansum(size, axis=1, keepdims=True))


def location_quotient(size: Floats) -> Floats:
    """LQ_ij of METHODS 3; rows are districts, columns industries. NaN where the district, the industry or x_ij is unknown or
    has no size at all."""
    overall = _divided(np.nansum(size, axis=0, keepdims=True), np.nansum(size))
    return _divided(shares(size), overall)


def specialised(size: Floats) -> NDArray[np.bool_]:
    """LQ ≥ 1.5 and at least 1 % of the district."""
    with np.errstate(invalid="ignore"):
        return (location_quotient(size) >= SPECIALISED_QUOTIENT) & (shares(size) >= SPECIALISED_SHARE)


def concentration(size: Floats) -> float:
    """HHI = Σ share² over the known sizes; NaN where they sum to nothing."""
    known = size[~np.isnan(size)]
    total = known.sum()
    return float(((known / total) ** 2).sum()) if total > 0 else float("nan")


def ratio(amount: Floats, base: Floats) -> float:
    """Σ amount / Σ base over the firms that know both; NaN without any, or where the base is 0."""
    both = ~np.isnan(amount) & ~np.isnan(base)
    total = base[both].sum()
    return float(amount[both].sum() / total) if total > 0 else float("nan")


def _divided(amount: Floats, base: Floats | float) -> Floats:
    base = np.asarray(base, dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(base > 0, amount / base, np.nan)
