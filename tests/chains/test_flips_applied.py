"""The smallest change that a verdict names is made, every figure of the chain is worked out anew, and the verdict is another."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chains.figures import ChainFigures, NodeFacts, chain_figures, node_inputs
from chains.flips import Flip, smallest_chokepoint_flip, smallest_single_source_flip, smallest_state_flip
from chains.graph import ChainGraph, Floats
from chains.supply import Makers
from chains.verdicts import STATES
from tests.chains.chain_examples import RandomChain, facts, graph_of, random_chains, random_graph, supplied


def beside(flip: Flip) -> list[float]:
    """The value itself, or a hair to either side where it has to be passed."""
    aside = 1e-5 * max(1.0, flip.at)
    return [max(0.0, flip.at - aside), flip.at + aside] if flip.beyond else [flip.at]


def halfway(flip: Flip) -> float:
    return (flip.now + flip.at) / 2


def with_fact(known: NodeFacts, name: str, node: int, value: float) -> NodeFacts:
    column: Floats = np.array(getattr(known, name), dtype=float)
    column[node] = value
    if name == "essential":
        return replace(known, essential=column > 0)
    return replace(known, barrier=column) if name == "barrier" else replace(known, import_share=column)


def needing(graph: ChainGraph, node: int, factor: float) -> ChainGraph:
    """Users take so many times as much of the node's product."""
    return replace(graph, coefficient=np.where(graph.source == node, factor * graph.coefficient, graph.coefficient))


def state(figures: ChainFigures, node: int) -> str:
    return str(STATES[figures.state[node]])


def test_a_need_that_grows_as_said_makes_a_balanced_node_weak() -> None:
    """60 for a need of 100 is 0.6, right at the limit; 80 is 0.8 and turns weak once more than 133.33 are needed."""
    graph, known = graph_of(2, {(0, 1): 0.5}), facts(2)
    flip = smallest_state_flip(node_inputs(graph, known, chain_figures(graph, known, supplied([80, 200])), 0))
    assert flip is not None
    assert (flip.input, flip.beyond, flip.becomes) == ("supply", True, "weak")  # 20 of 100 less is the nearer way
    more = needing(graph, 0, 134 / 100)
    assert state(chain_figures(more, known, supplied([80, 200])), 0) == "weak"
    assert state(chain_figures(needing(graph, 0, 133 / 100), known, supplied([80, 200])), 0) == "balanced"


@given(random_chains(largest=8), st.floats(0.3, 1), st.floats(0.05, 0.95))
def test_a_recorded_import_share_or_barrier_changed_as_said_sets_or_lifts_the_chokepoint(
    chain: RandomChain, barrier: float, imported: float
) -> None:
    graph, made = random_graph(chain), supplied(chain.supply)
    everywhere = range(chain.size)
    known = facts(
        chain.size, barrier=dict.fromkeys(everywhere, barrier), import_share=dict.fromkeys(everywhere, imported)
    )
    before = chain_figures(graph, known, made)
    for node in everywhere:
        flip = smallest_chokepoint_flip(node_inputs(graph, known, before, node))
        if flip is None:
            continue
        assert flip.input in ("barrier", "import_share")  # what is recorded is what has to change

        def flagged(value: float, name: str = flip.input, node: int = node) -> bool:
            return bool(chain_figures(graph, with_fact(known, name, node, value), made).chokepoint[node])

        assert (not before.chokepoint[node]) in {flagged(min(1.0, value)) for value in beside(flip)}
        assert flagged(halfway(flip)) == before.chokepoint[node] or abs(flip.at - flip.now) < 1e-6


@given(random_chains(largest=8))
def test_demand_or_the_mark_of_essential_changed_as_said_changes_the_state(chain: RandomChain) -> None:
    graph, made, known = random_graph(chain), supplied(chain.supply), facts(chain.size)
    before = chain_figures(graph, known, made)
    for node in range(chain.size):
        inputs = node_inputs(graph, known, before, node)
        flip = smallest_state_flip(inputs)
        assert flip is not None
        if flip.input == "essential":
            after = chain_figures(graph, with_fact(known, "essential", node, flip.at), made)
            assert state(after, node) == flip.becomes
        elif flip.input == "demand" and inputs.demand > 0:
            reached = {
                state(chain_figures(needing(graph, node, need / inputs.demand), known, made), node)
                for need in beside(flip)
            }
            assert flip.becomes in reached


@given(st.lists(st.floats(1, 1000), min_size=1, max_size=6))
def test_suppliers_that_change_as_said_end_or_make_a_single_source(amounts: list[float]) -> None:
    """One node with these suppliers: the largest, or all the others in their proportions, change to what is said."""
    graph, known = graph_of(1, {}), facts(1)

    def single(given: list[float]) -> bool:
        count = len(given)
        made = Makers(np.arange(count), np.zeros(count, dtype=int), np.ones(count), np.array(given))
        return bool(chain_figures(graph, known, made).single_source[0])

    made = Makers(np.arange(len(amounts)), np.zeros(len(amounts), dtype=int), np.ones(len(amounts)), np.array(amounts))
    flip = smallest_single_source_flip(node_inputs(graph, known, chain_figures(graph, known, made), 0))
    assert flip is not None
    first, *others = sorted(amounts, reverse=True)
    outcomes = set()
    for value in beside(flip):
        if flip.input == "largest_supplier":
            outcomes.add(single([value, *others]))
        else:
            scale = value / sum(others) if others else 0.0
            outcomes.add(single([first, *(amount * scale for amount in others)] if others else [first, value]))
    assert (not single(amounts)) in outcomes
    assert flip.becomes == ("several_sources" if single(amounts) else "single_source")


def test_marking_a_node_as_essential_makes_an_absent_one_missing() -> None:
    """Nothing is made and nobody needs it: any supply is a smaller change, so the mark is asked of the figures alone."""
    graph, known = graph_of(1, {}), facts(1)
    assert state(chain_figures(graph, known, supplied([0])), 0) == "absent"
    assert state(chain_figures(graph, with_fact(known, "essential", 0, 1), supplied([0])), 0) == "missing"


@pytest.mark.parametrize(("supply", "becomes"), [(59.9, "weak"), (60, "balanced")])
def test_the_words_at_the_limit_hold_on_either_side(supply: float, becomes: str) -> None:
    graph = graph_of(2, {(0, 1): 0.5})
    assert state(chain_figures(graph, facts(2), supplied([supply, 200])), 0) == becomes
