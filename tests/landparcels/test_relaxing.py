"""Which criterion to give up when no parcel meets them all."""

import numpy as np

from landparcels.matching import Hard
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
