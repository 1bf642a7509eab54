import numpy as np
import pytest

from chains.sourcing import Tie, local_sourcing, purchases

NAN = float("nan")


def test_a_tie_counts_for_the_node_that_its_customer_uses() -> None:
    """Firm 1 makes nodes 10 and 11; firm 2 makes 20, which uses 10 alone."""
    bought, nearby = purchases([Tie(1, 2, 8.0, True)], {1: {10, 11}, 2: {20}}, [(10, 20), (11, 30)])
    assert bought == nearby == {10: 8.0}


def test_an_amount_that_may_be_about_several_edges_is_divided_equally() -> None:
    bought, nearby = purchases([Tie(1, 2, 9.0, False)], {1: {10, 11}, 2: {20, 21}}, [(10, 20), (10, 21), (11, 20)])
    assert bought == {10: 6.0, 11: 3.0}
    assert nearby == {10: 0.0, 11: 0.0}


def test_a_tie_without_an_edge_behind_it_counts_nowhere() -> None:
    assert purchases([Tie(1, 2, 9.0, True), Tie(8, 9, 1.0, True)], {1: {10}, 2: {20}}, [(20, 10)]) == ({}, {})


def test_local_sourcing_is_told_from_thirty_percent_of_demand_on() -> None:
    sourcing = local_sourcing(np.array([30.0, 29, 5, 0]), np.array([12.0, 29, 5, 0]), np.array([100.0, 100, 0, 10]))
    np.testing.assert_allclose(sourcing.local, [0.4, NAN, NAN, NAN])
    np.testing.assert_allclose(sourcing.coverage, [0.3, 0.29, NAN, 0])


def test_amounts_are_kept_whole() -> None:
    ties = [Tie(1, 2, 7.0, True), Tie(3, 2, 5.0, False)]
    bought, nearby = purchases(ties, {1: {10, 11}, 2: {20, 21}, 3: {11}}, [(10, 20), (11, 20), (11, 21)])
    assert sum(bought.values()) == pytest.approx(12)
    assert sum(nearby.values()) == pytest.approx(7)
