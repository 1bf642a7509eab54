"""Whatever is broken about a file, its reader answers in words or reads it: never another error."""

import gzip
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from geo.importing.cleaning import clean_column
from geo.importing.cleaning.numbers import NumberField, clean_numbers
from geo.importing.kinds import Column, Type
from geo.importing.readers import UnreadableFile, open_table
from tests.geo.importing.files import NAMES, feature, point, write_json, write_layer, zip_up

Write = Callable[[Path], Path]


def csv(folder: Path) -> Path:
    path = folder / "a.csv"
    path.write_text('名称,code,value\n胶州热电厂,"00\n12",1.5\n黄岛港,0013,\n', encoding="utf-8")
    return path


def xlsx(folder: Path) -> Path:
    workbook = Workbook()
    assert workbook.active is not None
    workbook.active.append(["名称", "日期"])
    workbook.active.append(["胶州", date(2024, 3, 1)])
    workbook.save(folder / "a.xlsx")
    return folder / "a.xlsx"


def geojson(folder: Path) -> Path:
    features = [feature(point(120, 36), name=name) for name in NAMES]
    return write_json(folder / "a.geojson", {"type": "FeatureCollection", "features": features})


def shapefile(folder: Path) -> Path:
    parts = folder / "parts"
    parts.mkdir()
    write_layer(parts / "a.shp", encoding="UTF-8")
    return zip_up(folder / "a.zip", {path.name: path.read_bytes() for path in parts.iterdir()})


def parquet(folder: Path) -> Path:
    pq.write_table(pa.table({"name": NAMES, "n": [1, 2, 3]}), folder / "a.parquet")
    return folder / "a.parquet"


WRITERS: dict[str, Write] = {
    "csv": csv,
    "xlsx": xlsx,
    "geojson": geojson,
    "gpkg": lambda folder: write_layer(folder / "a.gpkg"),
    "fgb": lambda folder: write_layer(folder / "a.fgb"),
    "shapefile": shapefile,
    "parquet": parquet,
}
quiet = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(params=WRITERS)
def path(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return WRITERS[request.param](tmp_path)


def read_or_refuse(path: Path) -> None:
    try:
        with open_table(path) as reader:
            for batch in reader.batches(size=2):
                assert all(len(cells) == len(batch) for cells in batch.columns.values())
    except UnreadableFile as error:
        assert error.words.zh
        assert error.words.en


@quiet
@given(cut=st.floats(0, 1))
def test_a_file_cut_anywhere_is_read_or_refused(path: Path, cut: float) -> None:
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * cut)])
    read_or_refuse(path)
    path.write_bytes(whole)


@quiet
@given(spots=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), min_size=1, max_size=8))
def test_a_file_with_wrong_bytes_is_read_or_refused(path: Path, spots: list[tuple[float, int]]) -> None:
    whole = path.read_bytes()
    broken = bytearray(whole)
    for place, byte in spots:
        broken[min(len(broken) - 1, int(len(broken) * place))] = byte
    path.write_bytes(bytes(broken))
    read_or_refuse(path)
    path.write_bytes(whole)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=400))
def test_any_bytes_at_all_are_read_or_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "anything"
    path.write_bytes(content)
    read_or_refuse(path)


CELLS = st.one_of(
    st.none(),
    st.text(),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.sampled_from(
        ["3亿元", "1,234", "４０％", "2024年3月1日", "370200.0", "是", "∞", "1e400", "٣", "²", "½", "0x1f"]
    ),
)


@settings(max_examples=300, deadline=None)
@given(cells=st.lists(CELLS, max_size=6), kind=st.sampled_from(list(Type)))
def test_any_cell_of_any_type_is_cleaned_or_refused(cells: list[object], kind: Type) -> None:
    column = Column(
        "c", "列", kind, unit="10k CNY" if kind is Type.DECIMAL else None, choices={"是": "yes"}, longest=20
    )
    done = clean_column(cells, column)
    assert len(done.values) == len(cells)
    refused = {reject.index for reject in done.rejects}
    assert all(done.values[index] is None for index in refused)
    assert all(done.values[index] is None for index, cell in enumerate(cells) if cell is None)


def test_an_archive_in_an_archive_is_refused_in_words(tmp_path: Path) -> None:
    once = gzip.compress(b"code,name\nS1,a\n")
    twice = tmp_path / "twice.csv.gz"
    twice.write_bytes(gzip.compress(once))
    packed = tmp_path / "packed.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("table.csv", once)
    for path in (twice, packed):
        with pytest.raises(UnreadableFile) as refused:
            open_table(path)
        assert refused.value.words.en == "The archive holds another archive; unpack it once, then import it"


@pytest.mark.parametrize("digits", [400, 5000])
def test_a_whole_number_of_hundreds_of_digits_is_refused_not_fatal(tmp_path: Path, digits: int) -> None:
    path = tmp_path / "a.json"
    path.write_text('[{"capacity": ' + "9" * digits + "}]", encoding="utf-8")
    try:
        with open_table(path) as reader:
            cells = next(iter(reader.batches())).columns["capacity"]
    except UnreadableFile as error:
        assert digits == 5000
        assert "broken at character" in error.words.en
    else:
        assert digits == 400
        assert [reject.reason.en[-15:] for reject in clean_numbers(cells, NumberField()).rejects] == ["is not a number"]
