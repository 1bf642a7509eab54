"""The current sheet of one industry: its numbers, its weight in each district, its density on the grid. Pure."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geo import hexes
from geo.hexes import Cells, Floats
from industrymap import structure
from industrymap.breaks import QUOTIENT_BREAKS, quantile_breaks
from industrymap.clusters import Cluster, find_clusters
from industrymap.economy import Economy, Positions
from industrymap.industries import INDUSTRIES

SIZES = {"output": "output", "jobs": "employees", "count": ""}
"""What a sheet may be sized by, and the yearly figure behind it."""
OTHER = len(INDUSTRIES)
"""What is in none of the industries: no sheet, but part of every district's whole."""
TOP = 10
RESOLUTIONS = (6, 7, 8, 9)


@dataclass(frozen=True, eq=False)
class Density:
    """H3 cells with the sum of the known sizes in each (NaN: firms, but no size known), and the number of firms."""

    resolution: int
    cells: Cells
    values: Floats
    firms: NDArray[np.int64]
    breaks: list[float]


@dataclass(frozen=True, eq=False)
class Sheet:
    """Figures of one industry in the city; unknown is NaN. Arrays over districts are in the economy's order."""

    firms: int
    totals: dict[str, float]
    known: dict[str, int]
    ratios: dict[str, float]
    share: float
    rank: int | None
    size: Floats
    district_share: Floats
    quotient: Floats
    specialised: NDArray[np.bool_]
    district_firms: NDArray[np.int64]
    hhi_firms: float
    hhi_districts: float
    density: Density
    top: Positions
    clusters: list[Cluster]
    quotient_breaks: tuple[float, ...] = QUOTIENT_BREAKS


def size_of(economy: Economy, by: str) -> Floats:
    """x of METHODS 3 for every firm: its output, its jobs, or 1."""
    figure = SIZES[by]
    return economy.figures[figure] if figure else np.ones(len(economy))


def draw(economy: Economy, industry: int, *, by: str, resolution: int) -> Sheet:
    """METHODS 3 for the industry at that position; `top` and the members of clusters are positions of firms, the largest first."""
    own = economy.industry == industry
    size = size_of(economy, by)
    column = np.where(economy.industry >= 0, economy.industry, OTHER)
    table = structure.sizes(economy.district, column, size, (len(economy.districts), OTHER + 1))
    figures = {name: values[own] for name, values in economy.figures.items()}
    land = economy.land_mu[own]
    return Sheet(
        firms=int(own.sum()),
        totals={name: _total(values) for name, values in figures.items()},
        known={name: int((~np.isnan(values)).sum()) for name, values in figures.items()},
        ratios={f"{name}_per_mu": structure.ratio(figures[name], land) for name in ("output", "value_added", "tax")},
        share=_total(size[own]) / whole if (whole := _total(size)) > 0 else float("nan"),
        rank=_rank(np.array([_total(size[economy.industry == each]) for each in range(len(INDUSTRIES))]), industry),
        size=table[:, industry],
        district_share=structure.shares(table)[:, industry],
        quotient=structure.location_quotient(table)[:, industry],
        specialised=structure.specialised(table)[:, industry],
        district_firms=np.bincount(
            economy.district[own & (economy.district >= 0)], minlength=len(economy.districts)
        ).astype(np.int64),
        hhi_firms=structure.concentration(size[own]),
        hhi_districts=structure.concentration(table[:, industry]),
        density=density(economy.cell[own], size[own], resolution),
        top=_largest(np.flatnonzero(own), size, economy.figures["output"]),
        clusters=_clusters(economy, np.flatnonzero(own), size),
    )


def density(cell: Cells, size: Floats, resolution: int) -> Density:
    """Sums over the H3 cells of one resolution that hold a firm, by its resolution-9 cell."""
    cells, owner = np.unique(hexes.parents(cell, resolution), return_inverse=True)
    known = ~np.isnan(size)
    values = np.bincount(owner[known], size[known], len(cells)).astype(float)
    values[np.bincount(owner[known], minlength=len(cells)) == 0] = np.nan
    return Density(
        resolution, cells, values, np.bincount(owner, minlength=len(cells)).astype(np.int64), quantile_breaks(values)
    )


def _clusters(economy: Economy, firms: Positions, size: Floats) -> list[Cluster]:
    """Of the largest known size first; those of equal size by their number of firms."""
    found = [
        Cluster(_by_size(firms[cluster.members], size), cluster.outline)
        for cluster in find_clusters(economy.place[firms])
    ]
    return sorted(found, key=lambda cluster: (-np.nansum(size[cluster.members]), -len(cluster.members)))


def _by_size(firms: Positions, size: Floats) -> Positions:
    return firms[np.argsort(-np.nan_to_num(size[firms], nan=-np.inf), kind="stable")]


def _total(values: Floats) -> float:
    """Sum of the known ones; NaN where none is known."""
    return float(np.nansum(values)) if (~np.isnan(values)).any() else float("nan")


def _rank(totals: Floats, industry: int) -> int | None:
    """1 is the largest; None where the industry's size is unknown."""
    return None if np.isnan(totals[industry]) else 1 + int((totals > totals[industry]).sum())


def _largest(firms: Positions, size: Floats, output: Floats) -> Positions:
    """The firms of largest known size; where all are alike (a count), of largest output. Unknown ones do not rank."""
    measure = output if firms.size and np.ptp(np.nan_to_num(size[firms])) == 0 else size
    ranked = firms[~np.isnan(measure[firms])]
    return ranked[np.argsort(-measure[ranked], kind="stable")][:TOP]
