import gzip
import json
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely

from geo import crs
from geo.importing.readers import RawBatch, Reader, UnreadableFile, open_table, sha256_of
from tests.geo.importing.files import CODES, NAMES, POINTS, write_layer, zip_up


def only_batch(reader: Reader) -> RawBatch:
    (batch,) = list(reader.batches())
    return batch


def check_three_points(reader: Reader) -> None:
    batch = only_batch(reader)
    assert batch.columns["名称"] == NAMES
    assert batch.columns["code"] == CODES
    assert batch.columns["value"][0] == 1.5
    assert list(batch.numbers) == [1, 2, 3]
    assert batch.geometry is not None
    assert shapely.get_coordinates(batch.geometry).tolist() == [list(place) for place in POINTS]


@pytest.mark.parametrize("suffix", ["gpkg", "fgb", "shp"])
def test_layers_are_read_with_their_system(tmp_path: Path, suffix: str) -> None:
    options = {"shp": {"encoding": "UTF-8"}, "fgb": {"SPATIAL_INDEX": "NO"}}  # an index would put them in its own order
    path = write_layer(tmp_path / f"设施.{suffix}", **options.get(suffix, {}))
    with open_table(path) as reader:
        assert reader.crs is not None
        assert crs.parse(reader.crs).name == "EPSG:4490"
        assert reader.total == 3
        assert reader.header == ["名称", "code", "value"]
        check_three_points(reader)


def test_a_layer_of_a_geopackage_has_to_be_chosen_when_there_are_several(tmp_path: Path) -> None:
    path = write_layer(tmp_path / "a.gpkg", layer="企业")
    write_layer(path, layer="设施", append=True)
    with pytest.raises(UnreadableFile) as caught:
        open_table(path)
    assert "企业" in caught.value.words.en
    assert "设施" in caught.value.words.en
    with pytest.raises(UnreadableFile):
        open_table(path, layer="地块")
    with open_table(path, layer="设施") as reader:
        check_three_points(reader)


def test_a_damaged_geopackage_and_another_database_are_refused(tmp_path: Path) -> None:
    import sqlite3

    other = sqlite3.connect(tmp_path / "a.gpkg")
    other.execute("CREATE TABLE t (a)")
    other.commit()
    other.close()
    with pytest.raises(UnreadableFile):
        open_table(tmp_path / "a.gpkg")
    (tmp_path / "b.gpkg").write_bytes(b"SQLite format 3\x00" + b"\x01" * 500)
    with pytest.raises(UnreadableFile):
        open_table(tmp_path / "b.gpkg")


def shapefile_parts(folder: Path, *, encoding: str = "UTF-8") -> dict[str, bytes]:
    folder.mkdir(exist_ok=True)
    write_layer(folder / "设施.shp", encoding=encoding)
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_zipped_shapefile_in_a_folder_with_chinese_names_is_read(tmp_path: Path) -> None:
    parts = shapefile_parts(tmp_path / "parts")
    path = zip_up(tmp_path / "a.zip", {f"数据/2024 年/{name}": content for name, content in parts.items()})
    with open_table(path) as reader:
        check_three_points(reader)


def test_a_zip_made_by_a_chinese_windows_is_read(tmp_path: Path) -> None:
    """Names in GBK without the UTF-8 flag."""
    parts = shapefile_parts(tmp_path / "parts", encoding="GB18030")
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name.encode("gbk").decode("cp437"))
            archive.writestr(entry, content)
    raw = path.read_bytes()
    for name in parts:  # zipfile writes what is beyond CP437 as UTF-8 and says so; an old Windows does neither
        assert name.encode("gbk").decode("cp437").encode("utf-8") in raw or name.encode("gbk") in raw
    with open_table(path) as reader:
        assert only_batch(reader).columns["名称"] == NAMES


def test_attributes_in_gbk_without_a_cpg_are_recognised(tmp_path: Path) -> None:
    shapefile_parts(tmp_path / "parts", encoding="GB18030")
    for cpg in (tmp_path / "parts").glob("*.cpg"):
        cpg.unlink()
    table = next((tmp_path / "parts").glob("*.dbf"))
    raw = bytearray(table.read_bytes())
    raw[29] = 0  # nor does the table name a code page
    table.write_bytes(bytes(raw))
    with open_table(tmp_path / "parts" / "设施.shp") as reader:
        assert any("GB18030" in note.en for note in reader.notes)
        assert only_batch(reader).columns["名称"] == NAMES


def test_a_cpg_that_is_wrong_is_not_believed(tmp_path: Path) -> None:
    shapefile_parts(tmp_path / "parts", encoding="GB18030")
    (tmp_path / "parts" / "设施.cpg").write_text("UTF-8")
    with open_table(tmp_path / "parts" / "设施.shp") as reader:
        assert any("The .cpg says UTF-8" in note.en for note in reader.notes)
        assert only_batch(reader).columns["名称"] == NAMES


def test_a_column_name_cut_in_the_middle_of_a_character_loses_its_half(tmp_path: Path) -> None:
    """Ten bytes are room for three characters of UTF-8 and a third of the next."""
    shapefile_parts(tmp_path / "parts")
    table = tmp_path / "parts" / "设施.dbf"
    raw = bytearray(table.read_bytes())
    raw[32:43] = "统一社会".encode()[:10].ljust(11, b"\x00")
    table.write_bytes(bytes(raw))
    with open_table(tmp_path / "parts" / "设施.shp") as reader:
        assert reader.header == ["统一社", "code", "value"]
        assert only_batch(reader).columns["统一社"] == NAMES
    assert table.read_bytes() == bytes(raw)


def test_a_text_cut_in_the_middle_of_a_character_loses_its_half(tmp_path: Path) -> None:
    shapefile_parts(tmp_path / "parts")
    table = tmp_path / "parts" / "设施.dbf"
    raw = table.read_bytes()
    table.write_bytes(raw.replace("黄岛港".encode(), "黄岛".encode() + "港".encode()[:2] + b" "))
    with open_table(tmp_path / "parts" / "设施.shp") as reader:
        assert only_batch(reader).columns["名称"] == ["胶州热电厂", "黄岛", "城阳站"]


def test_a_missing_prj_means_that_the_system_has_to_be_named(tmp_path: Path) -> None:
    shapefile_parts(tmp_path / "parts")
    (tmp_path / "parts" / "设施.prj").unlink()
    with open_table(tmp_path / "parts" / "设施.shp") as reader:
        assert reader.crs is None
        assert any(".prj" in note.en for note in reader.notes)


def test_a_missing_shx_is_rebuilt_without_writing_beside_the_file(tmp_path: Path) -> None:
    shapefile_parts(tmp_path / "parts")
    (tmp_path / "parts" / "设施.shx").unlink()
    with open_table(tmp_path / "parts" / "设施.shp") as reader:
        check_three_points(reader)
    assert not (tmp_path / "parts" / "设施.shx").exists()


@pytest.mark.parametrize("missing", [".dbf", ".shp"])
def test_a_missing_table_or_shape_is_asked_for(tmp_path: Path, missing: str) -> None:
    parts = shapefile_parts(tmp_path / "parts")
    del parts[f"设施{missing}"]
    path = tmp_path / "parts" / f"设施{missing}"
    path.unlink()
    with pytest.raises(UnreadableFile) as caught:
        open_table(tmp_path / "parts" / ("设施.shp" if missing == ".dbf" else "设施.dbf"))
    assert missing in caught.value.words.en
    if missing == ".dbf":
        with pytest.raises(UnreadableFile, match=r"\.dbf"):
            open_table(zip_up(tmp_path / "a.zip", parts))


def test_a_shapefile_cut_short_is_refused_in_words(tmp_path: Path) -> None:
    parts = shapefile_parts(tmp_path / "parts")
    for name in ("设施.shp", "设施.dbf"):
        for kept in (20, 110, -10):
            cut = parts | {name: parts[name][:kept]}
            with pytest.raises(UnreadableFile, match=name[-4:]):
                open_table(zip_up(tmp_path / "a.zip", cut))


def test_several_shapefiles_in_one_zip_have_to_be_chosen_from(tmp_path: Path) -> None:
    parts = shapefile_parts(tmp_path / "parts")
    path = zip_up(
        tmp_path / "a.zip",
        {name.replace("设施", stem): content for name, content in parts.items() for stem in ("甲", "乙")},
    )
    with pytest.raises(UnreadableFile) as caught:
        open_table(path)
    assert "甲.shp" in caught.value.words.en
    with open_table(path, layer="乙") as reader:
        check_three_points(reader)


def test_zips_without_anything_readable_damaged_or_locked_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match=r"readable|可读取"):
        open_table(zip_up(tmp_path / "a.zip", {"readme.docx": b"x"}))
    whole = zip_up(tmp_path / "b.zip", {"a.csv": b"a\n1\n" * 1000}).read_bytes()
    (tmp_path / "cut.zip").write_bytes(whole[:-30])
    with pytest.raises(UnreadableFile):
        open_table(tmp_path / "cut.zip")


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    path = zip_up(tmp_path / "a.zip", {"a.csv": b"a\n" + b"0" * 100_000_000})
    assert path.stat().st_size < 1_000_000
    with pytest.raises(UnreadableFile, match=r"unreasonable|不合常理"):
        open_table(path)
    (tmp_path / "a.csv.gz").write_bytes(gzip.compress(b"0" * 100_000_000))
    with pytest.raises(UnreadableFile, match=r"unreasonable|不合常理"):
        open_table(tmp_path / "a.csv.gz")


def test_names_inside_an_archive_never_lead_out_of_our_folder(tmp_path: Path) -> None:
    path = zip_up(tmp_path / "a.zip", {"../../evil.csv": b"a\n1\n"})
    with open_table(path) as reader:
        assert only_batch(reader).columns == {"a": ["1"]}
    assert not (tmp_path.parent / "evil.csv").exists()


def test_an_unpacked_copy_is_gone_when_the_reader_is_closed(tmp_path: Path) -> None:
    reader = open_table(zip_up(tmp_path / "a.zip", {"a.csv": b"a\n1\n"}))
    inner = reader.path  # type: ignore[attr-defined]  # a delimited file's
    assert inner.exists()
    reader.close()
    assert not inner.exists()


def geo_metadata(**column: object) -> dict[bytes, bytes]:
    geo = {"version": "1.1.0", "primary_column": "shape", "columns": {"shape": {"encoding": "WKB", **column}}}
    return {b"geo": json.dumps(geo).encode()}


def write_parquet(path: Path, metadata: dict[bytes, bytes] | None) -> Path:
    table = pa.table(
        {"名称": NAMES, "code": CODES, "value": [1.5, None, 3.0], "shape": shapely.to_wkb(shapely.points(POINTS))}
    )
    pq.write_table(table.replace_schema_metadata(metadata), path, row_group_size=2)
    return path


def test_geoparquet_is_read_with_the_system_it_names(tmp_path: Path) -> None:
    import pyproj

    metadata = geo_metadata(crs=pyproj.CRS("EPSG:4490").to_json_dict())
    with open_table(write_parquet(tmp_path / "a.parquet", metadata)) as reader:
        assert reader.crs == "EPSG:4490"
        assert reader.total == 3
        rows = list(reader.batches())
    assert [name for batch in rows for name in batch.columns["名称"]] == NAMES
    assert "shape" not in reader.header


def test_geoparquet_that_names_no_system_is_crs84_and_an_explicit_null_is_unknown(tmp_path: Path) -> None:
    with open_table(write_parquet(tmp_path / "a.parquet", geo_metadata())) as reader:
        assert reader.crs == "OGC:CRS84"
    with open_table(write_parquet(tmp_path / "a.parquet", geo_metadata(crs=None))) as reader:
        assert reader.crs is None


def test_plain_parquet_is_a_table_and_other_geometry_encodings_are_refused(tmp_path: Path) -> None:
    with open_table(write_parquet(tmp_path / "a.parquet", None)) as reader:
        assert only_batch(reader).geometry is None
    with pytest.raises(UnreadableFile, match="WKB"):
        open_table(write_parquet(tmp_path / "a.parquet", geo_metadata(encoding="point")))
    (tmp_path / "b.parquet").write_bytes(b"PAR1 and nothing more")
    with pytest.raises(UnreadableFile):
        open_table(tmp_path / "b.parquet")


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7 ...", "PDF"),
        (b"<?xml version='1.0'?><kml xmlns='x'>", "KML"),
        (b"<!DOCTYPE html><html>", "HTML"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
    ],
)
def test_what_is_no_table_is_named_and_refused(tmp_path: Path, content: bytes, kind: str) -> None:
    (tmp_path / "a.csv").write_bytes(content)
    with pytest.raises(UnreadableFile, match=kind):
        open_table(tmp_path / "a.csv")


def test_an_openstreetmap_extract_is_read_by_layer(shared_data: Path) -> None:
    path = shared_data / "porto-alegre-h3" / "poa_osm.pbf"
    with pytest.raises(UnreadableFile, match="multipolygons"):
        open_table(path)
    with open_table(path, layer="lines") as reader:
        assert reader.crs == "EPSG:4326"
        assert sum(len(batch) for batch in reader.batches()) == 15_904


def test_a_file_that_is_not_there_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match=r"a\.csv"):
        open_table(tmp_path / "a.csv")


def test_the_hash_is_that_of_the_bytes(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"abc")
    assert sha256_of(tmp_path / "a") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
