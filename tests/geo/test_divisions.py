"""Outlines of Chinese cities without a network."""

import json

import pytest

from geo.divisions import UnknownDivision, as_geojson, divisions_for


def test_a_city_comes_with_its_province_and_districts() -> None:
    divisions = divisions_for(["370200"])

    assert [division.adcode for division in divisions[:2]] == ["370000", "370200"]
    assert len([division for division in divisions if division.level == "district"]) == 10
    assert {division.parent for division in divisions if division.level == "district"} == {"370200"}
    assert divisions[2].name_en == "Shinan District"


def test_a_district_brings_its_city_but_not_its_neighbours() -> None:
    assert [division.name for division in divisions_for(["330302"])] == ["浙江省", "温州市", "鹿城区"]


def test_a_municipality_is_the_parent_of_its_districts() -> None:
    divisions = divisions_for(["310000"])

    assert {division.parent for division in divisions[1:]} == {"310000"}
    assert len(divisions) == 17


def test_a_county_run_by_its_province_stands_right_below_it() -> None:
    assert [(division.name, division.parent) for division in divisions_for(["429006"])] == [
        ("湖北省", ""),
        ("天门市", "420000"),
    ]


def test_two_cities_of_one_province_share_it() -> None:
    codes = [division.adcode for division in divisions_for(["370200", "370600"])]

    assert codes.count("370000") == 1
    assert {"370200", "370600"} <= set(codes)


@pytest.mark.parametrize(("asked", "near"), [("370299", "370200"), ("青岛", "370200"), ("3702", "370200")])
def test_an_unknown_adcode_names_near_ones(asked: str, near: str) -> None:
    with pytest.raises(UnknownDivision) as error:
        divisions_for([asked])

    assert near in error.value.words.zh
    assert near in error.value.words.en


def test_the_file_names_its_reference_system() -> None:
    collection = json.loads(as_geojson(divisions_for(["370202"])))

    assert collection["crs"]["properties"]["name"].endswith("EPSG::4490")
    assert collection["features"][-1]["properties"]["parent"] == "370200"
