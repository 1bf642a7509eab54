import numpy as np
import pytest
from hypothesis import given

from chains.figures import chain_figures
from chains.graph import ChainGraph
from chains.verdicts import MISSING, STATES, behind_missing, states, worst_upwards
from tests.chains.chain_examples import RandomChain, facts, graph_of, random_chains, random_graph, supplied

NAN = float("nan")


def state_of(supply: float, demand: float = 0, rate: float = NAN, lq: float = NAN, essential: bool = False) -> str:
    numbers = np.array([[supply], [demand], [rate], [lq]], dtype=float)
    return str(STATES[states(numbers[0], numbers[1], numbers[2], numbers[3], np.array([essential]))[0]])


def test_states_are_tried_in_the_order_of_the_method() -> None:
    assert state_of(0, demand=5, rate=0) == "missing"
    assert state_of(0, essential=True) == "missing"
    assert state_of(0) == "absent"
    assert state_of(5, demand=10, rate=0.5, lq=9) == "weak"
    assert state_of(6, demand=10, rate=0.6) == "balanced"
    assert state_of(9, demand=10, rate=0.9, lq=9) == "balanced"
    assert state_of(10, demand=10, rate=1, lq=1.5) == "strong"
    assert state_of(10, lq=1.5) == "strong"
    assert state_of(10, lq=1.4999) == "balanced"
    assert state_of(10) == "balanced"


def test_rounding_does_not_decide_at_a_threshold() -> None:
    assert state_of(0.18, demand=0.1 * 3, rate=0.18 / (0.1 * 3)) == "balanced"


def test_a_parent_shows_the_worst_state_of_its_leaves() -> None:
    graph = graph_of(6, {}, parent={1: 0, 2: 0, 3: 2, 4: 2})
    leaves = np.array([STATES.index(state) for state in ("strong", "strong", "strong", "balanced", "weak", "absent")])
    shown = worst_upwards(graph, leaves.astype(np.int8))
    assert [STATES[state] for state in shown] == ["weak", "strong", "weak", "balanced", "weak", "absent"]


def flagged(graph: ChainGraph, supply: list[float], essential: list[int]) -> list[int]:
    figures = chain_figures(graph, facts(graph.size, essential=dict.fromkeys(essential, 1.0)), supplied(supply))
    return np.flatnonzero(figures.behind_missing).tolist()


def test_what_only_missing_nodes_would_use_is_a_gap_too_and_so_is_what_feeds_it() -> None:
    """0 → 1 → 2 → 3 where 2 is essential and missing; 4 also feeds the running 3."""
    graph = graph_of(5, {(0, 1): None, (1, 2): None, (2, 3): None, (4, 3): None, (4, 2): None})
    assert flagged(graph, [0, 0, 0, 0, 0], essential=[2]) == [0, 1]
    assert flagged(graph, [0, 0, 0, 9, 0], essential=[]) == [0, 1]


def test_a_node_that_no_one_uses_is_not_behind_anything() -> None:
    assert flagged(graph_of(2, {(0, 1): None}), [0, 0], essential=[]) == []


def test_empty_nodes_on_a_circle_do_not_vouch_for_each_other() -> None:
    assert flagged(graph_of(3, {(0, 1): None, (1, 0): None, (1, 2): None}), [0, 0, 0], essential=[2]) == []


def test_a_node_with_supply_is_never_behind_missing() -> None:
    assert flagged(graph_of(2, {(0, 1): None}), [3, 0], essential=[1]) == []


def test_one_supplier_with_seventy_percent_is_a_single_source() -> None:
    from chains.verdicts import single_source

    assert single_source(np.array([100.0, 100, 0]), np.array([70.0, 69.9, 0])).tolist() == [True, False, False]


def test_criticality_dependence_barrier_and_chokepoint_by_hand() -> None:
    """20 of steel feed 80 of motors at 0.5: half the need of 40 is local. Steel carries the whole chain."""
    graph = graph_of(3, {(0, 1): 0.5})
    figures = chain_figures(graph, facts(3, barrier={0: 0.6}, import_share={2: 0.9}), supplied([20, 80, 0]))
    assert figures.criticality.tolist() == [1.0, 0.8, 0.0]
    assert figures.dependence.tolist() == [0.5, 0.0, 0.9]
    assert figures.barrier.tolist() == [0.6, 0.5, 0.5]
    assert figures.chokepoint_risk.tolist() == [0.3, 0.0, 0.0]
    assert figures.chokepoint.tolist() == [True, False, False]


def test_ratios_over_a_chain_without_supply_are_nought() -> None:
    figures = chain_figures(graph_of(2, {(0, 1): None}), facts(2, import_share={0: 1.0}), supplied([0, 0]))
    assert figures.criticality.tolist() == [0, 0]
    assert figures.chokepoint_risk.tolist() == [0, 0]


def test_a_parent_has_sums_and_a_state_and_nothing_else() -> None:
    graph = graph_of(3, {(1, 2): 0.5}, parent={1: 0})
    figures = chain_figures(graph, facts(3, national_output={0: 5, 1: 5, 2: 5}), supplied([0, 10, 100]))
    assert figures.supply.supply.tolist() == [10, 10, 100]
    assert STATES[figures.state[0]] == "weak"
    for unknown in (figures.lq, figures.criticality, figures.dependence, figures.barrier, figures.chokepoint_risk):
        assert np.isnan(unknown[0])
    assert not figures.chokepoint[0]
    assert not figures.single_source[0]


@given(random_chains())
def test_behind_missing_is_the_smallest_set_that_its_definition_asks_for(chain: RandomChain) -> None:
    graph = random_graph(chain)
    figures = chain_figures(graph, facts(chain.size), supplied(chain.supply))
    users: list[set[int]] = [set() for _ in range(chain.size)]
    for source, target in zip(graph.source.tolist(), graph.target.tolist(), strict=True):
        users[source].add(target)
    missing = set(np.flatnonzero(figures.state == MISSING).tolist())
    expected: set[int] = set()
    while True:
        more = {
            node
            for node in range(chain.size)
            if chain.supply[node] == 0 and users[node] and users[node] <= missing | expected
        }
        if more == expected:
            break
        expected = more
    assert set(np.flatnonzero(figures.behind_missing).tolist()) == expected
    assert set(np.flatnonzero(behind_missing(graph, figures.supply.supply, figures.state)).tolist()) == expected


@given(random_chains())
def test_figures_of_any_graph_stay_in_their_ranges(chain: RandomChain) -> None:
    figures = chain_figures(random_graph(chain), facts(chain.size), supplied(chain.supply))
    for share in (figures.criticality, figures.dependence, figures.chokepoint_risk):
        assert np.all((share >= 0) & (share <= 1))
    rate = figures.supply.rate
    assert np.all(np.isnan(rate) | ((rate >= 0) & (rate <= 1)))
    assert np.array_equal(np.isnan(rate), figures.supply.demand == 0)
    for node, state in enumerate(figures.state):
        if STATES[state] == "missing":
            assert figures.supply.supply[node] == 0 < figures.supply.demand[node]


@given(random_chains())
def test_a_supplier_is_at_least_as_critical_as_its_customers(chain: RandomChain) -> None:
    graph = random_graph(chain)
    critical = chain_figures(graph, facts(chain.size), supplied(chain.supply)).criticality
    assert np.all(critical[graph.source] >= critical[graph.target] - 1e-12)


@pytest.mark.parametrize("size", [0, 1])
def test_a_chain_of_no_node_or_of_one_without_edges_has_figures(size: int) -> None:
    figures = chain_figures(graph_of(size, {}), facts(size), supplied([0.0] * size))
    assert [STATES[state] for state in figures.state] == ["absent"] * size
