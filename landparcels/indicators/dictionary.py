"""What an entry of the city's dictionary must be, said in words: the same for the import and for the page's form."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from geo.errors import BadParameter
from geo.importing.cleaning.units import parse_unit
from geo.importing.kinds import kind_named, short_name
from geo.words import Words, say
from landparcels.evidence import PARTS
from landparcels.indicators import catalogue
from landparcels.indicators.city import WITH_CHOICES, CityIndicator, Type
from landparcels.indicators.own import MOST_CHOICES
from landparcels.models import Parcel

CODE = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
CHOICE_CODE = re.compile(r"[a-z0-9][a-z0-9_.]*")
Fault = tuple[str, Words]
Entry = Mapping[str, Any]  # Any: clean values of the columns


def faults(entry: Entry, before: CityIndicator | None = None, others: Iterable[str] = ()) -> list[Fault]:
    """Every fault as (column, words); none when it may stand. `others` are the codes of the dictionary's other rows."""
    found = [*_of_code(entry["code"], others), *_of_range(entry), *_of_choices(entry)]
    if entry["type"] == Type.NUMBER and parse_unit(entry["unit"]) is None:
        words = say(
            zh=f"不认识单位“{entry['unit']}”；请写成如 元/kVA/月、t/h、%，没有单位写 1",
            en=f"{entry['unit']} is no unit we know; write it like CNY/kVA/month, t/h, %, or 1 for none",
        )
        found.append(("unit", words))
    if any(one.zh == entry["name_zh"] for one in catalogue().values()):
        words = say(zh=f"“{entry['name_zh']}”已是标准指标", en=f"{entry['name_zh']} is a standard indicator already")
        found.append(("name_zh", words))
    return found + (_of_change(entry, before) if before else [])


def _of_code(code: str, others: Iterable[str]) -> Iterable[Fault]:
    if not CODE.fullmatch(code) or len(code) > 40:
        yield (
            "code",
            say(
                zh=f"代码“{code}”应为小写英文字母、数字和单个下划线，以字母开头，至多 40 个字符",
                en=f"The code {code} is lower-case letters, digits and single underscores, a letter first, at most 40",
            ),
        )
        return
    columns = {column.name for column in kind_named("parcels").columns} | set(catalogue()) | {"area_mu", "lng", "lat"}
    if code in columns or code.endswith(tuple(f"_{part}" for part in PARTS)):
        yield "code", say(zh=f"代码“{code}”已另有用途", en=f"The code {code} means something else already")
        return
    short = short_name(code)
    clash = next((name for name in (*columns, *others) if name != code and short_name(name) == short), None)
    if clash:
        yield (
            "code",
            say(
                zh=f"代码“{code}”在 Shapefile 中会与 {clash} 同为 {short}，请换一个",
                en=f"In a Shapefile {code} and {clash} would both be {short}; choose another code",
            ),
        )


def _of_range(entry: Entry) -> Iterable[Fault]:
    low, high = entry["low"], entry["high"]
    if low is not None and high is not None and low > high:
        yield "high", say(zh=f"上限 {high:g} 小于下限 {low:g}", en=f"The most, {high:g}, is below the least, {low:g}")
    if entry["type"] != Type.NUMBER and (low is not None or high is not None):
        yield "low", say(zh="只有数值型指标有取值范围", en="Only a number has a range")


def _of_choices(entry: Entry) -> Iterable[Fault]:
    choices = entry["choices"]
    if entry["type"] not in WITH_CHOICES:
        if choices:
            yield "choices", say(zh="只有单选和多选指标有选项", en="Only an indicator of choices has choices")
        return
    codes = [choice["code"] for choice in choices]
    if not 2 <= len(codes) <= MOST_CHOICES:
        yield (
            "choices",
            say(zh=f"需要 2 至 {MOST_CHOICES} 个选项", en=f"There must be 2 to {MOST_CHOICES} choices"),
        )
    for choice in choices:
        if not CHOICE_CODE.fullmatch(choice["code"]):
            yield (
                "choices",
                say(
                    zh=f"选项代码“{choice['code']}”应为小写英文字母、数字、点和下划线",
                    en=f"The choice {choice['code']} is lower-case letters, digits, dots and underscores",
                ),
            )
    spellings = [word for choice in choices for word in {choice["code"], choice["zh"], choice["en"]} if word]
    doubled = next((word for word in spellings if spellings.count(word) > 1), None)
    if doubled:
        yield "choices", say(zh=f"选项“{doubled}”重复", en=f"The choice {doubled} is there twice")


def _of_change(entry: Entry, before: CityIndicator) -> list[Fault]:
    """Values that parcels have must go on meaning what they meant."""
    gone = {choice["code"] for choice in before.choices} - {choice["code"] for choice in entry["choices"]}
    if entry["type"] == before.type and not gone and entry["unit"] == before.unit:
        return []
    rows = Parcel.objects.filter(extra__has_key=before.code)
    if entry["type"] != before.type and rows.exists():
        words = say(
            zh=f"已有宗地填写了{before.name_zh}，不能再改类型；请另建一个指标",
            en=f"Parcels have values of {before.code}, so its type stays; declare another indicator",
        )
        return [("type", words)]
    if entry["unit"] != before.unit and before.type == Type.NUMBER and rows.exists():
        words = say(
            zh=f"已有宗地填写了{before.name_zh}，不能再改单位；请另建一个指标",
            en=f"Parcels have values of {before.code}, so its unit stays; declare another indicator",
        )
        return [("unit", words)]
    held = next((code for code in sorted(gone) if _is_held(before, code)), None)
    if held is None:
        return []
    words = say(
        zh=f"已有宗地选了“{held}”，不能删去这个选项", en=f"Parcels have chosen {held}, so it cannot be taken away"
    )
    return [("choices", words)]


def _is_held(before: CityIndicator, choice: str) -> bool:
    value = [choice] if before.type == Type.CHOICES else choice
    return Parcel.objects.filter(extra__contains={before.code: value}).exists()


def choices_of(parts: Sequence[str]) -> list[dict[str, str]]:
    """`passed:已通过:Passed` each; words that are left out are the code's."""
    choices = []
    for part in parts:
        code, _, words = part.replace("：", ":").partition(":")
        zh, _, en = words.partition(":")
        choices.append({"code": code.strip(), "zh": zh.strip() or code.strip(), "en": en.strip()})
    return choices


def refuse_faults(found: Sequence[Fault]) -> None:
    """The first fault as an error of the interface."""
    if found:
        column, words = found[0]
        raise BadParameter(column, zh=words.zh + "。", en=words.en + ".")
