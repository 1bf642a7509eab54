"""Potential against numbers worked out by hand and against two packages (golden/make_potential.py)."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from enterprises.potential import (
    NOBODY,
    closeness,
    entropy_weights,
    mean_rank,
    normalised,
    potential,
)

GOLDEN = json.loads((Path(__file__).parent / "golden" / "potential.json").read_text())
NAN = np.nan


def of(*codes: str) -> np.ndarray:
    return np.array(codes, dtype=np.str_)


def test_weights_and_scores_agree_with_two_packages() -> None:
    firms = np.array(GOLDEN["criteria"])
    result = potential(firms, of(*["39"] * len(firms)))
    (peers,) = result.groups
    np.testing.assert_allclose(peers.weights, GOLDEN["weights"], rtol=1e-12)
    np.testing.assert_allclose(result.score / 100, GOLDEN["closeness_pyrepo"], rtol=1e-12)
    np.testing.assert_allclose(result.score / 100, GOLDEN["closeness_pymcdm"], rtol=1e-12)


def test_entropy_weights_agree_with_two_packages_on_positive_numbers() -> None:
    weights = entropy_weights(np.array(GOLDEN["positive"]))
    np.testing.assert_allclose(weights, GOLDEN["positive_weights_pymcdm"], rtol=1e-12)
    np.testing.assert_allclose(weights, GOLDEN["positive_weights_pyrepo"], rtol=1e-12)


def test_a_criterion_in_which_all_are_equal_weighs_nothing() -> None:
    normal = normalised(np.array([[1.0, 5.0], [2.0, 5.0], [4.0, 5.0]]), np.array([1.0, 5.0]), np.array([4.0, 5.0]))
    np.testing.assert_allclose(normal, np.array([[0, 0], [1 / 3, 0], [1, 0]]))
    np.testing.assert_allclose(entropy_weights(normal), np.array([1.0, 0.0]))
    np.testing.assert_allclose(closeness(normal, np.array([1.0, 0.0])), [0, 1 / 3, 1])


def test_when_all_are_equal_in_everything_all_criteria_weigh_the_same_and_all_firms_stand_in_the_middle() -> None:
    result = potential(np.full((8, 6), 3.0), of(*["39"] * 8))
    np.testing.assert_allclose(result.groups[0].weights, np.full(6, 1 / 6))
    np.testing.assert_allclose(result.score, np.full(8, 50.0))
    np.testing.assert_allclose(result.percentile, np.full(8, 4.5 / 8))


def test_weights_by_hand() -> None:
    """Shares 0, 1/2, 1/2 have entropy ln 2 / ln 3; shares 0, 0, 1 have none."""
    weights = entropy_weights(np.array([[0.0, 0.0], [1.0, 0.0], [1.0, 1.0]]))
    spread = 1 - np.log(2) / np.log(3)
    np.testing.assert_allclose(weights, np.array([spread, 1]) / (1 + spread))


def table(firms: int) -> np.ndarray:
    """Each firm better than the one before in everything."""
    return np.tile(np.arange(firms, dtype=float)[:, None], (1, 6))


def test_three_known_criteria_are_too_few() -> None:
    criteria = table(9)
    criteria[4, :3] = NAN
    result = potential(criteria, of(*["39"] * 9))
    assert np.isnan(result.score[4])
    assert result.peers[4] == NOBODY
    assert result.groups[0].size == 8


def test_a_missing_value_takes_the_median_of_the_peers() -> None:
    criteria = table(9)
    criteria[0, 0] = NAN
    result = potential(criteria, of(*["39"] * 9))
    assert result.groups[0].median[0] == 4.5  # of 1 … 8
    assert result.groups[0].low[0] == 1
    filled = criteria.copy()
    filled[0, 0] = 4.5
    np.testing.assert_allclose(result.score, potential(filled, of(*["39"] * 9)).score)


def test_a_criterion_that_nobody_knows_weighs_nothing() -> None:
    criteria = table(8)
    criteria[:, 3] = NAN
    result = potential(criteria, of(*["39"] * 8))
    assert result.groups[0].weights[3] == 0
    assert result.score[0] == 0
    assert result.score[-1] == pytest.approx(100)


def test_eight_of_a_division_are_peers_and_seven_are_weighed_against_all() -> None:
    result = potential(table(15), of(*["39"] * 8, *["26"] * 7))
    groups = [(group.division, group.size) for group in result.groups]
    assert groups == [("39", 8), (None, 15)]
    assert result.peers.tolist() == [0] * 8 + [1] * 7
    assert result.score[7] == pytest.approx(100)  # the best of its own eight
    assert result.percentile[14] == 1
    assert result.percentile[8] == 9 / 15


def test_firms_of_no_known_division_are_weighed_against_all() -> None:
    assert [group.division for group in potential(table(9), of(*[""] * 9)).groups] == [None]


def test_nobody_has_no_potential() -> None:
    result = potential(np.empty((0, 6)), of())
    assert result.groups == []


def test_equal_scores_share_the_mean_of_their_ranks() -> None:
    np.testing.assert_allclose(mean_rank(np.array([10.0, 30.0, 10.0, 20.0])), [1.5, 4, 1.5, 3])


@given(arrays(np.float64, (11, 6), elements=st.floats(-1e6, 1e6)))
def test_scores_lie_between_0_and_100_and_weights_sum_to_1(criteria: np.ndarray) -> None:
    result = potential(criteria, of(*["39"] * 11))
    assert np.all((result.score >= 0) & (result.score <= 100))
    assert result.groups[0].weights.sum() == pytest.approx(1)
    assert result.percentile.mean() == pytest.approx(6 / 11)  # ranks 1 … 11, ties shared


@given(
    arrays(np.float64, (9, 6), elements=st.floats(-100, 100)),
    st.integers(0, 8),
    st.floats(0.1, 50),
)
def test_the_unit_of_a_criterion_does_not_matter(criteria: np.ndarray, column: int, factor: float) -> None:
    scaled = np.round(criteria, 3)
    before = potential(scaled, of(*["39"] * 9))
    after = scaled.copy()
    after[:, column % 6] = after[:, column % 6] * factor + 7
    np.testing.assert_allclose(potential(after, of(*["39"] * 9)).score, before.score, atol=1e-6)
