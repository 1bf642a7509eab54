from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from geo.importing.readers import UnreadableFile, open_table


def save(workbook: Workbook, path: Path) -> Path:
    workbook.save(path)
    return path


def sheet_of(rows: list[list[object]]) -> Workbook:
    workbook = Workbook()
    assert workbook.active is not None
    for row in rows:
        workbook.active.append(row)
    return workbook


def test_cells_keep_their_types(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["代码", "值", "日期", "时刻", "是否"],
        ["0012", 2.5, date(2024, 3, 1), datetime(2024, 3, 1, 8, 30), True],  # noqa: DTZ001
    ]
    with open_table(save(sheet_of(rows), tmp_path / "a.xlsx")) as reader:
        assert reader.dates_are_serials
        assert reader.total == 1
        (batch,) = list(reader.batches())
    assert batch.columns == {
        "代码": ["0012"],
        "值": [2.5],
        "日期": [date(2024, 3, 1)],
        "时刻": [datetime(2024, 3, 1, 8, 30)],  # noqa: DTZ001
        "是否": [True],
    }


def test_whole_numbers_come_as_whole_numbers(tmp_path: Path) -> None:
    with open_table(save(sheet_of([["code"], [370200], [None], [7.0]]), tmp_path / "a.xlsx")) as reader:
        (batch,) = list(reader.batches())
    assert batch.columns["code"] == [370200, 7]
    assert all(type(value) is int for value in batch.columns["code"])


def test_row_numbers_are_the_spreadsheets_own(tmp_path: Path) -> None:
    workbook = sheet_of([[], ["a", "b"], [1, 2], [], ["  ", None], [3, 4]])
    with open_table(save(workbook, tmp_path / "a.xlsx")) as reader:
        (batch,) = list(reader.batches())
    assert list(batch.numbers) == [3, 6]
    assert batch.columns == {"a": [1, 3], "b": [2, 4]}


def test_a_merged_header_is_refused_with_its_place_and_what_to_do(tmp_path: Path) -> None:
    workbook = sheet_of([["2024 年企业统计表"], ["代码", "名称", "产值"], ["1", "甲", 3]])
    assert workbook.active is not None
    workbook.active.merge_cells("A1:C1")
    with pytest.raises(UnreadableFile) as caught:
        open_table(save(workbook, tmp_path / "a.xlsx"))
    assert "A1:C1" in caught.value.words.en
    assert "取消合并" in caught.value.words.zh


def test_a_header_of_two_rows_is_refused(tmp_path: Path) -> None:
    workbook = sheet_of([["代码", "产值", None], [None, "2022", "2023"], ["1", 3, 4]])
    assert workbook.active is not None
    workbook.active.merge_cells("A1:A2")
    with pytest.raises(UnreadableFile, match="A1:A2"):
        open_table(save(workbook, tmp_path / "a.xlsx"))


def test_merged_cells_below_the_header_do_not_matter(tmp_path: Path) -> None:
    workbook = sheet_of([["a", "b"], [1, 2], [None, 3]])
    assert workbook.active is not None
    workbook.active.merge_cells("A2:A3")
    with open_table(save(workbook, tmp_path / "a.xlsx")) as reader:
        (batch,) = list(reader.batches())
    assert batch.columns == {"a": [1, None], "b": [2, 3]}


def test_one_of_several_sheets_has_to_be_chosen(tmp_path: Path) -> None:
    workbook = sheet_of([["a"], [1]])
    workbook.create_sheet("企业").append(["b"])
    workbook["企业"].append([2])
    path = save(workbook, tmp_path / "a.xlsx")
    with pytest.raises(UnreadableFile, match="企业"):
        open_table(path)
    with pytest.raises(UnreadableFile, match="there are: Sheet, 企业"):
        try:
            open_table(path, layer="无此表")
        except UnreadableFile as error:
            raise UnreadableFile(zh=error.words.en, en=error.words.en) from None
    with open_table(path, layer="企业") as reader:
        assert reader.header == ["b"]


def test_empty_and_hidden_sheets_are_passed_over(tmp_path: Path) -> None:
    workbook = sheet_of([["a"], [1]])
    workbook.create_sheet("空")
    hidden = workbook.create_sheet("字典")
    hidden.append(["x"])
    hidden.sheet_state = "hidden"
    with open_table(save(workbook, tmp_path / "a.xlsx")) as reader:
        assert reader.header == ["a"]


def test_an_empty_workbook_and_a_damaged_one_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile):
        open_table(save(Workbook(), tmp_path / "empty.xlsx"))
    whole = save(sheet_of([["a"], [1]]), tmp_path / "a.xlsx").read_bytes()
    (tmp_path / "cut.xlsx").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(UnreadableFile):
        open_table(tmp_path / "cut.xlsx")


def test_a_spreadsheet_is_known_by_its_content_not_its_suffix(tmp_path: Path) -> None:
    path = save(sheet_of([["a"], [1]]), tmp_path / "a.xlsx").rename(tmp_path / "a.csv")
    with open_table(path) as reader:
        assert reader.header == ["a"]
