"""Which criterion to give up when no parcel meets them all."""

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

from landparcels.matching import Hard, met
from landparcels.relaxing import relaxations

NAN = float("nan")
FAR, WEAK = Hard("port_km", "lte", 20), Hard("power_capacity", "gte", 40)


def columns(**values: list[float]) -> dict[str, np.ndarray]:
    size = len(next(iter(values.values())))
    return {"start_price": np.full(size, 20.0)} | {code: np.array(column) for code, column in values.items()}


def test_the_smallest_change_comes_first_with_how_many_parcels_it_brings() -> None:
    parcels = columns(port_km=[22.0, 22.0, 80.0, 5.0], power_capacity=[50.0, 60.0, 45.0, 10.0])

    nearest, other = relaxations(parcels, [FAR, WEAK])

    assert nearest.changes == ((FAR, 22.0),)
    assert (nearest.count, nearest.without) == (2, 3)
    assert other.changes == ((WEAK, 10.0),)
    assert (other.count, other.without) == (1, 1)


def test_criteria_give_way_together_when_one_is_not_enough() -> None:
    parcels = columns(port_km=[25.0, 90.0], power_capacity=[35.0, 5.0])

    best, *_ = relaxations(parcels, [FAR, WEAK])

    assert best.changes == ((FAR, 25.0), (WEAK, 35.0))
    assert best.count == 1


def test_a_criterion_nobody_knows_has_to_go() -> None:
    parcels = columns(metro_km=[NAN, NAN])

    (only,) = relaxations(parcels, [Hard("metro_km", "lte", 5)])

    assert only.changes == ((Hard("metro_km", "lte", 5), None),)
    assert (only.count, only.without) == (2, 2)


def test_equality_moves_to_the_nearest_value() -> None:
    parcels = columns(services_level=[3.0, 5.0, 5.0])

    (only,) = relaxations(parcels, [Hard("services_level", "eq", 7)])

    assert only.changes[0][1] == 5.0
    assert only.count == 2


def test_nothing_can_be_relaxed_where_there_are_no_parcels_or_no_criteria() -> None:
    parcels = columns(port_km=[25.0])

    assert relaxations(parcels, [FAR], np.array([False])) == []
    assert relaxations(parcels, []) == []


def test_a_suggestion_has_three_digits_and_never_falls_short_of_the_parcel() -> None:
    parcels = columns(port_km=[21.23456], power_capacity=[12.3456])

    far, weak = relaxations(parcels, [FAR])[0], relaxations(parcels, [WEAK])[0]

    assert (far.changes[0][1], weak.changes[0][1]) == (21.3, 12.3)
    assert far.count == weak.count == 1


VALUES = st.one_of(st.just(NAN), st.floats(0, 5000, allow_subnormal=False))
CRITERIA = st.builds(
    Hard, st.sampled_from(["port_km", "power_capacity"]), st.sampled_from(["gte", "lte", "eq"]), st.floats(0, 5000)
)


@given(st.lists(st.tuples(VALUES, VALUES), min_size=1, max_size=12), st.lists(CRITERIA, min_size=1, max_size=3))
def test_doing_as_suggested_leaves_as_many_parcels_as_said(rows: list[tuple[float, float]], hard: list[Hard]) -> None:
    parcels = columns(port_km=[row[0] for row in rows], power_capacity=[row[1] for row in rows])
    assume(not met(parcels, hard, None, allow_unknown=False).any())

    for option in relaxations(parcels, hard):
        changed = dict(option.changes)
        asked = [
            Hard(rule.indicator, rule.op, to) if to is not None else None
            for rule, to in ((rule, changed.get(rule, rule.value)) for rule in hard)
        ]
        left = met(parcels, [rule for rule in asked if rule is not None], None, allow_unknown=False)
        assert left.sum() == option.count >= 1
        assert option.without >= option.count
