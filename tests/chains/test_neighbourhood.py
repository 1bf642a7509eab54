import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chains.graph import ChainGraph
from chains.neighbourhood import around
from tests.chains.chain_examples import RandomChain, graph_of, random_chains, random_graph


@pytest.fixture
def line() -> ChainGraph:
    """0 → 1 → 2 → 3 → 4, and 5 → 2 beside it."""
    return graph_of(6, {(0, 1): None, (1, 2): None, (2, 3): None, (3, 4): None, (5, 2): None})


def test_each_way_goes_as_deep_as_asked(line: ChainGraph) -> None:
    found = around(line, 2, up=1, down=2, limit=10)
    assert dict(zip(found.nodes.tolist(), found.steps.tolist(), strict=True)) == {1: -1, 5: -1, 2: 0, 3: 1, 4: 2}
    assert around(line, 2, up=0, down=0, limit=10).nodes.tolist() == [2]


def test_the_nearest_are_shown_and_all_are_counted(line: ChainGraph) -> None:
    found = around(line, 2, up=2, down=2, limit=4)
    assert (found.nodes.tolist(), found.within) == ([1, 2, 3, 5], 6)


def test_a_circle_ends_where_it_began() -> None:
    found = around(graph_of(3, {(0, 1): None, (1, 2): None, (2, 0): None}), 0, up=9, down=9, limit=10)
    assert found.nodes.tolist() == [0, 1, 2]
    assert found.steps.tolist() == [0, 1, -1]


def test_what_is_supplier_and_customer_at_once_leads_on_both_ways() -> None:
    """0 ⇄ 1 → 2: 1 is met upstream first, and 2 is still two steps downstream."""
    found = around(graph_of(3, {(0, 1): None, (1, 0): None, (1, 2): None}), 0, up=1, down=2, limit=10)
    assert dict(zip(found.nodes.tolist(), found.steps.tolist(), strict=True)) == {0: 0, 1: -1, 2: 2}


def test_a_node_without_edges_stands_alone() -> None:
    assert around(graph_of(2, {}), 1, up=3, down=3, limit=5).nodes.tolist() == [1]


@given(random_chains(), st.integers(0, 4), st.integers(0, 4))
def test_it_finds_what_walking_finds(chain: RandomChain, up: int, down: int) -> None:
    graph = random_graph(chain)
    found = around(graph, 0, up=up, down=down, limit=1000)
    adjacency = np.eye(graph.size, dtype=bool)
    edges = np.zeros_like(adjacency)
    edges[graph.source, graph.target] = True
    below, above = adjacency[0].copy(), adjacency[0].copy()
    for _ in range(down):
        below |= below @ edges
    for _ in range(up):
        above |= edges @ above
    assert found.nodes.tolist() == np.flatnonzero(below | above).tolist()
