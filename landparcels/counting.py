"""Which parcels a map counts under its filters, told from the columns in memory: no row of the table is read (DESIGN, Scale)."""

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from accounts.rights import Person, may_see_staff_data, region_scope
from geo.filters import parse_bbox
from geo.subtrees import adcodes_below
from landparcels.matching import Columns, Hard, Mask, surely
from landparcels.offer import Offer
from landparcels.on_offer import not_on_offer, offer
from landparcels.querysets import PUBLIC_STATUSES

Cells = NDArray[np.int64]
Sums = dict[str, NDArray[np.float64]]

COMPARISONS: Mapping[str, Callable[[Columns, str, str], Mask]] = {
    "gte": lambda columns, code, bound: _holds(columns, Hard(code, "gte", float(bound))),
    "lte": lambda columns, code, bound: _holds(columns, Hard(code, "lte", float(bound))),
    "isnull": lambda columns, code, flag: np.isnan(columns[code]) == (flag.lower() in {"true", "1"}),
}
"""NaN, the unknown, is neither above nor below any bound, as in SQL."""


def rows_counted(person: Person, query: Mapping[str, str]) -> tuple[Cells, Sums] | None:
    """The cell and the area of every parcel this person may see under these filters of the list, which were checked before.

    None where the columns cannot tell (a text, a code, a day) or were not read yet: then the table is asked.
    """
    published = offer.held()
    if published is None:
        return None
    asked = {name: value for name, value in query.items() if value}
    cells, areas = [], []
    for held in (published, not_on_offer.get()):
        chosen = _chosen(held, person, asked)
        if chosen is None:
            return None
        chosen &= held.cells != 0
        cells.append(held.cells[chosen])
        areas.append(held.columns["area_mu"][chosen])
    return np.concatenate(cells), {"area_mu": np.concatenate(areas)}


def _chosen(held: Offer, person: Person, asked: Mapping[str, str]) -> Mask | None:
    mask = _visible(held, person)
    for name, value in asked.items():
        column, _, comparison = name.rpartition("__")
        if column in held.columns and comparison in COMPARISONS:
            mask &= COMPARISONS[comparison](held.columns, column, value)
        elif name == "status":
            mask &= held.in_statuses(value.split(","))
        elif name == "region":
            mask &= _in_subtree(held, value)
        elif name == "bbox":
            mask &= held.in_box(parse_bbox(value))
        else:
            return None
    return mask


def _holds(columns: Columns, criterion: Hard) -> Mask:
    return criterion.holds(surely(columns, criterion))


def _visible(held: Offer, person: Person) -> Mask:
    """As `Parcel.objects.visible_to`."""
    if may_see_staff_data(person):
        scope = region_scope(person)
        if scope is None:
            return held.live.copy()
        return held.in_statuses(PUBLIC_STATUSES) | _in_subtree(held, scope)
    return held.in_statuses(PUBLIC_STATUSES)


def _in_subtree(held: Offer, adcode: str) -> Mask:
    return held.in_regions(adcodes_below(adcode))
