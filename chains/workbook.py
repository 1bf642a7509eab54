"""A chain as an XLSX: its nodes, its supply edges and, for staff, every verdict with what it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from chains.answers import Answer
from chains.picture import ChainPicture
from chains.serializers import NodeSerializer
from chains.verdict_answers import verdict
from chains.wording import VERDICT_NAMES
from geo.sheets import Sheet
from geo.sheets import workbook as written
from geo.words import Words, say

Cell = str | float | int | bool | None
NODE_COLUMNS: dict[str, Words] = {
    "node": say(zh="环节", en="node"),
    "name": say(zh="环节名称", en="name"),
    "name_en": say(zh="环节英文名称", en="English name"),
    "stage": say(zh="所处位置", en="stage"),
    "parent": say(zh="上级环节", en="parent"),
    "essential": say(zh="必备", en="essential"),
    "state": say(zh="状态", en="state"),
    "behind_missing": say(zh="断链在后", en="behind missing ones"),
    "enterprises": say(zh="本市企业", en="firms of the city"),
    "supply": say(zh="本地产值（万元）", en="local output (10k CNY)"),
    "demand": say(zh="本地需求（万元）", en="local demand (10k CNY)"),
    "rate": say(zh="本地供给潜力", en="local supply potential"),
    "local_sourcing": say(zh="本地配套率", en="recorded local sourcing"),
    "sourcing_coverage": say(zh="采购记录覆盖率", en="coverage of the records"),
    "hhi": say(zh="HHI", en="HHI"),
    "lq": say(zh="区位商", en="location quotient"),
    "single_source": say(zh="单一来源", en="single source"),
    "criticality": say(zh="关键度", en="criticality"),
    "dependence": say(zh="对外依存", en="external dependence"),
    "barrier": say(zh="替代壁垒", en="substitution barrier"),
    "chokepoint_risk": say(zh="卡点风险", en="chokepoint risk"),
    "chokepoint": say(zh="卡点", en="chokepoint"),
    "without_output": say(zh="没有产值数据的企业", en="firms without a known output"),
    "confidence": say(zh="判断可信度", en="confidence in the state"),
}
EDGE_COLUMNS = (
    say(zh="供应环节", en="source"), say(zh="供应环节名称", en="name of the source"), say(zh="使用环节", en="target"),
    say(zh="使用环节名称", en="name of the target"), say(zh="投入系数", en="coefficient"), say(zh="系数为假定", en="assumed"),
)  # fmt: skip
VERDICT_COLUMNS = (
    say(zh="环节", en="node"), say(zh="环节名称", en="name"), say(zh="判断", en="verdict"), say(zh="结论", en="result"),
    say(zh="依据", en="why"), say(zh="输入", en="inputs"), say(zh="可信度", en="confidence"),
    say(zh="假定的输入", en="assumed inputs"), say(zh="什么会改变它", en="what would change it"),
    say(zh="阈值版本", en="version of thresholds"),
)  # fmt: skip
VERDICTS: dict[str, Words] = {
    "state": say(zh="状态", en="state"),
    "single_source": say(zh="单一来源", en="single source"),
    "chokepoint": say(zh="卡点", en="chokepoint"),
}
YES, NO = say(zh="是", en="yes"), say(zh="否", en="no")


def workbook(picture: ChainPicture, answer: Answer, *, staff: bool) -> bytes:
    """`answer` is the chain, or a neighbourhood in it with `picture` cut to that; figures of money are for staff."""
    columns = {name: words for name, words in NODE_COLUMNS.items() if staff or name not in NodeSerializer.staff_fields}
    sheets = [
        _sheet(say(zh="环节", en="nodes"), list(columns.values()), _nodes(answer, list(columns))),
        _sheet(say(zh="供应关系", en="edges"), EDGE_COLUMNS, _edges(answer)),
    ]
    if staff:
        sheets.append(_sheet(say(zh="判断", en="verdicts"), VERDICT_COLUMNS, _verdicts(picture)))
    return written(*sheets)


def _nodes(answer: Answer, names: Sequence[str]) -> Iterator[list[Cell]]:
    for node in answer["nodes"]:
        row = {**node, "state": str(VERDICT_NAMES[node["state"]])}
        yield [row[name] for name in names]


def _edges(answer: Answer) -> Iterator[list[Cell]]:
    names = {node["node"]: node["name"] for node in answer["nodes"]}
    for edge in answer["edges"]:
        source, target = edge["source"], edge["target"]
        yield [source, names[source], target, names[target], edge["coefficient"], edge["assumed"]]


def _verdicts(picture: ChainPicture) -> Iterator[list[Cell]]:
    for at in np.flatnonzero(picture.graph.is_leaf).tolist():
        node, found = picture.nodes[at], verdict(picture, at)
        for name, words in VERDICTS.items():
            one = found[name]
            result = str(VERDICT_NAMES[one["value"]]) if name == "state" else _yes(one["value"])
            yield [
                node.code, node.name, str(words), result, one["why"], _pairs(one["inputs"]), one["confidence"],
                _pairs({key: value for key, value in one["assumed"].items() if value}),
                one["flip"]["words"] if one["flip"] else "", found["thresholds"]["version"],
            ]  # fmt: skip


def _pairs(inputs: Answer) -> str:
    return "; ".join(
        f"{name} = {f'{value:.6g}' if isinstance(value, float) else value}" for name, value in inputs.items()
    )


def _yes(value: bool) -> str:
    return str(YES if value else NO)


def _sheet(title: Words, headers: Sequence[Words], rows: Iterable[Sequence[Cell]]) -> Sheet:
    told = ([_yes(value) if isinstance(value, bool) else value for value in row] for row in rows)
    return Sheet(str(title), [str(header) for header in headers], told)
