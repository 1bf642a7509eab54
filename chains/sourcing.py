"""Recorded local sourcing 本地配套率: what share of the recorded purchases of a node's product was local (METHODS 4)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from chains.graph import Floats

LEAST_COVERAGE = 0.3
"""Of the node's local demand; purchases that cover less say too little."""

Pair = tuple[int, int]


@dataclass(frozen=True)
class Tie:
    """A firm of the city bought for `amount` from another firm."""

    supplier: int
    customer: int
    amount: float
    local: bool
    """The supplier is in the city, too."""


def purchases(
    ties: Iterable[Tie], makes: Mapping[int, set[int]], edges: Iterable[Pair]
) -> tuple[dict[int, float], dict[int, float]]:
    """Recorded purchases by node, and those from local suppliers."""
    bought: defaultdict[int, float] = defaultdict(float)
    nearby: defaultdict[int, float] = defaultdict(float)
    for tie, node, amount in by_node(ties, makes, edges):
        bought[node] += amount
        nearby[node] += amount if tie.local else 0.0
    return dict(bought), dict(nearby)


def by_node(
    ties: Iterable[Tie], makes: Mapping[int, set[int]], edges: Iterable[Pair]
) -> Iterator[tuple[Tie, int, float]]:
    """Each tie with the nodes it is about and its amount there.

    A tie is about the nodes its supplier makes something for and its customer uses. Where it may be about several supply
    edges, its amount is divided equally among them, so that nothing counts twice.
    """
    users: defaultdict[int, set[int]] = defaultdict(set)
    for source, target in edges:
        users[source].add(target)
    for tie in ties:
        uses = makes.get(tie.customer, set())
        about = {node: len(users[node] & uses) for node in makes.get(tie.supplier, ()) if users.get(node)}
        ways = sum(about.values())
        for node, count in about.items():
            if count:
                yield tie, node, tie.amount * count / ways


@dataclass(frozen=True)
class Sourcing:
    """Per node; NaN where there is no local demand to cover, or too little is recorded."""

    local: Floats
    coverage: Floats


def local_sourcing(bought: Floats, nearby: Floats, demand: Floats) -> Sourcing:
    nowhere = np.full(demand.size, np.nan)
    coverage = np.divide(bought, demand, out=nowhere.copy(), where=demand > 0)
    enough = (coverage >= LEAST_COVERAGE - 1e-12) & (bought > 0)
    return Sourcing(np.divide(nearby, bought, out=nowhere, where=enough), coverage)
