import json
from pathlib import Path
from typing import Any

import pytest
import shapely

from geo.importing.readers import RawBatch, UnreadableFile, open_table
from tests.geo.importing.files import feature, point, write_json


def read(path: Path) -> RawBatch:
    with open_table(path) as reader:
        (batch,) = list(reader.batches())
    return batch


def collection(*features: object, **members: object) -> dict[str, object]:
    return {"type": "FeatureCollection", **members, "features": list(features)}


def test_a_collection_gives_rows_numbered_from_one(tmp_path: Path) -> None:
    batch = read(write_json(tmp_path / "a.geojson", collection(feature(point(120, 36), name="甲"), feature(None, n=2))))
    assert list(batch.numbers) == [1, 2]
    assert batch.columns == {"name": ["甲", None], "n": [None, 2]}
    assert batch.geometry is not None
    assert shapely.to_wkt(batch.geometry).tolist() == ["POINT (120 36)", None]


def test_columns_that_come_late_are_columns_all_the_same(tmp_path: Path) -> None:
    features = [feature(point(120, 36), a=1)] * 10 + [feature(point(120, 36), b=2)]
    with open_table(write_json(tmp_path / "a.geojson", collection(*features))) as reader:
        assert reader.header == ["a", "b"]
        assert reader.total == 11
        assert [len(batch) for batch in reader.batches(size=4)] == [4, 4, 3]


@pytest.mark.parametrize(
    ("members", "name"),
    [
        ({"crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4549"}}}, "urn:ogc:def:crs:EPSG::4549"),
        ({"crs": {"type": "EPSG", "properties": {"code": 4490}}}, "EPSG:4490"),
        ({"crs": None}, None),
        ({}, None),
    ],
)
def test_only_a_crs_member_names_a_system(tmp_path: Path, members: dict[str, Any], name: str | None) -> None:
    with open_table(write_json(tmp_path / "a.geojson", collection(feature(point(120, 36)), **members))) as reader:
        assert reader.crs == name


def test_a_crs_member_behind_the_features_is_found(tmp_path: Path) -> None:
    text = json.dumps(collection(feature(point(120, 36))))
    crs = '{"type": "name", "properties": {"name": "EPSG:4490"}}'
    (tmp_path / "a.geojson").write_text(text[:-1] + f', "crs": {crs}}}')
    with open_table(tmp_path / "a.geojson") as reader:
        assert reader.crs == "EPSG:4490"


def test_one_feature_a_bare_geometry_and_a_bare_collection_are_read(tmp_path: Path) -> None:
    line = {"type": "LineString", "coordinates": [[120, 36], [121, 36]]}
    for content, rows in (
        (feature(line, a=1), 1),
        (line, 1),
        ({"type": "GeometryCollection", "geometries": [line, line, point(1, 2)]}, 3),
        ([feature(line)], 1),
    ):
        batch = read(write_json(tmp_path / "a.json", content))
        assert len(batch) == rows
        assert batch.geometry is not None


@pytest.mark.parametrize("mark", ["", "\x1e"])
def test_one_feature_a_line_is_read(tmp_path: Path, mark: str) -> None:
    lines = [mark + json.dumps(feature(point(120, 36 + n), n=n)) for n in range(3)]
    (tmp_path / "a.geojsonl").write_text("\n".join(lines) + "\n")
    assert read(tmp_path / "a.geojsonl").columns == {"n": [0, 1, 2]}


def test_a_list_of_objects_is_a_table_and_nesting_gets_dotted_names(tmp_path: Path) -> None:
    rows = [{"name": "甲", "place": {"lon": 120.5, "lat": 36}, "center": [1, 2], "tags": ["a", "b"]}, {"name": "乙"}]
    batch = read(write_json(tmp_path / "a.json", rows))
    assert batch.geometry is None
    assert batch.columns == {
        "name": ["甲", "乙"],
        "place.lon": [120.5, None],
        "place.lat": [36, None],
        "center.0": [1, None],
        "center.1": [2, None],
        "tags": ["a;b", None],
    }


@pytest.mark.parametrize(
    ("geometry", "said"),
    [
        ({"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 1]]]}, "not closed"),
        ({"type": "LineString", "coordinates": [[0, 0]]}, "single point"),
        ({"type": "Polygon", "coordinates": [[[0, "x"], [1, 0], [1, 1], [0, 0]]]}, "not a number"),
        ({"type": "Circle", "coordinates": [0, 0]}, "unknown geometry type"),
        ({"type": "Point", "coordinates": ["a", "b"]}, "not a number"),
        ({"type": "Point"}, "cannot be read"),
        ("POINT (1 2)", "cannot be read"),
    ],
)
def test_a_broken_geometry_is_a_fault_of_its_row_alone(tmp_path: Path, geometry: object, said: str) -> None:
    batch = read(write_json(tmp_path / "a.geojson", collection(feature(geometry), feature(point(120, 36)))))
    assert list(batch.faults) == [0]
    assert said in batch.faults[0].en
    assert batch.geometry is not None
    assert batch.geometry[1] is not None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"type": "FeatureCollection", "features": [{"type": "Fea', "cut short"),
        ('{"type": "FeatureCollection", "features": []}', "no features"),
        ('{"type": "FeatureCollection" "features": []}', "broken at character"),
        ("[1, 2, 3]", "does not hold objects"),
        ('{"type": "Topology", "objects": {}}', "TopoJSON"),
        ("[" * 100_000, "JSON"),
    ],
)
def test_broken_json_is_refused_in_words(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "a.geojson").write_text(text)
    with pytest.raises(UnreadableFile) as caught:
        open_table(tmp_path / "a.geojson")
    assert said in caught.value.words.en


def test_values_longer_than_a_chunk_are_read_whole(tmp_path: Path) -> None:
    long = "长" * 5_000_000
    batch = read(write_json(tmp_path / "a.geojson", collection(feature(None, a=long), feature(None, a="b"))))
    assert batch.columns["a"] == [long, "b"]


def test_a_file_larger_than_the_first_look_is_read_to_its_end_as_often_as_asked(tmp_path: Path) -> None:
    """60,000 features: the header is settled after 50,000, and what comes later is told."""
    features = [feature(point(120, 36), n=n) for n in range(60_000)]
    features[-1] = feature(point(120, 36), n=59_999, late=1)
    text = json.dumps(collection(*features))
    crs = '{"type": "name", "properties": {"name": "EPSG:4490"}}'
    (tmp_path / "a.geojson").write_text(f'{text[:-1]}, "crs": {crs}}}')
    with open_table(tmp_path / "a.geojson") as reader:
        assert reader.total is None
        assert reader.crs == "EPSG:4490"
        for _ in range(2):
            numbers = [n for batch in reader.batches(size=25_000) for n in batch.columns["n"]]
            assert numbers == list(range(60_000))
        assert [note.en for note in reader.notes if "late" in note.en]


def test_geojson_in_gb18030_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.geojson").write_bytes(json.dumps(feature(None, name="胶州"), ensure_ascii=False).encode("gb18030"))
    assert read(tmp_path / "a.geojson").columns["name"] == ["胶州"]


def test_real_files_are_read_whole(shared_data: Path) -> None:
    for name, rows, crs in (
        ("wenzhou-lucheng/roads.geometrycollection.geojson.gz", 3331, None),
        ("wenzhou-lucheng/investment-projects-wenzhou.json", 22, None),
        ("boundaries/zhejiang-330000-districts.geojson.gz", 90, None),
        ("chengdu-metro/chengdu-metro.geojson", 408, None),
        ("athi-river-parcels/b.geojson", 182, "EPSG:21037"),
    ):
        with open_table(shared_data / name) as reader:
            assert reader.total == rows
            assert reader.crs == crs
            assert sum(len(batch) for batch in reader.batches(size=1000)) == rows
