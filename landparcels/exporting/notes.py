"""The sheet of a template that says how to fill the one beside it: rules first, then every column with its range."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from geo.importing.kinds import Column, Type, kind_named
from geo.unit_words import unit_in
from geo.words import Words
from landparcels.exporting.columns import ExportColumn
from landparcels.indicators import indicators_for
from landparcels.indicators.field import GROUP_WORDS

RULES = (
    Words("每行一宗地；第一行是列名，不要改。", "One parcel a row; the first row names the columns and stays."),
    Words(
        "同一编号再次导入即更新：空白格表示未知，没有的列保持原值。未知不要填 0。",
        "The same code again updates the parcel: a blank cell is unknown, a column left out keeps its value. Never write 0 for unknown.",
    ),
    Words(
        "wkt 是边界（MULTIPOLYGON 或 POLYGON），导入时指明坐标系，如 EPSG:4490。",
        "wkt is the outline (MULTIPOLYGON or POLYGON); the import asks for its coordinate system, like EPSG:4490.",
    ),
    Words(
        "列表（准入行业、多选）用分号分开：38;3841。数值可带列名所示单位能换算的其他单位。",
        "Lists (industries, several choices) are separated by semicolons: 38;3841. Numbers may carry any unit that converts.",
    ),
    Words(
        "任一申报指标（或整组，如“准入指标”）可另加四列：数据日期、有效期至、责任部门、依据文件，如“起始价有效期至”。",
        "Any declared indicator (or a whole group, like admission) may have four more columns: start_price_as_of, "
        "start_price_expires, start_price_department, start_price_reference.",
    ),
)
HEADERS = (
    Words("列", "Column"),
    Words("名称", "Name"),
    Words("分组", "Group"),
    Words("单位", "Unit"),
    Words("范围或选项", "Range or choices"),
    Words("部门 · 依据 · 说明", "Department · legal basis · note"),
)


@dataclass(frozen=True, slots=True)
class Line:
    cells: tuple[str, ...]
    bold: bool = False
    is_row: bool = False


def noted(columns: Sequence[ExportColumn], *, english: bool) -> Iterator[Line]:
    def say(words: Words) -> str:
        return words.en if english else words.zh

    for rule in RULES:
        yield Line((say(rule),))
    yield Line(())
    yield Line(tuple(say(words) for words in HEADERS), bold=True)
    read = {column.name: column for column in kind_named("parcels").all_columns()}
    indicators = indicators_for()
    for column in columns:
        name = column.header(english=english) + ("*" if column.required else "")
        unit, range_ = unit_in(column.unit, english=english), _range(column, read.get(column.name), english=english)
        one = indicators.get(column.name)
        if one is None:
            yield Line(
                (name, column.name.replace("_", " ") if english else column.zh, "", unit, range_, ""), is_row=True
            )
            continue
        department = one.department_en if english else one.department
        note = one.note_en if english else one.note_zh
        told = " · ".join(part for part in (department, say(one.legal_basis), note) if part)
        yield Line((name, one.en if english else one.zh, say(GROUP_WORDS[one.group]), unit, range_, told), is_row=True)


def _range(column: ExportColumn, read: Column | None, *, english: bool) -> str:
    if column.choices:
        words = [one.en if english else one.zh for one in column.choices.values()]
        return "; ".join(words)
    if column.kind == "flag":
        return "yes; no" if english else "是；否"
    if read is None:
        return ""
    if read.type is Type.DATE:
        return "2026-03-01"
    if read.low is None and read.high is None:
        return ""
    low = "" if read.low is None else f"{read.low:g}"
    high = "" if read.high is None else f"{read.high:g}"
    return f"{low} – {high}"
