"""What a chain loses when enterprises stop or imports fail, and how the loss spreads from node to node (METHODS 4)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from chains.graph import Bools, ChainGraph, Floats, Ints, sum_by
from chains.supply import Makers

CONVERGED = 1e-12
MOST_ROUNDS = 10_000
SMALLEST_SUBSTITUTABLE = 0.05
REACHED = 1e-6
"""A node counts as reached by the disruption in the first round in which its factor is this much below 1."""
COLUMNS_AT_A_TIME = 64
"""Disruptions worked out side by side: so many columns of a chain stay in the processor's cache."""


@dataclass(frozen=True)
class Baseline:
    """The chain before anything stops, per node. Parents carry nothing: their leaves do."""

    graph: ChainGraph
    supply: Floats
    demand: Floats
    substitutable: Floats
    """σ_n = max(0.05, 1 − B_n)."""

    @property
    def imports(self) -> Floats:
        return np.maximum(0.0, self.demand - self.supply)


@dataclass(frozen=True)
class Disruption:
    """Factors per node (1: untouched; NaN: made nothing before), and the loss in 10k CNY of output."""

    factor: Floats
    round: Ints
    """Order of spread: first round in which the node is reached, 0 if never."""
    loss: float
    direct: float
    indirect: float
    rounds: int
    converged: bool
    steps: list[Floats]
    """Factors after each of the first rounds, as many as were asked for."""


def baseline(graph: ChainGraph, supply: Floats, demand: Floats, barrier: Floats) -> Baseline:
    """`supply`, `demand` as of chains.supply, `barrier` with its default filled in; values of parents are not used."""
    leaf = graph.is_leaf
    return Baseline(
        graph=graph,
        supply=np.where(leaf, supply, 0.0),
        demand=np.where(leaf, demand, 0.0),
        substitutable=np.maximum(SMALLEST_SUBSTITUTABLE, 1 - np.where(leaf, barrier, 1.0)),
    )


def without(made: Makers, stopped: Bools, nodes: int) -> Floats:
    """S′: the supply left at each node when the enterprises marked in `stopped` make nothing."""
    left = np.where(stopped[made.enterprise], 0.0, np.nan_to_num(made.amount))
    return sum_by(made.node, left, nodes)


def disrupt(before: Baseline, left: Floats, lost: Floats | None = None, *, keep: int = 0) -> Disruption:
    """The fixed point for one S′ (`left`, per node).

    `lost` is the share q_n of each node's imports M_n that fails to come. Of it, σ_n is replaced as of local supply that
    stops: what is left is M_n · (1 − (1 − σ_n) q_n). Such a loss is indirect: no enterprise of the city stopped.
    """
    own = _share_left(before, left[:, None])
    links = _links(before, np.zeros(before.graph.size) if lost is None else lost)
    factor = np.ones_like(own)
    reached = np.zeros(before.graph.size, dtype=np.int64)
    made_something = before.supply > 0
    rounds, change, steps = 0, np.inf, []
    while change >= CONVERGED and rounds < MOST_ROUNDS:
        rounds += 1
        changed = _next(links, own, factor)
        change = float(np.abs(changed - factor).max(initial=0.0))
        factor = changed
        reached[(reached == 0) & (factor[:, 0] < 1 - REACHED)] = rounds
        if rounds <= keep:
            steps.append(np.where(made_something, factor[:, 0], np.nan))
    loss = float(np.sum(before.supply * (1 - factor[:, 0])))
    direct = float(np.sum(before.supply - np.where(made_something, left, 0.0)))
    return Disruption(
        factor=np.where(made_something, factor[:, 0], np.nan),
        round=reached,
        loss=loss,
        direct=direct,
        indirect=loss - direct,
        rounds=rounds,
        converged=change < CONVERGED,
        steps=steps,
    )


def indirect_losses(before: Baseline, made: Makers, enterprises: int) -> Floats:
    """Indirect loss of each enterprise stopping alone, 0 for one that makes nothing here."""
    indirect = np.zeros(enterprises)
    links = _links(before, np.zeros(before.graph.size))
    for block, left in _one_by_one(before, made, enterprises):
        own = _share_left(before, left)
        factor = _settle(links, own)
        indirect[block] = before.supply @ (own - factor)
    return np.maximum(0.0, indirect)


def _one_by_one(before: Baseline, made: Makers, enterprises: int) -> Iterator[tuple[Ints, Floats]]:
    """Blocks of enterprises that make something, each with its columns of supply left."""
    amount = np.nan_to_num(made.amount)
    entries = np.flatnonzero(amount > 0)
    entries = entries[np.argsort(made.enterprise[entries], kind="stable")]
    who, column = np.unique(made.enterprise[entries], return_inverse=True)
    for first in range(0, who.size, COLUMNS_AT_A_TIME):
        block = who[first : first + COLUMNS_AT_A_TIME]
        mine = entries[slice(*np.searchsorted(column, [first, first + block.size]))]
        left = np.repeat(before.supply[:, None], block.size, axis=1)
        left[made.node[mine], np.searchsorted(block, made.enterprise[mine])] -= amount[mine]
        yield block, np.maximum(0.0, left)


@dataclass(frozen=True)
class _Links:
    """Inputs that can hold a user back, laid out in turns: the first input of every user, then every second one …

    `users` have the most inputs first, so each turn is about a leading part of them, and a turn is one array operation
    (taking the least of each user's inputs group by group is many times slower).
    """

    supplier: Ints
    users: Ints
    turns: list[tuple[int, int]]
    """Where each turn begins, and how many users it is about."""
    rising: Floats
    """(1 − σ_u) S_u / D_u: what a unit of the supplier's factor adds to what its users get of their need."""
    fixed: Floats
    """(M_u + σ_u S_u) / D_u: what they get of it in any case; M_u without what of it fails to come."""


def _links(before: Baseline, lost: Floats) -> _Links:
    graph, supply, demand = before.graph, before.supply, before.demand
    imports = before.imports * (1 - (1 - before.substitutable) * lost)
    failing = ((supply > 0) | (lost > 0)) & (demand > 0)
    binding = np.flatnonzero(failing[graph.source] & (supply[graph.target] > 0))
    inputs = np.bincount(graph.target[binding], minlength=graph.size)
    rank = np.argsort(-inputs, kind="stable")
    place = np.empty_like(rank)
    place[rank] = np.arange(graph.size)
    by_user = binding[np.argsort(place[graph.target[binding]], kind="stable")]
    first = np.flatnonzero(np.diff(graph.target[by_user], prepend=-1))
    turn = np.arange(by_user.size) - np.repeat(first, np.diff(np.append(first, by_user.size)))
    order = by_user[np.argsort(turn, kind="stable")]
    count = np.bincount(turn)
    supplier = graph.source[order]
    need = demand[supplier]
    return _Links(
        supplier=supplier,
        users=graph.target[by_user[first]],
        turns=list(zip((np.cumsum(count) - count).tolist(), count.tolist(), strict=True)),
        rising=((1 - before.substitutable[supplier]) * supply[supplier] / need)[:, None],
        fixed=((imports[supplier] + before.substitutable[supplier] * supply[supplier]) / need)[:, None],
    )


def _share_left(before: Baseline, left: Floats) -> Floats:
    """S′/S per node and column; 1 where nothing was made."""
    supply = before.supply[:, None]
    return np.divide(left, supply, out=np.ones_like(left), where=supply > 0)


def _next(links: _Links, own: Floats, factor: Floats) -> Floats:
    """One round for all nodes at once."""
    changed = own.copy()
    if links.users.size:
        got = factor[links.supplier]
        got *= links.rising
        got += links.fixed
        least = got[: links.users.size]
        for start, count in links.turns[1:]:
            np.minimum(least[:count], got[start : start + count], out=least[:count])
        changed[links.users] *= np.minimum(least, 1.0, out=least)
    return changed


def _settle(links: _Links, own: Floats) -> Floats:
    """The fixed points of all columns; once half of them have come to rest, only the others are worked on."""
    settled = np.ones_like(own)
    columns, factor = np.arange(own.shape[1]), settled
    for _ in range(MOST_ROUNDS):
        changed = _next(links, own, factor)
        moving = np.abs(changed - factor).max(axis=0, initial=0.0) >= CONVERGED
        factor = changed
        if 2 * np.count_nonzero(moving) <= moving.size:
            settled[:, columns] = factor
            columns, own, factor = columns[moving], own[:, moving], factor[:, moving]
            if columns.size == 0:
                return settled
    settled[:, columns] = factor
    return settled
