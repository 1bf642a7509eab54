"""Which firms elsewhere are worth inviting for a node: need, capability, affinity and what they come to (METHODS 4). Pure."""

from __future__ import annotations

import numpy as np

from chains.graph import Bools, ChainGraph, Floats, Ints
from chains.verdicts import DEFAULT_THRESHOLDS, MISSING, States

NEED, CAPABILITY, AFFINITY = 0.4, 0.35, 0.25
"""Exponents; they sum to 1."""
LEAST_AFFINITY = 0.05


def need(state: States, risk: Floats, rate: Floats, chokepoint: float = DEFAULT_THRESHOLDS.chokepoint) -> Floats:
    """1 if missing, else max(min(1, K / 0.3), 1 − r), per node.

    A node without local demand has no r, which counts as 0: nothing here limits how much of it is welcome.
    """
    at_risk = np.minimum(1.0, np.nan_to_num(risk) / chokepoint)
    unmet = 1 - np.nan_to_num(rate)
    return np.where(state == MISSING, 1.0, np.maximum(at_risk, unmet))


def busy_neighbours(graph: ChainGraph, supply: Floats, nodes: Ints) -> Floats:
    """Of these nodes the share of their suppliers and users that are made here; 0 for a node without any."""
    touching = np.isin(graph.source, nodes) | np.isin(graph.target, nodes)
    source, target = graph.source[touching], graph.target[touching]
    pairs = np.unique(np.concatenate([source * graph.size + target, target * graph.size + source]))
    node, neighbour = pairs // graph.size, pairs % graph.size
    count = np.bincount(node, minlength=graph.size)[nodes]
    busy = np.bincount(node, weights=supply[neighbour] > 0, minlength=graph.size)[nodes]
    return np.divide(busy, count, out=np.zeros(len(nodes)), where=count > 0)


def affinity(local: Ints, known: Ints, neighbours: Floats) -> Floats:
    """Local share of the known customers and suppliers; without any, that of the node's neighbours; at least 0.05."""
    share = np.divide(local, known, out=neighbours.astype(np.float64).copy(), where=known > 0)
    return np.maximum(LEAST_AFFINITY, share)


def exponents(capability_known: bool) -> tuple[float, float, float]:
    """Of need, capability and affinity; an unknown capability is left out and the rest renormalised."""
    if capability_known:
        return NEED, CAPABILITY, AFFINITY
    return NEED / (NEED + AFFINITY), 0.0, AFFINITY / (NEED + AFFINITY)


def scores(need: Floats, capability: Floats, affinity: Floats) -> Floats:
    """0..100 per candidate; `capability` is 0..1, NaN where it is unknown."""
    unknown = np.isnan(capability)
    rest = NEED + AFFINITY
    known_score = need**NEED * np.where(unknown, 0.0, capability) ** CAPABILITY * affinity**AFFINITY
    return 100 * np.where(unknown, need ** (NEED / rest) * affinity ** (AFFINITY / rest), known_score)


def best_first(score: Floats, unknown: Bools, enterprise: Ints) -> Ints:
    """Order of the candidates: by score, those of unknown capability after others of equal score, then as they were loaded."""
    return np.lexsort((enterprise, unknown, -np.round(score, 9)))


def once_each(enterprise: Ints, order: Ints) -> Ints:
    """Of an order, the first place of every enterprise: one that makes several products stands where it is wanted most."""
    _, first = np.unique(enterprise[order], return_index=True)
    return order[np.sort(first)]
