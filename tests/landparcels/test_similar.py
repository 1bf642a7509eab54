"""Similar parcels: Gower's distance over what both sides know."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from landparcels.similar import Alike, similar, spreads

NAN = float("nan")


def alike(columns: dict[str, list[float]], own: dict[str, float | None], **asked: int) -> Alike:
    arrays = {code: np.array(values) for code, values in columns.items()}
    spread = dict.fromkeys(columns, 10.0)
    size = len(next(iter(arrays.values())))
    return similar(
        arrays, spread, own, among=np.ones(size, dtype=bool), order=np.arange(size), limit=asked.get("limit", 6)
    )


def test_the_nearest_comes_first_and_the_distance_is_the_mean_difference() -> None:
    found = alike({"port_km": [20.0, 12.0], "start_price": [10.0, 14.0]}, {"port_km": 10.0, "start_price": 10.0})

    assert found.rows.tolist() == [1, 0]
    assert found.distance.tolist() == [0.3, 0.5]  # (0.2 + 0.4) / 2 and (1 + 0) / 2
    assert found.parts.tolist() == [[0.2, 0.4], [1.0, 0.0]]


def test_an_unknown_is_left_out_and_never_taken_for_a_value() -> None:
    found = alike({"port_km": [NAN, 13.0], "start_price": [10.0, 10.0]}, {"port_km": 10.0, "start_price": 10.0})

    assert found.distance.tolist() == [0.0, 0.15]
    assert np.isnan(found.parts[0, 0])


def test_a_parcel_of_which_little_is_known_is_not_compared() -> None:
    """Of three indicators known here it knows one: fewer than half."""
    columns = {"a": [1.0, 1.0], "b": [NAN, 1.0], "c": [NAN, NAN]}

    assert alike(columns, {"a": 1.0, "b": 1.0, "c": 1.0}).rows.tolist() == [1]


def test_what_is_the_same_everywhere_says_nothing() -> None:
    columns = {"a": np.array([5.0, 5.0]), "b": np.array([1.0, 3.0])}

    found = similar(
        columns, {"a": 0.0, "b": 2.0}, {"a": 9.0, "b": 1.0}, among=np.array([True, True]), order=np.arange(2), limit=5
    )

    assert found.indicators == ("b",)
    assert found.distance.tolist() == [0.0, 1.0]


def test_nothing_is_alike_where_nothing_is_known() -> None:
    assert alike({"a": [1.0, 2.0]}, {"a": None}).rows.size == 0


def test_the_spread_leaves_out_the_twentieths_at_the_ends_and_the_unknown() -> None:
    spread = spreads({"a": np.append(np.arange(101.0), NAN), "b": np.array([NAN])})

    assert spread == {"a": 90.0, "b": 0.0}


VALUES = st.one_of(st.just(NAN), st.floats(0, 50, allow_subnormal=False))


@given(st.lists(st.tuples(VALUES, VALUES, VALUES), min_size=1, max_size=12), st.tuples(VALUES, VALUES, VALUES))
def test_it_is_what_reckoning_by_hand_gives(rows: list[tuple[float, ...]], here: tuple[float, ...]) -> None:
    names = ("a", "b", "c")
    own = {code: None if value != value else value for code, value in zip(names, here, strict=True)}
    found = alike({code: [row[at] for row in rows] for at, code in enumerate(names)}, own, limit=12)
    asked = [at for at, code in enumerate(names) if own[code] is not None]
    expected = []
    for index, row in enumerate(rows):
        parts = [min(1.0, abs(row[at] - here[at]) / 10) for at in asked if row[at] == row[at]]
        if parts and len(parts) >= len(asked) / 2:
            expected.append((round(sum(parts) / len(parts), 9), index))

    assert found.distance.tolist() == pytest.approx([distance for distance, _ in sorted(expected)], abs=2e-9)
    assert ((found.distance >= 0) & (found.distance <= 1)).all()
