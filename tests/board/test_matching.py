import pytest
from hypothesis import given
from hypothesis import strategies as st

from board.matching import Parts, coverage, nearness, same_node, score
from board.units import UNITS, in_common

SHARES = st.floats(0, 1)
UNSURE = st.one_of(st.none(), SHARES)


def test_the_score_is_the_weighted_mean_of_what_is_known() -> None:
    assert score(Parts(1, 1, 1, 1)) == 100
    assert score(Parts(0.95, 1, 2 / 3, 0.5)) == pytest.approx(70 * 0.95 + 15 + 10 * 2 / 3 + 2.5)
    assert score(Parts(0.5, None, None, None)) == 50
    assert score(Parts(0.8, None, 1, None)) == pytest.approx(100 * (70 * 0.8 + 10) / 80)


@given(SHARES, UNSURE, UNSURE, UNSURE)
def test_a_score_lies_between_0_and_100(
    name: float, node: float | None, region: float | None, amount: float | None
) -> None:
    assert 0 <= score(Parts(name, node, region, amount)) <= 100 + 1e-9


@given(SHARES, SHARES, UNSURE, UNSURE, UNSURE)
def test_a_better_name_never_scores_less(
    one: float, other: float, node: float | None, region: float | None, amount: float | None
) -> None:
    low, high = sorted((one, other))
    assert score(Parts(low, node, region, amount)) <= score(Parts(high, node, region, amount)) + 1e-9


def test_regions_are_near_by_the_steps_they_share() -> None:
    assert nearness("/37/3702/370211/", "/37/3702/370211/") == 1
    assert nearness("/37/3702/370211/", "/37/3702/370214/") == pytest.approx(2 / 3)
    assert nearness("/37/3702/", "/37/3702/370214/") == pytest.approx(4 / 5)
    assert nearness("/37/3702/", "/44/4403/") == 0
    assert nearness("", "/37/") is None


@given(
    st.lists(st.sampled_from("abc"), min_size=1, max_size=4), st.lists(st.sampled_from("abc"), min_size=1, max_size=4)
)
def test_nearness_is_the_same_from_both_sides(one: list[str], other: list[str]) -> None:
    here, there = f"/{'/'.join(one)}/", f"/{'/'.join(other)}/"
    assert nearness(here, there) == nearness(there, here)


def test_an_offer_covers_a_wish_at_most_wholly_and_unknown_is_unknown() -> None:
    assert coverage(50, 200) == 0.25
    assert coverage(500, 200) == 1
    assert coverage(None, 200) is None
    assert same_node(None, 3) is None
    assert (same_node(3, 3), same_node(3, 4)) == (1, 0)


def test_only_units_of_one_dimension_are_compared() -> None:
    assert in_common(2, "t", "kg") == 2000
    assert in_common(3, "10kpcs", "pcs") == 30_000
    assert in_common(2, "t", "pcs") is None
    assert in_common(None, "t", "kg") is None
    assert in_common(2, "", "kg") is None


@given(st.floats(0.001, 1e9), st.sampled_from(sorted(UNITS)), st.sampled_from(sorted(UNITS)))
def test_an_amount_is_the_same_there_and_back(amount: float, one: str, other: str) -> None:
    there = in_common(amount, one, other)
    if there is not None:
        assert in_common(there, other, one) == pytest.approx(amount)
