"""Small parcels that touch, offered together where none alone is large enough: sets of a graph, nothing else.

A parcel is a position in `area_mu`; `first` and `second` say which two touch.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Rows = NDArray[np.intp]

MEMBERS = 4
POOL = 2000
"""Groups are sought among this many of the best-scored parcels that are too small."""


def groups(
    area_mu: Floats, first: Rows, second: Rows, *, needed: float, most: float = np.inf, limit: int = 20
) -> list[tuple[int, ...]]:
    """Connected sets of two to four parcels that come to `needed` mu together and to no more than `most`.

    None could do without a member: no connected part of it is large enough by itself. The smallest sum comes first, then
    the fewer parcels, then the earlier positions. Whoever is large enough alone needs no group and is left out.
    """
    small = area_mu < needed
    kept = small[first] & small[second] & (first != second)
    nodes, ends = np.unique(np.stack((first[kept], second[kept])), return_inverse=True)
    if not nodes.size:
        return []
    pairs = _distinct(ends.reshape(2, -1).T, nodes.size)
    area = area_mu[nodes]
    indptr, indices = _adjacency(pairs, nodes.size)
    sums, sets = area[pairs].sum(axis=1), pairs
    found: list[tuple[Floats, Rows]] = []
    for size in range(2, MEMBERS + 1):
        fitting = (sums >= needed) & (sums <= most)
        found.append((sums[fitting], sets[fitting]))
        hopeful = (sums < needed) & (sums + (MEMBERS - size) * area.max() >= needed)
        if size == MEMBERS or not hopeful.any():
            break
        sets = _grown(sets[hopeful], indptr, indices, nodes.size)
        sums = area[sets].sum(axis=1)
    touching = {(one, other) for one, other in pairs.tolist()}
    chosen: list[tuple[int, ...]] = []
    for members in _in_order(found):
        if not _can_do_without_one(members, area, touching, needed):
            chosen.append(tuple(nodes[list(members)].tolist()))
            if len(chosen) == limit:
                break
    return chosen


def _in_order(found: list[tuple[Floats, Rows]]) -> Iterator[tuple[int, ...]]:
    """Sets by sum, then the fewer members, then the earlier ones."""
    kinds = np.concatenate([np.full(len(sums), kind) for kind, (sums, _) in enumerate(found)])
    places = np.concatenate([np.arange(len(sums)) for sums, _ in found])
    for at in np.lexsort((places, kinds, np.concatenate([sums for sums, _ in found]))).tolist():
        yield tuple(found[kinds[at]][1][places[at]].tolist())


def _distinct(sets: Rows, size: int) -> Rows:
    """Each set once, members in order: packed into whole numbers, which sort fast (55,000 nodes and more would not fit)."""
    packed = np.zeros(len(sets), np.int64)
    for column in np.sort(sets, axis=1).T:
        packed = packed * size + column
    packed = np.unique(packed)
    columns = []
    for _ in range(sets.shape[1]):
        packed, column = np.divmod(packed, size)
        columns.append(column)
    return np.stack(columns[::-1], axis=1)


def _adjacency(pairs: Rows, size: int) -> tuple[Rows, Rows]:
    """Neighbours of row r are `indices[indptr[r]:indptr[r + 1]]`."""
    source = np.concatenate((pairs[:, 0], pairs[:, 1]))
    target = np.concatenate((pairs[:, 1], pairs[:, 0]))
    indptr = np.concatenate(([0], np.cumsum(np.bincount(source, minlength=size))))
    return indptr, target[np.argsort(source, kind="stable")]


def _grown(sets: Rows, indptr: Rows, indices: Rows, size: int) -> Rows:
    """Every set with one neighbour more, each result once, members in order."""
    grown = []
    for column in sets.T:
        degree = indptr[column + 1] - indptr[column]
        owner = np.repeat(np.arange(len(sets)), degree)
        within = np.arange(degree.sum()) - np.repeat(np.cumsum(degree) - degree, degree)
        joined = np.column_stack((sets[owner], indices[indptr[column][owner] + within]))
        grown.append(joined[(joined[:, :-1] != joined[:, -1:]).all(axis=1)])
    return _distinct(np.concatenate(grown), size)


def _can_do_without_one(
    members: tuple[int, ...], area_mu: Floats, touching: set[tuple[int, int]], needed: float
) -> bool:
    """Where a part suffices, so does one that lacks a single member: it may be grown inside the set until it does."""
    for left_out in members:
        rest = [one for one in members if one != left_out]
        if area_mu[rest].sum() >= needed and _connected(rest, touching):
            return True
    return False


def _connected(members: list[int], touching: set[tuple[int, int]]) -> bool:
    reached, waiting = {members[0]}, [members[0]]
    while waiting:
        here = waiting.pop()
        beside = [one for one in members if one not in reached and (min(one, here), max(one, here)) in touching]
        reached.update(beside)
        waiting += beside
    return len(reached) == len(members)
