import csv
from pathlib import Path

import pytest

from siting.resources import RESOURCES, BadWeight, Needs, UnknownResource, weights_with


def test_resources_are_those_of_the_domain_table(shared_domain: Path) -> None:
    with (shared_domain / "resources.csv").open(encoding="utf-8") as file:
        rows = {row["resource"]: row for row in csv.DictReader(file)}
    assert list(rows) == list(RESOURCES)
    for code, row in rows.items():
        resource = RESOURCES[code]
        assert (resource.kind, resource.unit) == (row["kind"], row["unit"])
        assert (resource.words.zh, resource.words.en) == (row["name_zh"], row["name_en"])
        assert resource.weight == float(row["weight"])
        assert resource.reach_km == float(row["catchment_km"] or 0)
        assert (resource.ideal_km, resource.limit_km) == (float(row["ideal_km"] or 0), float(row["limit_km"] or 0))
        source = f"grid:{resource.layer}" if resource.layer else resource.category
        assert not source or source == row["source"]


def test_default_weights_sum_to_one() -> None:
    assert sum(weights_with({}).values()) == pytest.approx(1)


def test_homes_are_asked_for_three_in_ten_jobs_and_unknown_jobs_ask_for_nothing_known() -> None:
    assert RESOURCES["housing"].demand(Needs(jobs=200)) == pytest.approx(60)
    assert RESOURCES["housing"].demand(Needs()) is None
    assert RESOURCES["motorway"].demand(Needs(jobs=200)) is None


def test_a_persons_weights_stand_over_the_defaults() -> None:
    assert weights_with({"power": 0.5})["power"] == 0.5
    assert weights_with({"power": 0.5})["water"] == RESOURCES["water"].weight


def test_an_unknown_resource_or_a_negative_weight_is_refused_in_words() -> None:
    with pytest.raises(UnknownResource) as unknown:
        weights_with({"coffee": 1})
    assert unknown.value.words.en.startswith("There is no resource coffee")
    for wrong in (-0.1, float("nan"), float("inf")):
        with pytest.raises(BadWeight):
            weights_with({"power": wrong})
