"""What matters: which criterion tells the best parcels apart, and what would change without it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from landparcels import deciding


def test_a_criterion_that_all_meet_alike_decides_nothing() -> None:
    satisfaction = np.array([[1.0, 0.0], [1.0, 0.5], [1.0, 1.0]])

    assert deciding.shares(satisfaction, np.array([5.0, 1.0])).tolist() == [0.0, 1.0]  # type: ignore[union-attr]


def test_the_share_is_that_of_the_weighted_variance() -> None:
    """Both spread from 0 to 1 alike; a weight of 3 makes nine times the variance."""
    satisfaction = np.array([[0.0, 1.0], [1.0, 0.0]])

    assert deciding.shares(satisfaction, np.array([3.0, 1.0])) == pytest.approx([0.9, 0.1])


def test_where_nothing_tells_two_apart_nothing_is_said() -> None:
    assert deciding.shares(np.ones((5, 2)), np.array([1.0, 2.0])) is None
    assert deciding.shares(np.ones((1, 2)), np.array([1.0, 2.0])) is None
    assert deciding.shares(np.eye(3), np.zeros(3)) is None


def test_without_the_only_criterion_the_ties_decide() -> None:
    """Twelve parcels; the ten best by the criterion are the last ten, without it the first ten by the order of ties."""
    satisfaction = np.arange(12.0)[:, None] / 11

    assert deciding.changes(satisfaction, np.array([1.0]), np.arange(12)).tolist() == [2]


def test_a_criterion_of_no_weight_changes_nothing() -> None:
    satisfaction = np.random.default_rng(3).random((40, 2))

    assert deciding.changes(satisfaction, np.array([1.0, 0.0]), np.arange(40))[1] == 0


MATRICES = arrays(float, st.tuples(st.integers(2, 30), st.integers(1, 4)), elements=st.sampled_from([0, 0.25, 0.5, 1]))


@given(MATRICES, st.lists(st.sampled_from([0.5, 1.0, 2.0]), min_size=4, max_size=4))
def test_shares_are_a_whole_and_know_no_unit_of_weight(satisfaction: np.ndarray, weights: list[float]) -> None:
    asked = np.array(weights[: satisfaction.shape[1]])
    shares, doubled = deciding.shares(satisfaction, asked), deciding.shares(satisfaction, 2 * asked)

    if shares is None:
        assert doubled is None
        return
    assert shares.sum() == pytest.approx(1.0)
    assert (shares >= 0).all()
    assert doubled == pytest.approx(shares)


@given(MATRICES, st.lists(st.sampled_from([0.5, 1.0, 2.0]), min_size=4, max_size=4))
def test_changes_are_what_ranking_anew_would_give(satisfaction: np.ndarray, weights: list[float]) -> None:
    asked = weights[: satisfaction.shape[1]]

    def top(without: int | None) -> set[int]:
        kept = [at for at in range(len(asked)) if at != without]
        whole = sum(asked[at] for at in kept)

        def score(row: int) -> float:
            earned = sum(asked[at] * satisfaction[row, at] for at in kept)
            return round(100 * earned / whole, 9) if whole else 0.0

        return set(sorted(range(len(satisfaction)), key=lambda row: (-score(row), row))[:10])

    expected = [len(top(None) - top(at)) for at in range(len(asked))]

    assert deciding.changes(satisfaction, np.array(asked), np.arange(len(satisfaction))).tolist() == expected
