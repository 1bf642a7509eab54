import numpy as np
import pytest

from chains.graph import ChainGraph, ParentCycle, build_graph
from tests.chains.chain_examples import graph_of


def parents(*values: int) -> np.ndarray:
    return np.array(values, dtype=np.int64)


def build(size: int, edges: list[tuple[int, int, float]]) -> ChainGraph:
    source, target, coefficient = zip(*edges, strict=True)
    return build_graph(np.full(size, -1), np.array(source), np.array(target), np.array(coefficient, dtype=float))


def test_an_unknown_coefficient_is_half_by_in_degree_counting_known_edges_too() -> None:
    graph = graph_of(4, {(0, 3): None, (1, 3): None, (2, 3): 0.3, (0, 1): None})
    assert graph.coefficient.tolist() == [0.5 / 3, 0.5 / 3, 0.3, 0.5]
    assert graph.assumed.tolist() == [True, True, False, True]


def test_a_self_loop_is_dropped_reported_and_not_counted_in_the_in_degree() -> None:
    graph = graph_of(2, {(0, 1): None, (1, 1): None})
    assert graph.coefficient.tolist() == [0.5]
    assert graph.report.self_loops.tolist() == [1]


def test_of_duplicate_edges_the_last_stands_and_the_earlier_are_reported() -> None:
    graph = build(3, [(0, 2, 0.1), (1, 2, 0.2), (0, 2, 0.4), (0, 2, 0.3)])
    assert list(zip(graph.source.tolist(), graph.target.tolist(), graph.coefficient.tolist(), strict=True)) == [
        (1, 2, 0.2),
        (0, 2, 0.3),
    ]
    assert graph.report.replaced.tolist() == [0, 2]


def test_duplicates_count_once_in_the_in_degree() -> None:
    graph = build(3, [(0, 2, np.nan), (0, 2, np.nan), (1, 2, np.nan)])
    assert graph.coefficient.tolist() == [0.25, 0.25]


def test_an_edge_at_a_parent_is_left_out_and_reported() -> None:
    graph = graph_of(4, {(0, 1): None, (2, 3): None, (3, 1): None}, parent={2: 1})
    assert graph.report.at_parents.tolist() == [0, 2]
    assert (graph.source.tolist(), graph.target.tolist()) == ([2], [3])
    assert graph.is_leaf.tolist() == [True, False, True, True]


def test_sums_climb_the_tree_to_the_root_and_ignore_what_parents_held() -> None:
    graph = graph_of(5, {}, parent={1: 0, 2: 1, 3: 1})
    assert graph.sum_upwards(np.array([100.0, 100.0, 2.0, 3.0, 7.0])).tolist() == [5.0, 5.0, 2.0, 3.0, 7.0]
    assert graph.depth.tolist() == [0, 1, 2, 2, 0]


def test_a_deep_tree_has_its_depth() -> None:
    graph = build_graph(np.arange(-1, 999), *(np.zeros(0, dtype=np.int64),) * 2, np.zeros(0))
    assert graph.depth.tolist() == list(range(1000))


@pytest.mark.parametrize("circle", [(0,), (1, 0), (1, 2, 0)])
def test_a_node_that_is_its_own_ancestor_is_an_error(circle: tuple[int, ...]) -> None:
    graph = build_graph(parents(*circle, -1, len(circle)), *(np.zeros(0, dtype=np.int64),) * 2, np.zeros(0))
    with pytest.raises(ParentCycle) as error:
        _ = graph.depth
    assert error.value.nodes.tolist() == list(range(len(circle)))


@pytest.mark.parametrize("coefficient", [-0.1, np.inf])
def test_a_coefficient_below_zero_or_without_end_is_an_error(coefficient: float) -> None:
    with pytest.raises(ValueError, match="at least 0"):
        graph_of(2, {(0, 1): coefficient})
