"""All figures of one chain from its arrays: what the panorama shows and the node drawer explains (METHODS 4)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from chains.flips import NodeInputs
from chains.graph import Bools, ChainGraph, Floats
from chains.supply import Makers, Supply, location_quotient, supply_and_demand
from chains.verdicts import (
    DEFAULT_THRESHOLDS,
    MISSING,
    States,
    Thresholds,
    behind_missing,
    criticality,
    external_dependence,
    reaches,
    single_source,
    states,
    substitution_barrier,
    worst_upwards,
)


@dataclass(frozen=True)
class NodeFacts:
    """What is recorded of the nodes themselves; NaN where unknown."""

    essential: Bools
    barrier: Floats
    import_share: Floats
    national_output: Floats


@dataclass(frozen=True)
class ChainFigures:
    """Arrays over the nodes. At parents: supply, demand, state and counts of the leaves; NaN and false for the rest."""

    supply: Supply
    lq: Floats
    state: States
    behind_missing: Bools
    single_source: Bools
    criticality: Floats
    dependence: Floats
    barrier: Floats
    chokepoint_risk: Floats
    chokepoint: Bools
    gaps: Bools
    """Leaves that are missing or behind missing ones."""


def chain_figures(
    graph: ChainGraph, facts: NodeFacts, made: Makers, limits: Thresholds = DEFAULT_THRESHOLDS
) -> ChainFigures:
    leaf = graph.is_leaf
    supplied = supply_and_demand(graph, made)
    lq = location_quotient(graph, supplied.supply, facts.national_output)
    state = states(supplied.supply, supplied.demand, supplied.rate, lq, facts.essential, limits)
    hidden = behind_missing(graph, supplied.supply, state)
    critical = criticality(graph, supplied.supply)
    dependence = np.where(leaf, external_dependence(facts.import_share, supplied.rate), np.nan)
    barrier = np.where(leaf, substitution_barrier(facts.barrier, limits), np.nan)
    risk = critical * dependence * barrier
    return ChainFigures(
        supply=supplied,
        lq=lq,
        state=worst_upwards(graph, state),
        behind_missing=hidden,
        single_source=leaf & single_source(supplied.supply, supplied.largest, limits),
        criticality=critical,
        dependence=dependence,
        barrier=barrier,
        chokepoint_risk=risk,
        chokepoint=reaches(risk, limits.chokepoint),
        gaps=leaf & ((state == MISSING) | hidden),
    )


def node_inputs(graph: ChainGraph, facts: NodeFacts, figures: ChainFigures, node: int) -> NodeInputs:
    """What the verdicts on one leaf rest on."""
    leaf = graph.is_leaf
    supply = np.where(leaf, figures.supply.supply, 0.0)
    rated = leaf & (facts.national_output > 0)
    own, total = float(supply[node]), float(supply.sum())
    national = float(facts.national_output[node] / facts.national_output[rated].sum()) if rated[node] else None
    return NodeInputs(
        supply=own,
        demand=float(figures.supply.demand[node]),
        essential=bool(facts.essential[node]),
        largest=float(figures.supply.largest[node]),
        supply_elsewhere=total - own,
        supply_elsewhere_rated=float(supply[rated].sum()) - (own if rated[node] else 0.0),
        national_share=national,
        downstream=max(0.0, float(figures.criticality[node]) * total - own),
        barrier=known(facts.barrier[node]),
        import_share=known(facts.import_share[node]),
    )


def known(value: float) -> float | None:
    """NaN is how arrays say unknown; answers say None."""
    return None if np.isnan(value) else float(value)
