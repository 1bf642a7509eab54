import numpy as np

from enterprises.criteria import FIGURES, Criteria, Years, criteria
from enterprises.potential import CRITERIA

NAN = np.nan


def years(*rows: dict[str, float]) -> Years:
    """Rows with `firm` and `year`; a figure that is not named is unknown."""
    return Years(
        np.array([row["firm"] for row in rows], dtype=np.int64),
        np.array([row["year"] for row in rows], dtype=np.int64),
        {name: np.array([row.get(name, NAN) for row in rows], dtype=np.float64) for name in FIGURES},
    )


def told(result: Criteria, name: str, firm: int = 0) -> tuple[float, int]:
    column = CRITERIA.index(name)
    return float(result.values[firm, column]), int(result.year[firm, column])


def one(*rows: dict[str, float], land_mu: float = NAN) -> Criteria:
    return criteria(np.array([1]), np.array([land_mu]), years(*({"firm": 1, **row} for row in rows)), reference=2025)


def test_growth_is_the_mean_of_the_three_years_up_to_the_latest_output() -> None:
    grown, year = told(one({"year": 2021, "output": 100}, {"year": 2024, "output": 133.1}), "growth")
    assert round(grown, 9) == 0.1
    assert year == 2024


def test_growth_is_unknown_without_an_output_above_0_three_years_before() -> None:
    without: tuple[dict[str, float], ...] = ({"year": 2022, "output": 90}, {"year": 2021, "output": 0}, {"year": 2021})
    for before in without:
        grown, year = told(one(before, {"year": 2024, "output": 100}), "growth")
        assert np.isnan(grown)
        assert year == 0


def test_both_parts_of_a_ratio_are_of_one_year() -> None:
    result = one(
        {"year": 2023, "rd": 5, "revenue": 100, "profit": -20, "employees": 50, "patents": 2, "output": 200},
        {"year": 2024, "rd": 9, "profit": 4, "output": 300},
    )
    assert told(result, "rd_intensity") == (0.05, 2023)
    assert told(result, "profit_margin") == (-0.2, 2023)
    assert told(result, "output_per_employee") == (4, 2023)
    assert told(result, "patents_per_100_employees") == (4, 2023)


def test_tax_is_shared_over_the_land_held() -> None:
    assert told(one({"year": 2024, "tax": 60}, land_mu=20), "tax_per_mu") == (3, 2024)
    for land in (0, NAN):
        assert np.isnan(told(one({"year": 2024, "tax": 60}, land_mu=land), "tax_per_mu")[0])


def test_nothing_is_shared_over_nobody() -> None:
    assert np.isnan(told(one({"year": 2024, "output": 10, "employees": 0}), "output_per_employee")[0])


def test_years_too_old_or_after_the_reference_year_do_not_count() -> None:
    result = one({"year": 2021, "rd": 1, "revenue": 10}, {"year": 2026, "rd": 2, "revenue": 10})
    assert np.isnan(told(result, "rd_intensity")[0])


def test_each_firm_has_its_own_figures_whatever_the_order_of_the_rows() -> None:
    rows = years(
        {"firm": 7, "year": 2024, "rd": 1, "revenue": 10},
        {"firm": 3, "year": 2024, "rd": 4, "revenue": 10},
    )
    result = criteria(np.array([3, 5, 7]), np.full(3, NAN), rows, reference=2024)
    assert [told(result, "rd_intensity", firm)[1] for firm in range(3)] == [2024, 0, 2024]
    assert result.values[[0, 2], CRITERIA.index("rd_intensity")].tolist() == [0.4, 0.1]
