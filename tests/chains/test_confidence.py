"""How much of a verdict is assumed, on numbers that can be worked out by hand."""

import numpy as np
import pytest

from chains.confidence import (
    NodeAssumptions,
    assumptions,
    confidence_in_states,
    of_chokepoint,
    of_single_source,
    of_state,
)
from chains.figures import NodeFacts, chain_figures
from chains.graph import ChainGraph, Floats
from chains.supply import Makers, makers, resolve_shares
from tests.chains.chain_examples import facts, graph_of


def assumed_of(graph: ChainGraph, known: NodeFacts, made: Makers) -> tuple[NodeAssumptions, Floats]:
    supply = chain_figures(graph, known, made).supply
    found = assumptions(
        graph, made, supply.supply, supply.demand, known.barrier, known.import_share, known.national_output
    )
    return found, supply.supply


def test_each_input_of_a_verdict_weighs_the_same() -> None:
    """Node 0 goes into 1 (0.2 known, S = 30 → 6) and 2 (assumed 0.5, S = 4 → 2): of a need of 8, a quarter is assumed.
    Of its two makers one has no output: half of its supply is assumed. No national output, barrier or import share."""
    graph = graph_of(3, {(0, 1): 0.2, (0, 2): None})
    made = Makers(np.array([0, 1, 2, 3]), np.array([0, 0, 1, 2]), np.ones(4), np.array([5.0, np.nan, 30.0, 4.0]))
    found, supply = assumed_of(graph, facts(3), made)
    state = of_state(found, supply, 0)
    assert state.assumed == {"supply": 0.5, "demand": 0.25, "quotient": 1.0}
    assert state.value == pytest.approx(1 - 1.75 / 3)
    assert of_single_source(found, 0).value == 0.5
    choke = of_chokepoint(found, 0)
    assert choke.assumed == {"supply": 0.5, "dependence": 0.375, "barrier": 1.0}
    assert choke.value == pytest.approx(1 - 1.875 / 3)
    assert confidence_in_states(found, supply)[0] == pytest.approx(state.value)


def test_what_is_recorded_is_certain() -> None:
    graph = graph_of(2, {(0, 1): 0.2})
    made = Makers(np.array([0, 1]), np.array([0, 1]), np.ones(2), np.array([5.0, 30.0]))
    known = facts(2, barrier={0: 0.4}, import_share={0: 0.1}, national_output={0: 100.0, 1: 100.0})
    found, supply = assumed_of(graph, known, made)
    assert of_state(found, supply, 0).value == of_chokepoint(found, 0).value == of_single_source(found, 0).value == 1


def test_a_node_without_makers_rests_on_its_demand_alone() -> None:
    """Nothing is made: that is known. While the need is 0 as well, edges count by number."""
    found, supply = assumed_of(
        graph_of(2, {(0, 1): None}), facts(2), Makers(*(np.zeros(0, dtype=int),) * 2, *(np.zeros(0),) * 2)
    )
    assert of_state(found, supply, 0).assumed == {"supply": 0.0, "demand": 1.0}
    assert of_state(found, supply, 1).assumed == {"supply": 0.0, "demand": 0.0}


def test_a_share_that_was_divided_equally_is_assumed_and_a_lone_one_is_not() -> None:
    shares = resolve_shares(np.array([0, 0, 1, 2, 2]), np.array([np.nan, np.nan, np.nan, 0.3, np.nan]), 3)
    assert shares.divided.tolist() == [True, True, False, False, False]
    made = makers(np.array([0, 0, 1]), np.array([0, 1, 0]), np.array([0.5, 0.5, 1]), np.ones(2), 2, shares.divided[:3])
    found, _ = assumed_of(graph_of(2, {}), facts(2), made)
    assert found.supply.tolist() == [0.5, 1.0]
