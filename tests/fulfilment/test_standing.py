from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fulfilment.readiness.checklist import ASSESSMENTS, ITEMS, STATES
from fulfilment.readiness.standing import Record, judge, state_on
from fulfilment.readiness.wording import by_department, sentence

DAY = date(2026, 3, 1)
DONE = Record("done")


def states(readiness_of: object) -> dict[str, str]:
    return {line.item.code: line.state for line in readiness_of.lines}  # type: ignore[attr-defined]


def test_there_are_ten_area_assessments_and_twenty_four_items() -> None:
    assert len(ASSESSMENTS) == 10
    assert len(ITEMS) == 24


@pytest.mark.parametrize(
    ("done_on", "expires", "expected"),
    [
        (None, None, "done"),
        (DAY, None, "done"),
        (DAY + timedelta(1), None, "under_way"),
        (None, DAY, "done"),
        (None, DAY - timedelta(1), "expired"),
    ],
)
def test_what_was_done_holds_from_its_day_to_its_last_day(
    done_on: date | None, expires: date | None, expected: str
) -> None:
    assert state_on(Record("done", done_on, expires), DAY) == expected


def test_only_what_was_done_can_expire() -> None:
    assert state_on(Record("not_needed", expires=date(2020, 1, 1)), DAY) == "not_needed"


def test_without_any_record_nothing_is_said() -> None:
    nothing = judge({}, [{}, {}], 7, DAY)
    assert (nothing.recorded, nothing.is_ready, nothing.share) == (False, None, None)
    assert sentence(nothing).en == "Nothing is on record yet"


@pytest.mark.parametrize(("level", "spared"), [(3, 6), (5, 4), (7, 2), (9, 0), (None, 0)])
def test_utilities_beyond_the_serviced_level_are_not_needed(level: int | None, spared: int) -> None:
    judged = states(judge({"cleared": DONE}, [], level, DAY))
    assert list(judged.values()).count("not_needed") == spared
    assert judged["levelled"] == "missing"


def test_the_parcels_own_record_stands_before_the_nearest_region_and_that_before_a_farther_one() -> None:
    own = {"seismic": Record("missing")}
    park = {"seismic": DONE, "flood": Record("under_way"), "climate": DONE}
    city = {"flood": DONE, "energy": DONE}
    judged = judge(own, [park, city], None, DAY)
    found = states(judged)
    assert (found["seismic"], found["flood"], found["climate"], found["energy"]) == (
        "missing",
        "under_way",
        "done",
        "done",
    )
    assert judged.assessments == 2


def test_a_share_counts_what_is_done_of_what_is_needed() -> None:
    own = dict.fromkeys(list(ITEMS)[:6], DONE) | {"heat": Record("not_needed")}
    judged = judge(own, [], 9, DAY)
    assert (judged.done, judged.needed, judged.share) == (6, 23, 6 / 23)
    assert judged.is_ready is False


def test_ready_is_said_when_all_that_is_needed_is_done() -> None:
    judged = judge(dict.fromkeys(ITEMS, DONE), [], 3, DAY)
    assert judged.is_ready
    assert sentence(judged).zh == "可以拿地即开工"


def test_what_is_missing_is_named_with_how_it_stands_and_who_owes_it() -> None:
    own = dict.fromkeys(ITEMS, DONE) | {
        "power": Record("under_way", department="供电公司"),
        "flood": Record("done", expires=date(2020, 1, 1)),
        "water": Record("missing"),
    }
    judged = judge(own, [], 3, DAY)
    assert sentence(judged).en == "3 still to come: Water supply, Power supply (under way), Flood impact (expired)"
    assert {name: words.zh for name, words in by_department(judged.missing).items()} == {
        "供电公司": "供电（办理中）",
        "水务": "给水、防洪影响（洪水影响）评价（已过期）",
    }


records = st.builds(
    Record,
    st.sampled_from([state for state in STATES if state != "expired"]),
    st.none() | st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    st.none() | st.dates(date(2020, 1, 1), date(2030, 1, 1)),
)
shelves = st.dictionaries(st.sampled_from(list(ITEMS)), records)


@given(
    own=shelves,
    park=shelves,
    level=st.none() | st.sampled_from([3, 5, 7, 9]),
    day=st.dates(date(2020, 1, 1), date(2030, 1, 1)),
)
def test_every_item_is_done_missing_or_spared(
    own: dict[str, Record], park: dict[str, Record], level: int | None, day: date
) -> None:
    judged = judge(own, [park], level, day)
    assert len(judged.lines) == len(ITEMS)
    assert judged.done + len(judged.missing) == judged.needed
    assert 0 <= judged.assessments <= 10
    assert judged.share is None or 0 <= judged.share <= 1
    assert judged.is_ready is None or judged.is_ready == (judged.share in (None, 1.0))
