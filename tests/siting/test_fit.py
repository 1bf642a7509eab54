import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from siting import fit


def test_capacity_fits_by_the_share_of_the_demand_in_reach() -> None:
    assert fit.capacity([42.0, 10.0, 0.0], 40.0).tolist() == [1.0, 0.25, 0.0]


def test_access_fits_up_to_the_ideal_and_no_more_from_the_limit() -> None:
    assert fit.access([0, 5, 12.5, 20, 21], 5, 20).tolist() == [1.0, 1.0, 0.5, 0.0, 0.0]


@pytest.mark.parametrize(
    ("ratio", "expected"), [(0.3, 0), (0.55, 0.5), (0.8, 1), (1, 1), (1.2, 1), (1.85, 0.5), (2.5, 0), (np.inf, 0)]
)
def test_balance_is_best_where_jobs_match_workers(ratio: float, expected: float) -> None:
    assert fit.balance(ratio) == pytest.approx(expected)


def test_jobs_without_any_resident_worker_are_out_of_balance() -> None:
    ratio = fit.jobs_per_worker(np.array([10.0, 0.0]), 5.0, np.array([30.0, 0.0]))
    assert ratio.tolist() == [0.5, np.inf]


def test_percentiles_take_the_mean_rank_of_ties_among_the_places_not_excluded() -> None:
    values, among = np.array([3.0, 1.0, 3.0, 7.0, 99.0]), np.array([True, True, True, True, False])
    assert fit.percentile(values, among).tolist() == [2.5 / 4, 1 / 4, 2.5 / 4, 1.0, 1.0]
    assert np.isnan(fit.percentile(values, ~among & among)).all()


def test_the_composite_is_a_weighted_geometric_mean() -> None:
    """Weights 3 : 1 on fits 0.5 and 0.81: 100 · 0.5^0.75 · 0.81^0.25 = 56.41."""
    fits = np.array([[0.5, 1.0, 0.0], [0.81, 1.0, 1.0]])
    expected = [100 * 0.5**0.75 * 0.81**0.25, 100, 100 * 0.01**0.75]
    assert fit.composite(fits, np.array([3.0, 1.0])) == pytest.approx(expected)
    assert expected[0] == pytest.approx(56.41, abs=0.01)


def test_an_unknown_fit_is_left_out_and_never_taken_for_nothing() -> None:
    fits = np.array([[0.5, np.nan], [np.nan, np.nan]])
    scores = fit.composite(fits, np.array([1.0, 3.0]))
    assert scores[0] == pytest.approx(50)
    assert np.isnan(scores[1])
    assert np.isnan(fit.composite(np.array([[1.0]]), np.array([0.0]))).all()


def test_the_bottleneck_weighs_how_short_by_how_much_it_matters() -> None:
    assert fit.bottleneck(np.array([0.5, 0.2, 1.0]), np.array([0.6, 0.1, 0.3])) == 0
    assert fit.bottleneck(np.array([0.5, 0.0, np.nan]), np.array([0.6, 0.3, 0.1])) == 1
    assert fit.bottleneck(np.array([1.0, 1.0]), np.array([0.5, 0.5])) is None
    assert fit.bottleneck(np.array([]), np.array([])) is None


shares = st.floats(0, 1)


@given(st.lists(st.tuples(shares, st.floats(0.01, 1)), min_size=1, max_size=6), st.integers(0, 5), shares)
def test_a_better_fit_never_lowers_the_composite(pairs: list[tuple[float, float]], which: int, better: float) -> None:
    fits, weights = np.array([f for f, _ in pairs]), np.array([w for _, w in pairs])
    improved = fits.copy()
    improved[which % len(fits)] = max(better, fits[which % len(fits)])
    before, after = fit.composite(np.column_stack((fits, improved)), weights)
    assert 1 - 1e-9 <= before <= after + 1e-9 <= 100 + 2e-9


@given(st.lists(st.tuples(shares, st.floats(0.01, 1)), min_size=1, max_size=6), st.floats(0.1, 50))
def test_only_the_proportions_of_the_weights_matter(pairs: list[tuple[float, float]], scale: float) -> None:
    fits, weights = np.array([[f] for f, _ in pairs]), np.array([w for _, w in pairs])
    assert fit.composite(fits, weights) == pytest.approx(fit.composite(fits, scale * weights))
