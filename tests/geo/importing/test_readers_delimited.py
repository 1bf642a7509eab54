from pathlib import Path

import pytest

from geo.importing.readers import UnreadableFile, open_table


def write(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


def columns(path: Path, **options: str) -> dict[str, list[object]]:
    with open_table(path, **options) as reader:
        (batch,) = list(reader.batches())
    return batch.columns


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
def test_chinese_text_is_read_in_whatever_encoding_it_was_saved(tmp_path: Path, encoding: str) -> None:
    path = write(tmp_path / "a.csv", "代码,名称\n370281,胶州市\n370211,黄岛区\n", encoding)
    assert columns(path) == {"代码": ["370281", "370211"], "名称": ["胶州市", "黄岛区"]}


def test_reading_gb18030_is_said(tmp_path: Path) -> None:
    with open_table(write(tmp_path / "a.csv", "名称\n胶州市\n", "gb18030")) as reader:
        assert any("GB18030" in note.en for note in reader.notes)


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_the_delimiter_is_recognised(tmp_path: Path, delimiter: str) -> None:
    path = write(tmp_path / "a.txt", f"a{delimiter}b\n1{delimiter}x,y\n".replace("x,y", "2"))
    assert columns(path) == {"a": ["1"], "b": ["2"]}


def test_line_breaks_and_delimiters_inside_quotes_belong_to_the_cell(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", 'name,note\n"张,三","第一行\n第二行"\n李四,他说“好”\n')
    assert columns(path) == {"name": ["张,三", "李四"], "note": ["第一行\n第二行", "他说“好”"]}


def test_rows_are_numbered_as_a_spreadsheet_does_and_blank_ones_count(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", '\nname,b\n"two\nlines",1\n\nlast,2\n')
    with open_table(path) as reader:
        (batch,) = list(reader.batches())
    assert list(batch.numbers) == [3, 5]


def test_batches_hold_as_many_rows_as_asked_and_can_be_read_twice(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", "n\n" + "".join(f"{n}\n" for n in range(7)))
    with open_table(path) as reader:
        for _ in range(2):
            assert [len(batch) for batch in reader.batches(size=3)] == [3, 3, 1]


def test_a_row_with_cells_too_many_or_too_few_is_a_fault_of_that_row(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", "a,b\n1,2\n3\n4,5,6\n7,8,\n")
    with open_table(path) as reader:
        (batch,) = list(reader.batches())
    assert set(batch.faults) == {1, 2}
    assert "1 cells" in batch.faults[1].en
    assert batch.columns["a"] == ["1", "3", "4", "7"]


def test_empty_cells_are_unknown(tmp_path: Path) -> None:
    assert columns(write(tmp_path / "a.csv", 'a,b\n,x\n"",y\n'))["a"] == [None, None]


def test_columns_without_a_name_are_left_out_and_told(tmp_path: Path) -> None:
    with open_table(write(tmp_path / "a.csv", "a,,b,\n1,2,3,\n")) as reader:
        assert reader.header == ["a", "b"]
        assert any("Columns without a name" in note.en for note in reader.notes)
        (batch,) = list(reader.batches())
    assert batch.columns == {"a": ["1"], "b": ["3"]}
    assert not batch.faults


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"\n\n", "nothing"),
        (b"a,b\n1,\x00\n", "Line 2 holds a NUL"),
        ("名称,值\n胶州市,1\n".encode() + b"\xff\xfe,2\n", "Line 3 holds bytes that are not UTF-8"),
        (b"a,b\n1,\xff\xff\xff\n", "Line 2 holds bytes"),
        (b'a,b\n1,"never closed\n2,3\n', "never closed"),
        (b'a,b\n1,"x"y\n', "Row 2 cannot be read"),
        (b"a,a\n1,2\n", "appear twice"),
    ],
)
def test_a_broken_file_is_refused_in_words(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    with pytest.raises(UnreadableFile) as caught, open_table(path) as reader:
        list(reader.batches())
    assert said in caught.value.words.en
    assert caught.value.words.zh


def test_an_encoding_that_does_not_fit_or_exist_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", "名称\n胶州市\n", "gb18030")
    for encoding in ("utf-8", "klingon"):
        with pytest.raises(UnreadableFile):
            open_table(path, encoding=encoding)
    assert columns(path, encoding="GBK") == {"名称": ["胶州市"]}


def test_an_outline_in_wkt_is_one_cell_however_long(tmp_path: Path) -> None:
    ring = ", ".join(f"{120 + n / 1e5} 36" for n in range(20_000))
    path = write(tmp_path / "a.csv", f'name,wkt\nx,"LINESTRING ({ring})"\n')
    assert str(columns(path)["wkt"][0]).endswith("36)")


def test_real_tables_are_read_whole(shared_data: Path) -> None:
    expected = {"shanghai-poi/hospitals.csv.gz": 7513, "chain-graph/product.csv.gz": 95_559}
    for name, rows in expected.items():
        with open_table(shared_data / name) as reader:
            batches = list(reader.batches())
        assert sum(len(batch) for batch in batches) == rows
        assert not any(batch.faults for batch in batches)
