"""Figures small enough to check by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from enterprises.figures import Latest, latest, ratios


def of_rows(*rows: tuple[int, int, float], reference: int = 2024) -> Latest:
    """Rows are (enterprise, year, value)."""
    table = np.array(rows, dtype=float).reshape(-1, 3)
    return latest(table[:, 0].astype(np.int64), table[:, 1].astype(np.int64), table[:, 2], reference=reference)


def test_each_firm_counts_with_its_own_latest_year() -> None:
    found = of_rows((7, 2023, 10.0), (7, 2022, 99.0), (3, 2024, 5.0))

    assert found.enterprise.tolist() == [3, 7]
    assert found.value.tolist() == [5.0, 10.0]
    assert found.year.tolist() == [2024, 2023]


def test_a_year_without_the_figure_does_not_hide_an_older_one_that_has_it() -> None:
    assert of_rows((1, 2024, np.nan), (1, 2023, 8.0)).value.tolist() == [8.0]


def test_a_figure_three_years_old_counts_and_one_four_years_old_does_not() -> None:
    found = of_rows((1, 2021, 1.0), (2, 2020, 2.0))

    assert found.enterprise.tolist() == [1]


def test_a_year_after_the_reference_year_does_not_count() -> None:
    assert len(of_rows((1, 2025, 1.0))) == 0


def test_a_firm_without_a_figure_is_unknown_and_one_with_zero_is_zero() -> None:
    found = of_rows((2, 2024, 0.0)).of(np.array([1, 2, 3]))

    np.testing.assert_array_equal(found, [np.nan, 0.0, np.nan])


def test_nothing_loaded_leaves_every_firm_unknown() -> None:
    assert np.isnan(of_rows().of(np.array([1]))).all()


@given(
    st.lists(
        st.tuples(st.integers(1, 5), st.integers(2018, 2026), st.one_of(st.just(float("nan")), st.floats(0, 10))),
        unique_by=lambda row: row[:2],
    )
)
def test_the_rule_is_the_one_a_person_would_apply_by_hand(rows: list[tuple[int, int, float]]) -> None:
    found = of_rows(*rows)

    for enterprise in range(1, 6):
        counting = [(y, v) for e, y, v in rows if e == enterprise and 2021 <= y <= 2024 and not np.isnan(v)]
        value = found.of(np.array([enterprise]))[0]
        assert np.isnan(value) if not counting else value == max(counting)[1]


def test_ratios_are_per_mu_per_tce_per_tonne_and_per_employee() -> None:
    year = {
        "output": 300.0, "value_added": 60.0, "tax": 9.0, "investment": 30.0,
        "energy_tce": 12.0, "cod_kg": 1500.0, "nox_kg": 500.0, "employees": 20.0,
    }  # fmt: skip

    assert ratios(year, 3.0) == {
        "output_per_mu": 100.0,
        "value_added_per_mu": 20.0,
        "tax_per_mu": 3.0,
        "investment_per_mu": 10.0,
        "value_added_per_tce": 5.0,
        "value_added_per_tonne_discharged": 30.0,
        "value_added_per_employee": 3.0,
    }


@pytest.mark.parametrize("land_mu", [None, 0.0])
def test_without_land_nothing_is_said_per_mu(land_mu: float | None) -> None:
    found = ratios({"output": 300.0, "employees": 2.0, "value_added": 4.0}, land_mu)

    assert found["output_per_mu"] is None
    assert found["value_added_per_employee"] == 2.0


def test_half_of_the_discharge_is_not_all_of_it() -> None:
    found = ratios({"value_added": 60.0, "cod_kg": 1000.0, "nox_kg": None}, 1.0)

    assert found["value_added_per_tonne_discharged"] is None
