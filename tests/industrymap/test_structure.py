"""Two districts and two industries, so that every figure can be worked out by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from industrymap.structure import concentration, location_quotient, ratio, shares, sizes, specialised

HARBOUR = np.array([[30.0, 10.0], [20.0, 40.0]])


def test_the_quotient_compares_a_share_here_with_the_share_overall() -> None:
    np.testing.assert_allclose(location_quotient(HARBOUR), [[0.75 / 0.5, 0.25 / 0.5], [(1 / 3) / 0.5, (2 / 3) / 0.5]])


def test_a_district_is_specialised_from_one_and_a_half_with_one_percent() -> None:
    assert specialised(HARBOUR).tolist() == [[True, False], [False, False]]

    tiny_but_only_here = np.array([[0.9, 99.1], [0.0, 900.0]])
    assert location_quotient(tiny_but_only_here)[0, 0] > 1.5
    assert not specialised(tiny_but_only_here)[0, 0]


def test_a_district_without_any_size_is_unknown_not_zero() -> None:
    found = location_quotient(np.array([[1.0, 1.0], [0.0, 0.0]]))

    assert np.isnan(found[1]).all()
    assert found[0].tolist() == [1.0, 1.0]


def test_an_industry_that_is_not_there_has_no_quotient() -> None:
    assert np.isnan(location_quotient(np.array([[1.0, 0.0], [1.0, 0.0]]))[:, 1]).all()


def test_an_unknown_size_stays_unknown_and_leaves_the_others_alone() -> None:
    found = shares(np.array([[np.nan, 2.0, 2.0]]))

    np.testing.assert_array_equal(found, [[np.nan, 0.5, 0.5]])


@given(arrays(float, (4, 3), elements=st.floats(0.01, 1e6)))
def test_quotients_average_to_one_when_weighted_by_the_districts(size: np.ndarray) -> None:
    weight = size.sum(axis=1) / size.sum()

    np.testing.assert_allclose((weight[:, None] * location_quotient(size)).sum(axis=0), 1, rtol=1e-9)


@given(arrays(float, (3, 4), elements=st.floats(0.01, 1e6)), st.floats(0.1, 1000))
def test_quotients_do_not_depend_on_the_unit(size: np.ndarray, factor: float) -> None:
    np.testing.assert_allclose(location_quotient(size * factor), location_quotient(size), rtol=1e-9)


def test_sizes_add_up_firms_by_district_and_industry() -> None:
    district, industry = np.array([0, 0, 1, 1, -1, 0]), np.array([0, 0, 0, 1, 1, -1])
    value = np.array([1.0, 2.0, np.nan, np.nan, 100.0, 100.0])

    np.testing.assert_array_equal(sizes(district, industry, value, (2, 2)), [[3, 0], [np.nan, np.nan]])


def test_one_known_firm_makes_a_size_known() -> None:
    found = sizes(np.array([0, 0]), np.array([0, 0]), np.array([np.nan, 5.0]), (1, 1))

    assert found.tolist() == [[5.0]]


@pytest.mark.parametrize(
    ("size", "expected"), [([1.0], 1.0), ([1.0, 1.0], 0.5), ([3.0, 1.0, np.nan], 0.625), ([2.0, 0.0], 1.0)]
)
def test_concentration_is_the_sum_of_squared_shares(size: list[float], expected: float) -> None:
    assert concentration(np.array(size)) == pytest.approx(expected)


@pytest.mark.parametrize("size", [[], [0.0], [np.nan]])
def test_concentration_of_nothing_is_unknown(size: list[float]) -> None:
    assert np.isnan(concentration(np.array(size, dtype=float)))


def test_a_ratio_counts_the_firms_that_know_both_parts() -> None:
    assert ratio(np.array([6.0, np.nan, 100.0]), np.array([3.0, 5.0, np.nan])) == 2.0
    assert np.isnan(ratio(np.array([1.0]), np.array([0.0])))
    assert np.isnan(ratio(np.array([np.nan]), np.array([1.0])))
