from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chains.figures import chain_figures, node_inputs
from chains.flips import NodeInputs, smallest_chokepoint_flip, smallest_single_source_flip, smallest_state_flip
from chains.verdicts import STATES
from tests.chains.chain_examples import RandomChain, facts, random_chains, random_graph, supplied

WEAK = NodeInputs(
    supply=40,
    demand=100,
    essential=False,
    largest=25,
    supply_elsewhere=160,
    supply_elsewhere_rated=160,
    national_share=0.2,
    downstream=160,
    barrier=0.5,
    import_share=None,
)


def test_a_weak_node_becomes_balanced_with_the_supply_that_reaches_sixty_percent() -> None:
    flip = smallest_state_flip(WEAK)
    assert flip is not None
    assert (flip.input, flip.now, flip.at, flip.beyond, flip.becomes) == ("supply", 40, 60, False, "balanced")


def test_a_missing_node_becomes_weak_with_any_supply_at_all() -> None:
    flip = smallest_state_flip(replace(WEAK, supply=0, largest=0))
    assert flip is not None
    assert (flip.input, flip.at, flip.beyond, flip.becomes) == ("supply", 0, True, "weak")


def test_an_absent_node_becomes_missing_with_any_demand_or_balanced_with_any_supply() -> None:
    flip = smallest_state_flip(replace(WEAK, supply=0, largest=0, demand=0, national_share=None))
    assert flip is not None
    assert (flip.input, flip.beyond, flip.becomes) == ("supply", True, "balanced")


def test_a_balanced_node_becomes_strong_with_the_supply_that_makes_its_quotient() -> None:
    """LQ = S/(S+160)/0.2 reaches 1.5 where S = 0.3 (S + 160), at 480/7 = 68.57."""
    flip = smallest_state_flip(replace(WEAK, supply=60, demand=0))
    assert flip is not None
    assert (flip.input, flip.becomes) == ("supply", "strong")
    assert flip.at == pytest.approx(480 / 7)


def test_a_chokepoint_is_lifted_by_more_local_supply_where_no_import_share_is_recorded() -> None:
    """K = (160+S)/(160+S) · (1 − S/100) · 0.8 = 0.3 at S = 62.5."""
    node = replace(WEAK, barrier=0.8)
    flip = smallest_chokepoint_flip(node)
    assert flip is not None
    assert (flip.input, flip.becomes) == ("supply", "no_chokepoint")
    assert flip.at == pytest.approx(62.5)


def test_a_recorded_import_share_is_what_has_to_fall() -> None:
    """K = 1 · 0.5 · 0.8 = 0.4; it falls below 0.3 once the import share is under 0.375 or the barrier under 0.6."""
    flip = smallest_chokepoint_flip(replace(WEAK, barrier=0.8, import_share=0.5))
    assert flip is not None
    assert (flip.input, flip.beyond) == ("import_share", True)
    assert flip.at == pytest.approx(0.375)


def test_a_node_that_carries_nothing_cannot_become_a_chokepoint() -> None:
    assert smallest_chokepoint_flip(replace(WEAK, supply=0, downstream=0, demand=0)) is None


def test_a_single_source_ends_once_the_others_pass_three_sevenths_of_it() -> None:
    flip = smallest_single_source_flip(replace(WEAK, supply=40, largest=35))
    assert flip is not None
    assert (flip.input, flip.now, flip.beyond, flip.becomes) == ("other_suppliers", 5, True, "several_sources")
    assert flip.at == pytest.approx(15)


def test_the_flag_of_a_single_source_needs_a_supply() -> None:
    assert smallest_single_source_flip(replace(WEAK, supply=0, largest=0)) is None


def around(amount: float, beyond: bool) -> list[float]:
    return [max(0.0, amount + aside) for aside in ((1e-5, -1e-5) if beyond else (0.0,))]


@given(random_chains(largest=8))
def test_doing_what_the_flip_says_flips_the_state_of_the_whole_chain(chain: RandomChain) -> None:
    """Another supply at the node, then every figure of the chain anew."""
    graph = random_graph(chain)
    known = facts(chain.size, national_output=dict.fromkeys(range(0, chain.size, 2), 10.0))
    before = chain_figures(graph, known, supplied(chain.supply))

    def state_with(node: int, amount: float) -> str:
        supply = [*chain.supply[:node], amount, *chain.supply[node + 1 :]]
        return str(STATES[chain_figures(graph, known, supplied(supply)).state[node]])

    for node in range(chain.size):
        flip = smallest_state_flip(node_inputs(graph, known, before, node))
        assert flip is not None
        assert flip.becomes != STATES[before.state[node]]
        if flip.input != "supply":
            continue
        assert flip.becomes in {state_with(node, amount) for amount in around(flip.at, flip.beyond)}
        for part in (0.01, 0.5, 0.99):  # nothing nearer would have done it
            nearer = chain.supply[node] + part * (flip.at - chain.supply[node])
            assert state_with(node, nearer) == STATES[before.state[node]]


@given(random_chains(largest=8), st.floats(0.3, 1))
def test_doing_what_the_flip_says_sets_or_lifts_the_chokepoint(chain: RandomChain, barrier: float) -> None:
    graph = random_graph(chain)
    known = facts(chain.size, barrier=dict.fromkeys(range(chain.size), barrier))
    before = chain_figures(graph, known, supplied(chain.supply))
    for node in range(chain.size):
        flip = smallest_chokepoint_flip(node_inputs(graph, known, before, node))
        if flip is None or flip.input != "supply":
            continue
        outcomes = set()
        for amount in around(flip.at, flip.beyond):
            supply = [*chain.supply[:node], amount, *chain.supply[node + 1 :]]
            outcomes.add(bool(chain_figures(graph, known, supplied(supply)).chokepoint[node]))
        assert (not before.chokepoint[node]) in outcomes
