"""The database knows which parcels touch, and follows every change of an outline."""

import pytest
from django.contrib.gis.geos import MultiPolygon
from django.db import connection

from landparcels.models import Parcel
from landparcels.neighbours import KeptNeighbours, read_neighbours
from landparcels.touching import ParcelNeighbour
from tests.factories.landparcels import ParcelFactory
from tests.shapes import rectangle

pytestmark = pytest.mark.django_db
DEGREE_M = 111_000  # of latitude at 36 degrees, roughly; of longitude 90,000


def box(west: float, south: float, east: float, north: float) -> MultiPolygon:
    """Thousandths of a degree from 120.3 and 36.2: about 90 m by 111 m each."""
    return rectangle(120.3 + west / 1000, 36.2 + south / 1000, 120.3 + east / 1000, 36.2 + north / 1000)


def pairs() -> set[tuple[str, str]]:
    code = dict(Parcel.objects.values_list("id", "code"))
    return {(code[first], code[second]) for first, second in ParcelNeighbour.objects.values_list("first", "second")}


def make(**outlines: MultiPolygon) -> None:
    for code, outline in outlines.items():
        ParcelFactory(code=code, outline=outline)


def test_a_shared_edge_makes_neighbours_and_a_shared_corner_does_not() -> None:
    make(a=box(0, 0, 1, 1), east=box(1, 0, 2, 1), corner=box(1, 1, 2, 2), far=box(5, 0, 6, 1))

    assert pairs() == {("a", "east"), ("east", "corner")}
    assert ParcelNeighbour.objects.get(second=Parcel.objects.get(code="east").pk).metres == pytest.approx(111, abs=1)


def test_an_edge_of_less_than_twenty_metres_is_too_short() -> None:
    """0.15 thousandths of a degree of latitude are 16.7 m, 0.2 are 22.2 m."""
    make(a=box(0, 0, 1, 1), short=box(1, 0.85, 2, 2), long=box(-1, 0.8, 0, 2))

    assert pairs() == {("a", "long")}


def test_edges_that_miss_each_other_by_a_hand_are_one_edge_and_a_road_is_none() -> None:
    """A gap of 0.1 m (0.0000009 degrees) comes from digitising, one of 9 m is a road."""
    make(a=box(0, 0, 1, 1), digitised=box(1.0011, 0, 2, 1), beyond_the_road=box(-1.1, 0, -0.1, 1))

    assert pairs() == {("a", "digitised")}


def test_outlines_that_overlap_are_no_neighbours() -> None:
    make(a=box(0, 0, 1, 1), same=box(0, 0, 1, 1), over=box(0.5, 0, 1.5, 1))

    assert pairs() == set()


def test_a_redrawn_outline_is_followed_and_other_edits_leave_pairs_alone() -> None:
    make(a=box(0, 0, 1, 1), b=box(1, 0, 2, 1), c=box(2, 0, 3, 1))
    before = set(ParcelNeighbour.objects.values_list("pk", flat=True))

    Parcel.objects.filter(code="b").update(start_price=12)
    assert set(ParcelNeighbour.objects.values_list("pk", flat=True)) == before
    Parcel.objects.filter(code="b").update(outline=box(5, 0, 6, 1))
    assert pairs() == set()
    Parcel.objects.filter(code="b").update(outline=box(1, 0, 2, 1))
    assert pairs() == {("a", "b"), ("b", "c")}
    Parcel.objects.filter(code="c").delete()
    assert pairs() == {("a", "b")}


def test_a_crowd_on_one_place_is_loaded_without_trying_every_pair() -> None:
    ParcelFactory(code="a")
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO landparcels_parcel (code, outline) SELECT 'x' || n, outline "
            "FROM landparcels_parcel, generate_series(1, 500) AS n"
        )

    assert pairs() == set()


def test_the_copy_of_pairs_on_offer_follows_publication() -> None:
    make(a=box(0, 0, 1, 1), b=box(1, 0, 2, 1), c=box(2, 0, 3, 1))
    kept = KeptNeighbours()

    def told() -> set[tuple[int, int]]:
        now = kept.get()
        return set(zip(now.first.tolist(), now.second.tolist(), strict=True))

    assert len(told()) == 2
    for status, expected in (("reserved", 0), ("published", 2)):
        Parcel.objects.filter(code="b").update(status=status)
        whole = read_neighbours()
        assert len(told()) == expected
        assert told() == set(zip(whole.first.tolist(), whole.second.tolist(), strict=True))
