"""The invented city as files: the same for the same seed, and plausible before any database sees it."""

import csv
import json
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
import shapely
from shapely.geometry import shape

from democity.chains import lay_chains
from democity.generate import generate
from democity.names import credit_code
from democity.parcels import MU_PER_KM2
from democity.parks import lay_parks
from democity.plane import to_degrees, to_km
from democity.terrain import lay_terrain
from geo.divisions import divisions_for
from geo.importing.cleaning.identifiers import clean_uscc

SCALE = 0.02


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("demo")
    return {file.path.stem: file.path for file in generate(folder, seed=1, scale=SCALE)}


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def features(path: Path) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(path.read_text(encoding="utf-8"))["features"]
    return found


def outlines(path: Path) -> np.ndarray:
    return np.array([shape(feature["geometry"]) for feature in features(path)])


def test_the_same_seed_gives_the_same_bytes(files: dict[str, Path], tmp_path: Path) -> None:
    again = {file.path.stem: file.path for file in generate(tmp_path, seed=1, scale=SCALE)}

    assert [name for name in files if files[name].read_bytes() != again[name].read_bytes()] == []


def test_another_seed_gives_another_city(files: dict[str, Path], tmp_path: Path) -> None:
    other = {file.path.stem: file.path for file in generate(tmp_path, seed=2, scale=SCALE)}

    assert files["parcels"].read_bytes() != other["parcels"].read_bytes()


def test_every_parcel_lies_in_a_park(files: dict[str, Path]) -> None:
    parks = shapely.union_all(outlines(files["parks"])).buffer(1e-6)

    assert shapely.contains(parks, outlines(files["parcels"])).all()


def test_no_two_parcels_overlap(files: dict[str, Path]) -> None:
    parcels = outlines(files["parcels"])
    one, other = shapely.STRtree(parcels).query(parcels, predicate="intersects")
    pairs = one < other
    shared = shapely.area(shapely.intersection(parcels[one[pairs]], parcels[other[pairs]]))

    assert (shared < 1e-4 * shapely.area(parcels).min()).all()


def test_nothing_stands_in_the_sea(files: dict[str, Path]) -> None:
    land = shapely.union_all(outlines(files["population"])).buffer(1e-6)
    places = np.array(
        [
            (float(row["lng"]), float(row["lat"]))
            for name in ("facilities", "enterprises", "projects")
            for row in table(files[name])
            if row["lng"]
        ]
    )

    assert shapely.contains_xy(land, places[:, 0], places[:, 1]).all()


def test_parks_keep_off_hills_and_water(files: dict[str, Path]) -> None:
    barred = [
        shape(feature["geometry"])
        for feature in features(files["zones"])
        if feature["properties"]["kind"] in ("ecological_redline", "flood", "water_source", "permanent_farmland")  # type: ignore[index]
    ]
    parks = shapely.union_all(outlines(files["parks"]))

    assert shapely.union_all(barred).intersection(parks).area < 1e-3 * parks.area


def test_credit_codes_pass_the_check_digit() -> None:
    cleaned = clean_uscc([credit_code("370211", 1), credit_code("310115", 23_000)])

    assert cleaned.rejects == []


def test_chain_nodes_come_out_in_a_believable_mix_of_states() -> None:
    chains = lay_chains(seed=1)
    by_chain: dict[str, Counter[str]] = {}
    for node in chains.leaves.values():
        unmet = node.supply == 0
        state = "gap" if unmet else "short" if node.demand and node.supply < 0.6 * node.demand else "served"
        by_chain.setdefault(node.chain, Counter())[state] += 1

    assert len(chains.node_rows) == 300
    assert len(chains.leaves) == 274
    assert len(by_chain) == 13
    assert all(count["gap"] >= 1 and count["short"] >= 2 and count["served"] >= 5 for count in by_chain.values())


def test_a_full_city_has_lots_for_its_parcels() -> None:
    parks = lay_parks(1, lay_terrain(1, divisions_for(["370200"])), 47)
    mu = np.array([lot.area * MU_PER_KM2 for park in parks for lot in park.lots])

    assert len(mu) > 4_000
    assert 30 < np.median(mu) < 120
    assert mu.min() > 10


def test_the_sheet_and_degrees_agree_both_ways() -> None:
    place = np.array([120.3826, 36.0671])

    assert to_degrees(to_km(place)) == pytest.approx(place, abs=1e-7)
