"""How much of a verdict is known and how much is assumed. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from chains.graph import ChainGraph, Floats, sum_by
from chains.supply import Makers


@dataclass(frozen=True)
class NodeAssumptions:
    """Per node, 0..1: the part of each input that is assumed instead of known. NaN at parents."""

    supply: Floats
    demand: Floats
    quotient: Floats
    dependence: Floats
    barrier: Floats


@dataclass(frozen=True)
class Confidence:
    value: float
    assumed: Mapping[str, float]
    """The verdict's inputs, each with the part of it that is assumed."""


def assumptions(
    graph: ChainGraph, made: Makers, supply: Floats, demand: Floats, barrier: Floats, import_share: Floats,
    national_output: Floats,
) -> NodeAssumptions:  # fmt: skip
    """The confidence of a verdict is 1 − the mean assumed part of the inputs it rests on, each input weighing the same:

    - supply: of the node's makers, those without a known output (they add nothing) or whose share was not given and came
      about by dividing what others leave; 0 without makers, for then that nothing is made is what is known;
    - demand: the part of it, by value, that comes over edges with an assumed coefficient (by number while it is 0);
      0 for a node nobody uses;
    - quotient: 1 without a national output, else the assumed part of the supply;
    - dependence: 0 where an import share is recorded, else the mean of supply and demand;
    - barrier: 0 where recorded, else 1.

    A state rests on supply, demand and quotient (the quotient only while something is made); a single source on supply; a
    chokepoint on supply, dependence and barrier.
    """
    leaf = graph.is_leaf
    guessed = np.isnan(made.amount) if made.divided is None else np.isnan(made.amount) | made.divided
    of_supply = _part(sum_by(made.node, guessed, graph.size), sum_by(made.node, np.ones(made.node.size), graph.size))
    need = graph.coefficient * np.where(leaf, supply, 0.0)[graph.target]
    by_value = _part(sum_by(graph.source, need * graph.assumed, graph.size), sum_by(graph.source, need, graph.size))
    by_number = _part(
        sum_by(graph.source, graph.assumed, graph.size), sum_by(graph.source, np.ones(graph.source.size), graph.size)
    )
    of_demand = np.where(demand > 0, by_value, by_number)
    of_quotient = np.where(national_output > 0, of_supply, 1.0)

    def leaves_only(values: Floats) -> Floats:
        return np.where(leaf, values, np.nan)

    return NodeAssumptions(
        supply=leaves_only(of_supply),
        demand=leaves_only(of_demand),
        quotient=leaves_only(of_quotient),
        dependence=leaves_only(np.where(np.isnan(import_share), (of_supply + of_demand) / 2, 0.0)),
        barrier=leaves_only(np.isnan(barrier).astype(np.float64)),
    )


def confidence_in_states(assumed: NodeAssumptions, supply: Floats) -> Floats:
    """Of every node's state at once; NaN at parents."""
    without = (assumed.supply + assumed.demand) / 2
    with_quotient = (assumed.supply + assumed.demand + assumed.quotient) / 3
    return 1 - np.where(supply > 0, with_quotient, without)


def of_state(assumed: NodeAssumptions, supply: Floats, at: int) -> Confidence:
    names = ["supply", "demand", *(["quotient"] if supply[at] > 0 else [])]
    return _of(assumed, at, *names)


def of_single_source(assumed: NodeAssumptions, at: int) -> Confidence:
    return _of(assumed, at, "supply")


def of_chokepoint(assumed: NodeAssumptions, at: int) -> Confidence:
    return _of(assumed, at, "supply", "dependence", "barrier")


def _of(assumed: NodeAssumptions, at: int, *names: str) -> Confidence:
    parts = {name: float(getattr(assumed, name)[at]) for name in names}
    return Confidence(1 - sum(parts.values()) / len(parts), parts)


def _part(some: Floats, every: Floats) -> Floats:
    part: Floats = np.divide(some, every, out=np.zeros(every.size), where=every > 0)
    return part
