"""Times the figures of a chain against the limits the project set itself, and prints time / limit (below 1: within).

Every round builds everything anew from raw arrays ("cold" but for the imports). Shapes: a random graph, which has one
large strongly connected part; the same edges without cycles, where sets overlap most; a ladder, where they are deepest;
hubs; and one chain of 300 nodes with 20,000 firms. Then the disruption of one firm on the large random graph, and of all
firms one by one in the chain. The content is compared first: criticality against walking the graph.

    .venv/bin/python benchmarks/chain_figures.py
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from chains.disruption import Baseline, baseline, disrupt, indirect_losses, without
from chains.figures import ChainFigures, NodeFacts, chain_figures
from chains.graph import ChainGraph, build_graph
from chains.supply import Makers, makers, resolve_shares
from enterprises.figures import latest

ROUNDS = 5
GRAPH_LIMIT_SECONDS = 15.0
CHAIN_LIMIT_SECONDS = 0.100
ONE_STOP_LIMIT_SECONDS = 0.300
ALL_STOPS_LIMIT_SECONDS = 10.0
NODES, EDGES = 100_000, 170_000
Ints = npt.NDArray[np.int64]


def random_edges(random: np.random.Generator, nodes: int, edges: int) -> tuple[Ints, Ints]:
    return random.integers(0, nodes, edges), random.integers(0, nodes, edges)


def without_cycles(random: np.random.Generator, nodes: int, edges: int) -> tuple[Ints, Ints]:
    source, target = random_edges(random, nodes, edges)
    return np.minimum(source, target), np.maximum(source, target)


def ladder(_: np.random.Generator, nodes: int, edges: int) -> tuple[Ints, Ints]:
    step, leap = np.arange(nodes - 1), np.arange(min(nodes - 2, edges - nodes + 1))
    return np.concatenate([step, leap]), np.concatenate([step + 1, leap + 2])


def hubs(random: np.random.Generator, nodes: int, edges: int) -> tuple[Ints, Ints]:
    source = (nodes * random.random(edges) ** 4).astype(np.int64)
    target = random.integers(0, nodes, edges)
    return np.minimum(source, target), np.maximum(source, target)


SHAPES: dict[str, Callable[[np.random.Generator, int, int], tuple[Ints, Ints]]] = {
    "random": random_edges,
    "no cycles": without_cycles,
    "ladder": ladder,
    "hubs": hubs,
}


class Case(NamedTuple):
    graph: ChainGraph
    found: ChainFigures
    made: Makers

    @property
    def before(self) -> Baseline:
        supply = self.found.supply
        return baseline(self.graph, supply.supply, supply.demand, self.found.barrier)


def case(source: Ints, target: Ints, nodes: int, firms: int, seed: int) -> Case:
    """Graph, shares, outputs and all verdicts, from arrays as the database would give them."""
    random = np.random.default_rng(seed)
    rows = firms * 3 // 2
    enterprise, node = random.integers(0, firms, rows), random.integers(0, nodes, rows)
    share = np.where(random.random(rows) < 0.5, np.nan, random.random(rows))
    year = np.repeat(np.arange(2021, 2025), firms)
    output = np.where(random.random(year.size) < 0.2, np.nan, random.lognormal(8, 1.5, year.size))
    coefficient = np.where(random.random(source.size) < 0.7, np.nan, random.random(source.size) / 4)
    essential, barrier = random.random(nodes) < 0.3, random.random(nodes)
    national = np.where(random.random(nodes) < 0.4, np.nan, random.lognormal(12, 1, nodes))

    graph = build_graph(np.full(nodes, -1), source, target, coefficient)
    latest_output = latest(np.tile(np.arange(firms), 4), year, output, reference=2024).of(np.arange(firms))
    made = makers(enterprise, node, resolve_shares(enterprise, share, firms).share, latest_output, nodes)
    facts = NodeFacts(essential, barrier, np.full(nodes, np.nan), national)
    return Case(graph, chain_figures(graph, facts, made), made)


def assert_exact(graph: ChainGraph, found: ChainFigures, _: Makers, checked: int = 25) -> None:
    """The criticality of some nodes, walked node by node."""
    customers: list[list[int]] = [[] for _ in range(graph.size)]
    for source, target in zip(graph.source.tolist(), graph.target.tolist(), strict=True):
        customers[source].append(target)
    supply = found.supply.supply
    for start in np.random.default_rng(0).integers(0, graph.size, checked).tolist():
        reached, waiting = {start}, [start]
        while waiting:
            for customer in customers[waiting.pop()]:
                if customer not in reached:
                    reached.add(customer)
                    waiting.append(customer)
        walked = supply[list(reached)].sum() / supply.sum()
        if not np.isclose(found.criticality[start], walked, rtol=1e-9):
            raise SystemExit(f"criticality of node {start} is {found.criticality[start]}, walking gives {walked}")


def main() -> None:
    cases = [
        (f"{name}, {NODES:,} nodes", shape, NODES, EDGES, 40_000, GRAPH_LIMIT_SECONDS) for name, shape in SHAPES.items()
    ]
    cases.append(("one chain of 300 nodes, 20,000 firms", random_edges, 300, 600, 20_000, CHAIN_LIMIT_SECONDS))
    edges = [shape(np.random.default_rng(1), nodes, count) for _, shape, nodes, count, _, _ in cases]
    for (_, _, nodes, _, firms, _), (source, target) in zip(cases, edges, strict=True):
        assert_exact(*case(source, target, nodes, firms, seed=1))

    seconds: list[list[float]] = [[] for _ in cases]
    for seed in range(ROUNDS):  # interleaved, so that a busy minute hits all alike
        for taken, (_, _, nodes, _, firms, _), (source, target) in zip(seconds, cases, edges, strict=True):
            start = time.perf_counter()
            case(source, target, nodes, firms, seed)
            taken.append(time.perf_counter() - start)
    results = [(name, limit, taken) for (name, *_, limit), taken in zip(cases, seconds, strict=True)]
    results += disruptions()
    for name, limit, taken in results:
        median = statistics.median(taken)
        print(f"{name:40} {median:7.3f} s  limit {limit:g} s  ratio {median / limit:.2f}")
    if any(statistics.median(taken) > limit for _, limit, taken in results):
        raise SystemExit(1)


def with_scarcity(given: Case) -> Case:
    """The same chain with needs between 0.6 and 3.3 times what is made, so that stops hold many users back."""
    graph, supply, demand = given.graph, given.found.supply.supply, given.found.supply.demand
    need = supply / np.random.default_rng(2).uniform(0.3, 1.7, graph.size)
    scale = np.divide(need, demand, out=np.ones(graph.size), where=demand > 0)
    scarce = build_graph(graph.parent, graph.source, graph.target, graph.coefficient * scale[graph.source])
    unknown = np.full(graph.size, np.nan)
    facts = NodeFacts(np.zeros(graph.size, dtype=np.bool_), unknown, unknown, unknown)
    return Case(scarce, chain_figures(scarce, facts, given.made), given.made)


def disruptions() -> list[tuple[str, float, list[float]]]:
    large = case(*random_edges(np.random.default_rng(1), NODES, EDGES), NODES, 40_000, seed=1)
    small = with_scarcity(case(*random_edges(np.random.default_rng(1), 300, 600), 300, 20_000, seed=1))
    one, every = [], []
    for firm in range(ROUNDS):
        start = time.perf_counter()
        disrupt(large.before, without(large.made, np.arange(40_000) == firm, NODES))
        one.append(time.perf_counter() - start)
        start = time.perf_counter()
        indirect_losses(small.before, small.made, 20_000)
        every.append(time.perf_counter() - start)
    return [
        (f"one firm stops, {NODES:,} nodes", ONE_STOP_LIMIT_SECONDS, one),
        ("each of 20,000 firms stops, 300 nodes", ALL_STOPS_LIMIT_SECONDS, every),
    ]


if __name__ == "__main__":
    main()
