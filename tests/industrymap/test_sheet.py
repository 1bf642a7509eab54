"""A city of two districts and eight firms."""

import numpy as np
import pytest

from geo import hexes
from industrymap.economy import District, Economy
from industrymap.industries import POSITION, UNASSIGNED
from industrymap.sheet import density, draw

NAN = float("nan")
BATTERIES, FOOD = POSITION["batteries"], POSITION["food"]
EAST, WEST = hexes.cell_at(120.5, 36.2), hexes.cell_at(120.1, 36.2)


def city(**changes: object) -> Economy:
    """East makes batteries (60 of 100), west food; one firm is in no industry, one in no district, one tells nothing."""
    columns: dict[str, object] = {
        "reference_year": 2024,
        "districts": (District("2", "东", "East", "/1/2/"), District("3", "西", "West", "/1/3/")),
        "firm": np.arange(8) + 100,
        "industry": np.array([BATTERIES, BATTERIES, FOOD, FOOD, UNASSIGNED, BATTERIES, BATTERIES, FOOD]),
        "district": np.array([0, 0, 0, 1, 1, -1, 0, 1]),
        "cell": np.array([EAST, EAST, EAST, WEST, WEST, EAST, EAST, WEST], dtype=np.uint64),
        "place": np.array([[120.5, 36.2]] * 3 + [[120.1, 36.2]] * 2 + [[120.5, 36.2]] * 2 + [[120.1, 36.2]]),
        "land_mu": np.array([5.0, NAN, 1, 1, 1, 1, 1, 1]),
        "figures": {
            "output": np.array([50.0, 10, 40, 60, 100, 30, NAN, 0]),
            "employees": np.array([8.0, 2, NAN, NAN, NAN, NAN, NAN, NAN]),
            **{name: np.full(8, NAN) for name in ("tax", "value_added", "investment")},
        },
        **changes,
    }
    return Economy(**columns)  # type: ignore[arg-type]  # columns by name


def test_totals_sum_what_is_known_and_say_of_how_many_firms() -> None:
    sheet = draw(city(), BATTERIES, by="output", resolution=8)

    assert sheet.firms == 4
    assert (sheet.totals["output"], sheet.known["output"]) == (90, 3)
    assert np.isnan(sheet.totals["tax"])
    assert sheet.known["tax"] == 0
    assert sheet.ratios["output_per_mu"] == (50 + 30) / (5 + 1)
    assert np.isnan(sheet.ratios["tax_per_mu"])


def test_the_share_is_of_the_whole_city_and_the_rank_among_industries() -> None:
    batteries = draw(city(), BATTERIES, by="output", resolution=8)
    food = draw(city(), FOOD, by="output", resolution=8)

    assert batteries.share == 90 / 290
    assert (food.rank, batteries.rank) == (1, 2)


def test_quotients_compare_districts_with_everything_made_in_them() -> None:
    sheet = draw(city(), BATTERIES, by="output", resolution=8)

    np.testing.assert_allclose(sheet.size, [60, 0])
    np.testing.assert_allclose(sheet.district_share, [0.6, 0])
    np.testing.assert_allclose(sheet.quotient, [0.6 / (60 / 260), 0])
    assert sheet.specialised.tolist() == [True, False]
    assert sheet.district_firms.tolist() == [3, 0]


def test_a_count_needs_no_figures() -> None:
    sheet = draw(city(), FOOD, by="count", resolution=8)

    assert sheet.size.tolist() == [1, 2]
    assert sheet.share == 3 / 8


def test_an_industry_that_is_not_there_is_empty_and_unknown() -> None:
    sheet = draw(city(), POSITION["aerospace"], by="output", resolution=8)

    assert sheet.firms == 0
    assert sheet.rank is None
    assert np.isnan(sheet.share)
    assert np.isnan(sheet.hhi_firms)
    assert len(sheet.density.cells) == len(sheet.top) == 0


def test_concentration_over_firms_and_over_districts() -> None:
    sheet = draw(city(), BATTERIES, by="output", resolution=8)

    assert sheet.hhi_firms == pytest.approx((50**2 + 10**2 + 30**2) / 90**2)
    assert sheet.hhi_districts == 1


def test_the_largest_firms_come_first_and_unknown_ones_do_not_rank() -> None:
    sheet = draw(city(), BATTERIES, by="output", resolution=8)

    assert city().firm[sheet.top].tolist() == [100, 105, 101]


def test_by_count_the_largest_are_those_of_largest_output() -> None:
    assert city().firm[draw(city(), FOOD, by="count", resolution=8).top].tolist() == [103, 102, 107]


def test_by_jobs_the_largest_are_those_with_most_jobs() -> None:
    assert city().firm[draw(city(), BATTERIES, by="jobs", resolution=8).top].tolist() == [100, 101]


def test_a_hexagon_holds_the_known_sizes_and_is_unknown_where_none_is_known() -> None:
    found = density(np.array([EAST, EAST, WEST], dtype=np.uint64), np.array([1.0, NAN, NAN]), 8)

    order = np.argsort(found.values)
    np.testing.assert_array_equal(found.values[order], [1, NAN])
    assert found.firms[order].tolist() == [2, 1]
    assert set(hexes.resolutions(found.cells).tolist()) == {8}


def test_the_density_adds_up_to_the_total() -> None:
    for resolution in (7, 8, 9):
        assert np.nansum(draw(city(), FOOD, by="output", resolution=resolution).density.values) == 100


def test_five_firms_within_reach_of_each_other_are_a_cluster() -> None:
    crowded = city(industry=np.full(8, FOOD), place=np.array([[120.5, 36.2]] * 6 + [[120.1, 36.2], [119.9, 36.2]]))

    (cluster,) = draw(crowded, FOOD, by="count", resolution=8).clusters

    assert sorted(cluster.members.tolist()) == [0, 1, 2, 3, 4, 5]


def test_a_city_without_firms_has_empty_sheets() -> None:
    empty = city(
        firm=np.empty(0, np.int64), industry=np.empty(0, np.int64), district=np.empty(0, np.int64),
        cell=np.empty(0, np.uint64), place=np.empty((0, 2)), land_mu=np.empty(0),
        figures={name: np.empty(0) for name in ("output", "employees", "tax", "value_added", "investment")},
    )  # fmt: skip

    sheet = draw(empty, FOOD, by="count", resolution=8)

    assert (sheet.firms, sheet.rank) == (0, None)
