"""Supply between districts of the city: recorded ties added up, or estimated from what districts make and need."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from chains.graph import ChainGraph, Floats, Ints
from chains.supply import Makers

Pair = tuple[int, int]


@dataclass(frozen=True)
class Flow:
    source: int
    target: int
    amount: float
    ties: int
    """Recorded ties behind it; 0 where it is estimated."""


def estimated(
    graph: ChainGraph, made: Makers, district: Ints, supply: Floats, demand: Floats, districts: int
) -> list[Flow]:
    """Along each supply edge u → v what the city itself can give, a_uv S_v · min(1, S_u / D_u), goes from the districts that
    make u, in proportion to what they make, to those that make v, likewise.

    `district` is per enterprise, −1 where it is in none: its part goes nowhere.
    """
    by_district = np.zeros((graph.size, districts))
    here = (district[made.enterprise] >= 0) & ~np.isnan(made.amount)
    np.add.at(by_district, (made.node[here], district[made.enterprise[here]]), made.amount[here])
    total = supply[:, None]
    share = np.divide(by_district, total, out=np.zeros_like(by_district), where=total > 0)
    met = np.divide(np.minimum(supply, demand), demand, out=np.zeros(graph.size), where=demand > 0)
    amount = graph.coefficient * supply[graph.target] * met[graph.source]
    between = np.einsum("e,ei,ej->ij", amount, share[graph.source], share[graph.target])
    return [
        Flow(source, target, float(between[source, target]), 0)
        for source, target in zip(*(axis.tolist() for axis in np.nonzero(between > 0)), strict=True)
    ]


def recorded(
    ties: Iterable[tuple[int, int, float | None]],
    district: Mapping[int, int],
    makes: Mapping[int, set[int]],
    edges: set[Pair],
) -> list[Flow]:
    """Ties (supplier, customer, amount) along a supply edge of the chain, added up between districts; a tie without an
    amount counts as a tie. `makes` are the nodes of the chain that an enterprise makes something for."""
    amounts: defaultdict[Pair, float] = defaultdict(float)
    counts: defaultdict[Pair, int] = defaultdict(int)
    for supplier, customer, amount in ties:
        source, target = district.get(supplier), district.get(customer)
        if source is None or target is None:
            continue
        if not any((out, into) in edges for out in makes.get(supplier, ()) for into in makes.get(customer, ())):
            continue
        amounts[source, target] += amount or 0.0
        counts[source, target] += 1
    return [Flow(source, target, amounts[source, target], count) for (source, target), count in counts.items()]
