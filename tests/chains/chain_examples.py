"""A small chain whose every figure can be worked out by hand, and random ones for properties."""

from typing import NamedTuple

import numpy as np
from hypothesis import strategies as st

from chains.figures import NodeFacts
from chains.graph import ChainGraph, Floats, build_graph
from chains.supply import Makers


def graph_of(size: int, edges: dict[tuple[int, int], float | None], parent: dict[int, int] | None = None) -> ChainGraph:
    """A graph of `size` nodes; `edges` map (source, target) to a coefficient, None where unknown."""
    pairs = np.array(list(edges), dtype=np.int64).reshape(-1, 2)
    values = np.array([np.nan if value is None else value for value in edges.values()], dtype=np.float64)
    parents = np.full(size, -1, dtype=np.int64)
    for child, above in (parent or {}).items():
        parents[child] = above
    return build_graph(parents, pairs[:, 0], pairs[:, 1], values)


def supplied(supply: Floats | list[float]) -> Makers:
    """One maker for each node with a supply."""
    amount = np.asarray(supply, dtype=np.float64)
    node = np.flatnonzero(amount > 0)
    return Makers(np.arange(node.size), node, np.ones(node.size), amount[node])


def facts(size: int, **known: dict[int, float]) -> NodeFacts:
    """Nodes without any fact but those named: `facts(3, barrier={0: 0.9}, essential={1: 1})`."""

    def column(name: str) -> Floats:
        values = np.full(size, np.nan)
        for node, value in known.get(name, {}).items():
            values[node] = value
        return values

    return NodeFacts(
        essential=np.nan_to_num(column("essential")) > 0,
        barrier=column("barrier"),
        import_share=column("import_share"),
        national_output=column("national_output"),
    )


class RandomChain(NamedTuple):
    size: int
    edges: list[tuple[int, int]]
    supply: list[float]


@st.composite
def random_chains(draw: st.DrawFn, largest: int = 12) -> RandomChain:
    """Any directed graph, circles and self-loops and duplicates included, with amounts on some nodes."""
    size = draw(st.integers(1, largest))
    node = st.integers(0, size - 1)
    edges = draw(st.lists(st.tuples(node, node), max_size=3 * size))
    supply = draw(st.lists(st.sampled_from([0.0, 0.0, 1.0, 2.0, 5.0, 40.0]), min_size=size, max_size=size))
    return RandomChain(size, edges, supply)


def random_graph(chain: RandomChain) -> ChainGraph:
    pairs = np.array(chain.edges, dtype=np.int64).reshape(-1, 2)
    parent = np.full(chain.size, -1, dtype=np.int64)
    return build_graph(parent, pairs[:, 0], pairs[:, 1], np.full(len(pairs), np.nan))
