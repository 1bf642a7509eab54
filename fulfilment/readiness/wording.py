"""Readiness in a sentence."""

from itertools import groupby

from fulfilment.readiness.checklist import State, department_en
from fulfilment.readiness.standing import Line, Readiness
from geo.words import Words, say

STATE_WORDS: dict[State, Words] = {
    "done": say(zh="已完成", en="done"),
    "under_way": say(zh="办理中", en="under way"),
    "missing": say(zh="缺", en="missing"),
    "not_needed": say(zh="不需要", en="not needed"),
    "expired": say(zh="已过期", en="expired"),
}


def sentence(readiness: Readiness) -> Words:
    """Ready to start: yes, or what is missing."""
    if not readiness.recorded:
        return say(zh="尚无准备情况记录", en="Nothing is on record yet")
    count = len(readiness.missing)
    if not count:
        return say(zh="可以拿地即开工", en="Ready to start")
    named = listed(readiness.missing)
    return say(zh=f"还差 {count} 项：{named.zh}", en=f"{count} still to come: {named.en}")


def listed(lines: tuple[Line, ...]) -> Words:
    """Item after item; what is not simply missing says how it stands."""
    zh = "、".join(
        line.item.zh + ("" if line.state == "missing" else f"（{STATE_WORDS[line.state].zh}）") for line in lines
    )
    en = ", ".join(
        line.item.en + ("" if line.state == "missing" else f" ({STATE_WORDS[line.state].en})") for line in lines
    )
    return say(zh=zh, en=en)


def by_department(lines: tuple[Line, ...]) -> dict[str, Words]:
    """What each department still owes, in words."""
    ordered = sorted(lines, key=lambda line: line.department)
    return {name: listed(tuple(owed)) for name, owed in groupby(ordered, key=lambda line: line.department)}


def department_words(department: str) -> Words:
    return say(zh=department, en=department_en(department))
