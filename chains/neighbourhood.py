"""What lies around one node of a large graph: its suppliers' suppliers and its customers' customers, nearest first. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from chains.graph import ChainGraph, Ints


@dataclass(frozen=True)
class Around:
    nodes: Ints
    """Positions that are shown, ascending."""
    steps: Ints
    """Of each of them: 0 the node itself, −k so many steps up its supply, +k so many down; the nearer way counts."""
    within: int
    """How many nodes lie within the depth asked for, shown or not."""


def around(graph: ChainGraph, start: int, *, up: int, down: int, limit: int) -> Around:
    """Nodes at most `up` steps upstream or `down` steps downstream of `start`; circles end where they began.

    With more than `limit` the nearest are shown; at one distance upstream goes first, and then the order of the nodes.
    """
    steps = np.zeros(graph.size, dtype=np.int64)
    passed = {way: np.zeros(graph.size, dtype=np.bool_) for way in (-1, 1)}
    # what each way has come through: in a circle a supplier is a customer as well, and both ways lead on from it.
    known = np.zeros(graph.size, dtype=np.bool_)
    known[start] = passed[-1][start] = passed[1][start] = True
    ways = [
        (-1, up, _Steps(graph.target, graph.source, graph.size)),
        (1, down, _Steps(graph.source, graph.target, graph.size)),
    ]
    fronts = {-1: np.array([start]), 1: np.array([start])}
    found = [np.array([start], dtype=np.int64)]
    for step in range(1, max(up, down) + 1):
        for way, depth, neighbours in ways:
            if step > depth:
                continue
            front = neighbours.of(fronts[way])
            front = fronts[way] = np.unique(front[~passed[way][front]])
            passed[way][front] = True
            new = front[~known[front]]
            known[new] = True
            steps[new] = way * step
            found.append(new)
    order = np.concatenate(found)
    shown = np.sort(order[:limit])
    return Around(shown, steps[shown], int(order.size))


class _Steps:
    """The other ends of the edges that begin at a node, for many nodes at once."""

    def __init__(self, begin: Ints, end: Ints, size: int) -> None:
        order = np.argsort(begin, kind="stable")
        self._end = end[order]
        self._first = np.searchsorted(begin[order], np.arange(size + 1))

    def of(self, nodes: Ints) -> Ints:
        return np.concatenate([np.empty(0, dtype=np.int64), *self._each(nodes)])

    def _each(self, nodes: Ints) -> Iterator[Ints]:
        for node in nodes.tolist():
            yield self._end[self._first[node] : self._first[node + 1]]
