"""The industries a sheet can be drawn of: names in both languages and the GB/T 4754 codes they hold. Pure.

A code belongs to the industry with the longest matching prefix (METHODS 3), so that every firm is in one at most.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from geo.words import Words


@dataclass(frozen=True)
class Industry:
    """One industry; `prefixes` of two to four digits."""

    code: str
    name_zh: str
    name_en: str
    prefixes: tuple[str, ...]

    @property
    def name(self) -> Words:
        return Words(self.name_zh, self.name_en)

    @cached_property
    def ceded(self) -> tuple[str, ...]:
        """Longer prefixes within this industry's that belong to another."""
        return tuple(
            prefix
            for other in INDUSTRIES
            if other.code != self.code
            for prefix in other.prefixes
            if any(prefix.startswith(own) and len(prefix) > len(own) for own in self.prefixes)
        )

    @property
    def filter(self) -> str:
        """The value of `industry=` that lists and tiles of enterprises take for it."""
        return ",".join((*self.prefixes, *(f"-{prefix}" for prefix in self.ceded)))


def _industry(code: str, name_zh: str, name_en: str, prefixes: str) -> Industry:
    return Industry(code, name_zh, name_en, tuple(prefixes.split()))


INDUSTRIES: tuple[Industry, ...] = (
    _industry("smart-appliances", "智能家电", "Smart home appliances", "385 386"),
    _industry("rail-equipment", "轨道交通装备", "Rail transit equipment", "371 372"),
    _industry("automobiles", "新能源汽车与零部件", "New-energy vehicles and parts", "36"),
    _industry("batteries", "动力电池与储能", "Batteries and energy storage", "384"),
    _industry("integrated-circuits", "集成电路与电子器件", "Integrated circuits and electronic devices", "397 652"),
    _industry("displays-terminals", "新型显示与智能终端", "New displays and smart terminals", "393 395 396 399 3974"),
    _industry("electronic-materials", "电子元件与专用材料", "Electronic components and materials", "398"),
    _industry("computers-telecom", "计算机与通信设备", "Computers and telecommunication equipment", "391 392"),
    _industry("software", "软件与信息服务", "Software and information services", "651 653 654 656 657 659"),
    _industry("industrial-internet", "工业互联网与数据服务", "Industrial internet and data services", "64 655"),
    _industry("marine-equipment", "船舶与海洋工程装备", "Ships and offshore equipment", "373 379"),
    _industry("aerospace", "航空航天", "Aerospace", "374"),
    _industry("general-machinery", "通用机械与机器人", "General machinery and robots", "34"),
    _industry("special-machinery", "专用装备", "Special-purpose machinery", "35"),
    _industry("medical-devices", "医疗器械", "Medical devices", "358"),
    _industry("instruments", "仪器仪表", "Instruments", "40"),
    _industry("biomedicine", "生物医药", "Biomedicine", "27"),
    _industry("petrochemicals", "石油炼化", "Petroleum refining", "25"),
    _industry("advanced-chemicals", "高端化工与新材料", "Advanced chemicals and materials", "26"),
    _industry("rubber-plastics", "橡胶与塑料", "Rubber and plastics", "29"),
    _industry("textiles", "纺织与化学纤维", "Textiles and chemical fibres", "17 28"),
    _industry("apparel", "服装鞋帽", "Apparel and footwear", "18 19"),
    _industry("food", "食品加工", "Food processing", "13 14"),
    _industry("beverages", "饮料与酒", "Beverages and liquor", "15"),
    _industry("power-equipment", "电力与电工装备", "Power and electrical equipment", "381 382 383 387 389"),
    _industry("metals", "钢铁有色与金属制品", "Metals and metal products", "31 32 33"),
    _industry("logistics", "现代物流与港航", "Logistics and shipping", "53 54 55 56 57 58 59 602"),
)

BY_CODE = {industry.code: industry for industry in INDUSTRIES}
POSITION = {industry.code: position for position, industry in enumerate(INDUSTRIES)}
_HOLDERS = {prefix: position for position, industry in enumerate(INDUSTRIES) for prefix in industry.prefixes}
LONGEST = 4
UNASSIGNED = -1


def position_of(code: str) -> int:
    """Position in INDUSTRIES of the industry that holds a GB/T 4754 code; UNASSIGNED when none does."""
    for length in range(min(len(code), LONGEST), 0, -1):
        holder = _HOLDERS.get(code[:length])
        if holder is not None:
            return holder
    return UNASSIGNED


def positions_of(codes: Iterable[str]) -> NDArray[np.int64]:
    """`position_of` for many codes."""
    known: dict[str, int] = {}
    return np.array([known.setdefault(code, position_of(code)) for code in codes], dtype=np.int64)
