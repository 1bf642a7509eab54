"""A `--rules` file: named cleaning steps, in order, each counted in the report.

    [[step]]
    do = "strip_prefix"
    column = "gb"
    text = "156"

TOML as above, or JSON: `{"step": [{"do": …}, …]}`. The steps and their fields are dataclasses (`row_steps.py`, `cell_steps.py`):
strip_prefix, strip_suffix, replace, split, split_rows, lookup, drop_rows, keep_rows, drop_repeats, blank, fill, join,
number_from_text, swap_axes, to_point. They see the file's own column names; mapping comes afterwards.
"""

import csv
import dataclasses
import difflib
import json
import re
import tomllib
import types
import typing
from collections import Counter
from pathlib import Path
from typing import Any

from geo.importing.cleaning.cell_steps import Lookup
from geo.importing.cleaning.row_steps import Condition, DropRepeats, DropRows, KeepRows
from geo.importing.cleaning.step import Step
from geo.importing.cleaning.steps import STEPS
from geo.importing.readers import RawBatch
from geo.words import SpokenError, Words


class BadRules(SpokenError):
    """The rules file cannot be used; says which step and what to do."""


class Rules:
    """One run's rules: they count, so they are loaded anew for each import."""

    def __init__(self, steps: list[Step]) -> None:
        self.steps = steps
        self.repairs: Counter[Words] = Counter()
        self.dropped = 0

    def header(self, header: list[str]) -> list[str]:
        """Columns after the rules; refuses a step whose column is not there."""
        names = list(header)
        for number, step in enumerate(self.steps, 1):
            for field in step.needs:
                wanted = getattr(step, field)
                for name in wanted if isinstance(wanted, list) else [wanted]:
                    if name and name not in names:
                        raise _no_column(number, name, names)
            names = step.header(names)
        return names

    def apply(self, raw: RawBatch) -> RawBatch:
        for step in self.steps:
            before = len(raw)
            raw, touched = step.apply(raw)
            if touched:
                self.repairs[step.words] += touched
            if isinstance(step, DropRows | KeepRows | DropRepeats | Lookup):
                self.dropped += before - len(raw)
        return raw


def load_rules(path: Path | str) -> Rules:
    file = Path(path)
    try:
        text = file.read_text(encoding="utf-8-sig")
        read = json.loads(text) if file.suffix.lower() == ".json" else tomllib.loads(text)
    except FileNotFoundError:
        raise BadRules(zh=f"找不到规则文件 {file.name}", en=f"There is no rules file {file.name}") from None
    except (OSError, ValueError) as error:  # both decoders' errors are ValueErrors
        raise BadRules(
            zh=f"规则文件 {file.name} 读不出来：{error}", en=f"The rules file {file.name} cannot be read: {error}"
        ) from None
    steps = read.get("step") if isinstance(read, dict) else None
    if not isinstance(steps, list) or not steps:
        raise BadRules(zh="规则文件里没有 [[step]]", en="The rules file holds no [[step]]")
    if extra := [name for name in read if name != "step"]:
        raise BadRules(zh=f"规则文件里不认识 {extra[0]}", en=f"The rules file holds an unknown {extra[0]}")
    return Rules([_step(number, given, file.parent) for number, given in enumerate(steps, 1)])


def _step(number: int, given: Any, folder: Path) -> Step:
    if not isinstance(given, dict):
        raise _bad(number, "应是一张表", "must be a table")
    fields = dict(given)
    name = fields.pop("do", None)
    if not isinstance(name, str) or name not in STEPS:
        near = difflib.get_close_matches(str(name), STEPS, 1)
        hint_zh, hint_en = (f"；是否指 {near[0]}？", f"; did you mean {near[0]}?") if near else ("", "")
        raise _bad(number, f"没有“{name}”这种步骤{hint_zh}", f"there is no step “{name}”{hint_en}")
    kind = STEPS[name]
    if kind is Lookup and "file" in fields:
        fields["table"] = _table(number, fields, folder)
    declared = {field.name: field for field in dataclasses.fields(kind)}  # type: ignore[arg-type]  # every step is one
    for field in fields:
        if field not in declared:
            listed = ", ".join(declared)
            raise _bad(number, f"{name} 没有 {field}；可用：{listed}", f"{name} has no {field}; it has: {listed}")
    for field in declared.values():
        if field.name not in fields and field.default is dataclasses.MISSING:
            raise _bad(number, f"{name} 缺少 {field.name}", f"{name} lacks {field.name}")
    _check_types(number, kind, fields)
    step = kind(**fields)
    _check_sense(number, step)
    return step


def _check_types(number: int, kind: type[Step], fields: dict[str, Any]) -> None:
    hints = typing.get_type_hints(kind)
    for field, value in fields.items():
        hint = hints[field]
        options = typing.get_args(hint) if isinstance(hint, types.UnionType) else (hint,)
        plain = tuple(typing.get_origin(option) or option for option in options if option is not Any)
        plain += (int,) if float in plain else ()
        if Any not in options and not isinstance(value, plain):
            wanted = "/".join(getattr(option, "__name__", str(option)) for option in plain)
            raise _bad(number, f"{field} 应为 {wanted}", f"{field} must be {wanted}")


def _check_sense(number: int, step: Step) -> None:
    pattern = getattr(step, "pattern", None) or getattr(step, "matches", None)
    if isinstance(pattern, str):
        try:
            compiled = re.compile(pattern)
        except re.error as error:
            raise _bad(number, f"正则表达式有错：{error}", f"the regular expression is wrong: {error}") from None
        into = getattr(step, "into", None)
        if isinstance(into, list) and compiled.groups < len(into):
            raise _bad(number, f"pattern 要有 {len(into)} 个括号组", f"the pattern needs {len(into)} groups")
    if isinstance(step, Lookup) and step.otherwise not in ("keep", "blank", "drop"):
        raise _bad(number, "otherwise 应为 keep、blank 或 drop", "otherwise must be keep, blank or drop")
    if isinstance(step, Condition):
        tests = (step.matches, step.equals, step.blank, step.below, step.above)
        if step.geometry is None and not any(test is not None for test in tests):
            raise _bad(number, "没有条件（matches、equals 等）", "there is no condition (matches, equals and so on)")
        if not step.column and any(test is not None for test in tests):
            raise _bad(number, "缺少 column", "column is missing")
        if step.geometry not in (None, "point", "line", "polygon"):
            raise _bad(number, "geometry 应为 point、line 或 polygon", "geometry must be point, line or polygon")


def _table(number: int, fields: dict[str, Any], folder: Path) -> dict[str, str]:
    """A lookup table from a CSV beside the rules file; `key` and `value` name its columns."""
    name = str(fields.pop("file"))
    if Path(name).name != name:
        raise _bad(
            number, "对照表要放在规则文件旁边，只写文件名", "the table lies beside the rules file: give its bare name"
        )
    path = folder / name
    key, value = fields.pop("key", None), fields.pop("value", None)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError):
        raise _bad(number, f"对照表 {path.name} 读不出来", f"the table {path.name} cannot be read") from None
    if not rows or key not in rows[0] or value not in rows[0]:
        raise _bad(
            number, f"对照表 {path.name} 里没有列 {key}、{value}", f"the table {path.name} lacks {key} or {value}"
        )
    return {row[key].strip(): row[value].strip() for row in rows}


def _bad(number: int, zh: str, en: str) -> BadRules:
    return BadRules(zh=f"规则第 {number} 步：{zh}", en=f"Rules, step {number}: {en}")


def _no_column(number: int, name: str, names: list[str]) -> BadRules:
    return _bad(
        number,
        f"没有列“{name}”；有：{'、'.join(names[:40])}",
        f"there is no column “{name}”; there are: {', '.join(names[:40])}",
    )
