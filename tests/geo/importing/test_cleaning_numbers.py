import math
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.importing.cleaning.numbers import NumberField, clean_numbers
from geo.importing.cleaning.units import factor, parse_unit

MONEY = NumberField("10k CNY")


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("12.5", 12.5),
        ("1,234.5", 1234.5),
        ("1，234，567", 1234567),
        ("12 345", 12345),
        ("１２．５", 12.5),
        ("－３", -3),
        ("−3", -3),
        (" 7 ", 7),
        ("1e3", 1000),
        (3, 3),
        (2.5, 2.5),
        ("", None),
        (None, None),
        ("—", None),
        ("无", None),
        ("N/A", None),
        (float("nan"), None),
    ],
)
def test_a_number_is_read_however_it_is_written(cell: object, value: float | None) -> None:
    for column in ([cell], [cell, "1,000"]):  # alone, and in a column that needs the careful way
        done = clean_numbers(column, NumberField())
        assert not done.rejects
        assert done.values[0] == value


@pytest.mark.parametrize(
    "cell", ["abc", "1.2.3", "1,23", "1_000", "12 34", "inf", True, "约3", "3-5", "１２x", "1e999"]
)
def test_text_where_a_number_belongs_is_refused(cell: object) -> None:
    done = clean_numbers([cell, 1.0], NumberField())
    assert [reject.index for reject in done.rejects] == [0]
    assert done.values == [None, 1.0]
    assert "is not a number" in done.rejects[0].reason.en


@pytest.mark.parametrize(
    ("unit", "cell", "value"),
    [
        ("10k CNY", "3亿元", 30_000),
        ("10k CNY", "500元", 0.05),
        ("10k CNY", "1,200 万元", 1200),
        ("mu", "3.5公顷", 52.5),
        ("mu", "2000平方米", 3),
        ("mu", "2000㎡", 3),
        ("mu", "0.01平方公里", 15),
        ("%", "40%", 40),
        ("%", "４０％", 40),
        ("10k CNY/mu", "300元/㎡", 20),
        ("10k CNY/mu/yr", "150万元/公顷", 10),
        ("MVA", "63000kVA", 63),
        ("MVA", "19MW", 20),
        ("km", "800m", 0.8),
        ("km", "3公里", 3),
        ("tce/10k CNY", "0.3吨标煤/万元", 0.3),
        ("m3/d", "10万立方米/日", 100_000),
        ("m3/d", "100 m³/h", 2400),
        ("kg", "2.5吨", 2500),
        ("persons", "1.2万人", 12_000),
        ("month", "2年", 24),
        ("kWh", "3万千瓦时", 30_000),
    ],
)
def test_a_unit_in_the_cell_is_converted(unit: str, cell: str, value: float) -> None:
    done = clean_numbers([cell], NumberField(unit))
    assert not done.rejects
    assert done.values == [pytest.approx(value)]


@pytest.mark.parametrize(
    ("unit", "cell"),
    [("10k CNY", "3公顷"), ("mu", "3万元"), ("10k CNY", "3万美元"), ("%", "3亩"), (None, "3亩"), ("MVA", "3MWh")],
)
def test_a_unit_that_does_not_fit_is_an_error_not_a_guess(unit: str | None, cell: str) -> None:
    done = clean_numbers([cell], NumberField(unit))
    assert done.values == [None]
    assert len(done.rejects) == 1


def test_active_power_is_turned_into_apparent_power_at_095_and_says_so() -> None:
    done = clean_numbers(["95MW"], NumberField("MVA"))
    assert done.values == [100]
    assert any("0.95" in words.en for words in done.repairs)


def test_the_headers_unit_counts_for_bare_cells_and_a_cells_own_for_itself() -> None:
    done = clean_numbers(["2", "3万元", "1,000"], MONEY, unit=parse_unit("亿元"))
    assert done.values == [20_000, 3, 10_000_000]


def test_a_clean_column_in_another_unit_is_converted_whole() -> None:
    assert clean_numbers([1.0, None, 2.0], NumberField("mu"), unit=parse_unit("公顷")).values == [15, None, 30]


def test_conversion_leaves_no_binary_dust() -> None:
    assert clean_numbers([0.1, 0.7], MONEY, unit=parse_unit("亿元")).values == [1000, 7000]


def test_a_reciprocal_is_turned_round_and_zero_has_none() -> None:
    """单位能耗增加值 4 万元/吨标煤 is 0.25 吨标煤/万元; 2 元/千克标煤 is 1/2 kgce per yuan = 5 tce per 10k yuan."""
    field = NumberField("tce/10k CNY")
    done = clean_numbers([4, 0, None], field, unit=parse_unit("万元/吨标煤"), inverted=True)
    assert done.values == [0.25, None, None]
    assert [reject.index for reject in done.rejects] == [1]
    assert clean_numbers([2], field, unit=parse_unit("元/千克标煤"), inverted=True).values == [5]


def test_a_bare_fraction_in_a_column_of_percents_is_loaded_and_warned_about() -> None:
    done = clean_numbers(["0.4", "40", "0.4%", "0"], NumberField("%"))
    assert done.values == [0.4, 40, 0.4, 0]
    assert [index for index, _ in done.remarks] == [0]
    assert "40" in done.remarks[0][1].en


def test_no_warning_where_the_header_says_percent() -> None:
    assert not clean_numbers(["0.4"], NumberField("%"), unit=parse_unit("%")).remarks


def test_shares_lie_between_0_and_1_and_percents_become_shares() -> None:
    done = clean_numbers(["0.4", "40%", "40", "-0.1", "1"], NumberField(share=True))
    assert done.values == [0.4, 0.4, None, None, 1]
    assert [reject.index for reject in done.rejects] == [2, 3]
    assert "40%" in done.rejects[0].reason.en


def test_bounds_are_inclusive_and_told() -> None:
    done = clean_numbers([0, 10, 10.5, -1, None], NumberField("km", low=0, high=10))
    assert done.values == [0, 10, None, None, None]
    assert [reject.index for reject in done.rejects] == [2, 3]
    assert "0" in done.rejects[0].reason.zh


def test_whole_numbers_are_wanted_whole() -> None:
    done = clean_numbers(["3", "4.0", 5.0, "2.5"], NumberField(whole=True))
    assert done.values == [3, 4, 5, None]
    assert all(type(value) is int for value in done.values[:3])
    assert [reject.index for reject in done.rejects] == [3]


@given(st.floats(allow_nan=False, allow_infinity=False, width=64))
def test_any_number_written_out_is_read_back(value: float) -> None:
    assert clean_numbers([repr(value)], NumberField()).values == [value]
    assert clean_numbers([repr(value), "1,000"], NumberField()).values[0] == value


UNITS = [
    "万元",
    "亿元",
    "元",
    "公顷",
    "亩",
    "㎡",
    "km",
    "m",
    "t",
    "kg",
    "MVA",
    "MW",
    "kVA",
    "m3/d",
    "m³/h",
    "元/㎡",
    "万元/公顷",
]


@given(st.sampled_from(UNITS), st.sampled_from(UNITS))
def test_converting_there_and_back_changes_nothing(first: str, second: str) -> None:
    one, two = parse_unit(first), parse_unit(second)
    assert one is not None
    assert two is not None
    there, back = factor(one, two), factor(two, one)
    assert (there is None) == (back is None)
    assert there is None or back is None or there * back == 1


@pytest.mark.parametrize("text", ["含税", "上限", "", "2023", "个税", "元/", "/元", "万元/斤"])
def test_words_that_are_no_unit_are_not_taken_for_one(text: str) -> None:
    assert parse_unit(text) is None


@pytest.mark.parametrize("column", [[n * 0.5 for n in range(200_000)], [f"{n * 0.5}" for n in range(200_000)]])
def test_a_clean_column_costs_less_than_2_microseconds_a_value(column: list[object]) -> None:
    best = math.inf
    for _ in range(3):
        begun = time.process_time()
        clean_numbers(column, NumberField("km", low=0, high=1e9))
        best = min(best, time.process_time() - begun)
    assert best / len(column) < 2e-6
