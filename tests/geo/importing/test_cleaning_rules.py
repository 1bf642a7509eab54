import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely

from geo.importing.cleaning import BadRules, Rules, load_rules
from geo.importing.readers import RawBatch


def rules(tmp_path: Path, *steps: dict[str, Any]) -> Rules:
    (tmp_path / "rules.json").write_text(json.dumps({"step": steps}), encoding="utf-8")
    return load_rules(tmp_path / "rules.json")


def run(tmp_path: Path, columns: dict[str, list[Any]], *steps: dict[str, Any], **more: Any) -> tuple[RawBatch, Rules]:
    work = rules(tmp_path, *steps)
    rows = len(next(iter(columns.values())))
    header = work.header(list(columns))
    batch = work.apply(RawBatch(columns, range(2, 2 + rows), **more))
    assert set(batch.columns) == set(header)
    assert all(len(cells) == len(batch) for cells in batch.columns.values())
    return batch, work


def test_a_toml_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "rules.toml").write_text(
        '[[step]]\ndo = "strip_prefix"\ncolumn = "gb"\ntext = "156"\n', encoding="utf-8"
    )
    work = load_rules(tmp_path / "rules.toml")
    batch = work.apply(RawBatch({"gb": ["156330302", "330303", None]}, range(3)))
    assert batch.columns["gb"] == ["330302", "330303", None]
    assert dict(work.repairs) == {work.steps[0].words: 1}


def test_prefix_suffix_and_pattern(tmp_path: Path) -> None:
    batch, work = run(
        tmp_path,
        {"code": ["600373SH", "000001SZ", "688268.SH"], "name": ["瓯  北", "温州东", None]},
        {"do": "strip_suffix", "column": "code", "text": "SZ"},
        {"do": "replace", "column": "code", "pattern": r"^(\d{6})(\.?[A-Z]{2})?$", "to": r"stock:\1"},
        {"do": "replace", "column": "name", "pattern": r"\s+", "to": ""},
    )
    assert batch.columns == {"code": ["stock:600373", "stock:000001", "stock:688268"], "name": ["瓯北", "温州东", None]}
    assert list(work.repairs.values()) == [1, 3, 1]


def test_one_column_becomes_several_and_several_become_one(tmp_path: Path) -> None:
    batch, _ = run(
        tmp_path,
        {"place": ["120.3,36.1", "unknown"]},
        {"do": "split", "column": "place", "pattern": r"^([\d.]+),([\d.]+)$", "into": ["lng", "lat"]},
        {"do": "join", "columns": ["lng", "lat"], "into": "both", "by": "/"},
    )
    assert batch.columns["lng"] == ["120.3", None]
    assert batch.columns["both"] == ["120.3/36.1", None]


def test_one_row_becomes_many_and_keeps_its_number(tmp_path: Path) -> None:
    batch, work = run(
        tmp_path,
        {"n": [1, 2, 3], "line": ["1号线;2号线", None, "3号线"]},
        {"do": "split_rows", "column": "line", "by": ";"},
    )
    assert batch.columns == {"n": [1, 1, 2, 3], "line": ["1号线", "2号线", None, "3号线"]}
    assert list(batch.numbers) == [2, 2, 3, 4]
    assert list(work.repairs.values()) == [1]
    assert work.dropped == 0


@pytest.mark.parametrize(
    ("otherwise", "left"), [("keep", ["3011", "x"]), ("blank", ["3011", None]), ("drop", ["3011"])]
)
def test_a_cell_is_looked_up(tmp_path: Path, otherwise: str, left: list[Any]) -> None:
    step = {"do": "lookup", "column": "a", "table": {"水泥": "3011"}, "otherwise": otherwise}
    batch, work = run(tmp_path, {"a": ["水泥", "x"]}, step)
    assert batch.columns["a"] == left
    assert work.dropped == (1 if otherwise == "drop" else 0)


def test_a_table_beside_the_rules_can_be_looked_up(tmp_path: Path) -> None:
    (tmp_path / "codes.csv").write_text("name,code\n南郊街道,330302001\n", encoding="utf-8")
    step = {"do": "lookup", "column": "a", "into": "code", "file": "codes.csv", "key": "name", "value": "code"}
    batch, _ = run(tmp_path, {"a": ["南郊街道"]}, step)
    assert batch.columns["code"] == ["330302001"]


@pytest.mark.parametrize(
    ("condition", "left"),
    [
        ({"matches": "动物|宠物"}, [1, 3, 4]),
        ({"equals": ["诊所"]}, [1, 2, 4]),
        ({"blank": True}, [1, 2, 3]),
        ({"blank": False}, [4]),
    ],
)
def test_rows_that_match_are_dropped(tmp_path: Path, condition: dict[str, Any], left: list[int]) -> None:
    columns: dict[str, list[Any]] = {"n": [1, 2, 3, 4], "type": ["综合医院", "动物医院", "诊所", None]}
    batch, work = run(tmp_path, columns, {"do": "drop_rows", "column": "type", **condition})
    assert batch.columns["n"] == left
    assert work.dropped == 4 - len(left)
    kept, _ = run(tmp_path, columns, {"do": "keep_rows", "column": "type", **condition})
    assert {*left, *kept.columns["n"]} == {1, 2, 3, 4}


def test_numbers_out_of_range_are_dropped_or_made_unknown(tmp_path: Path) -> None:
    weights: dict[str, list[Any]] = {"weight": ["0.5", "-59.0", "3.2", None, "1"]}
    batch, _ = run(tmp_path, dict(weights), {"do": "drop_rows", "column": "weight", "below": 0, "above": 1})
    assert batch.columns["weight"] == ["0.5", None, "1"]
    batch, work = run(tmp_path, dict(weights), {"do": "blank", "column": "weight", "below": 0, "above": 1})
    assert batch.columns["weight"] == ["0.5", None, None, None, "1"]
    assert list(work.repairs.values()) == [2]


def test_rows_can_be_chosen_by_their_geometry(tmp_path: Path) -> None:
    shapes = np.array([shapely.Point(1, 2), shapely.LineString([(0, 0), (1, 1)]), None], dtype=object)
    batch, _ = run(tmp_path, {"n": [1, 2, 3]}, {"do": "keep_rows", "geometry": "point"}, geometry=shapes)
    assert batch.columns["n"] == [1]
    assert batch.geometry is not None
    assert len(batch.geometry) == 1


def test_faults_stay_with_their_rows(tmp_path: Path) -> None:
    from geo.words import say

    fault = say(zh="坏", en="bad")
    step = {"do": "drop_rows", "column": "n", "equals": [1]}
    batch, _ = run(tmp_path, {"n": [1, 2]}, step, faults={1: fault})
    assert batch.faults == {0: fault}


def test_blanks_are_filled_and_numbers_are_taken_from_text(tmp_path: Path) -> None:
    batch, _ = run(
        tmp_path,
        {"a": ["x", None], "text": ["可出让用地约23亩，容积率2.5", "待定"]},
        {"do": "fill", "column": "a", "copy": "text"},
        {"do": "fill", "column": "level", "value": "district"},
        {"do": "number_from_text", "column": "text", "into": "land", "pattern": r"约(\d+)亩", "unit": "亩"},
    )
    assert batch.columns["a"] == ["x", "待定"]
    assert batch.columns["level"] == ["district", "district"]
    assert batch.columns["land"] == ["23亩", None]


def test_axes_are_swapped_and_shapes_made_points_when_asked(tmp_path: Path) -> None:
    shapes = np.array([shapely.box(36, 120, 37, 121), None], dtype=object)
    batch, _ = run(tmp_path, {"n": [1, 2]}, {"do": "swap_axes"}, {"do": "to_point"}, geometry=shapes)
    assert batch.geometry is not None
    assert batch.geometry[0] == shapely.Point(120.5, 36.5)
    assert batch.geometry[1] is None


@pytest.mark.parametrize(
    ("step", "said"),
    [
        ({"do": "strip_prefx", "column": "a", "text": "x"}, "strip_prefix"),
        ({"do": "strip_prefix", "column": "a"}, "lacks text"),
        ({"do": "strip_prefix", "column": "a", "text": "x", "txt": "y"}, "has no txt"),
        ({"do": "strip_prefix", "column": "a", "text": 3}, "text must be str"),
        ({"do": "replace", "column": "a", "pattern": "(", "to": ""}, "regular expression"),
        ({"do": "split", "column": "a", "pattern": "x", "into": ["b"]}, "1 groups"),
        ({"do": "drop_rows", "column": "a"}, "no condition"),
        ({"do": "lookup", "column": "a", "table": {}, "otherwise": "guess"}, "otherwise"),
        ({"do": "lookup", "column": "a", "file": "none.csv", "key": "a", "value": "b"}, "cannot be read"),
        ({"do": "lookup", "column": "a", "file": "../none.csv", "key": "a", "value": "b"}, "beside the rules"),
        ({"do": "keep_rows", "geometry": "circle"}, "point, line or polygon"),
        ({"column": "a"}, "no step"),
        ("strip", "must be a table"),
    ],
)
def test_a_wrong_step_is_refused_by_its_number(tmp_path: Path, step: Any, said: str) -> None:
    with pytest.raises(BadRules) as caught:
        rules(tmp_path, step)
    assert said in caught.value.words.en
    assert "step 1" in caught.value.words.en


def test_a_step_whose_column_is_not_there_is_refused_with_those_that_are(tmp_path: Path) -> None:
    work = rules(tmp_path, {"do": "strip_prefix", "column": "gb", "text": "156"})
    with pytest.raises(BadRules, match="adcode"):
        work.header(["adcode", "name"])


@pytest.mark.parametrize("text", ["", "step = 3", "[[step", '[[steps]]\ndo = "fill"', "step = []\nmore = 1"])
def test_a_file_that_holds_no_steps_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "rules.toml").write_text(text)
    with pytest.raises(BadRules):
        load_rules(tmp_path / "rules.toml")
    with pytest.raises(BadRules):
        load_rules(tmp_path / "none.toml")
