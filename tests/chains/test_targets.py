"""Need, capability and affinity by hand (METHODS 4)."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chains.graph import NO_PARENT, build_graph
from chains.targets import affinity, best_first, busy_neighbours, exponents, need, once_each, scores
from chains.verdicts import ABSENT, BALANCED, MISSING, STRONG, WEAK

NAN = np.nan


def needed(state: int, risk: float, rate: float) -> float:
    return float(need(np.array([state], dtype=np.int8), np.array([risk]), np.array([rate]))[0])


def test_a_missing_node_is_needed_most() -> None:
    assert needed(MISSING, 0.0, NAN) == 1


def test_need_is_the_larger_of_risk_over_its_limit_and_what_local_supply_does_not_reach() -> None:
    assert needed(WEAK, 0.15, 0.6) == 0.5
    assert needed(WEAK, 0.06, 0.6) == pytest.approx(0.4)
    assert needed(BALANCED, 0.9, 1) == 1
    assert needed(STRONG, 0.0, 1) == 0


def test_without_local_demand_the_rate_counts_as_0() -> None:
    assert needed(ABSENT, 0.0, NAN) == 1
    assert needed(BALANCED, NAN, NAN) == 1


def test_score_by_hand() -> None:
    """(1/32)^0.4 = 1/4; half^(1/0.35) to the power of 0.35 is a half; (1/16)^0.25 = 1/2"""
    score = scores(np.array([1 / 32, 1]), np.array([0.5 ** (1 / 0.35), 1]), np.array([1 / 16, 1 / 16]))
    np.testing.assert_allclose(score, [100 / 16, 50])


def test_an_unknown_capability_is_left_out_and_the_exponents_renormalised() -> None:
    score = scores(np.array([0.5]), np.array([NAN]), np.array([0.25]))
    np.testing.assert_allclose(score, [100 * 0.5 ** (0.4 / 0.65) * 0.25 ** (0.25 / 0.65)])
    assert exponents(capability_known=True) == (0.4, 0.35, 0.25)
    assert sum(exponents(capability_known=False)) == pytest.approx(1)


def test_a_capability_of_0_scores_0_and_not_as_if_unknown() -> None:
    assert scores(np.array([1.0]), np.array([0.0]), np.array([1.0])).tolist() == [0]


def test_affinity_is_the_local_share_of_known_ties_else_of_busy_neighbours_and_never_below_its_floor() -> None:
    found = affinity(np.array([3, 0, 0, 0]), np.array([4, 5, 0, 0]), np.array([0.9, 0.9, 0.5, 0.0]))
    assert found.tolist() == [0.75, 0.05, 0.5, 0.05]


def test_neighbours_count_once_in_whichever_direction() -> None:
    """0 → 1 → 2, 2 → 1; 3 stands alone. Only 2 is made here."""
    graph = build_graph(
        np.full(4, NO_PARENT, dtype=np.int64), np.array([0, 1, 2]), np.array([1, 2, 1]), np.array([0.1, 0.1, 0.1])
    )
    supply = np.array([0.0, 0.0, 5.0, 0.0])
    np.testing.assert_allclose(busy_neighbours(graph, supply, np.arange(4)), [0, 0.5, 0, 0])
    np.testing.assert_allclose(busy_neighbours(graph, supply, np.array([3, 1])), [0, 0.5])


def test_of_equal_scores_the_known_capability_comes_first_and_then_the_order_of_loading() -> None:
    score = np.array([50.0, 70.0, 50.0, 50.0 + 1e-12])
    unknown = np.array([True, False, False, False])
    assert best_first(score, unknown, np.array([1, 2, 9, 4])).tolist() == [1, 3, 2, 0]


def test_a_firm_of_several_nodes_stands_where_it_is_wanted_most() -> None:
    enterprise = np.array([7, 8, 7, 8])
    assert once_each(enterprise, np.array([2, 1, 0, 3])).tolist() == [2, 1]


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0.05, 1))
def test_scores_lie_between_0_and_100(needed: float, capability: float, near: float) -> None:
    for known in (capability, NAN):
        (score,) = scores(np.array([needed]), np.array([known]), np.array([near]))
        assert 0 <= score <= 100 + 1e-9
