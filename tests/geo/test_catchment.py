from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo import catchment, hexes
from geo.catchment import Commitments, Supplies

KM = 360 / (2 * np.pi * hexes.EARTH_RADIUS_KM)  # degrees of longitude on the equator


def at(*kilometres: float) -> hexes.Floats:
    """Places on the equator, so many kilometres east of 100° E."""
    return np.array([[100 + km * KM, 0.0] for km in kilometres]).reshape(-1, 2)


def days(*stamps: str | None) -> catchment.Days:
    return np.array([np.datetime64(stamp or "NaT", "D") for stamp in stamps], dtype="datetime64[D]")


def supplies(places: hexes.Floats, *amounts: float, as_of: str | None = None) -> Supplies:
    return Supplies(places, np.array(amounts), days(*[as_of] * len(amounts)))


def commitments(places: hexes.Floats, *demands: float, on: str | None = None) -> Commitments:
    return Commitments(places, np.array(demands), days(*[on] * len(demands)))


@given(st.floats(0.1, 100))
def test_the_weight_is_one_at_home_a_hundredth_at_the_reach_and_nothing_beyond(reach: float) -> None:
    here, half, there, beyond = catchment.decay([0, reach / 2, reach, reach * 1.001], reach)
    beta = reach / np.sqrt(2 * np.log(100))
    assert (here, there, beyond) == (1, pytest.approx(0.01), 0)
    assert half == pytest.approx(np.exp(-0.5 * (reach / 2 / beta) ** 2))


@pytest.mark.parametrize(("reach", "resolution"), [(2, 9), (5, 8), (10, 8), (15, 8), (15.1, 7), (20, 7)])
def test_wide_catchments_are_computed_between_coarser_cells(reach: float, resolution: int) -> None:
    assert catchment.working_resolution(reach) == resolution


def test_a_project_draws_by_weight_times_supply() -> None:
    """8 km reach: w(4) = 0.01^(1/4) = 0.3162; 100 at home and 200 four km off share 1 : 0.6325."""
    left = catchment.residual(supplies(at(0, 4), 100.0, 200.0), commitments(at(0), 40.0), 8)
    near = 40 / (1 + 2 * 0.01**0.25)
    assert left.amount == pytest.approx([100 - near, 200 - (40 - near)])
    assert near == pytest.approx(24.5, abs=0.01)
    assert left.unserved == 0


def test_demand_out_of_reach_or_beyond_the_supply_is_unserved() -> None:
    left = catchment.residual(supplies(at(0), 10.0), commitments(at(1, 9), 25.0, 7.0), 8)
    assert left.amount.tolist() == [0.0]
    assert left.beyond.tolist() == [15.0]
    assert left.out_of_reach.tolist() == [0.0, 7.0]
    assert left.unserved == 22.0


@pytest.mark.parametrize(
    ("spare_as_of", "committed_on", "left"),
    [
        ("2025-06-30", "2025-06-29", 100.0),  # recorded later than the commitment: already in the figure
        ("2025-06-30", "2025-06-30", 60.0),
        ("2025-06-30", "2025-07-01", 60.0),
        (None, "2025-06-29", 60.0),
        ("2025-06-30", None, 60.0),
    ],
)
def test_a_commitment_draws_unless_the_spare_was_recorded_later(
    spare_as_of: str | None, committed_on: str | None, left: float
) -> None:
    outcome = catchment.residual(
        supplies(at(0), 100.0, as_of=spare_as_of), commitments(at(1), 40.0, on=committed_on), 8
    )
    assert outcome.amount.tolist() == [left]
    assert outcome.draws.recorded.tolist() == [left == 100.0]
    assert outcome.draws.amount.tolist() == [40.0]


def test_a_supply_of_unknown_amount_stays_unknown_and_draws_nothing() -> None:
    left = catchment.residual(supplies(at(0, 1), np.nan, 50.0), commitments(at(0), 20.0), 8)
    assert np.isnan(left.amount[0])
    assert left.amount[1] == 30.0
    assert catchment.reached(at(1), at(0, 1), left.amount, 8).tolist() == [30.0]


def test_days_may_come_from_the_calendar() -> None:
    assert days("2025-06-30")[0] == np.datetime64(date(2025, 6, 30))


many = st.lists(st.tuples(st.floats(0, 60), st.floats(0.1, 1e5)), min_size=1, max_size=12)


@settings(deadline=None)
@given(many, many, st.floats(1, 30))
def test_shares_sum_to_one_and_no_residual_exceeds_its_supply(
    stations: list[tuple[float, float]], projects: list[tuple[float, float]], reach: float
) -> None:
    places, amounts = at(*[km for km, _ in stations]), [amount for _, amount in stations]
    left = catchment.residual(
        supplies(places, *amounts), commitments(at(*[km for km, _ in projects]), *[need for _, need in projects]), reach
    )
    reached = left.out_of_reach == 0
    asked_of = np.array([need for _, need in projects])
    taken = np.bincount(left.draws.commitment, left.draws.amount, len(projects))
    assert taken / asked_of == pytest.approx(reached.astype(float))
    assert ((left.amount >= 0) & (left.amount <= np.array(amounts))).all()
    asked = sum(need for _, need in projects)
    assert left.drawn.sum() + left.out_of_reach.sum() == pytest.approx(asked)
    assert (np.array(amounts) - left.amount).sum() + left.unserved == pytest.approx(asked)


@settings(deadline=None)
@given(many, st.lists(st.floats(0, 60), min_size=1, max_size=5), st.floats(1, 30))
def test_what_is_reached_agrees_with_the_definition(
    stations: list[tuple[float, float]], sites: list[float], reach: float
) -> None:
    sources, amounts = at(*[km for km, _ in stations]), np.array([amount for _, amount in stations])
    distances = hexes.distances_km(at(*sites)[:, None], sources[None])
    safe = (np.abs(distances - reach) > 1e-6).all()  # rounding may decide what lies exactly on the rim
    expected = (catchment.decay(distances, reach) * amounts).sum(axis=1)
    plain = np.where(distances <= reach, amounts, 0).sum(axis=1)
    if safe:
        assert catchment.reached(at(*sites), sources, amounts, reach) == pytest.approx(expected)
        assert catchment.reached(at(*sites), sources, amounts, reach, decayed=False) == pytest.approx(plain)
        assert catchment.weights(at(*sites), sources, reach) @ amounts == pytest.approx(expected)
    assert catchment.nearest_km(at(*sites), sources) == pytest.approx(distances.min(axis=1), abs=1e-6)


def test_nothing_to_reach_is_nothing_reached_and_an_unknown_distance() -> None:
    assert catchment.reached(at(0, 1), at(), np.zeros(0), 5).tolist() == [0.0, 0.0]
    assert catchment.reached(at(), at(0), np.ones(1), 5).tolist() == []
    assert np.isnan(catchment.nearest_km(at(0), at())).all()
    assert catchment.within(at(0), at(0), 5).nnz == 1  # at the same place is within reach
