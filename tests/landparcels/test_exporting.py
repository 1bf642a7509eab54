"""Parcels as files: every format loads again through the import, and nothing changes on the way."""

import csv
import io
import json
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from weakref import ReferenceType, ref

import openpyxl
import pyogrio
import pytest
import shapely
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from pytest_django import DjangoCaptureOnCommitCallbacks

from geo.cells import defused, restored
from geo.crs import STORAGE, Geometries
from geo.errors import BadParameter
from geo.importing.cleaning.units import factor, parse_unit
from geo.importing.kinds import kind_named, short_name
from geo.importing.options import Options
from geo.importing.report import Report
from geo.importing.run import load_file
from geo.models import Source
from geo.unit_words import unit_in
from landparcels import exporting
from landparcels.exporting import FORMATS, export, spreadsheet, template
from landparcels.exporting.columns import export_columns
from landparcels.exporting.rows import Rows, batches
from landparcels.indicators import catalogue, of_origin
from landparcels.models import Parcel
from tests.factories.landparcels import CityIndicatorFactory, ParcelFactory, parcels

TODAY = date(2026, 11, 21)
DECLARED = {
    code: field.low + 1 if not field.allowed else field.allowed[1] for code, field in of_origin("declared").items()
}
"""A sane value of each declared indicator that no other has to fit."""

Save = Callable[..., Path]


@pytest.fixture
def save(tmp_path: Path, db: None) -> Save:
    def run(format: str, crs: str = "", *, english: bool = False) -> Path:
        format, _, encoding = format.partition(" ")
        found = export(Parcel.objects.all(), format, crs, on=TODAY, english=english, encoding=encoding)
        path = tmp_path / found.file_name
        path.write_bytes(b"".join(found.content))
        return path

    return run


CHOICES = [{"code": code, "zh": f"选项，{code}", "en": f"Option {code}"} for code in ("a", "b.1", "c")]
OWN: dict[str, dict[str, Any]] = {
    "steam": {"unit": "t/h", "name_zh": "可供蒸汽", "low": 0, "high": 500},
    "carbon_max": {"unit": "tCO2/10k CNY", "name_zh": "单位增加值碳排放上限", "group": "admission"},
    "capacity_price": {"unit": "CNY/kVA/month", "name_zh": "容量电价"},
    "soil": {"type": "choice", "choices": CHOICES, "name_zh": "土壤调查", "group": "terms"},
    "voltages": {"type": "choices", "choices": CHOICES, "name_zh": "电压等级"},
    "dock": {"type": "yes_no", "name_zh": "有码头", "group": "services"},
}


def declare() -> None:
    """One own indicator of each type."""
    for code, columns in OWN.items():
        CityIndicatorFactory(code=code, **columns)


@pytest.fixture
def full(db: None) -> Parcel:
    """Everything an import can give, with what spreadsheets trip over."""
    declare()
    source = Source.objects.create(name="自然资源局 2026", kind="parcels", as_of=date(2026, 3, 1), synthetic=True)
    parcel: Parcel = ParcelFactory(
        **{**DECLARED, "far_min": 1.0, "far_max": 2.0, "start_price": 0.1 + 0.2},
        code="0012",
        name="=HYPERLINK(1)，“东”区",
        land_use="0802",
        admits=["38", "3841"],
        excludes=["25"],
        hazard_max="medium",
        divisible=False,
        supply_mode="lease_first",
        bid_start=date(2026, 5, 1),
        bid_deadline=date(2026, 5, 20),
        deposit=200.0,
        price_step=10.5,
        contact_office="-招商局",
        contact_phone="+86 532 1",
        status="reserved",
        planned_listing=date(2026, 4, 30),
        power_capacity=28.0,
        source=source,
        extra={"steam": 12.5, "carbon_max": 0.1, "soil": "b.1", "voltages": ["a", "c"], "dock": False},
        evidence={
            "admission": {"as_of": "2026-03-01", "expires": "2027-02-28", "reference": "青条件〔2026〕3号"},
            "start_price": {"expires": "2026-12-31", "department": "区资规局"},
            "steam": {"reference": "=供热协议"},
        },
    )
    ParcelFactory(code="B", lng=120.4)
    return parcel


def state(code: str) -> dict[str, object]:
    """What an import gives a parcel."""
    names = [column.target for column in kind_named("parcels").columns if column.name != "region"]
    parcel = Parcel.objects.get(code=code)
    return {name: getattr(parcel, name) for name in (*names, "extra", "evidence")}


def reload(path: Path, crs: str | None, capture: DjangoCaptureOnCommitCallbacks) -> Report:
    with capture(execute=True):
        return load_file("parcels", path, Options(crs=crs))


@pytest.mark.parametrize("english", [False, True])
@pytest.mark.parametrize(
    ("format", "crs", "named"),
    [
        ("xlsx", "", "EPSG:4490"),
        ("csv", "", "EPSG:4490"),
        ("csv", "gk", "EPSG:4549"),
        ("geojson", "", None),
        ("gpkg", "", None),
        ("gpkg", "gk", None),
        ("shp", "", None),
        ("shp", "4528", None),
        ("shp", "EPSG:4326", None),
        ("shp GBK", "", None),
    ],
)
def test_what_is_exported_loads_again_unchanged(
    full: Parcel,
    save: Save,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    format: str,
    crs: str,
    named: str | None,
    english: bool,
) -> None:
    before, bare = state("0012"), state("B")
    path = save(format, crs, english=english)
    Parcel.objects.all().delete()

    report = reload(path, named, django_capture_on_commit_callbacks)

    assert (report.loaded, report.refusals) == (2, [])
    price = before.pop("start_price")
    after = state("0012")
    assert after.pop("start_price") == pytest.approx(price, rel=1e-15)  # XLSX and DBF keep sixteen digits
    assert after == before
    assert state("B") == bare
    again = Parcel.objects.get(code="0012")
    outline = shapely.from_wkb(bytes(again.outline.wkb))
    assert outline.hausdorff_distance(shapely.from_wkb(bytes(full.outline.wkb))) < 1e-8


@pytest.mark.parametrize("english", [False, True])
def test_every_column_of_the_import_and_every_indicator_is_exported_with_its_unit(
    full: Parcel, save: Save, english: bool
) -> None:
    columns = export_columns(None, Parcel.objects.all())
    names = [column.name for column in columns]
    headers = [cell.value for cell in next(openpyxl.load_workbook(save("xlsx", english=english)).worksheets[0].rows)]

    assert {column.name for column in kind_named("parcels").columns} <= set(names)
    assert set(catalogue()) | set(OWN) <= set(names)
    assert len(catalogue()) == 46
    power = names.index("power_capacity")
    assert names[power + 1 : power + 3] == ["power_high_voltage", "power_unknown_voltage"]
    assert names[-6:] == [
        *("admission_as_of", "admission_expires", "admission_reference"),
        *("start_price_expires", "start_price_department", "steam_reference"),
    ]
    assert headers[: len(names)] == [column.header(english=english) for column in columns]
    assert ("start_price (10k CNY/mu)" if english else "起始价（万元/亩）") in headers
    assert len(headers) == len(set(headers)) == len(names) + 1


def test_units_in_chinese_are_the_same_units() -> None:
    for field in catalogue().values():
        shown, kept = parse_unit(unit_in(field.unit, english=False) or "1"), parse_unit(field.unit)
        assert shown is not None, field.unit
        assert kept is not None, field.unit
        assert factor(shown, kept) == 1, field.unit


@pytest.mark.django_db
def test_fields_of_a_shapefile_are_ten_letters_and_distinct() -> None:
    every = {column.name for column in export_columns()}
    every |= {column.name for column in kind_named("parcels").all_columns()}
    short = [short_name(name) for name in every]

    assert len(set(short)) == len(short)
    assert all(len(name) <= 10 for name in short)
    assert short_name("investment_intensity_min") == "invint_min"


@pytest.mark.parametrize("text", ["=1+1", "+86", "-招商局", "@x", "'=x", "''-y", "\tx"])
def test_a_formula_is_defused_and_restored(text: str) -> None:
    assert defused(text) == "'" + text
    assert restored(defused(text)) == text


@pytest.mark.parametrize("text", ["A", "'quoted'", "1-2", ""])
def test_other_texts_stay(text: str) -> None:
    assert defused(text) == restored(text) == text


def test_a_csv_has_a_mark_in_front_defused_formulas_and_plain_numbers(full: Parcel, save: Save) -> None:
    content = save("csv", english=True).read_bytes()
    first = next(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))

    assert content.startswith(b"\xef\xbb\xbf")
    assert first["name"].startswith("'=HYPERLINK")
    assert (first["start_price (10k CNY/mu)"], first["power_capacity (MVA)"]) == ("0.30000000000000004", "28")
    assert (first["source"], first["as_of"], first["synthetic"]) == ("自然资源局 2026", "2026-03-01", "yes")
    assert (first["code"], first["gas_capacity (m3/h)"]) == ("0012", "")


def test_a_spreadsheet_holds_text_that_looks_like_a_formula_as_text(full: Parcel, save: Save) -> None:
    sheet = openpyxl.load_workbook(save("xlsx")).worksheets[0]
    cells = {header.value: cell for header, cell in zip(sheet[1], sheet[2], strict=True)}

    assert (cells["名称"].data_type, cells["名称"].value) == ("s", full.name)
    assert cells["状态"].value == "已预留"
    assert (cells["宗地编号"].value, cells["可接入电力容量（MVA）"].value) == ("0012", 28)
    offered = {validation.formula1 for validation in sheet.data_validations.dataValidation}
    assert '"无,低,中,高"' in offered
    assert (cells["土壤调查"].value, cells["电压等级"].value) == ("选项，b.1", "选项，a;选项，c")
    assert "Listing price" in next(cell for cell in sheet[1] if cell.value == "起始价（万元/亩）").comment.text


def test_an_outline_too_long_for_a_cell_is_refused_by_name(
    full: Parcel, save: Save, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spreadsheet, "MOST_CHARACTERS", 40)

    with pytest.raises(BadParameter, match="0012"):
        save("xlsx")


def test_geojson_is_in_degrees_and_says_what_it_knows(full: Parcel, save: Save) -> None:
    collection = json.loads(save("geojson").read_text(encoding="utf-8"))
    first, second = collection["features"]

    assert first["geometry"]["type"] == "MultiPolygon"
    assert first["properties"]["power_capacity"] == 28.0
    assert (first["properties"]["synthetic"], second["properties"]["synthetic"]) == (True, False)
    assert second["properties"]["power_capacity"] is None


@pytest.mark.parametrize(("crs", "expected"), [("", "EPSG:4490"), ("gk", "EPSG:4549"), ("EPSG:4326", "EPSG:4326")])
def test_a_geopackage_carries_its_system_and_typed_columns(full: Parcel, save: Save, crs: str, expected: str) -> None:
    path = save("gpkg", crs)
    info = pyogrio.read_info(path)
    types = dict(zip(info["fields"], info["dtypes"], strict=True))

    assert info["crs"] == expected
    assert (info["features"], info["layer_name"], info["geometry_type"]) == (2, "parcels", "MultiPolygon")
    assert (types["start_price"], types["synthetic"]) == ("float64", "bool")
    assert str(types["as_of"]).startswith("datetime64")
    assert path.name == f"parcels-2026-11-21-{expected.replace(':', '')}.gpkg"


def test_a_shapefile_comes_as_a_zip_that_says_its_encoding_and_fields(full: Parcel, save: Save) -> None:
    with zipfile.ZipFile(save("shp")) as archive:
        names = set(archive.namelist())
        assert {"parcels.shp", "parcels.shx", "parcels.dbf", "parcels.prj", "parcels.cpg", "fields.csv"} == names
        assert archive.read("parcels.cpg").decode().strip() == "UTF-8"
        assert "invint_min,investment_intensity_min" in archive.read("fields.csv").decode("utf-8-sig")


def test_a_shapefile_in_gbk_says_so_and_loses_no_letter(full: Parcel, save: Save) -> None:
    with zipfile.ZipFile(save("shp GBK")) as archive:
        assert archive.read("parcels.cpg").decode().strip().upper() in ("GBK", "CP936", "936")
        assert "东".encode("gbk") in archive.read("parcels.dbf")

    Parcel.objects.filter(code="B").update(name="\U00020bb7野家")
    with pytest.raises(BadParameter, match="GBK"):
        save("shp GBK")


@pytest.mark.parametrize("encoding", ["gpkg GBK", "csv UTF-8", "shp Latin"])
def test_only_a_shapefile_has_encodings_to_choose_from(full: Parcel, save: Save, encoding: str) -> None:
    with pytest.raises(BadParameter) as refused:
        save(encoding)
    assert refused.value.name == "encoding"


@pytest.mark.parametrize("english", [False, True])
def test_a_filled_template_loads(full: Parcel, tmp_path: Path, english: bool) -> None:
    path = tmp_path / "template.xlsx"
    path.write_bytes(b"".join(template(english=english).content))
    book = openpyxl.load_workbook(path)
    sheet, notes = book.worksheets[0], book.worksheets[-1]
    headers = {cell.value: cell.column for cell in sheet[1]}
    told = [cell.value for row in notes.rows for cell in row if cell.value]
    filled = (
        {"code": "T", "steam (t/h)": 3, "soil": "Option a", "voltages": "Option a;c", "dock": "yes"}
        if english
        else {"宗地编号": "T", "可供蒸汽（吨/小时）": 3, "土壤调查": "选项，a", "电压等级": "选项，a;c", "有码头": "是"}
    )
    wkt = "POLYGON((121 36,121.001 36,121.001 36.001,121 36.001,121 36))"
    for header, value in (filled | {"wkt": wkt}).items():
        sheet.cell(2, headers[header], value)
    book.save(path)

    assert sheet.max_row == 2
    assert any("0 – 500" in text for text in told)
    assert load_file("parcels", path, Options(crs="EPSG:4490")).refusals == []
    extra = {"steam": 3, "soil": "a", "voltages": ["a", "c"], "dock": True}
    assert Parcel.objects.get(code="T").extra == extra


def test_an_empty_template_offers_choices_and_says_every_unit(db: None, tmp_path: Path) -> None:
    declare()
    path = tmp_path / "template.xlsx"
    path.write_bytes(b"".join(template(english=False).content))
    sheet = openpyxl.load_workbook(path).worksheets[0]
    column_of = {cell.value: cell.column_letter for cell in sheet[1]}
    lists = {
        str(rule.sqref).rstrip("0123456789").split("2:")[0]: rule.formula1
        for rule in sheet.data_validations.dataValidation
    }

    assert sheet.max_row == 1
    for header, offered in {"最高危险等级": '"无,低,中,高"', "有码头": '"是,否"'}.items():
        assert lists[column_of[header]] == offered
    assert all(lists[column_of[header]] for header in ("供应方式", "状态", "土壤调查"))
    for field in of_origin("declared").values():
        unit = unit_in(field.unit, english=False)
        assert (f"{field.zh}（{unit}）" if unit else field.zh) in column_of, field.code


def test_a_long_list_of_choices_stands_on_a_hidden_sheet(save: Save) -> None:
    many = [{"code": f"c{at}", "zh": f"很长很长很长的选项 {at}", "en": f"A choice, number {at}"} for at in range(30)]
    CityIndicatorFactory(code="many", type="choice", choices=many)
    book = openpyxl.load_workbook(save("xlsx"))

    assert book["lists"].sheet_state == "hidden"
    assert book["lists"]["A30"].value == "很长很长很长的选项 29"
    assert "lists!$A$1:$A$30" in {one.formula1 for one in book.worksheets[0].data_validations.dataValidation}


WIDE = "".join(map(chr, [*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B)]))
"""Letters and digits that an import makes narrow, and says so."""
TEXT = st.text(
    st.characters(codec="gbk", exclude_categories=("C", "Z"), exclude_characters=WIDE), min_size=1, max_size=12
)
DAY = st.dates(date(2000, 1, 1), date(2099, 12, 31)).map(date.isoformat)
EXTRA = st.fixed_dictionaries(
    {},
    optional={
        "steam": st.floats(0, 500),
        "carbon_max": st.floats(-1e6, 1e6).filter(lambda value: value == 0 or abs(value) > 1e-6),
        "capacity_price": st.floats(0, 1e6).filter(lambda value: value == 0 or value > 1e-6),
        "soil": st.sampled_from(["a", "b.1", "c"]),
        "voltages": st.lists(st.sampled_from(["a", "b.1", "c"]), min_size=1, unique=True),
        "dock": st.booleans(),
    },
)
EVIDENCE = st.dictionaries(
    st.sampled_from(["admission", "far_min", "start_price", "steam", "soil"]),
    st.fixed_dictionaries({"as_of": DAY}, optional={"expires": DAY, "reference": TEXT, "department": TEXT}),
    max_size=3,
)


class RoundTrip(TestCase):
    """Whatever own values and evidence parcels have: every format brings them back."""

    @hypothesis_settings(max_examples=8)
    @given(
        st.lists(st.tuples(EXTRA, EVIDENCE), min_size=1, max_size=3),
        st.sampled_from(["xlsx", "csv", "geojson", "gpkg", "shp", "shp GBK"]),
        st.sampled_from(["", "gk", "EPSG:4326"]),
        st.booleans(),
    )
    def test_own_values_and_evidence_survive_every_format(
        self, given: list[tuple[dict[str, Any], dict[str, Any]]], wanted: str, crs: str, english: bool
    ) -> None:
        declare()
        for at, (extra, evidence) in enumerate(given):
            ParcelFactory(code=f"P{at}", extra=extra, evidence=evidence)
        format, _, encoding = wanted.partition(" ")
        system = "" if format == "geojson" else crs
        found = export(Parcel.objects.all(), format, system, on=TODAY, english=english, encoding=encoding)
        with TemporaryDirectory() as folder:
            path = Path(folder) / found.file_name
            path.write_bytes(b"".join(found.content))
            Parcel.objects.all().delete()
            named = {"": "EPSG:4490", "gk": "EPSG:4549"}.get(crs, crs) if format in ("xlsx", "csv") else None
            report = load_file("parcels", path, Options(crs=named))

        assert report.refusals == []
        for at, (extra, evidence) in enumerate(given):
            parcel = Parcel.objects.get(code=f"P{at}")
            assert parcel.evidence == evidence
            assert {**parcel.extra, **_numbers(parcel.extra, extra)} == extra


def _numbers(after: dict[str, Any], before: dict[str, Any]) -> dict[str, Any]:
    """Numbers to fifteen digits, which is what DBF and XLSX keep."""
    return {
        name: value
        for name, value in before.items()
        if isinstance(value, float) and after.get(name) == pytest.approx(value, rel=1e-14, abs=1e-14)
    }


def test_a_text_too_long_for_a_shapefile_is_refused_not_cut(save: Save) -> None:
    ParcelFactory(code="long", name="长" * 100)

    with pytest.raises(BadParameter, match="GeoPackage"):
        save("shp")


@pytest.mark.parametrize("format", FORMATS)
def test_an_export_of_nothing_is_an_empty_file(save: Save, format: str) -> None:
    assert save(format, "gk" if format != "geojson" else "").stat().st_size > 20


def test_gk_is_the_zone_in_whose_middle_the_parcels_lie(save: Save) -> None:
    for lng in (117.6, 118.2):
        ParcelFactory(lng=lng)

    assert pyogrio.read_info(save("gpkg", "gk"))["crs"] == "EPSG:4548"


@pytest.mark.parametrize(
    ("format", "crs", "words"),
    [
        ("dxf", "", "dxf"),
        ("", "", "xlsx, csv"),
        ("csv", "GCJ-02", "GCJ-02"),
        ("csv", "EPSG:3857", "3857"),
        ("csv", "nowhere", "nowhere"),
        ("geojson", "gk", "CRS84"),
    ],
)
@pytest.mark.usefixtures("in_english")
def test_what_cannot_be_exported_is_refused_in_words(
    full: Parcel, save: Save, format: str, crs: str, words: str
) -> None:
    with pytest.raises(BadParameter, match=words):
        save(format, crs)


@pytest.mark.usefixtures("in_english")
def test_no_zone_outside_the_zones(save: Save) -> None:
    ParcelFactory(lng=37.0, lat=-1.5)

    with pytest.raises(BadParameter, match="outside the 3-degree"):
        save("gpkg", "gk")


@pytest.mark.usefixtures("in_english")
def test_more_than_a_file_should_hold_is_refused_with_both_numbers(full: Parcel, save: Save, settings: Any) -> None:
    settings.LARGEST_EXPORT = 1

    with pytest.raises(BadParameter, match="These are 2 parcels, one export holds at most 1"):
        save("csv")


@pytest.mark.django_db
def test_parcels_come_in_batches_by_code() -> None:
    for code in ("C", "A", "B"):
        ParcelFactory(code=code)

    found = list(batches(Parcel.objects.all(), export_columns(), STORAGE, english=True, size=2))

    assert [[row[0] for row in rows.cells] for rows in found] == [["A", "B"], ["C"]]


@pytest.mark.django_db
@pytest.mark.parametrize("format", FORMATS)
def test_an_export_holds_two_batches_at_most(format: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many there are: a batch leaves when the next is made."""
    parcels(*({"code": f"P{number:02}"} for number in range(20)))
    seen: list[ReferenceType[Geometries]] = []
    most: list[int] = []

    def watched(*asked: Any, **how: Any) -> Iterator[Rows]:
        for batch in batches(*asked, **how, size=2):
            seen.append(ref(batch.shapes))
            most.append(sum(one() is not None for one in seen))
            yield batch

    monkeypatch.setattr(exporting, "batches", watched)
    found = export(Parcel.objects.all(), format, "", on=TODAY, english=True)

    assert sum(len(piece) for piece in found.content) > 0
    assert (len(seen), max(most)) == (10, 2)
