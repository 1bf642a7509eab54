"""Units as people write them, in Chinese and English, and the factor between two that measure the same thing.

A unit is a quotient of atoms (`万元/亩`, `kg/10k CNY`, `吨标煤/万元`, `m³/d`). Each atom has a dimension and a size in that
dimension's base; two units fit when their dimensions agree. A year under the stroke says only that a figure is yearly.
"""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from geo.words import Words, say

POWER_FACTOR = Fraction(95, 100)
"""Of a load given in active power (MW) where apparent power (MVA) is wanted. FORMATS."""

_ATOMS: dict[str, tuple[str, Fraction]] = {}


def _atoms(dimension: str, **sizes: str) -> None:
    """`size="name name"`, with the size written as text because keywords cannot be numbers."""
    for size, names in sizes.items():
        value = Fraction(size.removeprefix("x").replace("_per_", "/").replace("p", "."))
        for name in names.split():
            _ATOMS[name] = (dimension, value)


_atoms("money", x1="元 人民币 cny rmb yuan", x1000="千元", x10000="万元 万人民币 万 wan 10kcny tenthousandcny 10krmb")
_atoms("money", x1000000="百万元 mcny", x10000000="千万元", x100000000="亿元 亿 亿人民币 100mcny")
_atoms("area", x1="亩 mu", x15="公顷 ha hectare hectares", x1500="平方公里 平方千米 km2", x100="顷")
_atoms("area", x3_per_2000="平方米 平米 m2 sqm", x15p0="万平方米 万平米 万m2")
_atoms("length", x1="千米 公里 km", x1_per_1000="米 m")
_atoms("volume", x1="立方米 立方 m3 方", x10000="万立方米 万立方 万m3 万方", x100000000="亿立方米 亿m3")
_atoms("mass", x1="千克 公斤 kg", x1000="吨 t tonne tonnes", x10000000="万吨", x1_per_1000="克 g")
_atoms("carbon", x1="吨二氧化碳 吨co2 tco2 tco2e", x10000="万吨二氧化碳 万tco2", x1_per_1000="千克二氧化碳 kgco2")
_atoms(
    "coal",
    x1="吨标准煤 吨标煤 tce",
    x10000="万吨标准煤 万吨标煤 万tce",
    x1_per_1000="千克标准煤 千克标煤 公斤标准煤 kgce",
)
_atoms(
    "electricity",
    x1="千瓦时 度 kwh",
    x10000="万千瓦时 万度 万kwh",
    x100000000="亿千瓦时 亿度 亿kwh",
    x1000="兆瓦时 mwh",
)
_atoms("power", x1_per_1000="千伏安 kva", x1="兆伏安 mva", x10="万千伏安 万kva")
_atoms("voltage", x1="千伏 kv", x1_per_1000="伏 v")
_atoms("people", x1="人 名 persons person people 从业人员", x10000="万人")
_atoms(
    "count",
    x1="个 家 件 项 套 次 户 栋 处 座 床 张 床位 篇 pieces count units unit beds seats",
    x10000="万个 万套 万件",
)
_atoms("calendar", x1="月 个月 month months", x12="年 yr year years a")
_atoms("day", x1="日 天 d day days", x1_per_24="小时 时 h hour hours", x1_per_86400="秒 s")
_atoms("ratio", x1="1 倍", x1_per_100="%", x1_per_1000="‰")
for _name, _size in (
    ("千瓦", "1/1000"),
    ("kw", "1/1000"),
    ("兆瓦", "1"),
    ("mw", "1"),
    ("万千瓦", "10"),
    ("万kw", "10"),
):
    _ATOMS[_name] = ("power", Fraction(_size) / POWER_FACTOR)
_ACTIVE_POWER = frozenset(("千瓦", "kw", "兆瓦", "mw", "万千瓦", "万kw"))
_YEARS = frozenset(("年", "yr", "year", "years", "a"))
_LONGEST_FIRST = sorted(_ATOMS, key=len, reverse=True)
_JOINED = re.compile(r"[·*.×⋅]")


@dataclass(frozen=True, slots=True)
class Unit:
    """`size` of one of it in the bases of its `dimensions` (dimension, power)."""

    text: str
    size: Fraction
    dimensions: frozenset[tuple[str, int]]
    is_active_power: bool = False

    def inverted(self) -> "Unit":
        return Unit(
            f"1/({self.text})",
            1 / self.size,
            frozenset((dimension, -power) for dimension, power in self.dimensions),
            self.is_active_power,
        )


@lru_cache(maxsize=4096)
def parse_unit(text: str) -> Unit | None:
    """None: these words are no unit."""
    plain = unicodedata.normalize("NFKC", text).casefold().replace("每", "/").replace("∕", "/")
    plain = re.sub(r"\s+|单位:?|[()]", "", plain)
    if not plain:
        return None
    over, *under = plain.split("/")
    size, powers, active = Fraction(1), Counter[str](), False
    for position, part in enumerate((over, *under)):
        for name in _JOINED.split(part) if part not in _ATOMS else [part]:
            if name not in _ATOMS:
                return None
            if position and name in _YEARS:
                continue
            dimension, scale = _ATOMS[name]
            active = active or name in _ACTIVE_POWER
            size = size / scale if position else size * scale
            powers[dimension] += -1 if position else 1
    dimensions = frozenset((name, power) for name, power in powers.items() if power and name != "ratio")
    return Unit(text.strip(), size, dimensions, active)


def factor(given: Unit, wanted: Unit) -> Fraction | None:
    """What a number in `given` is multiplied by to be in `wanted`; None: they measure different things."""
    if given.dimensions != wanted.dimensions:
        return None
    return given.size / wanted.size


def conversion_note(given: Unit, wanted: Unit) -> Words:
    power_zh = "，功率因数取 0.95" if given.is_active_power != wanted.is_active_power else ""
    power_en = " at power factor 0.95" if given.is_active_power != wanted.is_active_power else ""
    return say(
        zh=f"单位换算：{given.text} → {wanted.text}{power_zh}", en=f"Units: {given.text} → {wanted.text}{power_en}"
    )


def misfit(given: str, wanted: str | None) -> Words:
    if wanted is None:
        return say(zh=f"这一列是不带单位的数，不能写“{given}”", en=f"This column takes bare numbers, not “{given}”")
    return say(zh=f"单位“{given}”不能换算成 {wanted}", en=f"The unit “{given}” cannot be turned into {wanted}")


_NUMBER_AND_UNIT = re.compile(r"([-+]?[\d.,]*\d(?:\.\d*)?(?:e[-+]?\d+)?)(.+)")


def split_cell(text: str) -> tuple[str, str] | None:
    """`3.5公顷` → (`3.5`, `公顷`); None: not a number followed by anything."""
    found = _NUMBER_AND_UNIT.fullmatch(text)
    return (found[1], found[2].strip()) if found else None
