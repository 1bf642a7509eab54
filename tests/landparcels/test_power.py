"""METHODS 5: up to 20 MVA any voltage will do, above it a substation of 110 kV or more, and unknown voltage is unknown."""

from collections.abc import Mapping

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from landparcels.matching import USABLE, USABLE_AT_MOST, Floats, Hard, Match, Soft, match
from landparcels.power import POWER, supply, usable, voltage, voltage_here
from landparcels.relaxing import relaxations

NAN = float("nan")

LOW = (50.0, 0.0, 0.0)
"""50 MVA from a substation of 35 kV, nothing else: largest, largest of 110 kV or more, largest of unknown voltage."""
HIGH = (50.0, 50.0, 0.0)
UNSAID = (50.0, 0.0, 50.0)
MIXED = (60.0, 30.0, 40.0)
"""60 at 35 kV, 30 at 110 kV and 40 at who knows what."""
WEAK = (12.0, 12.0, 0.0)
NOBODY_KNOWS = (NAN, NAN, NAN)
SILENT = (50.0, NAN, 0.0)
"""50 at 35 kV, and one of 110 kV whose spare nobody knows."""


def land(*parcels: tuple[float, float, float]) -> Mapping[str, Floats]:
    largest, high, unsaid = (np.array(column, dtype=float) for column in zip(*parcels, strict=True))
    surely, at_most = usable(largest, high, unsaid)
    return {
        "start_price": np.full(len(parcels), 20.0),
        POWER: largest,
        POWER + USABLE: surely,
        POWER + USABLE_AT_MOST: at_most,
    }


def run(columns: Mapping[str, Floats], **asked: object) -> Match:
    return match(columns, np.arange(columns["start_price"].size), **asked)  # type: ignore[arg-type]  # passed through


def there(parcel: tuple[float, float, float]) -> tuple[float, float, float]:
    """What a parcel has in all, surely and at most."""
    columns = land(parcel)
    return columns[POWER][0], columns[POWER + USABLE][0], columns[POWER + USABLE_AT_MOST][0]


def need(mva: float) -> Hard:
    return Hard(POWER, "gte", mva)


@pytest.mark.parametrize(
    ("parcel", "surely", "at_most"),
    [
        (LOW, 20, 20),
        (HIGH, 50, 50),
        (UNSAID, 20, 50),
        (MIXED, 30, 40),
        (WEAK, 12, 12),
        (SILENT, 20, 50),
        (NOBODY_KNOWS, NAN, NAN),
        ((50, NAN, NAN), 20, 50),  # worked out before voltages were looked at
        ((8, NAN, NAN), 8, 8),
    ],
)
def test_a_need_counts_on_so_much(parcel: tuple[float, float, float], surely: float, at_most: float) -> None:
    columns = land(parcel)

    assert columns[POWER + USABLE][0] == pytest.approx(surely, nan_ok=True)
    assert columns[POWER + USABLE_AT_MOST][0] == pytest.approx(at_most, nan_ok=True)


def test_a_need_of_20_is_met_at_any_voltage_and_one_of_20_1_at_high_voltage_alone() -> None:
    parcels = land(LOW, HIGH, UNSAID, MIXED, WEAK, NOBODY_KNOWS)

    assert run(parcels, hard=[need(20)]).rows.tolist() == [0, 1, 2, 3]
    assert run(parcels, hard=[need(20.1)]).rows.tolist() == [1, 3]
    assert run(parcels, hard=[need(35)]).rows.tolist() == [1]


def test_an_unknown_voltage_passes_where_unknowns_are_allowed_and_a_low_one_never() -> None:
    parcels = land(LOW, HIGH, UNSAID, MIXED, WEAK, NOBODY_KNOWS)

    assert run(parcels, hard=[need(20.1)], allow_unknown=True).rows.tolist() == [1, 2, 3, 5]
    assert run(parcels, hard=[need(35)], allow_unknown=True).rows.tolist() == [1, 2, 3, 5]
    assert run(parcels, hard=[need(45)], allow_unknown=True).rows.tolist() == [1, 2, 5]  # 40 at the most of the mixed


def test_few_candidates_are_judged_like_many() -> None:
    parcels = land(*[LOW] * 20, HIGH, UNSAID)
    few = np.arange(22) >= 19

    assert run(parcels, hard=[need(25)], candidates=few).rows.tolist() == [20]
    assert run(parcels, hard=[need(25)], candidates=few, allow_unknown=True).rows.tolist() == [20, 21]


def test_a_wish_earns_what_is_sure_and_the_range_says_what_it_might_earn() -> None:
    """Wished 40, 10 would do: 20 sure of 50 is a third, 30 is two thirds."""
    found = run(land(HIGH, MIXED, LOW, UNSAID), soft=[Soft(POWER, ideal=40, accept=10)])

    assert found.rows.tolist() == [0, 1, 2, 3]
    assert found.score.tolist() == pytest.approx([100, 200 / 3, 100 / 3, 100 / 3])
    assert found.score_if_known.tolist() == pytest.approx([100, 100, 100 / 3, 100])


def test_who_asks_for_less_power_asks_for_the_figure() -> None:
    parcels = land(LOW, HIGH)

    assert run(parcels, hard=[Hard(POWER, "lte", 30)]).rows.size == 0
    assert run(parcels, hard=[Hard(POWER, "eq", 50)]).rows.tolist() == [0, 1]
    assert run(parcels, soft=[Soft(POWER, ideal=0, accept=100)]).score.tolist() == [50.0, 50.0]


def test_what_to_relax_is_the_need_down_to_what_any_voltage_carries() -> None:
    (way,) = relaxations(land(LOW, LOW, WEAK), [need(25)])

    assert way.changes == ((need(25), 20.0),)
    assert (way.count, way.without) == (2, 3)


def test_words_say_what_a_need_above_20_mva_wants_and_what_there_is() -> None:
    met, unknown, short = (voltage(25, *there(parcel)) for parcel in (HIGH, UNSAID, LOW))

    assert met is not None and unknown is not None and short is not None
    assert (met.outcome, unknown.outcome, short.outcome) == ("met", "unknown", "short")
    assert met.words.en == "A need above 20 MVA wants a substation of 110 kV or more: one in reach can give 50 MVA"
    assert unknown.words.en.endswith("is unknown, so 20 MVA are sure and 50 MVA possible")
    assert short.words.zh == ("超过 20 MVA 的用电需求须有 110 kV 及以上变电站：周边的 50 MVA 出自较低电压，可用 20 MVA")


def test_voltage_has_no_say_up_to_20_mva_nor_where_power_is_short_or_unknown_at_any_voltage() -> None:
    assert voltage(20, 50, 20, 20) is None
    assert voltage(25, 12, 12, 12) is None
    assert voltage(25, None, None, None) is None
    assert voltage_here(12, 12, 12) is None


def test_of_a_parcel_it_is_said_for_whatever_large_need_may_come() -> None:
    told = [voltage_here(*there(parcel)) for parcel in (LOW, HIGH, UNSAID, MIXED)]

    assert [(one.outcome, one.surely) for one in told if one] == [
        ("short", 20), ("met", 50), ("unknown", 20), ("met", 30)
    ]  # fmt: skip


def test_a_planned_project_is_told_by_how_much_power_falls_short() -> None:
    told = [supply(25, *there(parcel)) for parcel in (HIGH, UNSAID, LOW)] + [supply(25, None, None, None)]

    assert [(one["outcome"], one["available"], one["shortfall"]) for one in told] == [
        ("pass", 50, None),
        ("not_stated", 20, None),
        ("fail", 20, 5),
        ("not_stated", None, None),
    ]


amounts = st.one_of(st.just(NAN), st.floats(0, 200))


@given(st.lists(st.tuples(st.floats(0, 200), st.sampled_from([10.0, 35.0, 110.0, 220.0, NAN])), max_size=6), amounts)
def test_the_figures_kept_answer_as_the_substations_themselves_would(
    stations: list[tuple[float, float]], asked: float
) -> None:
    """By the sentence of METHODS, station by station; `asked` NaN asks for nothing."""
    mva = 25.0 if np.isnan(asked) else asked
    largest = max((left for left, _ in stations), default=0.0)
    high = max((left for left, kilovolts in stations if kilovolts >= 110), default=0.0)
    unsaid = max((left for left, kilovolts in stations if np.isnan(kilovolts)), default=0.0)
    enough = [kilovolts for left, kilovolts in stations if left >= mva]
    met = bool(enough) if mva <= 20 else any(kilovolts >= 110 for kilovolts in enough)
    unknown = not met and mva > 20 and any(np.isnan(kilovolts) for kilovolts in enough)
    met = met or mva == 0  # nothing is always there

    parcels = land((largest, high, unsaid))

    assert run(parcels, hard=[need(mva)]).total == met
    assert run(parcels, hard=[need(mva)], allow_unknown=True).total == (met or unknown)


@given(amounts, amounts, amounts, st.floats(0, 250), st.floats(0, 250))
def test_the_sure_is_never_above_the_possible_nor_that_above_the_figure(
    largest: float, high: float, unsaid: float, ideal: float, accept: float
) -> None:
    parcels = land((largest, high, unsaid))
    surely, at_most = parcels[POWER + USABLE][0], parcels[POWER + USABLE_AT_MOST][0]

    assert (np.isnan(surely) and np.isnan(at_most) and np.isnan(largest)) or surely <= at_most <= largest
    if ideal > accept:
        found = run(parcels, soft=[Soft(POWER, ideal, accept)])
        assert found.score[0] <= found.score_if_known[0]


def test_more_than_even_an_unknown_voltage_may_give_is_short() -> None:
    asked = {need: voltage(need, 50.0, 20.0, 40.0) for need in (30.0, 40.0, 45.0)}
    assert [told and told.outcome for told in asked.values()] == ["unknown", "unknown", "short"]
    assert [supply(need, 50.0, 20.0, 40.0)["outcome"] for need in asked] == ["not_stated", "not_stated", "fail"]
