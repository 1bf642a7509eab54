"""Admission pre-check (METHODS 5)."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from landparcels.admission import PLAN_FIELDS, TERMS, Check, industry_outcome, precheck, verdicts
from landparcels.indicators import catalogue
from landparcels.matching import RequirementError


def check(indicator: str, required: float | None, area_mu: float = 100, **plan: float | None) -> Check:
    return next(row for row in precheck(plan, {indicator: required}, area_mu) if row.indicator == indicator)


def test_investment_counts_per_mu_of_this_parcel() -> None:
    assert check("investment_intensity_min", 350, investment=35000).outcome == "pass"

    short = check("investment_intensity_min", 350, investment=30000)
    assert (short.outcome, short.planned, short.shortfall) == ("fail", 300.0, 50.0)


def test_floor_area_ratio_is_over_the_parcels_square_metres() -> None:
    """15 mu are 10,000 m²."""
    assert check("far_min", 1.2, area_mu=15, floor_area_m2=12000).outcome == "pass"
    assert check("far_max", 1.0, area_mu=15, floor_area_m2=12000).shortfall == pytest.approx(0.2)


@pytest.mark.parametrize(
    ("indicator", "plan", "planned"),
    [
        ("far_min", {"floor_area_m2": 12_000}, 1.2),
        ("far_max", {"floor_area_m2": 25_000}, 2.5),
        ("building_coefficient_min", {"footprint_m2": 4_500}, 45),
        ("green_ratio_max", {"green_m2": 1_500}, 15),
        ("building_height_max", {"height_m": 24}, 24),
        ("office_land_ratio_max", {"office_land_mu": 0.9}, 6),
        ("investment_intensity_min", {"investment": 6_000}, 400),
        ("output_per_mu_min", {"output": 9_000}, 600),
        ("tax_per_mu_min", {"tax": 450}, 30),
        ("energy_per_value_added_max", {"energy_tce": 800, "value_added": 2_000}, 0.4),
        ("cod_per_value_added_max", {"cod_kg": 500, "value_added": 2_000}, 0.25),
        ("nox_per_value_added_max", {"nox_kg": 100, "value_added": 2_000}, 0.05),
        ("water_per_value_added_max", {"water_m3": 30_000, "value_added": 2_000}, 15),
        ("rd_intensity_min", {"rd": 300, "revenue": 10_000}, 3),
        ("jobs_per_mu_min", {"jobs": 120}, 8),
        ("construction_months_max", {"construction_months": 18}, 18),
        ("ramp_up_months_max", {"ramp_up_months": 12}, 12),
    ],
)
def test_each_indicator_in_its_own_terms_on_fifteen_mu(indicator: str, plan: dict[str, float], planned: float) -> None:
    """15 mu are 10,000 m². What is required exactly is met; a tenth more or less, on its bad side, is missed by a tenth."""
    at_least = catalogue()[indicator].bound == "at_least"
    beyond = planned * (1.1 if at_least else 0.9)

    met, missed = (check(indicator, required, 15, **plan) for required in (planned, beyond))

    assert met.planned == pytest.approx(planned)
    assert (met.outcome, met.shortfall) == ("pass", None)
    assert missed.outcome == "fail"
    assert missed.shortfall == pytest.approx(planned / 10, abs=1e-8)


def test_all_of_them_are_checked() -> None:
    assert len(TERMS) == 17


def test_energy_counts_over_value_added_and_must_stay_below() -> None:
    assert check("energy_per_value_added_max", 0.35, energy_tce=350, value_added=1000).outcome == "pass"
    assert check("energy_per_value_added_max", 0.35, energy_tce=450, value_added=1000).shortfall == pytest.approx(0.1)


def test_research_counts_in_percent_of_revenue() -> None:
    assert check("rd_intensity_min", 2.5, rd=250, revenue=10000).planned == 2.5
    assert check("rd_intensity_min", 2.5, rd=250, revenue=10000).outcome == "pass"


def test_office_land_is_a_share_of_the_parcel() -> None:
    assert check("office_land_ratio_max", 7, office_land_mu=7).outcome == "pass"
    assert check("office_land_ratio_max", 7, office_land_mu=8).shortfall == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("required", "plan", "missing"),
    [
        (None, {"energy_tce": 1.0, "value_added": 1.0}, "parcel"),
        (0.35, {"value_added": 1.0}, "project"),
        (0.35, {"energy_tce": 1.0}, "project"),
        (0.35, {"energy_tce": 1.0, "value_added": None}, "project"),
        (0.35, {"energy_tce": 1.0, "value_added": 0.0}, "denominator"),
    ],
)
def test_what_is_missing_is_not_stated_and_never_passed(
    required: float | None, plan: dict[str, float | None], missing: str
) -> None:
    row = check("energy_per_value_added_max", required, 100, **plan)

    assert (row.outcome, row.missing, row.shortfall) == ("not_stated", missing, None)


def test_a_figure_of_zero_is_a_figure() -> None:
    assert check("tax_per_mu_min", 22, tax=0).shortfall == 22.0


def test_a_negative_figure_is_refused() -> None:
    with pytest.raises(RequirementError) as error:
        precheck({"investment": -1}, {}, 100)
    assert error.value.part == "investment"


def test_every_term_is_an_indicator_and_bounds_agree_with_the_catalogue() -> None:
    for indicator, term in TERMS.items():
        field = catalogue()[indicator]
        if field.group == "admission":
            assert (field.bound == "at_least") is term.at_least
    assert {field.code for field in catalogue().values() if field.group == "admission"} <= set(TERMS)
    assert {"investment", "value_added", "revenue"} <= set(PLAN_FIELDS)


@given(st.floats(0.01, 1e4), st.floats(0, 1e6), st.floats(0, 1e4))
def test_a_shortfall_made_good_passes(area_mu: float, investment: float, required: float) -> None:
    row = check("investment_intensity_min", required, area_mu=area_mu, investment=investment)

    if row.outcome == "fail":
        assert row.shortfall is not None
        mended = investment + (row.shortfall + 1e-6) * area_mu
        assert check("investment_intensity_min", required, area_mu=area_mu, investment=mended).outcome == "pass"


@pytest.mark.parametrize(
    ("industry", "admits", "excludes", "outcome"),
    [
        ("3841", ["384"], [], "admitted"),
        ("3841", ["38"], ["384"], "excluded"),
        ("3841", ["384"], ["38"], "admitted"),
        ("3841", ["384"], ["384"], "excluded"),
        ("2511", [], ["25"], "excluded"),
        ("3841", [], ["25"], "not_stated"),
        ("3841", [], [], "not_stated"),
        ("2511", ["38", "39"], [], "excluded"),
        ("38", ["384"], [], "not_stated"),
        ("", ["384"], [], "not_stated"),
    ],
)
def test_the_longest_prefix_decides_on_an_industry(
    industry: str, admits: list[str], excludes: list[str], outcome: str
) -> None:
    assert industry_outcome(industry, admits, excludes) == outcome


AMOUNTS = st.one_of(st.none(), st.integers(0, 50).map(float))


@given(
    st.dictionaries(st.sampled_from(PLAN_FIELDS), AMOUNTS),
    st.dictionaries(st.sampled_from(sorted(TERMS)), AMOUNTS),
    st.integers(1, 90).map(float),
)
def test_many_parcels_are_judged_as_each_one_is(
    plan: dict[str, float | None], required: dict[str, float | None], area_mu: float
) -> None:
    outcome = {1: "pass", 0: "not_stated", -1: "fail"}
    columns = {code: np.array([np.nan if (value := required.get(code)) is None else value]) for code in TERMS}

    judged = verdicts(plan, columns, np.array([area_mu]))

    assert {code: outcome[int(verdict[0])] for code, verdict in judged.items()} == {
        check.indicator: check.outcome for check in precheck(plan, required, area_mu)
    }
