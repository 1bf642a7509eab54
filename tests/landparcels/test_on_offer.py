"""The copy of what is on offer follows every change, by rows where it can."""

from collections.abc import Callable, Collection
from threading import BoundedSemaphore, Event, Thread

import numpy as np
import pytest
from django.db import OperationalError, connection
from rest_framework.test import APIClient

from geo.versions import stamp
from landparcels import on_offer
from landparcels.indicators import catalogue
from landparcels.models import Parcel, ParcelChange
from landparcels.offer import Offer
from landparcels.on_offer import KeptOffer, touched_since
from landparcels.reading import read_offer
from tests.factories.landparcels import ParcelFactory, parcels

pytestmark = pytest.mark.django_db


def told(offer: Offer) -> list[tuple[str, ...]]:
    """The texts of each parcel in the order of codes."""
    return [
        (offer.codes[at].as_py(), offer.names[at].as_py(), offer.regions[at], offer.statuses[at], offer.rules[at])
        for at in offer.by_code.tolist()
    ]


def same(one: Offer, other: Offer) -> bool:
    """Parcel for parcel and column for column."""
    here, there = one.by_code, other.by_code
    return (
        told(one) == told(other)
        and sorted(here.tolist()) == np.flatnonzero(one.live).tolist()
        and np.array_equal(one.ids[here], other.ids[there])
        and np.array_equal(one.cells[here], other.cells[there])
        and all(
            np.array_equal(one.columns[name][here], other.columns[name][there], equal_nan=True) for name in one.columns
        )
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

    first, second = offer.by_code.tolist()
    assert [text[0] for text in told(offer)] == ["B", "b"]
    power = {"power_capacity__usable", "power_capacity__usable_at_most"}
    assert set(offer.columns) == {"area_mu", "lng", "lat", "divisible", *catalogue(), *power}
    assert np.isnan(offer.columns["start_price"][first])
    assert offer.columns["start_price"][second] == 12.0
    assert (offer.rules[first], offer.rules[second]) == ("|", "38|")


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


@pytest.mark.django_db(transaction=True)
def test_who_asks_while_the_offer_is_read_waits_for_it_and_it_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    ParcelFactory(code="a")
    monkeypatch.setattr(on_offer, "PATIENCE", 60)
    begun, go_on = Event(), Event()
    reads: list[object] = []

    def read(ids: set[int] | None, statuses: Collection[str]) -> Offer:
        reads.append(ids)
        begun.set()
        go_on.wait(60)
        return read_offer(ids, statuses)

    monkeypatch.setattr(on_offer, "read_offer", read)
    found: list[int] = []

    def ask() -> None:
        found.append(len(on_offer.offer.get()))
        connection.close()

    ahead = on_offer.read_ahead()
    assert begun.wait(60)
    visitors = [Thread(target=ask) for _ in range(3)]
    for visitor in visitors:
        visitor.start()
    assert found == []
    go_on.set()
    for thread in (ahead, *visitors):
        thread.join()

    assert found == [1, 1, 1]
    assert reads == [None]


@pytest.mark.django_db(transaction=True)
def test_who_would_hold_one_thread_too_many_is_asked_to_come_again(
    monkeypatch: pytest.MonkeyPatch, api_client: APIClient
) -> None:
    """Else a few who match while a large city is read keep the server from answering anyone."""
    ParcelFactory(code="a")
    monkeypatch.setattr(on_offer, "_places", BoundedSemaphore(1))
    monkeypatch.setattr(on_offer, "PATIENCE", 0.01)
    begun, go_on = Event(), Event()

    def read(ids: set[int] | None, statuses: Collection[str]) -> Offer:
        begun.set()
        go_on.wait(60)
        return read_offer(ids, statuses)

    monkeypatch.setattr(on_offer, "read_offer", read)
    ahead = on_offer.read_ahead()
    assert begun.wait(60)
    refused = api_client.post("/api/v1/parcels/match/", {})
    go_on.set()
    ahead.join()

    assert (refused.status_code, refused["Retry-After"]) == (503, "2")
    (problem,) = refused.json()["errors"]
    assert problem["code"] == "not_ready"
    assert "try again in a few seconds" in problem["detail"]
    assert api_client.post("/api/v1/parcels/match/", {}).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_matches_that_run_while_parcels_change_see_each_change_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every change sets one figure in two columns of all parcels, in one statement."""
    monkeypatch.setattr(on_offer, "PATIENCE", 60)
    parcels(*({"code": code, "start_price": 0.0, "power_capacity": 0.0} for code in "abcde"))
    kept, done, wrong = KeptOffer(), Event(), []

    def look() -> None:
        while not done.is_set():
            now = kept.get()
            rows = np.flatnonzero(now.live)
            figures = {*now.columns["start_price"][rows], *now.columns["power_capacity"][rows]}
            if len(rows) != 5 or len(figures) != 1:
                wrong.append((len(rows), figures))
        connection.close()

    readers = [Thread(target=look) for _ in range(3)]
    for reader in readers:
        reader.start()
    for figure in range(1, 30):
        Parcel.objects.update(start_price=figure, power_capacity=figure)
    done.set()
    for reader in readers:
        reader.join()

    assert wrong == []
    assert set(kept.get().columns["start_price"][kept.get().live]) == {29.0}


@pytest.mark.django_db(transaction=True)
def test_a_database_that_is_not_there_yet_stops_no_server(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(*_: object) -> Offer:
        raise OperationalError("no such table")

    monkeypatch.setattr(on_offer, "read_offer", refuse)

    on_offer.read_ahead().join()

    assert "no such table" in caplog.text
