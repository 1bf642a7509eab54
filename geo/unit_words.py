"""The units of our catalogues in Chinese, as the header of a table says them; the import reads both."""

_ZH = {
    "10k CNY": "万元",
    "CNY": "元",
    "mu": "亩",
    "m2": "平方米",
    "m3": "立方米",
    "km": "公里",
    "m": "米",
    "t": "吨",
    "kg": "千克",
    "tce": "吨标准煤",
    "tCO2": "吨CO2",
    "kWh": "千瓦时",
    "person": "人",
    "persons": "人",
    "count": "个",
    "units": "套",
    "month": "月",
    "yr": "年",
    "d": "日",
    "h": "小时",
}


def unit_in(unit: str, *, english: bool) -> str:
    """`10k CNY/mu` is 万元/亩; a bare number (`1`) has none; what has no Chinese word (MVA, %) stays."""
    if unit == "1":
        return ""
    return unit if english else "/".join(_ZH.get(part, part) for part in unit.split("/"))
