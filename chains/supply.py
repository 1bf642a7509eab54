"""What the city's enterprises supply to a chain and what the chain needs of it (METHODS 4)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from chains.graph import NO_PARENT, Bools, ChainGraph, Floats, Ints, sum_by


@dataclass(frozen=True)
class Shares:
    share: Floats
    """Of the enterprise's output, per row; at most 1 in all for one enterprise."""
    scaled: Bools
    """Per enterprise: the given shares came to more than 1 and were scaled down to it (`share_scaled`)."""
    divided: Bools
    """Per row: not given, while its enterprise has several such rows, so that what is left was divided equally."""


def resolve_shares(enterprise: Ints, share: Floats, enterprises: int) -> Shares:
    """Fill the blank (NaN) shares and scale what is too much; rows are all products of the enterprises in all chains.

    Blank shares divide equally what the given ones of the same enterprise leave: nothing when those come to 1 or more.
    """
    if np.any(share < 0) or np.any(share > 1):
        raise ValueError("a share lies between 0 and 1")
    blank = np.isnan(share)
    given = np.where(blank, 0.0, share)
    total = sum_by(enterprise, given, enterprises)
    blanks = sum_by(enterprise, blank, enterprises)
    scaled = total > 1 + 1e-9  # three thirds written with six digits are no fault
    part = np.divide(np.maximum(0.0, 1 - total), blanks, out=np.zeros(enterprises), where=blanks > 0)
    return Shares(
        np.where(blank, part[enterprise], given / np.maximum(1.0, total)[enterprise]),
        scaled,
        blank & (blanks > 1)[enterprise],
    )


@dataclass(frozen=True)
class Makers:
    """Enterprises of the city and the nodes they produce for: one entry for each pair, its products added up."""

    enterprise: Ints
    node: Ints
    share: Floats
    amount: Floats
    """Share × output, NaN where the output is unknown."""
    divided: Bools | None = None
    """Whether some of the share came about by dividing equally; None: nowhere."""


def makers(
    enterprise: Ints, node: Ints, share: Floats, output: Floats, nodes: int, divided: Bools | None = None
) -> Makers:
    """Rows of single products brought together; `share` is resolved, `output` is per enterprise."""
    pair, position = np.unique(enterprise * nodes + node, return_inverse=True)
    together = sum_by(position, share, pair.size)
    who, where = pair // nodes, pair % nodes
    partly = None if divided is None else sum_by(position, divided, pair.size) > 0
    return Makers(who, where, together, together * output[who], partly)


@dataclass(frozen=True)
class Supply:
    """Figures per node; a parent holds sums of its leaves, counts each enterprise once, and has NaN for all else."""

    supply: Floats
    demand: Floats
    rate: Floats
    """Local supply potential 本地供给潜力, 0..1; NaN without local demand."""
    hhi: Floats
    """NaN without supply."""
    largest: Floats
    """Amount of the largest supplier."""
    enterprises: Ints
    without_output: Ints
    """How many of them have no known output and so add nothing to the supply."""


def supply_and_demand(graph: ChainGraph, made: Makers) -> Supply:
    size = graph.size
    amount = np.nan_to_num(made.amount)
    supply = sum_by(made.node, amount, size)
    demand = sum_by(graph.source, graph.coefficient * supply[graph.target], size)
    squares = sum_by(made.node, amount**2, size)
    largest = np.zeros(size)
    np.maximum.at(largest, made.node, amount)

    leaf = graph.is_leaf
    return Supply(
        supply=graph.sum_upwards(supply),
        demand=graph.sum_upwards(demand),
        rate=_divide(np.minimum(supply, demand), demand, where=leaf & (demand > 0)),
        hhi=_divide(squares, supply**2, where=leaf & (supply > 0)),
        largest=np.where(leaf, largest, np.nan),
        enterprises=distinct_upwards(graph, made.enterprise, made.node),
        without_output=distinct_upwards(
            graph, made.enterprise[np.isnan(made.amount)], made.node[np.isnan(made.amount)]
        ),
    )


def location_quotient(graph: ChainGraph, supply: Floats, national_output: Floats) -> Floats:
    """(S_n / Σ S) / (N_n / Σ N) over the leaves with a national output; NaN for all others, 0 where Σ S = 0."""
    known = graph.is_leaf & (national_output > 0)  # NaN compares false
    local, national = supply[known].sum(), national_output[known].sum()
    here = np.zeros(graph.size) if local == 0 else supply / local
    return _divide(here * national, national_output, where=known)


def distinct_upwards(graph: ChainGraph, enterprise: Ints, node: Ints) -> Ints:
    """Number of different enterprises in each node or in any node below it."""
    count = np.zeros(graph.size, dtype=np.int64)
    pairs = [enterprise * graph.size + node]
    while node.size:
        above = graph.parent[node] != NO_PARENT
        enterprise, node = enterprise[above], graph.parent[node[above]]
        pairs.append(enterprise * graph.size + node)
    distinct = np.unique(np.concatenate(pairs))
    np.add.at(count, distinct % graph.size, 1)
    return count


def _divide(above: Floats, below: Floats, *, where: Bools) -> Floats:
    ratio: Floats = np.divide(above, below, out=np.full(below.size, np.nan), where=where)
    return ratio
