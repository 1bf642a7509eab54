"""Bad files through the whole import: answered in words, nothing half-loaded."""

import json
from pathlib import Path

import numpy as np
import pyogrio
import pytest
import shapely
from openpyxl import Workbook

from geo.importing.options import Options
from geo.importing.run import load_file
from geo.models import Facility, RejectedRow, Source, Zone
from geo.words import SpokenError
from tests.geo.importing.files import feature, point, write_json, zip_up

pytestmark = pytest.mark.django_db

CGCS2000 = Options(crs="EPSG:4490")
AS_HOSPITALS = {"category": "hospital"}


def workbook(path: Path, rows: list[list[object]], merged: str = "") -> Path:
    book = Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    if merged:
        book.active.merge_cells(merged)
    book.save(path)
    return path


def hospitals(folder: Path, *, encoding: str = "UTF-8", without: tuple[str, ...] = ()) -> Path:
    """A zipped shapefile of two hospitals, some of its parts forgotten."""
    parts = folder / "parts"
    parts.mkdir()
    pyogrio.raw.write(
        parts / "医院.shp",
        geometry=shapely.to_wkb(shapely.points([(120.3, 36.1), (120.4, 36.2)])),
        field_data=[np.array(["H1", "H2"], dtype=object), np.array(["市立医院", "海慈医院"], dtype=object)],
        fields=["code", "name"],
        geometry_type="Point",
        crs="EPSG:4490",
        encoding=encoding,
    )
    table = parts / "医院.dbf"
    raw = bytearray(table.read_bytes())
    raw[29] = 0  # no code page, as most programs in use leave it
    table.write_bytes(bytes(raw))
    members = {part.name: part.read_bytes() for part in parts.iterdir() if part.suffix not in without}
    return zip_up(folder / "hospitals.zip", members)


def nothing_is_there() -> bool:
    return not (Source.objects.exists() or Facility.objects.exists() or Zone.objects.exists())


def test_a_spreadsheet_loads_with_its_dates_and_codes(tmp_path: Path) -> None:
    rows: list[list[object]] = [["编号", "名称", "类别", "容量", "余量日期", "经度", "纬度"]]
    rows.append([370200.0, "胶州站", "变电站", "63,000", 45352, "１２０.3", 36.1])
    report = load_file("facilities", workbook(tmp_path / "a.xlsx", rows), CGCS2000)
    assert report.inserted == 1
    loaded = Facility.objects.get()
    assert (loaded.code, loaded.category, loaded.capacity) == ("370200", "substation", 63_000)
    assert str(loaded.as_of) == "2024-03-01"
    assert (loaded.place.x, loaded.place.y) == (120.3, 36.1)


def test_a_merged_header_stops_the_import_with_what_to_do(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [["2024 年设施表"], ["code", "name"], ["S1", "x"]], merged="A1:B1")
    with pytest.raises(SpokenError) as caught:
        load_file("facilities", path, CGCS2000)
    assert "unmerge" in caught.value.words.en
    assert "取消合并" in caught.value.words.zh
    assert nothing_is_there()


@pytest.mark.parametrize("encoding", ["UTF-8", "GB18030"])
def test_a_shapefile_without_cpg_loads_whatever_its_encoding(tmp_path: Path, encoding: str) -> None:
    path = hospitals(tmp_path, encoding=encoding, without=(".cpg",))
    report = load_file("facilities", path, Options(constants=AS_HOSPITALS))
    assert report.inserted == 2
    assert set(Facility.objects.values_list("name", flat=True)) == {"市立医院", "海慈医院"}


def test_a_shapefile_without_prj_asks_for_the_system_and_then_loads(tmp_path: Path) -> None:
    path = hospitals(tmp_path, without=(".prj",))
    with pytest.raises(SpokenError, match="--crs"):
        load_file("facilities", path, Options(constants=AS_HOSPITALS))
    assert nothing_is_there()
    assert load_file("facilities", path, Options(crs="EPSG:4490", constants=AS_HOSPITALS)).inserted == 2


def test_a_shapefile_without_dbf_is_asked_to_be_complete(tmp_path: Path) -> None:
    with pytest.raises(SpokenError, match=r"\.dbf"):
        load_file("facilities", hospitals(tmp_path, without=(".dbf",)), Options(constants=AS_HOSPITALS))
    assert nothing_is_there()


@pytest.mark.parametrize(
    ("named", "x", "y", "advice"),
    [
        ("EPSG:4490", 36.1, 120.3, "swapped"),
        ("EPSG:4549", 120.3, 36.1, "degrees"),
        ("EPSG:4490", 40_527_000, 3_996_000, "EPSG:4528"),
        ("EPSG:4549", 3_996_680, 527_014, "swapped"),
        ("EPSG:4528", 527_014, 3_996_680, "EPSG:4549"),
    ],
)
def test_coordinates_that_do_not_fit_the_named_system_stay_out_with_advice(
    tmp_path: Path, named: str, x: float, y: float, advice: str
) -> None:
    path = write_json(tmp_path / "a.geojson", feature(point(x, y), code="H1", name="医院"))
    report = load_file("facilities", path, Options(crs=named, constants=AS_HOSPITALS))
    assert (report.inserted, report.status) == (0, 1)
    assert advice in report.refusals[0].reason.en
    assert not Facility.objects.exists()


def test_text_where_a_number_belongs_keeps_that_row_out_alone(tmp_path: Path) -> None:
    features = [
        feature(point(120, 36), code="H1", name="甲", capacity="很大"),
        feature(point(120, 36), code="H2", name="乙"),
    ]
    path = write_json(tmp_path / "a.geojson", {"type": "FeatureCollection", "features": features})
    report = load_file("facilities", path, Options(crs="EPSG:4490", constants=AS_HOSPITALS))
    assert (report.inserted, report.rejected, report.status) == (1, 1, 3)
    assert report.refusals[0].value == "很大"


@pytest.mark.parametrize(
    ("geometry", "said"),
    [
        (
            {"type": "Polygon", "coordinates": [[[120, 36], [120.2, 36.2], [120.2, 36], [120, 36.1], [120, 36]]]},
            "120.06",
        ),
        ({"type": "Polygon", "coordinates": [[[120, 36], [120.2, 36.2], [120.2, 36]]]}, "closed"),
        ({"type": "Polygon", "coordinates": []}, "empty"),
        ({"type": "LineString", "coordinates": [[120, 36], [121, 36]]}, "a polygon is wanted"),
    ],
)
def test_a_broken_outline_stays_out_with_the_fault(tmp_path: Path, geometry: object, said: str) -> None:
    path = write_json(tmp_path / "a.geojson", feature(geometry, code="Z1", kind="flood"))
    report = load_file("zones", path, CGCS2000)
    assert report.inserted == 0
    assert said in report.refusals[0].reason.en
    assert not Zone.objects.exists()


def test_a_file_without_any_place_is_asked_for_one(tmp_path: Path) -> None:
    path = write_json(tmp_path / "a.geojson", feature(None, code="Z1", kind="flood"))
    with pytest.raises(SpokenError, match=r"要有位置|have a place"):
        load_file("zones", path, CGCS2000)
    assert nothing_is_there()


def test_a_row_without_its_place_stays_out_alone(tmp_path: Path) -> None:
    features = [feature(None, code="H1", name="甲"), feature(point(120, 36), code="H2", name="乙")]
    path = write_json(tmp_path / "a.geojson", {"type": "FeatureCollection", "features": features})
    report = load_file("facilities", path, Options(crs="EPSG:4490", constants=AS_HOSPITALS))
    assert (report.inserted, report.rejected) == (1, 1)
    assert "required" in report.refusals[0].reason.en


def test_halves_of_characters_and_null_characters_stay_out_alone(tmp_path: Path) -> None:
    path = tmp_path / "halves.geojson"
    features = [feature(point(120.3, 36.1), code=code, name="港", category="port") for code in ("ok", "HALF", "NULL")]
    text = json.dumps({"type": "FeatureCollection", "features": features})
    path.write_text(text.replace("HALF", "a\\ud800").replace("NULL", "a\\u0000"), encoding="utf-8")

    report = load_file("facilities", path, CGCS2000)

    assert (report.inserted, report.rejected) == (1, 2)
    assert set(RejectedRow.objects.values_list("value", flat=True)) == {"a?", "a\ufffd"}


def test_a_column_named_with_half_a_character_is_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / "halves.geojson"
    features = [feature(point(120.3, 36.1), code="a", name="港", category="port", HALF=1)]
    for half in ("\\ud800", "\\u0000"):
        text = json.dumps({"type": "FeatureCollection", "features": features})
        path.write_text(text.replace("HALF", half), encoding="utf-8")
        with pytest.raises(SpokenError):
            load_file("facilities", path, CGCS2000)
    assert nothing_is_there()


def test_a_text_that_is_not_in_the_named_encoding_is_told_so(tmp_path: Path) -> None:
    path = tmp_path / "plain.csv"
    path.write_text("code,name,category,lng,lat\n", encoding="utf-8")
    for encoding in ("utf-16", "utf-32", "rubbish"):
        with pytest.raises(SpokenError):
            load_file("facilities", path, Options(crs="EPSG:4490", encoding=encoding))
    assert nothing_is_there()
