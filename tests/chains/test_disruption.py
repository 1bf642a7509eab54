import numpy as np
import pytest
from hypothesis import given, settings

from chains.disruption import Baseline, baseline, disrupt, indirect_losses, without
from chains.graph import ChainGraph
from chains.supply import Makers, supply_and_demand
from chains.verdicts import substitution_barrier
from tests.chains.chain_examples import RandomChain, graph_of, random_chains, random_graph, supplied


def before(graph: ChainGraph, made: Makers, barrier: float = 0.5) -> Baseline:
    figures = supply_and_demand(graph, made)
    return baseline(graph, figures.supply, figures.demand, np.full(graph.size, barrier))


def by_the_book(base: Baseline, left: np.ndarray) -> np.ndarray:
    """The formula of the method, node by node."""
    graph, size = base.graph, base.graph.size
    factor = [1.0] * size
    for _ in range(10_000):
        new = list(factor)
        for v in range(size):
            if base.supply[v] <= 0:
                continue
            least = 1.0
            for u, target in zip(graph.source, graph.target, strict=True):
                if target == v and base.demand[u] > 0:
                    imports = max(0.0, base.demand[u] - base.supply[u])
                    got = base.supply[u] * factor[u] + imports
                    got += base.substitutable[u] * base.supply[u] * (1 - factor[u])
                    least = min(least, got / base.demand[u])
            new[v] = left[v] / base.supply[v] * least
        if max(abs(a - b) for a, b in zip(new, factor, strict=True)) < 1e-12:
            break
        factor = new
    return np.array(new)


def test_a_lost_supplier_holds_its_user_back_by_what_cannot_be_replaced() -> None:
    """40 of cells for packs of 100 at 0.4; barrier 0.8, so a fifth can be bought elsewhere. Half the cells stop."""
    graph = graph_of(2, {(0, 1): 0.4})
    made = Makers(np.array([0, 1, 2]), np.array([0, 0, 1]), np.ones(3), np.array([20.0, 20.0, 100.0]))
    base = before(graph, made, barrier=0.8)
    result = disrupt(base, without(made, np.array([True, False, False]), 2))
    assert result.factor.tolist() == pytest.approx([0.5, 0.6])  # (20 + 0.2 · 20) / 40
    assert (result.direct, result.indirect, result.loss) == pytest.approx((20, 40, 60))
    assert result.round.tolist() == [1, 2]
    assert result.converged


def test_imports_of_before_keep_coming() -> None:
    """Only 10 of the 40 needed were local: 30 are imported, and the packs lose what 10 were worth."""
    graph = graph_of(2, {(0, 1): 0.4})
    base = before(graph, supplied([10, 100]), barrier=1.0)
    result = disrupt(base, np.array([0.0, 100.0]))
    assert result.factor.tolist() == pytest.approx([0, (30 + 0.05 * 10) / 40])


def test_a_surplus_takes_the_blow() -> None:
    result = disrupt(before(graph_of(2, {(0, 1): 0.4}), supplied([80, 100]), barrier=1.0), np.array([40.0, 100.0]))
    assert result.factor.tolist() == [0.5, 1.0]
    assert result.indirect == 0
    assert result.round.tolist() == [1, 0]


def test_nothing_stops_when_nobody_does() -> None:
    base = before(graph_of(3, {(0, 1): 0.5, (1, 0): 0.5}), supplied([50, 100, 0]))
    result = disrupt(base, base.supply)
    assert (result.loss, result.direct, result.rounds) == (0, 0, 1)
    assert result.factor.tolist()[:2] == [1, 1]
    assert np.isnan(result.factor[2])


def test_a_loss_runs_round_a_circle_to_its_fixed_point() -> None:
    """Two nodes that need each other fully: f0 = 0.9 (0.05 + 0.95 f1), f1 = 0.05 + 0.95 f0."""
    base = before(graph_of(2, {(0, 1): 1.0, (1, 0): 1.0}), supplied([100, 100]), barrier=1.0)
    result = disrupt(base, np.array([90.0, 100.0]))
    first = 0.9 * (0.05 + 0.95 * 0.05) / (1 - 0.9 * 0.95**2)
    assert result.factor.tolist() == pytest.approx([first, 0.05 + 0.95 * first])
    assert result.converged
    assert result.rounds > 10


def test_a_chain_of_parents_and_leaves_counts_leaves_only() -> None:
    graph = graph_of(3, {(1, 2): 0.1}, parent={1: 0})
    made = supplied([0, 10, 100])
    base = before(graph, made, barrier=1.0)
    result = disrupt(base, without(made, np.array([True, False]), 3))
    assert (result.direct, result.indirect) == pytest.approx((10, 95))
    assert np.isnan(result.factor[0])


@settings(max_examples=200)
@given(random_chains(largest=7))
def test_factors_are_those_of_the_formula(chain: RandomChain) -> None:
    base = before(random_graph(chain), supplied(chain.supply))
    left = base.supply * np.resize([0.0, 1.0, 0.5], chain.size)
    result = disrupt(base, left)
    np.testing.assert_allclose(np.where(base.supply > 0, result.factor, 1.0), by_the_book(base, left), atol=1e-9)
    assert result.loss >= result.direct - 1e-9


@given(random_chains(largest=10))
def test_single_losses_side_by_side_equal_those_one_by_one(chain: RandomChain) -> None:
    made = supplied(chain.supply)
    base = before(random_graph(chain), made)
    together = indirect_losses(base, made, made.enterprise.size)
    for enterprise in range(made.enterprise.size):
        alone = disrupt(base, without(made, np.arange(made.enterprise.size) == enterprise, chain.size))
        assert together[enterprise] == pytest.approx(max(0.0, alone.indirect), abs=1e-9)


def test_an_unrecorded_barrier_leaves_half_to_be_replaced() -> None:
    graph = graph_of(1, {})
    base = baseline(graph, np.ones(1), np.zeros(1), substitution_barrier(np.array([np.nan])))
    assert base.substitutable.tolist() == [0.5]
