import numpy as np
import pytest
import shapely

from siting import exclusion
from siting.exclusion import Reason, Zones

WEST, EAST = shapely.box(120.0, 36.0, 120.1, 36.1), shapely.box(120.1, 36.0, 120.2, 36.1)


def zones(*rows: tuple[str, int, shapely.Geometry]) -> Zones:
    return Zones(
        [f"Z{number}" for number in range(len(rows))],
        [f"zone {number}" for number in range(len(rows))],
        np.array([kind for kind, _, _ in rows], dtype=str),
        np.array([hazard for _, hazard, _ in rows], dtype=np.int64),
        np.array([outline for _, _, outline in rows], dtype=object),
    )


PLACES = np.array([[120.05, 36.05], [120.15, 36.05]])


@pytest.mark.parametrize("kind", ["ecological_redline", "permanent_farmland", "flood", "water_source", "corridor"])
def test_a_place_in_a_protected_zone_is_out(kind: str) -> None:
    red = zones((kind, -1, WEST))
    assert exclusion.over(red, PLACES).excluded(None).tolist() == [True, False]
    assert exclusion.of_point(red, PLACES[0], None) == [Reason(kind, "Z0", "zone 0")]
    assert exclusion.of_point(red, PLACES[1], None) == []


@pytest.mark.parametrize("kind", ["industrial_block", "airport_clearance", "coastal_protection", "development_zone"])
def test_a_zone_that_only_informs_excludes_nothing(kind: str) -> None:
    assert not exclusion.over(zones((kind, -1, WEST)), PLACES).excluded("high").any()


def test_outside_every_development_boundary_is_out_once_one_is_loaded() -> None:
    boundary = zones(("urban_development_boundary", -1, WEST))
    assert exclusion.over(boundary, PLACES).excluded(None).tolist() == [False, True]
    assert exclusion.of_point(boundary, PLACES[1], None) == [Reason("urban_development_boundary")]


def test_a_zone_that_takes_less_hazard_than_the_project_brings_excludes_it() -> None:
    park = zones(("chemical_park", 3, WEST), ("development_zone", 1, WEST), ("development_zone", 1, EAST))
    held = exclusion.over(park, PLACES)
    assert held.excluded("low").tolist() == [False, False]
    assert held.excluded(None).tolist() == [False, False]
    assert held.excluded("medium").tolist() == [True, True]
    assert exclusion.of_point(park, PLACES[0], "medium") == [Reason("development_zone", "Z1", "zone 1", "low")]


def test_a_dangerous_project_outside_every_zone_that_says_what_it_takes_is_warned_about() -> None:
    park = zones(("chemical_park", 3, WEST), ("development_zone", -1, EAST))
    assert not exclusion.unplaced_hazard(park, PLACES[0], "high")
    assert exclusion.unplaced_hazard(park, PLACES[1], "medium")
    assert not exclusion.unplaced_hazard(park, PLACES[1], "low")
    assert not exclusion.over(park, PLACES).excluded("high").any()


def test_a_parcel_may_touch_a_zone_by_a_hundredth_of_its_area() -> None:
    red = zones(("flood", -1, WEST))
    touching, inside = shapely.box(120.0995, 36.02, 120.1595, 36.03), shapely.box(120.0985, 36.02, 120.1585, 36.03)
    assert exclusion.of_parcel(red, touching, None) == []  # 0.8 %
    assert [reason.kind for reason in exclusion.of_parcel(red, inside, None)] == ["flood"]  # 2.5 %


def test_a_parcel_across_two_development_boundaries_is_inside() -> None:
    boundary = zones(("urban_development_boundary", -1, WEST), ("urban_development_boundary", -1, EAST))
    across, beyond = shapely.box(120.05, 36.02, 120.15, 36.03), shapely.box(120.15, 36.02, 120.25, 36.03)
    assert exclusion.of_parcel(boundary, across, None) == []
    assert exclusion.of_parcel(boundary, beyond, None) == [Reason("urban_development_boundary")]


def test_no_zones_exclude_nothing() -> None:
    nothing = zones()
    assert not exclusion.over(nothing, PLACES).excluded("high").any()
    assert exclusion.of_point(nothing, PLACES[0], "high") == []
    assert exclusion.of_parcel(nothing, WEST, "high") == []
    assert exclusion.unplaced_hazard(nothing, PLACES[0], "high")
