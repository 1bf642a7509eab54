"""Units in which quantities are offered and wanted; those of one dimension can be compared. Pure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unit:
    """`factor` turns an amount into the dimension's first unit."""

    code: str
    zh: str
    en: str
    dimension: str
    factor: float = 1.0


UNITS = {
    unit.code: unit
    for unit in (
        Unit("kg", "千克", "kg", "mass"),
        Unit("t", "吨", "t", "mass", 1000),
        Unit("10kt", "万吨", "10,000 t", "mass", 10_000_000),
        Unit("pcs", "件", "pieces", "pieces"),
        Unit("10kpcs", "万件", "10,000 pieces", "pieces", 10_000),
        Unit("set", "套", "sets", "sets"),
        Unit("machine", "台", "machines", "machines"),
        Unit("m", "米", "m", "length"),
        Unit("km", "千米", "km", "length", 1000),
        Unit("m2", "平方米", "m²", "area"),
        Unit("m3", "立方米", "m³", "volume"),
        Unit("kwh", "千瓦时", "kWh", "energy"),
        Unit("mwh", "兆瓦时", "MWh", "energy", 1000),
        Unit("cny10k", "万元", "10k CNY", "money"),
    )
}
SPELLINGS = {
    **{spelling: unit.code for unit in UNITS.values() for spelling in (unit.code, unit.zh)},
    "个": "pcs",
    "只": "pcs",
    "公斤": "kg",
    "公里": "km",
    "万只": "10kpcs",
    "㎡": "m2",
    "m²": "m2",
    "m³": "m3",
    "kWh": "kwh",
    "MWh": "mwh",
    "辆": "machine",
    "部": "machine",
}


def in_common(amount: float | None, unit: str, other: str) -> float | None:
    """The amount of `unit` in the unit `other`; None where it is unknown or the two cannot be compared."""
    here, there = UNITS.get(unit), UNITS.get(other)
    if amount is None or here is None or there is None or here.dimension != there.dimension:
        return None
    return amount * here.factor / there.factor
