"""A city of 33 by 22 km on the equator, worked out twice: by the ground and by hand."""

import numpy as np
import pytest
import shapely

from geo import catchment, hexes
from geo.grid import Grid
from geo.hexes import Floats
from siting import exclusion
from siting.exclusion import Zones
from siting.ground import Committed, Ground, Stations
from siting.resources import JOBS, RESIDENT_WORKERS, RESOURCES, Needs

POWER, LABOUR = RESOURCES["power"], RESOURCES["labour"]
GRID = Grid.over(shapely.box(0, 0, 0.3, 0.2))
NO_ZONES = Zones([], [], np.array([], dtype=str), np.array([], dtype=np.int64), np.array([], dtype=object))


def stations(*rows: tuple[float, float, float], as_of: str | None = None) -> Stations:
    """(lon, lat, amount) of substations."""
    size = len(rows)
    return Stations(
        identity=np.arange(size),
        code=[f"S{at}" for at in range(size)],
        name=[f"站{at}" for at in range(size)],
        name_en=[""] * size,
        amount=np.array([amount for _, _, amount in rows]),
        spare_recorded=np.full(size, as_of is not None),
        spare_as_of=np.full(size, np.datetime64(as_of or "NaT", "D")),
        voltage_kv=np.full(size, 110.0),
        approximate=np.zeros(size, dtype=bool),
        lonlat=hexes.centres(hexes.cells_at([lon for lon, _, _ in rows], [lat for _, lat, _ in rows])),
    )


def committed(*rows: tuple[str, float, float, Needs], on: str | None = None) -> Committed:
    return Committed(
        hexes.cells_at([lon for _, lon, _, _ in rows], [lat for _, _, lat, _ in rows]),
        [needs for _, _, _, needs in rows],
        np.full(len(rows), np.datetime64(on or "NaT", "D")),
    )


def ground(
    power: Stations | None = None, draws: Committed | None = None, layers: dict[str, Floats] | None = None
) -> Ground:
    return Ground(
        GRID,
        {"substation": power} if power else {},
        layers or {},
        NO_ZONES,
        exclusion.over(NO_ZONES, GRID.centres),
        draws or committed(),
    )


def test_every_cell_reaches_each_station_by_its_weight() -> None:
    power = stations((0.1, 0.1, 100.0), (0.2, 0.1, 50.0))
    distances = hexes.distances_km(GRID.centres[:, None], power.lonlat[None])
    expected = (catchment.decay(distances, 8) * power.amount).sum(axis=1)
    assert ground(power).offer(POWER).accessible == pytest.approx(expected, rel=1e-9, abs=1e-9)


def test_a_commitment_lowers_what_its_neighbours_reach_but_not_what_it_reaches_itself() -> None:
    power = stations((0.1, 0.1, 100.0))
    city = ground(power, committed(("A", 0.1, 0.1, Needs(code="A", power_mva=30.0))))
    here = GRID.positions(hexes.cells_at([0.1], [0.1]))
    assert city.offer(POWER).accessible[here] == pytest.approx([70])
    assert city.offer(POWER, without="A").accessible[here] == pytest.approx([100])
    assert city.offer(POWER, without="nobody").accessible[here] == pytest.approx([70])


def test_what_one_project_gave_back_is_added_exactly() -> None:
    """The shortcut through linearity agrees with working everything out without the project."""
    rng = np.random.default_rng(0)
    workers = rng.integers(0, 40, len(GRID)).astype(float)
    draws = [
        (f"P{at}", lon, lat, Needs(code=f"P{at}", jobs=jobs))
        for at, (lon, lat, jobs) in enumerate(rng.uniform([0.02, 0.02, 100], [0.28, 0.18, 40_000], (6, 3)))
    ]
    everyone = ground(draws=committed(*draws), layers={RESIDENT_WORKERS: workers})
    others = ground(draws=committed(*draws[1:]), layers={RESIDENT_WORKERS: workers})
    assert everyone.offer(LABOUR, without="P0").accessible == pytest.approx(
        others.offer(LABOUR).accessible, rel=1e-9, abs=1e-6
    )
    assert everyone.offer(LABOUR).residual.unserved > 0  # the case is a hard one


def test_labour_is_worked_out_between_resolution_8_cells() -> None:
    workers = np.zeros(len(GRID))
    home = int(GRID.positions(hexes.cells_at([0.1], [0.1]))[0])
    workers[home] = 1000.0
    reached = ground(layers={RESIDENT_WORKERS: workers}).offer(LABOUR).accessible
    parents = hexes.parents(GRID.cells, 8)
    siblings = parents == parents[home]
    assert siblings.sum() == 7
    assert reached[siblings] == pytest.approx([1000.0] * 7)
    distance = hexes.distances_km(hexes.centres(parents), hexes.centres(parents[[home]]))
    assert reached == pytest.approx(1000 * catchment.decay(distance, 10), rel=1e-9)


def test_who_does_not_say_what_he_draws_is_counted() -> None:
    city = ground(stations((0.1, 0.1, 100.0)), committed(("A", 0.1, 0.1, Needs(code="A"))))
    assert city.offer(POWER).unstated == 1
    assert city.offer(POWER).residual.amount.tolist() == [100.0]


def test_jobs_and_workers_are_summed_plainly_within_reach() -> None:
    ones = np.ones(len(GRID))
    both = ground(layers={RESIDENT_WORKERS: 2 * ones, JOBS: ones}).jobs_and_workers(5)
    assert both is not None
    jobs, workers = both
    assert workers == pytest.approx(2 * jobs)
    middle = int(GRID.positions(hexes.cells_at([0.15], [0.1]))[0])
    assert jobs[middle] * GRID.areas_km2[middle] == pytest.approx(np.pi * 25, rel=0.05)
    assert ground(layers={JOBS: ones}).jobs_and_workers(5) is None


def test_a_category_without_any_figure_gives_nothing_known() -> None:
    assert not ground().has(POWER)
    assert not ground(stations((0.1, 0.1, np.nan))).has(POWER)
    assert ground(stations((0.1, 0.1, np.nan), (0.1, 0.1, 0.0))).has(POWER)
