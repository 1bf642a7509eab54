"""An offer follows changes without copying what did not change, and nobody who looks at one sees half of a change."""

from collections.abc import Iterator, Mapping
from threading import Event, Thread

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.columns import Block
from landparcels import ledger
from landparcels.offer import Offer
from landparcels.reading import offer_of

Parcels = Mapping[int, float]
"""Price by id."""


def offered(parcels: Parcels) -> Offer:
    """Each at the same figure in two columns; regions and rules differ from parcel to parcel."""
    ids = np.array(list(parcels), dtype=np.int64)
    figures = np.array(list(parcels.values()), dtype=np.float64)
    texts = (
        [f"P{one}" for one in parcels],
        [f"parcel {one}" for one in parcels],
        [f"3702{one % 5:02}" for one in parcels],
        ["published"] * len(ids),
        [f"{one % 3 + 30}|" for one in parcels],
    )
    eights = np.stack((ids.view(np.uint64), ids.view(np.uint64), figures.view(np.uint64), figures.view(np.uint64)))
    block = Block(tuple(pa.array(one, pa.string()) for one in texts), eights)
    return offer_of(["start_price", "power_capacity"], [block], len(ids))


def told(offer: Offer) -> list[tuple[str, str, str, int, float, float]]:
    """Everything of each parcel in the order of codes."""
    prices, power = offer.columns["start_price"], offer.columns["power_capacity"]
    return [
        (offer.codes[at].as_py(), offer.regions[at], offer.rules[at], int(offer.ids[at]), prices[at], power[at])
        for at in offer.by_code.tolist()
    ]


@pytest.fixture(params=[1, 1000], ids=["always full", "with room"])
def room(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(ledger, "LEAST", request.param)
    yield


changes = st.lists(
    st.tuples(
        st.sets(st.integers(0, 12), max_size=4), st.dictionaries(st.integers(0, 12), st.floats(0, 9), max_size=4)
    ),
    max_size=8,
)


@pytest.mark.usefixtures("room")
@given(begun=st.dictionaries(st.integers(0, 12), st.floats(0, 9)), changes=changes)
def test_any_changes_come_to_what_reading_everything_would_give(
    begun: dict[int, float], changes: list[tuple[set[int], dict[int, float]]]
) -> None:
    parcels, offer = dict(begun), offered(begun)
    seen = [(offer, told(offer))]
    for gone, there in changes:
        parcels = {one: price for one, price in parcels.items() if one not in gone} | there
        offer = offer.renewed(gone | set(there), offered(there))
        seen.append((offer, told(offered(parcels))))

    for one, expected in seen:  # the offers before, too, are as they were
        assert told(one) == expected
        assert np.flatnonzero(one.live).tolist() == sorted(one.by_code.tolist())
        assert one.in_regions(["370201"]).sum() == sum(row[1] == "370201" for row in expected)
        assert one.in_statuses(["published"]).tolist() == one.live.tolist()


def test_a_change_copies_no_column_but_what_changed() -> None:
    before = offered(dict.fromkeys(range(50), 1.0))

    after = before.renewed({7}, offered({7: 2.0}))

    assert np.shares_memory(before.columns["start_price"], after.columns["start_price"])
    assert (len(before), len(after), int(after.live.sum())) == (50, 51, 50)
    assert before.rows_of(np.array([7, 99])).tolist() == [7, -1]
    assert after.rows_of(np.array([7, 99])).tolist() == [50, -1]


def test_a_change_of_what_is_not_on_offer_leaves_the_offer_as_it_is() -> None:
    offer = offered({1: 1.0})

    assert offer.renewed({5}, offered({})) is offer


def test_an_offer_that_others_already_follow_is_copied_before_it_is_changed() -> None:
    begun = offered({1: 1.0, 2: 1.0})
    one = begun.renewed({1}, offered({1: 5.0}))
    other = begun.renewed({2}, offered({2: 7.0}))

    assert [row[-1] for row in told(one)] == [5.0, 1.0]
    assert [row[-1] for row in told(other)] == [1.0, 7.0]


def test_who_looks_while_things_change_sees_each_change_whole_or_not_at_all() -> None:
    """Each change sets one figure in both columns of every parcel: whatever a reader looks at, all figures are one."""
    parcels, done, wrong = 40, Event(), []
    current = [offered(dict.fromkeys(range(parcels), 0.0))]

    def look() -> None:
        while not done.is_set():
            offer = current[0]
            rows = np.flatnonzero(offer.live)
            figures = {*offer.columns["start_price"][rows], *offer.columns["power_capacity"][offer.by_code]}
            if len(rows) != parcels or len(figures) != 1 or len({*offer.ids[rows]}) != parcels:
                wrong.append((len(rows), figures))

    readers = [Thread(target=look) for _ in range(3)]
    for reader in readers:
        reader.start()
    for figure in range(1, 200):
        current[0] = current[0].renewed(range(parcels), offered({one: float(figure) for one in range(parcels)}))
    done.set()
    for reader in readers:
        reader.join()

    assert wrong == []
    assert {row[-1] for row in told(current[0])} == {199.0}
