"""The copy of what is on offer follows every change, by rows where it can."""

from collections.abc import Callable, Collection

import numpy as np
import pytest
from django.db import connection

from geo.versions import stamp
from landparcels import on_offer
from landparcels.indicators import catalogue
from landparcels.models import Parcel, ParcelChange
from landparcels.offer import Offer, read_offer
from landparcels.on_offer import KeptOffer, touched_since
from tests.factories.landparcels import ParcelFactory, parcels

pytestmark = pytest.mark.django_db


def same(one: Offer, other: Offer) -> bool:
    """Row for row and column for column."""
    texts = ("codes", "names", "regions", "statuses", "rules")
    return (
        all(getattr(one, name).to_pylist() == getattr(other, name).to_pylist() for name in texts)
        and np.array_equal(one.cells, other.cells)
        and all(np.array_equal(one.columns[name], other.columns[name], equal_nan=True) for name in one.columns)
    )


@pytest.fixture
def whole_reads(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Which ids each reading asked for; None: everything."""
    asked: list[object] = []

    def read(ids: set[int] | None, statuses: Collection[str]) -> Offer:
        asked.append(ids)
        return read_offer(ids, statuses)

    monkeypatch.setattr(on_offer, "read_offer", read)
    return asked


def test_the_copy_holds_what_is_published_in_the_order_of_codes() -> None:
    parcels({"code": "b", "start_price": 12.0, "admits": ["38"]}, {"code": "B"}, {"code": "a", "status": "draft"})

    offer = read_offer()

    assert offer.codes.to_pylist() == ["B", "b"]
    power = {"power_capacity__usable", "power_capacity__usable_at_most"}
    assert set(offer.columns) == {"area_mu", "lng", "lat", "divisible", *catalogue(), *power}
    assert np.isnan(offer.columns["start_price"][0])
    assert offer.columns["start_price"][1] == 12.0
    assert offer.rules.to_pylist() == ["|", "38|"]


def test_an_empty_offer_can_be_asked_everything() -> None:
    offer = read_offer()

    assert len(offer) == 0
    assert offer.in_regions(["370200"]).size == offer.in_box([0, 0, 1, 1]).size == 0
    assert offer.industry_outcomes("3841").size == 0


def changed(code: str, **columns: object) -> None:
    Parcel.objects.filter(code=code).update(**columns)


def several_at_once() -> None:
    changed("a", status="reserved")
    ParcelFactory(code="a2")
    changed("draft", status="published")


@pytest.mark.parametrize(
    "change",
    [
        lambda: changed("b", start_price=99.0, name="renamed"),
        lambda: changed("b", admits=["25"], excludes=["38"]),
        lambda: changed("b", power_capacity=50.0, power_high_voltage=0.0, power_unknown_voltage=30.0),
        lambda: changed("b", status="withdrawn"),
        lambda: changed("draft", status="published"),
        lambda: ParcelFactory(code="0"),
        lambda: ParcelFactory(code="z"),
        lambda: Parcel.objects.filter(code__in=["a", "c"]).delete(),
        several_at_once,
        lambda: changed("nobody", start_price=1.0),
        lambda: Parcel.objects.all().delete(),
    ],
)
def test_a_change_is_followed_by_its_rows_alone(change: Callable[[], object], whole_reads: list[object]) -> None:
    parcels(
        *({"code": code, "start_price": 10.0, "admits": ["38"]} for code in "abc"), {"code": "draft", "status": "draft"}
    )
    kept = KeptOffer()
    kept.get()

    change()

    assert same(kept.get(), read_offer())
    assert whole_reads[0] is None
    assert None not in whole_reads[1:]


def test_nothing_is_read_while_nothing_changes(whole_reads: list[object]) -> None:
    kept = KeptOffer()

    assert kept.get() is kept.get()
    assert len(whole_reads) == 1


def test_after_a_crowd_of_changes_everything_is_read_again() -> None:
    ParcelFactory()
    before = stamp("parcels")[0]

    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO landparcels_parcel (code, outline) SELECT 'x' || n, parcel.outline "
            "FROM landparcels_parcel AS parcel, generate_series(1, 5001) AS n"
        )

    assert touched_since(before) is None
    assert touched_since(stamp("parcels")[0]) == set()


def test_what_was_forgotten_cannot_be_followed() -> None:
    parcel = ParcelFactory()
    before = stamp("parcels")[0]
    for price in range(3):
        changed(parcel.code, start_price=price)

    assert touched_since(before) == {parcel.pk}
    ParcelChange.objects.filter(stamp=before + 1).delete()
    assert touched_since(before) is None
    assert touched_since(before + 99) is None


def test_the_log_of_changes_stays_short() -> None:
    parcel = ParcelFactory()
    for price in range(210):
        changed(parcel.code, start_price=price)

    assert ParcelChange.objects.count() == 200
