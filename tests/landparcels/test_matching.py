"""Match of a requirement with parcels (METHODS 5)."""

from collections.abc import Mapping

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from landparcels.matching import Floats, Hard, Match, RequirementError, Soft, first, match

NAN = float("nan")


def table(**columns: list[float]) -> Mapping[str, Floats]:
    size = len(next(iter(columns.values())))
    return {"start_price": np.full(size, 20.0)} | {code: np.array(values) for code, values in columns.items()}


def run(columns: Mapping[str, Floats], *hard: Hard, soft: tuple[Soft, ...] = (), **options: object) -> Match:
    order = np.arange(columns["start_price"].size)
    return match(columns, order, hard=hard, soft=soft, **options)  # type: ignore[arg-type]  # options pass through


def test_a_hard_constraint_is_inclusive_and_an_unknown_fails_it() -> None:
    parcels = table(power_capacity=[19.9, 20.0, 25.0, NAN])

    assert run(parcels, Hard("power_capacity", "gte", 20)).rows.tolist() == [1, 2]
    assert run(parcels, Hard("power_capacity", "lte", 20)).rows.tolist() == [0, 1]
    assert run(parcels, Hard("power_capacity", "eq", 20)).rows.tolist() == [1]


def test_an_unknown_passes_when_it_is_allowed() -> None:
    parcels = table(power_capacity=[19.9, 20.0, NAN])

    assert run(parcels, Hard("power_capacity", "gte", 20), allow_unknown=True).rows.tolist() == [1, 2]


def test_satisfaction_is_linear_from_accept_to_ideal_whichever_is_larger() -> None:
    parcels = table(port_km=[10.0, 20.0, 30.0, 50.0], power_capacity=[50.0, 30.0, 20.0, 10.0])

    near = run(parcels, soft=(Soft("port_km", ideal=10, accept=50),))
    strong = run(parcels, soft=(Soft("power_capacity", ideal=50, accept=10),))

    assert near.score.tolist() == [100.0, 75.0, 50.0, 0.0]
    assert strong.score.tolist() == [100.0, 50.0, 25.0, 0.0]


def test_equal_ideal_and_accept_ask_for_equality() -> None:
    parcels = table(services_level=[7.0, 5.0, 9.0])

    assert run(parcels, soft=(Soft("services_level", 7, 7),)).score.tolist() == [100.0, 0.0, 0.0]


def test_the_score_weighs_the_criteria() -> None:
    parcels = table(port_km=[20.0], power_capacity=[20.0])

    found = run(parcels, soft=(Soft("port_km", 10, 50, weight=3), Soft("power_capacity", 50, 10, weight=1)))

    assert found.score.tolist() == [62.5]  # (3 · 0.75 + 1 · 0.25) / 4
    assert found.satisfaction.tolist() == [[0.75, 0.25]]


def test_an_unknown_earns_nothing_and_the_range_says_what_it_might_earn() -> None:
    parcels = table(port_km=[10.0, 50.0], metro_km=[NAN, 2.0])
    wishes = (Soft("port_km", 0, 40, weight=2), Soft("metro_km", 2, 10, weight=2))

    found = run(parcels, soft=wishes)

    assert found.rows.tolist() == [1, 0]
    assert found.score.tolist() == [50.0, 37.5]
    assert found.score_if_known.tolist() == [50.0, 87.5]
    assert np.isnan(found.satisfaction[1, 1])


def test_an_unknown_is_never_taken_for_zero_even_where_zero_is_ideal() -> None:
    parcels = table(port_km=[NAN, 39.0])

    assert run(parcels, soft=(Soft("port_km", 0, 40),)).rows.tolist() == [1, 0]


def test_without_soft_criteria_everything_scores_100_and_the_price_decides() -> None:
    found = run(table(start_price=[30.0, NAN, 12.0, 12.0]))

    assert found.score.tolist() == [100.0] * 4
    assert found.rows.tolist() == [2, 3, 0, 1]


def test_equal_scores_and_prices_fall_back_on_the_code() -> None:
    parcels = table(start_price=[12.0, 12.0, 12.0])

    assert match(parcels, np.array([2, 0, 1])).rows.tolist() == [1, 2, 0]


def test_scores_equal_to_nine_decimals_are_ties() -> None:
    parcels = table(port_km=[10.0, 10.0 + 1e-12], start_price=[30.0, 20.0])

    assert run(parcels, soft=(Soft("port_km", 0, 40),)).rows.tolist() == [1, 0]


def test_only_candidates_are_looked_at() -> None:
    parcels = table(port_km=[1.0, 2.0, 3.0])

    found = run(parcels, candidates=np.array([False, True, True]), limit=1)

    assert (found.total, found.rows.tolist()) == (2, [1])


def test_a_negative_weight_is_an_error() -> None:
    with pytest.raises(RequirementError) as error:
        run(table(port_km=[1.0]), soft=(Soft("port_km", 0, 40, weight=-1),))
    assert error.value.words.zh == "port_km 的权重不能为负（-1）"
    assert error.value.part == "soft.0.weight"


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (Hard("port_km", "gte", 20), Hard("port_km", "lte", 10)),
        (Hard("port_km", "eq", 20), Hard("port_km", "eq", 10)),
        (Hard("port_km", "eq", 5), Hard("port_km", "gte", 10)),
    ],
)
def test_contradictory_constraints_are_named(a: Hard, b: Hard) -> None:
    with pytest.raises(RequirementError) as error:
        run(table(port_km=[1.0]), a, b)
    assert str(a) in error.value.words.zh
    assert str(b) in error.value.words.en


def test_touching_constraints_do_not_contradict() -> None:
    parcels = table(port_km=[10.0, 11.0])

    assert run(parcels, Hard("port_km", "gte", 10), Hard("port_km", "lte", 10)).rows.tolist() == [0]


def test_weights_of_zero_ask_for_nothing() -> None:
    found = run(table(port_km=[10.0] * 12), soft=(Soft("port_km", 0, 40, weight=0),), stability=True)

    assert set(found.score.tolist()) == {100.0}
    assert found.stability is None


def test_ten_candidates_have_no_stability_and_eleven_have() -> None:
    wish = (Soft("port_km", 0, 40),)

    assert run(table(port_km=[float(km) for km in range(10)]), soft=wish, stability=True).stability is None
    eleven = run(table(port_km=[float(km) for km in range(11)]), soft=wish, stability=True)
    assert eleven.stability is not None
    assert eleven.stability.tolist() == [1.0] * 10 + [0.0]  # one criterion: no weighting changes the order


def test_stability_counts_the_weightings_that_keep_a_place() -> None:
    """Ten parcels are good at everything; of two specialists each has the eleventh place to win only by weight."""
    good = [1.0] * 9
    parcels = table(power_capacity=[*good, 1.0, 0.0, 0.0], port_km=[*good, 0.0, 1.0, 0.0])
    wishes = (Soft("power_capacity", 1, 0, weight=1), Soft("port_km", 1, 0, weight=1))

    found = run(parcels, soft=wishes, stability=True)

    assert found.stability is not None
    assert found.stability[:9].tolist() == [1.0] * 9
    assert found.stability[9] + found.stability[10] == pytest.approx(1.0)
    assert 0.4 < found.stability[9] < 0.6
    assert found.stability[11] == 0.0


def test_stability_is_the_same_every_time() -> None:
    chance = np.random.default_rng(7)
    parcels = table(**{code: chance.random(300).tolist() for code in ("power_capacity", "port_km", "gas_price")})
    wishes = tuple(Soft(code, 1, 0, weight) for code, weight in zip(parcels, (0, 1, 2, 3), strict=True))

    once, again = run(parcels, soft=wishes, stability=True), run(parcels, soft=wishes, stability=True)

    assert once.stability is not None
    assert again.stability is not None
    assert once.stability.tolist() == again.stability.tolist()
    assert once.stability[0] > once.stability[-1]


@given(
    st.lists(
        st.tuples(st.sampled_from([NAN, 0.0, 1.0, 2.0, 5.0]), st.sampled_from([NAN, 0.0, 3.0, 4.0])),
        min_size=1,
        max_size=30,
    ),
    st.integers(1, 12),
    st.randoms(use_true_random=False),
)
def test_ranking_is_what_sorting_everything_would_give(
    rows: list[tuple[float, float]], limit: int, random: object
) -> None:
    order = list(range(len(rows)))
    random.shuffle(order)  # type: ignore[attr-defined]  # hypothesis' Random
    parcels = {"port_km": np.array([row[0] for row in rows]), "start_price": np.array([row[1] for row in rows])}

    found = match(parcels, np.array(order), soft=[Soft("port_km", 0, 4)], limit=limit)

    def key(row: int) -> tuple[float, float, int]:
        km, price = rows[row]
        score = 0.0 if km != km else 100 * min(1.0, max(0.0, (4 - km) / 4))
        return -score, price if price == price else float("inf"), order[row]

    assert found.rows.tolist() == sorted(range(len(rows)), key=key)[:limit]
    assert (found.score <= found.score_if_known).all()
    assert found.total == len(rows)


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=40), st.integers(0, 50))
def test_the_first_few_are_found_without_sorting_the_rest(keys: list[tuple[int, int]], wanted: int) -> None:
    columns = [np.array([key[at] for key in keys], dtype=float) for at in (0, 1)] + [np.arange(len(keys))]

    found = first([column.__getitem__ for column in columns], len(keys), wanted)

    assert found.tolist() == sorted(range(len(keys)), key=lambda at: (*keys[at], at))[:wanted]
