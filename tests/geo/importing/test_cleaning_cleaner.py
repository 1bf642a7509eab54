from datetime import date
from typing import Any

import numpy as np
import pytest
import shapely

from geo import crs
from geo.importing.cleaning import BadHeader, Cleaner, map_header
from geo.importing.cleaning.units import parse_unit
from geo.importing.kinds import Column, Shape, Type, kinds
from geo.importing.readers import RawBatch
from geo.words import say

COLUMNS = (
    Column("code", "编号", Type.CODE, required=True),
    Column("capacity", "容量", Type.DECIMAL, unit="MVA", low=0),
    Column("as_of", "日期", Type.DATE),
    Column("stage", "环节", Type.CHOICE, choices={"上游": "upstream", "upstream": "upstream"}),
    Column("name", "名称", longest=10),
)


def raw(columns: dict[str, list[Any]], **more: Any) -> RawBatch:
    rows = len(next(iter(columns.values())))
    return RawBatch(columns, range(2, 2 + rows), **more)


def cleaner(header: list[str], **more: Any) -> Cleaner:
    options = {name: more.pop(name) for name in ("shape", "has_geometry", "constants", "explicit") if name in more}
    return Cleaner(map_header(header, COLUMNS, **options), **more)


def test_a_batch_comes_out_with_our_names_and_types() -> None:
    given = raw(
        {
            "编号": ["0012", " 0013"],
            "容量（kVA）": ["63,000", None],
            "日期": ["2024年3月1日", None],
            "环节": ["上游", ""],
        }
    )
    work = cleaner(list(given.columns))
    batch = work.clean(given)
    assert batch.columns == {
        "code": ["0012", "0013"],
        "capacity": [63, None],
        "as_of": [date(2024, 3, 1), None],
        "stage": ["upstream", None],
    }
    assert not batch.refusals
    assert batch.geometry is None
    assert sum(work.repairs.values()) >= 2  # the separator and the unit


def test_refusals_name_row_column_value_and_reason() -> None:
    batch = cleaner(["code", "capacity"]).clean(raw({"code": ["a", None], "capacity": ["-1", "much"]}))
    told = [(refusal.row, refusal.column, refusal.value) for refusal in batch.refusals]
    assert sorted(told) == sorted([(3, "code", ""), (2, "capacity", "-1"), (3, "capacity", "much")])
    assert all(refusal.reason.zh and refusal.reason.en for refusal in batch.refusals)
    assert list(batch.alive()) == []


def test_a_row_that_could_not_be_read_is_refused_once_for_that_reason() -> None:
    fault = say(zh="格数不对", en="ragged")
    batch = cleaner(["code", "capacity"]).clean(raw({"code": [None], "capacity": ["x"]}, faults={0: fault}))
    assert [(refusal.column, refusal.reason) for refusal in batch.refusals] == [("", fault)]


def test_a_column_the_file_has_not_is_left_out_so_that_a_reimport_keeps_it() -> None:
    assert set(cleaner(["code"]).clean(raw({"code": ["a"]})).columns) == {"code"}


def test_constants_are_cleaned_and_fill_every_row() -> None:
    batch = cleaner(["code"], constants={"capacity": "63000kVA", "stage": "上游"}).clean(raw({"code": ["a", "b"]}))
    assert batch.columns["capacity"] == [63, 63]
    assert batch.columns["stage"] == ["upstream", "upstream"]
    with pytest.raises(BadHeader, match="much"):
        cleaner(["code"], constants={"capacity": "much"})


def test_a_place_is_wanted_unless_the_kind_can_do_without() -> None:
    columns: dict[str, list[Any]] = {"code": ["a", "b"], "lng": [120.3, None], "lat": [36.1, None]}
    options: dict[str, Any] = {"shape": Shape.POINT, "crs": crs.STORAGE}
    batch = cleaner(list(columns), **options).clean(raw(columns))
    assert [(refusal.row, refusal.column) for refusal in batch.refusals] == [(3, "geometry")]
    assert not cleaner(list(columns), geometry_required=False, **options).clean(raw(columns)).refusals


def test_geometry_of_the_file_wkt_and_columns_end_in_storage() -> None:
    outline = shapely.box(500_000, 3_996_000, 501_000, 3_997_000)
    system = crs.parse("EPSG:4549")
    for given, has_geometry in (
        (raw({"code": ["a"]}, geometry=np.array([outline], dtype=object)), True),
        (raw({"code": ["a"], "wkt": [outline.wkt]}), False),
    ):
        work = cleaner(list(given.columns), shape=Shape.POLYGON, has_geometry=has_geometry, crs=system)
        batch = work.clean(given)
        assert not batch.refusals
        assert batch.geometry is not None
        assert batch.geometry[0].bounds == pytest.approx((120.0, 36.094, 120.011, 36.103), abs=1e-3)


def test_batches_are_alike_whatever_their_size() -> None:
    codes = [str(n) for n in range(10)]
    whole = cleaner(["code"]).clean(raw({"code": codes}))
    parts = [cleaner(["code"]).clean(raw({"code": codes[n : n + 3]})) for n in range(0, 10, 3)]
    assert whole.columns["code"] == [code for part in parts for code in part.columns["code"]]


def test_every_unit_that_a_kind_declares_is_one_we_can_convert() -> None:
    declared = {(kind.name, column.name, column.unit) for kind in kinds() for column in kind.columns if column.unit}
    assert declared
    assert [entry for entry in sorted(declared) if parse_unit(str(entry[2])) is None] == []
