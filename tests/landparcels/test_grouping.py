"""Groups of touching parcels: every small one that suffices, and none that could do without a member."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from landparcels.grouping import MEMBERS, groups


def found(area: list[float], pairs: list[tuple[int, int]], **asked: float) -> list[tuple[int, ...]]:
    first, second = (np.array([pair[at] for pair in pairs], dtype=np.intp) for at in (0, 1))
    return groups(np.array(area), first, second, **asked)  # type: ignore[arg-type]  # options pass through


def test_two_that_touch_are_offered_and_two_that_do_not_are_not() -> None:
    assert found([30, 30, 30], [(0, 1)], needed=50) == [(0, 1)]


def test_the_smallest_sum_comes_first() -> None:
    assert found([30, 40, 25], [(0, 1), (1, 2), (0, 2)], needed=50) == [(0, 2), (1, 2), (0, 1)]


def test_who_is_large_enough_alone_is_in_no_group() -> None:
    assert found([60, 20], [(0, 1)], needed=50) == []


def test_no_group_holds_one_it_could_do_without() -> None:
    """In a row of three the first two suffice; with the third they would only be larger."""
    assert found([30, 30, 5], [(0, 1), (1, 2)], needed=50) == [(0, 1)]


def test_a_middle_one_is_needed_where_it_connects() -> None:
    assert found([30, 5, 30], [(0, 1), (1, 2)], needed=50) == [(0, 1, 2)]


def test_four_is_the_most() -> None:
    row = [(at, at + 1) for at in range(5)]

    assert found([10] * 6, row, needed=40) == [(0, 1, 2, 3), (1, 2, 3, 4), (2, 3, 4, 5)]
    assert found([10] * 6, row, needed=41) == []


def test_what_is_too_large_together_is_left_out() -> None:
    assert found([30, 40, 25], [(0, 1), (1, 2)], needed=50, most=66) == [(1, 2)]


def test_no_more_than_asked_for_and_none_where_nothing_touches() -> None:
    assert found([30, 40, 25], [(0, 1), (1, 2), (0, 2)], needed=50, limit=1) == [(0, 2)]
    assert found([30, 40], [], needed=50) == []


def connected(members: tuple[int, ...], pairs: set[tuple[int, int]]) -> bool:
    reached = {members[0]}
    for _ in members:
        reached |= {one for one in members for other in reached if (min(one, other), max(one, other)) in pairs}
    return len(reached) == len(members)


AREAS = st.lists(st.integers(1, 40).map(float), min_size=2, max_size=9)


@given(AREAS, st.data(), st.integers(20, 120), st.integers(0, 60))
def test_it_finds_what_trying_every_set_finds(area: list[float], data: st.DataObject, needed: int, room: int) -> None:
    every = list(combinations(range(len(area)), 2))
    pairs = set(data.draw(st.lists(st.sampled_from(every), unique=True)))
    most = needed + room

    def suffices(members: tuple[int, ...]) -> bool:
        return connected(members, pairs) and sum(area[one] for one in members) >= needed

    expected = {
        members
        for size in range(2, MEMBERS + 1)
        for members in combinations(range(len(area)), size)
        if suffices(members)
        and sum(area[one] for one in members) <= most
        and not any(suffices(part) for less in range(1, size) for part in combinations(members, less))
    }
    answer = found(area, sorted(pairs), needed=needed, most=most, limit=10_000)

    assert set(answer) == expected
    assert len(answer) == len(expected)
    sums = [sum(area[one] for one in members) for members in answer]
    assert sums == sorted(sums)


@pytest.mark.parametrize("needed", [45, 100, 145])
def test_a_whole_grid_of_parcels_is_searched(needed: float) -> None:
    side = 30
    place = np.arange(side * side).reshape(side, side)
    first = np.concatenate((place[:, :-1].ravel(), place[:-1].ravel()))
    second = np.concatenate((place[:, 1:].ravel(), place[1:].ravel()))
    area = np.random.default_rng(1).uniform(10, 40, side * side)

    answer = groups(area, first, second, needed=needed)

    assert answer
    assert all(area[list(members)].sum() >= needed for members in answer)
