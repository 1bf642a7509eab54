"""The privacy floor of public cells (METHODS 2): what comes from too few is hidden, and cannot be worked out. Pure."""

import numpy as np
from numpy.typing import NDArray

from geo import hexes
from geo.hexes import Cells, Floats

FLOORS = {"persons": 5, "enterprises": 3, "other": 0}


def suppressed(cells: Cells, counts: Floats, floor: int) -> NDArray[np.bool_]:
    """Which cells of one resolution must stay hidden, given how many persons or enterprises stand behind each.

    An unknown count hides its cell. Where only one child of a parent would be hidden, or only one with anyone in it
    (an empty cell can be guessed), the sibling with the fewest behind it is hidden too, so that the parent's sum gives
    neither away.
    """
    counts = np.asarray(counts, dtype=float)
    if floor <= 0 or not len(cells):
        return np.zeros(len(cells), dtype=bool)
    hidden = ~(counts >= floor)
    family, member = np.unique(hexes.parents(cells, int(hexes.resolutions(cells[:1])[0]) - 1), return_inverse=True)
    peopled = hidden & ~(counts == 0)
    alone = (np.bincount(member[hidden], minlength=len(family)) == 1) | (
        np.bincount(member[peopled], minlength=len(family)) == 1
    )
    sibling = np.flatnonzero(~hidden & alone[member])
    by_family_then_count = sibling[np.lexsort((cells[sibling], counts[sibling], member[sibling]))]
    _, first = np.unique(member[by_family_then_count], return_index=True)
    hidden[by_family_then_count[first]] = True
    return hidden
