"""Health of a chain: six components in 0..1, and their weighted mean × 100 (METHODS 4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from chains.figures import ChainFigures, NodeFacts
from chains.graph import ChainGraph, Floats

WEIGHTS: Mapping[str, float] = {
    "completeness": 0.25,
    "self_sufficiency": 0.20,
    "diversity": 0.15,
    "resilience": 0.15,
    "vitality": 0.15,
    "innovation": 0.10,
}
STRONG_RD_INTENSITY = 0.05
GROWTH_YEARS = 3


@dataclass(frozen=True)
class Firms:
    """The enterprises that make something in the chain, one entry each; NaN where unknown."""

    output: Floats
    """O_t, 10k CNY."""
    output_before: Floats
    """O_{t−3}."""
    rd_intensity: Floats
    """R&D / revenue of one year."""


@dataclass(frozen=True)
class Component:
    """`value` in 0..1, None without data; `inputs` are the numbers it came from, `known` how many firms or nodes they cover."""

    value: float | None
    weight: float
    """In this chain's mean: renormalised over the components that have data, 0 for one that has none."""
    inputs: Mapping[str, float | int | None]


@dataclass(frozen=True)
class Health:
    score: float | None
    """0..100; None when no component has data."""
    components: Mapping[str, Component]


def chain_health(graph: ChainGraph, facts: NodeFacts, figures: ChainFigures, firms: Firms, indirect: Floats) -> Health:
    """`indirect`: indirect loss of every single enterprise stopping alone (chains.disruption)."""
    found = {
        "completeness": _completeness(graph, facts, figures),
        "self_sufficiency": _self_sufficiency(graph, figures),
        "diversity": _diversity(graph, figures),
        "resilience": _resilience(graph, figures, indirect),
        "vitality": _vitality(firms),
        "innovation": _innovation(firms),
    }
    known = sum(WEIGHTS[name] for name, (value, _) in found.items() if value is not None)
    components = {
        name: Component(value, 0.0 if value is None else WEIGHTS[name] / known, inputs)
        for name, (value, inputs) in found.items()
    }
    score = sum(part.weight * part.value for part in components.values() if part.value is not None)
    return Health(100 * score if known else None, components)


Found = tuple[float | None, Mapping[str, float | int | None]]


def _completeness(graph: ChainGraph, facts: NodeFacts, figures: ChainFigures) -> Found:
    """Share of the essential leaves that have supply; of all leaves when none is marked essential."""
    essential = graph.is_leaf & facts.essential
    asked = essential if essential.any() else graph.is_leaf
    nodes, supplied = int(asked.sum()), int((asked & (figures.supply.supply > 0)).sum())
    inputs = {"nodes": nodes, "supplied": supplied, "essential_marked": int(essential.sum())}
    return (supplied / nodes if nodes else None), inputs


def _self_sufficiency(graph: ChainGraph, figures: ChainFigures) -> Found:
    """Mean local supply potential, weighted with demand."""
    rated = graph.is_leaf & ~np.isnan(figures.supply.rate)
    demand = figures.supply.demand[rated]
    inputs = {"nodes": int(rated.sum()), "demand": float(demand.sum())}
    return _mean(figures.supply.rate[rated], demand), inputs


def _diversity(graph: ChainGraph, figures: ChainFigures) -> Found:
    """1 − mean concentration, weighted with supply."""
    supplied = graph.is_leaf & ~np.isnan(figures.supply.hhi)
    supply = figures.supply.supply[supplied]
    hhi = _mean(figures.supply.hhi[supplied], supply)
    inputs = {"nodes": int(supplied.sum()), "supply": float(supply.sum()), "mean_hhi": hhi}
    return (None if hhi is None else 1 - hhi), inputs


def _resilience(graph: ChainGraph, figures: ChainFigures, indirect: Floats) -> Found:
    """1 − the largest indirect loss that a single enterprise can cause, as a share of all supply."""
    supply = float(figures.supply.supply[graph.is_leaf].sum())
    if supply <= 0:
        return None, {"supply": supply, "largest_indirect_loss": None}
    largest = float(indirect.max(initial=0.0))
    return max(0.0, 1 - largest / supply), {"supply": supply, "largest_indirect_loss": largest}


def _vitality(firms: Firms) -> Found:
    """Output-weighted mean of clip(0.5 + 2.5 g, 0, 1); g = (O_t / O_{t−3})^⅓ − 1, unknown unless both are above 0."""
    known = (firms.output > 0) & (firms.output_before > 0)  # NaN compares false
    growth = (firms.output[known] / firms.output_before[known]) ** (1 / GROWTH_YEARS) - 1
    output = firms.output[known]
    inputs = {"enterprises": int(firms.output.size), "known": int(known.sum()), "mean_growth": _mean(growth, output)}
    return _mean(np.clip(0.5 + 2.5 * growth, 0, 1), output), inputs


def _innovation(firms: Firms) -> Found:
    """Output-weighted mean of min(1, R&D intensity / 5 %)."""
    known = (firms.output > 0) & ~np.isnan(firms.rd_intensity)
    intensity, output = firms.rd_intensity[known], firms.output[known]
    inputs = {
        "enterprises": int(firms.output.size),
        "known": int(known.sum()),
        "mean_rd_intensity": _mean(intensity, output),
    }
    return _mean(np.minimum(1.0, intensity / STRONG_RD_INTENSITY), output), inputs


def _mean(value: Floats, weight: Floats) -> float | None:
    total = float(weight.sum())
    return float(value @ weight) / total if total > 0 else None
