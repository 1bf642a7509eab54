import numpy as np
import pytest

from geo import hexes
from geo.hexes import Floats
from geo.words import Words, say
from siting.judging import Case, Judgement, judge
from siting.resources import JOBS, RESIDENT_WORKERS, Needs, weights_with
from tests.siting.test_ground import GRID, ground, stations

UNKNOWN = say(zh="不知道", en="unknown")
HERE = GRID.positions(hexes.cells_at([0.1], [0.1]))


def judged(
    needs: Needs,
    *,
    neighbours: Floats | Words = UNKNOWN,
    intensity_min: Floats | Words = UNKNOWN,
    power: float = 100.0,
    weights: dict[str, float] | None = None,
    layers: dict[str, Floats] | None = None,
) -> Judgement:
    city = ground(stations((0.1, 0.1, power)), layers=layers)
    case = Case(city, needs, HERE, np.zeros(len(GRID), dtype=bool), neighbours, intensity_min)
    return judge(case, weights_with(weights or {}))


def reasons(judgement: Judgement) -> dict[str, str]:
    return {one.resource.code: one.reason.en for one in judgement.left_out}


def test_everything_not_computed_is_left_out_with_its_reason() -> None:
    left_out = reasons(judged(Needs(power_mva=40, water_m3d=0, gas_m3h=10, node="a/b", jobs=5)))
    assert left_out == {
        "water": "the project needs none",
        "gas": "the city has no data on this yet",
        "sewage": "the project does not state this need",
        "steam": "the project does not state this need",
        "labour": "the city has no data on this yet",
        "housing": "the city has no data on this yet",
        **dict.fromkeys(
            ("motorway", "rail", "port", "airport", "metro", "hospital"), "the city has no data on this yet"
        ),
        "agglomeration": "unknown",
        "job_housing": "the city has no data on this yet",
        "land_efficiency": "the project does not state both its investment and its land",
    }


def test_the_weights_of_what_counts_sum_to_one() -> None:
    judgement = judged(Needs(power_mva=400), neighbours=np.ones(len(GRID)), weights={"power": 3, "agglomeration": 1})
    assert {one.resource.code: one.weight for one in judgement.judged} == {"power": 0.75, "agglomeration": 0.25}


def test_the_composite_follows_from_the_fits_and_the_bottleneck_is_named() -> None:
    rising = np.arange(len(GRID), dtype=float)
    judgement = judged(Needs(power_mva=400), neighbours=rising, weights={"power": 3, "agglomeration": 1})
    percentile = (HERE[0] + 1) / len(GRID)
    assert judgement.fits[:, 0] == pytest.approx([0.25, percentile])
    assert judgement.composite == pytest.approx([100 * 0.25**0.75 * percentile**0.25])
    bottleneck = judgement.bottleneck(0)
    assert bottleneck is not None
    assert bottleneck.code == "power"


def test_land_efficiency_is_shown_and_weighs_nothing_by_default() -> None:
    needs = Needs(power_mva=100, investment=20_000, land_mu=100)  # 200 per mu
    judgement = judged(needs, intensity_min=np.array([400.0]))
    [power, efficiency] = judgement.judged
    assert (efficiency.resource.code, efficiency.weight, efficiency.fit.tolist()) == ("land_efficiency", 0.0, [0.5])
    assert judgement.composite == pytest.approx([100])
    assert power.weight == 1


def test_an_intensity_unknown_here_is_no_fit_at_all() -> None:
    judgement = judged(
        Needs(power_mva=400, investment=20_000, land_mu=100),
        intensity_min=np.array([np.nan]),
        weights={"land_efficiency": 1, "power": 1},
    )
    assert np.isnan(judgement.judged[1].fit).all()
    assert judgement.composite == pytest.approx([25])


def test_job_housing_counts_the_projects_own_jobs() -> None:
    ones = np.ones(len(GRID))
    alone = judged(Needs(jobs=1e-9), layers={JOBS: ones, RESIDENT_WORKERS: ones}).judged
    balance = next(one for one in alone if one.resource.code == "job_housing")
    assert balance.figure == pytest.approx([1])
    workers = 1.0 / balance.figure[0]
    crowded = judged(Needs(jobs=1e9), layers={JOBS: ones, RESIDENT_WORKERS: ones}).judged
    assert next(one for one in crowded if one.resource.code == "job_housing").fit.tolist() == [0.0]
    assert workers == pytest.approx(1)


def test_without_anything_to_judge_there_is_no_composite() -> None:
    judgement = judged(Needs())
    assert judgement.judged == []
    assert np.isnan(judgement.composite).all()
    assert judgement.bottleneck(0) is None


def test_when_all_weights_are_zero_there_is_no_composite() -> None:
    judgement = judged(Needs(power_mva=10), weights={"power": 0})
    assert np.isnan(judgement.composite).all()
