import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chains.supply import Shares, location_quotient, makers, resolve_shares, supply_and_demand
from tests.chains.chain_examples import graph_of, supplied

NAN = float("nan")


def shares(rows: list[tuple[int, float]]) -> Shares:
    enterprise, share = zip(*rows, strict=True)
    return resolve_shares(np.array(enterprise), np.array(share), max(enterprise) + 1)


def test_blank_shares_divide_equally_what_the_given_ones_leave() -> None:
    assert shares([(0, 0.4), (0, NAN), (0, NAN), (1, NAN)]).share.tolist() == pytest.approx([0.4, 0.3, 0.3, 1.0])


def test_shares_that_come_to_more_than_one_are_scaled_and_flagged() -> None:
    resolved = shares([(0, 0.9), (0, 0.6), (0, NAN), (1, 0.5), (1, 0.5)])
    assert resolved.share.tolist() == pytest.approx([0.6, 0.4, 0.0, 0.5, 0.5])
    assert resolved.scaled.tolist() == [True, False]


@pytest.mark.parametrize("share", [-0.1, 1.1])
def test_a_share_outside_nought_and_one_is_an_error(share: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        shares([(0, share)])


@given(
    st.lists(
        st.tuples(st.integers(0, 5), st.one_of(st.just(NAN), st.floats(0, 1))),
        min_size=1,
        max_size=40,
    )
)
def test_an_enterprise_never_gives_more_than_it_makes(rows: list[tuple[int, float]]) -> None:
    resolved = shares(rows)
    given_away = np.bincount([enterprise for enterprise, _ in rows], weights=resolved.share)
    assert np.all(resolved.share >= 0)
    assert np.all(given_away <= 1 + 1e-9)
    for enterprise, share in rows:
        if np.isnan(share):  # something is left for blanks, so nothing is lost
            assert given_away[enterprise] == pytest.approx(1)


def test_several_products_of_one_enterprise_in_one_node_add_up() -> None:
    made = makers(np.array([0, 0, 1]), np.array([2, 2, 2]), np.array([0.2, 0.3, 1.0]), np.array([100.0, 50.0]), 3)
    assert made.share.tolist() == [0.5, 1.0]
    assert made.amount.tolist() == [50.0, 50.0]
    assert supply_and_demand(graph_of(3, {}), made).hhi[2] == 0.5  # two suppliers, not three


def test_supply_demand_rate_and_concentration_by_hand() -> None:
    """Cathodes 30 (from 20 and 10) feed cells 100 at 0.5 and packs 40 at 0.25: need 60, so half is local."""
    graph = graph_of(3, {(0, 1): 0.5, (0, 2): 0.25, (1, 2): 0.6})
    made = makers(np.array([0, 1, 2, 3]), np.array([0, 0, 1, 2]), np.ones(4), np.array([20.0, 10.0, 100.0, 40.0]), 3)
    figures = supply_and_demand(graph, made)
    assert figures.supply.tolist() == [30, 100, 40]
    assert figures.demand.tolist() == [60, 24, 0]
    np.testing.assert_allclose(figures.rate, [0.5, 1.0, NAN])
    np.testing.assert_allclose(figures.hhi, [(4 + 1) / 9, 1, 1])
    assert figures.largest.tolist() == [20, 100, 40]


def test_an_unknown_output_adds_nothing_and_is_counted() -> None:
    made = makers(np.array([0, 1, 1]), np.array([0, 0, 1]), np.array([1.0, 0.5, 0.5]), np.array([10.0, NAN]), 2)
    figures = supply_and_demand(graph_of(2, {}), made)
    assert figures.supply.tolist() == [10, 0]
    assert figures.enterprises.tolist() == [2, 1]
    assert figures.without_output.tolist() == [1, 1]
    assert np.isnan(figures.hhi[1])


def test_a_parent_sums_its_leaves_and_counts_each_enterprise_once() -> None:
    graph = graph_of(4, {(1, 3): 0.5, (2, 3): 0.1}, parent={1: 0, 2: 0})
    made = makers(np.array([0, 0, 1, 2]), np.array([1, 2, 2, 3]), np.ones(4), np.array([5.0, 7.0, 100.0]), 4)
    figures = supply_and_demand(graph, made)
    assert figures.supply.tolist() == [17, 5, 12, 100]
    assert figures.demand.tolist() == [60, 50, 10, 0]
    assert figures.enterprises.tolist() == [2, 1, 2, 1]
    assert np.isnan(figures.rate[0])
    assert np.isnan(figures.hhi[0])


def test_location_quotient_compares_with_the_nation_over_nodes_that_have_a_national_output() -> None:
    """The city makes 30 of 40 here, the nation 100 of 400: three times the weight."""
    graph = graph_of(3, {})
    figures = location_quotient(graph, np.array([30.0, 10.0, 500.0]), np.array([100.0, 300.0, NAN]))
    np.testing.assert_allclose(figures, [3.0, 1 / 3, NAN])


def test_location_quotient_of_a_city_without_supply_is_nought() -> None:
    np.testing.assert_array_equal(location_quotient(graph_of(2, {}), np.zeros(2), np.array([100.0, NAN])), [0.0, NAN])


def test_a_national_output_of_nought_gives_no_quotient() -> None:
    assert np.isnan(location_quotient(graph_of(1, {}), np.ones(1), np.zeros(1)))[0]


def test_a_chain_with_no_firms_has_zeros_and_unknowns() -> None:
    figures = supply_and_demand(graph_of(2, {(0, 1): None}), supplied([0, 0]))
    assert figures.supply.tolist() == [0, 0]
    assert figures.demand.tolist() == [0, 0]
    assert np.isnan(figures.rate).all()
