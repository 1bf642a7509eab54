"""How far a ranking depends on its weights (METHODS 6)."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from landparcels import stability
from landparcels.stability import CONCENTRATION, DRAWS, share_in_top_ten


def naive(satisfaction: np.ndarray, weights: np.ndarray, tie_order: np.ndarray) -> list[float]:
    """Draw by draw, sorting everything."""
    weighed = weights > 0
    generator = np.random.Generator(np.random.PCG64(0))
    kept = np.zeros(len(satisfaction))
    place = np.argsort(tie_order)
    for draw in generator.dirichlet(CONCENTRATION * weights[weighed] / weights[weighed].sum(), DRAWS):
        scores = [round(100 * float(sum(draw * row)), 9) for row in satisfaction[:, weighed]]
        for row in sorted(range(len(scores)), key=lambda row: (-scores[row], place[row]))[:10]:
            kept[row] += 1
    return [float(share) for share in kept / DRAWS]


@settings(max_examples=15, deadline=None)
@given(
    st.lists(st.tuples(*[st.sampled_from([0.0, 0.25, 0.5, 1.0])] * 3), min_size=11, max_size=25),
    st.tuples(*[st.sampled_from([0.0, 1.0, 2.0, 5.0])] * 3).filter(any),
    st.randoms(use_true_random=False),
)
def test_shares_are_those_of_sorting_every_draw(
    rows: list[tuple[float, ...]], weights: tuple[float, ...], random: object
) -> None:
    order = list(range(len(rows)))
    random.shuffle(order)  # type: ignore[attr-defined]  # hypothesis' Random
    arguments = np.array(rows), np.array(weights), np.array(order)

    shares = share_in_top_ten(*arguments)

    assert shares is not None
    assert shares.tolist() == pytest.approx(naive(*arguments))
    assert shares.sum() == pytest.approx(10)


@pytest.mark.parametrize("seed", range(6))
def test_leaving_out_who_never_reaches_the_top_changes_nothing(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Steps of a quarter make many ties; the likeliest are so few that others come in again and again."""
    chance = np.random.default_rng(seed)
    satisfaction = np.round(chance.random((150, 3)) * 4) / 4 if seed % 2 else chance.random((150, 3))
    weights, order = chance.random(3), chance.permutation(150)
    monkeypatch.setattr(stability, "LIKELY", 12)

    shares = share_in_top_ten(satisfaction, weights, order)

    assert shares is not None
    assert shares.tolist() == pytest.approx(naive(satisfaction, weights, order))


def test_a_thousand_weightings_are_drawn_from_dirichlet_of_fifty_times_the_weights() -> None:
    """Of the last two, (0.6, 0.45) comes before (0.5, 0.5) where 0.6 w + 0.45 (1 - w) > 0.5, so for w > 1/3. The share of
    the first of two equal weights is Beta(25, 25), which lies above 1/3 in 99.3 % of all draws."""
    assert (stability.DRAWS, stability.CONCENTRATION, stability.TOP, stability.CANDIDATES) == (1000, 50.0, 10, 1000)
    satisfaction = np.array([[1.0, 1.0]] * 9 + [[0.6, 0.45], [0.5, 0.5]])

    shares = share_in_top_ten(satisfaction, np.array([2.0, 2.0]), np.arange(11))

    assert shares is not None
    assert shares[:9].tolist() == [1.0] * 9
    assert shares[9] == pytest.approx(0.993, abs=0.008)
    assert shares[9] + shares[10] == pytest.approx(1.0)
    assert (shares * 1000 == np.round(shares * 1000)).all()  # of a thousand


def test_a_weight_of_zero_stays_zero() -> None:
    only_second = np.zeros((12, 2))
    only_second[:, 1] = np.arange(12)

    shares = share_in_top_ten(only_second / 11, np.array([1.0, 0.0]), np.arange(12))

    assert shares is not None
    assert shares.tolist() == [1.0] * 10 + [0.0] * 2
