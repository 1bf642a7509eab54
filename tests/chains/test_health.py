import numpy as np
import pytest
from hypothesis import given

from chains.disruption import baseline, indirect_losses
from chains.figures import chain_figures
from chains.graph import ChainGraph
from chains.health import WEIGHTS, Firms, Health, chain_health
from chains.supply import Makers
from tests.chains.chain_examples import RandomChain, facts, graph_of, random_chains, random_graph, supplied

NAN = float("nan")
NO_FIRMS = Firms(np.zeros(0), np.zeros(0), np.zeros(0))


def health(graph: ChainGraph, made: Makers, firms: Firms = NO_FIRMS, **known: dict[int, float]) -> Health:
    recorded = facts(graph.size, **known)
    figures = chain_figures(graph, recorded, made)
    before = baseline(graph, figures.supply.supply, figures.supply.demand, figures.barrier)
    losses = indirect_losses(before, made, int(made.enterprise.max(initial=-1)) + 1)
    return chain_health(graph, recorded, figures, firms, losses)


def firms(*rows: tuple[float, float, float]) -> Firms:
    return Firms(*np.array(rows, dtype=float).reshape(-1, 3).T)


def test_completeness_asks_the_essential_nodes_and_all_when_none_is_marked() -> None:
    graph = graph_of(4, {})
    assert health(graph, supplied([1, 0, 0, 0])).components["completeness"].value == 0.25
    marked = health(graph, supplied([1, 0, 0, 0]), essential={0: 1, 1: 1}).components["completeness"]
    assert marked.value == 0.5
    assert marked.inputs == {"nodes": 2, "supplied": 1, "essential_marked": 2}


def test_self_sufficiency_weighs_with_demand() -> None:
    """20 of 40 needed (rate 0.5) and 10 of 10 (rate 1): (0.5 · 40 + 1 · 10) / 50."""
    graph = graph_of(3, {(0, 2): 0.4, (1, 2): 0.1})
    part = health(graph, supplied([20, 10, 100])).components["self_sufficiency"]
    assert part.value == pytest.approx(0.6)


def test_diversity_weighs_concentration_with_supply() -> None:
    made = Makers(np.array([0, 1, 2]), np.array([0, 0, 1]), np.ones(3), np.array([10.0, 10, 60]))
    assert health(graph_of(2, {}), made).components["diversity"].value == pytest.approx(1 - (0.5 * 20 + 60) / 80)


def test_resilience_is_what_the_worst_single_stop_leaves() -> None:
    """The only maker of cells stops: packs fall to 0.5 (barrier unrecorded), an indirect loss of 50 of 140."""
    part = health(graph_of(2, {(0, 1): 0.4}), supplied([40, 100])).components["resilience"]
    assert part.value == pytest.approx(1 - 50 / 140)
    assert part.inputs["largest_indirect_loss"] == pytest.approx(50)


def test_vitality_is_growth_over_three_years_and_null_unless_both_ends_are_known_and_above_nought() -> None:
    grown = health(
        graph_of(1, {}), supplied([1]), firms((133.1, 100, NAN), (100, 0, NAN), (100, NAN, NAN), (NAN, 5, NAN))
    )
    part = grown.components["vitality"]
    assert part.value == pytest.approx(0.75)  # 10 % a year
    assert part.inputs["known"] == 1
    shrunk = health(graph_of(1, {}), supplied([1]), firms((1, 100, NAN)))
    assert shrunk.components["vitality"].value == 0


def test_innovation_is_capped_at_five_percent_and_weighed_with_output() -> None:
    part = health(graph_of(1, {}), supplied([1]), firms((300, NAN, 0.025), (100, NAN, 0.2), (900, NAN, NAN)))
    assert part.components["innovation"].value == pytest.approx((0.5 * 300 + 1 * 100) / 400)


def test_a_component_without_data_is_left_out_and_the_weights_are_renormalised() -> None:
    found = health(graph_of(2, {}), supplied([10, 10]))
    assert {name for name, part in found.components.items() if part.value is None} == {
        "self_sufficiency",
        "vitality",
        "innovation",
    }
    assert found.components["completeness"].weight == pytest.approx(0.25 / 0.55)
    assert found.components["vitality"].weight == 0
    assert found.score == pytest.approx(100 * (0.25 * 1 + 0.15 * 0 + 0.15 * 1) / 0.55)


def test_a_chain_without_nodes_has_no_score() -> None:
    assert health(graph_of(0, {}), supplied([])).score is None


def test_the_weights_come_to_one() -> None:
    assert sum(WEIGHTS.values()) == pytest.approx(1)


@given(random_chains())
def test_health_and_its_components_stay_in_range(chain: RandomChain) -> None:
    found = health(random_graph(chain), supplied(chain.supply), firms((10, 5, 0.1)))
    assert found.score is not None
    assert 0 <= found.score <= 100 + 1e-9
    assert sum(part.weight for part in found.components.values()) == pytest.approx(1)
    assert all(part.value is None or -1e-12 <= part.value <= 1 + 1e-12 for part in found.components.values())
