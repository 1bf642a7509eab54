"""What the figures of a chain say about each node: state, gaps, criticality, chokepoints (METHODS 4)."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from chains.graph import Bools, ChainGraph, Floats
from chains.reachability import downstream_sums

States = NDArray[np.int8]


class State(StrEnum):
    """Worst first: a parent shows the first of these that one of its leaves has."""

    MISSING = "missing"
    WEAK = "weak"
    ABSENT = "absent"
    BALANCED = "balanced"
    STRONG = "strong"


STATES = tuple(State)
MISSING, WEAK, ABSENT, BALANCED, STRONG = range(len(STATES))


@dataclass(frozen=True)
class Thresholds:
    weak_rate: float = 0.6
    strong_lq: float = 1.5
    single_source: float = 0.7
    chokepoint: float = 0.30
    unknown_barrier: float = 0.5


DEFAULT_THRESHOLDS = Thresholds()

_DUST = 1e-12
"""Rounding of products and quotients must not decide whether 0.6 reaches 0.6."""


def reaches(value: Floats, threshold: float) -> Bools:
    """value ≥ threshold but for rounding; false where the value is unknown."""
    return value >= threshold - _DUST


def states(
    supply: Floats, demand: Floats, rate: Floats, lq: Floats, essential: Bools, limits: Thresholds = DEFAULT_THRESHOLDS
) -> States:
    """The state of every leaf, as a position in `STATES`."""
    unmet = np.isnan(rate)
    return np.select(
        [
            (supply <= 0) & ((demand > 0) | essential),
            supply <= 0,
            ~unmet & ~reaches(rate, limits.weak_rate),
            reaches(lq, limits.strong_lq) & (unmet | reaches(rate, 1.0)),
        ],
        [MISSING, ABSENT, WEAK, STRONG],
        default=BALANCED,
    ).astype(np.int8)


def worst_upwards(graph: ChainGraph, leaves: States) -> States:
    """Leaf states with every parent at the worst state of its leaves."""
    worst = np.where(graph.is_leaf, leaves, np.int8(len(STATES) - 1))
    for level in graph.levels_upwards:
        np.minimum.at(worst, graph.parent[level], worst[level])
    return worst


def behind_missing(graph: ChainGraph, supply: Floats, state: States) -> Bools:
    """Nodes without supply all of whose users are missing or behind missing ones; at least one user is needed.

    The smallest such set: nodes on a circle do not vouch for each other.
    """
    by_target = np.argsort(graph.target, kind="stable")
    first = np.searchsorted(graph.target[by_target], np.arange(graph.size + 1)).tolist()
    suppliers = graph.source[by_target].tolist()
    users_left = np.bincount(graph.source, minlength=graph.size).tolist()
    empty = (graph.is_leaf & (supply <= 0)).tolist()
    gap = graph.is_leaf & (state == MISSING)
    flagged = np.zeros(graph.size, dtype=np.bool_)
    news = deque(np.flatnonzero(gap).tolist())
    while news:
        node = news.popleft()
        for supplier in suppliers[first[node] : first[node + 1]]:
            users_left[supplier] -= 1
            if users_left[supplier] == 0 and empty[supplier]:
                flagged[supplier] = True
                if not gap[supplier]:  # a missing node has been told on already
                    news.append(supplier)
    return flagged


def single_source(supply: Floats, largest: Floats, limits: Thresholds = DEFAULT_THRESHOLDS) -> Bools:
    """Does the largest supplier hold at least 70 % of the supply?"""
    share = np.divide(largest, supply, out=np.full(supply.size, np.nan), where=supply > 0)
    return reaches(share, limits.single_source)


def criticality(graph: ChainGraph, supply: Floats) -> Floats:
    """Share of the chain's supply that stands at or downstream of each leaf; NaN for parents, 0 if the chain has none."""
    leaves = np.where(graph.is_leaf, supply, 0.0)
    total = leaves.sum()
    reached = downstream_sums(graph.size, graph.source, graph.target, leaves)
    return np.where(graph.is_leaf, np.minimum(1.0, reached / total) if total > 0 else 0.0, np.nan)


def external_dependence(import_share: Floats, rate: Floats) -> Floats:
    """The recorded import share, else what local supply does not reach, else 0."""
    local_gap = np.where(np.isnan(rate), 0.0, 1 - rate)
    return np.where(np.isnan(import_share), local_gap, import_share)


def substitution_barrier(barrier: Floats, limits: Thresholds = DEFAULT_THRESHOLDS) -> Floats:
    return np.where(np.isnan(barrier), limits.unknown_barrier, barrier)
