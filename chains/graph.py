"""The chain graph in arrays: nodes, supply edges and the tree of parent nodes (METHODS 4)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

NO_PARENT = -1
ASSUMED_INPUT_SHARE = 0.5
"""What the inputs of a node are worth together, per unit of its value, while no coefficient is known."""


class ParentCycle(ValueError):
    """A node is its own ancestor; `nodes` are the positions that hang on the circle."""

    def __init__(self, nodes: Ints) -> None:
        super().__init__(f"{nodes.size} nodes are their own ancestors or hang on such a node")
        self.nodes = nodes


@dataclass(frozen=True)
class EdgeReport:
    """Positions of the given edges that the graph does not carry, and why."""

    self_loops: Ints
    at_parents: Ints
    replaced: Ints
    """Earlier copies of an edge that is given again; the last one stands."""


@dataclass(frozen=True)
class ChainGraph:
    """Nodes are positions 0 … size−1; `target[i]` uses `source[i]`, worth `coefficient[i]` per unit of its own value."""

    parent: Ints
    source: Ints
    target: Ints
    coefficient: Floats
    assumed: Bools
    report: EdgeReport

    @property
    def size(self) -> int:
        return int(self.parent.size)

    @cached_property
    def is_leaf(self) -> Bools:
        leaf = np.ones(self.size, dtype=np.bool_)
        leaf[self.parent[self.parent != NO_PARENT]] = False
        return leaf

    @cached_property
    def depth(self) -> Ints:
        """Steps to the root of the tree of parents: 0 for a node without a parent."""
        return _depth(self.parent)

    @cached_property
    def levels_upwards(self) -> list[Ints]:
        """Nodes with a parent, deepest first: added to their parents in this order, everything reaches the roots."""
        return [np.flatnonzero(self.depth == depth) for depth in range(int(self.depth.max(initial=0)), 0, -1)]

    def sum_upwards(self, leaves: Floats) -> Floats:
        """Leaf values with every parent holding the sum of its leaves, whatever it held before."""
        total = np.where(self.is_leaf, leaves, 0.0)
        for level in self.levels_upwards:
            np.add.at(total, self.parent[level], total[level])
        return total


def build_graph(parent: Ints, source: Ints, target: Ints, coefficient: Floats) -> ChainGraph:
    """A graph of what may stand: self-loops, edges at a parent and earlier duplicates are left out and reported.

    `coefficient` is NaN where unknown; it then becomes 0.5 / in-degree of the target, all its edges counted, and is marked
    assumed.
    """
    if np.any(coefficient < 0) or np.any(np.isinf(coefficient)):
        raise ValueError("an input coefficient is a number of at least 0")
    size = parent.size
    is_parent = np.zeros(size, dtype=np.bool_)
    is_parent[parent[parent != NO_PARENT]] = True
    self_loop = source == target
    at_parent = ~self_loop & (is_parent[source] | is_parent[target])
    standing = np.flatnonzero(~self_loop & ~at_parent)

    key = source[standing] * size + target[standing]
    _, last_from_behind = np.unique(key[::-1], return_index=True)
    kept = standing[np.sort(standing.size - 1 - last_from_behind)]

    source, target, known = source[kept], target[kept], coefficient[kept]
    assumed = np.isnan(known)
    in_degree = np.bincount(target, minlength=size)
    return ChainGraph(
        parent=parent,
        source=source,
        target=target,
        coefficient=np.where(assumed, ASSUMED_INPUT_SHARE / in_degree[target], known),
        assumed=assumed,
        report=EdgeReport(
            self_loops=np.flatnonzero(self_loop),
            at_parents=np.flatnonzero(at_parent),
            replaced=np.setdiff1d(standing, kept),
        ),
    )


def sum_by(position: Ints, value: Floats | Bools, size: int) -> Floats:
    """Values added up by where they belong."""
    return np.bincount(position, weights=value, minlength=size).astype(np.float64)


def _depth(parent: Ints) -> Ints:
    """By pointer doubling: after k rounds a node looks 2^k ancestors up, so a circle shows after log2(size) rounds."""
    depth: Ints = (parent != NO_PARENT).astype(np.int64)
    ancestor = parent.copy()
    for _ in range(int(parent.size).bit_length()):
        below = np.flatnonzero(ancestor != NO_PARENT)
        if below.size == 0:
            return depth
        above = ancestor[below]
        depth[below] += depth[above]
        ancestor[below] = ancestor[above]
    stuck = np.flatnonzero(ancestor != NO_PARENT)
    if stuck.size:
        raise ParentCycle(stuck)
    return depth
