"""The words of a card: names of its terms, values with their units, and what a figure was worked out from."""

from typing import Any

from geo.categories import Hazard
from geo.industries import industry_words
from geo.printing import sentence
from geo.printing.figures import UNKNOWN
from geo.words import Words
from landparcels.indicators import indicators_for
from landparcels.land_use import land_use_words
from landparcels.models import Status, SupplyMode

Json = dict[str, Any]  # Any: what JSON holds

TERM_WORDS = {
    "status": Words("状态", "Status"),
    "area_mu": Words("面积", "Area"),
    "land_use": Words("用途", "Land use"),
    "admits": Words("准入行业（GB/T 4754）", "Industries admitted (GB/T 4754)"),
    "excludes": Words("限制行业（GB/T 4754）", "Industries excluded (GB/T 4754)"),
    "hazard_max": Words("最高危险等级", "Highest hazard class"),
    "divisible": Words("可分割", "Divisible"),
    "supply_mode": Words("供应方式", "Supply mode"),
    "planned_listing": Words("计划上市", "Planned listing"),
    "bid_start": Words("报名开始", "Bidding opens"),
    "bid_deadline": Words("报名截止", "Bidding closes"),
    "deposit": Words("保证金", "Deposit"),
    "price_step": Words("加价幅度", "Price step"),
    "contact_office": Words("联系单位", "Office"),
    "contact_phone": Words("联系电话", "Telephone"),
}
UNITS = {"area_mu": "mu", "deposit": "10k CNY", "price_step": "10k CNY"}
CHOICES: dict[str, Any] = {"status": Status, "supply_mode": SupplyMode, "hazard_max": Hazard}  # Any: kinds of choices
ORIGINS = {
    "declared": Words("申报", "Declared"),
    "regional": Words("区域", "Regional"),
    "computed": Words("计算", "Computed"),
}
YES_NO = {True: Words("是", "Yes"), False: Words("否", "No")}


def spoken(words: Words, *, english: bool) -> str:
    return words.en if english else words.zh


def term_words(name: str, value: Any, *, english: bool) -> str:  # Any: what JSON holds
    """A term's value; unknown is a dash."""
    if value is None or value in ("", []):
        return UNKNOWN
    if isinstance(value, bool):
        return spoken(YES_NO[value], english=english)
    if name in CHOICES:
        label: str = CHOICES[name](value).label  # 草稿 Draft
        return label.split(" ", 1)[english]
    if name == "land_use":
        return spoken(land_use_words(value), english=english)
    if name in ("admits", "excludes"):
        return ("; " if english else "；").join(spoken(industry_words(code), english=english) for code in value)
    if isinstance(value, list):
        return ", ".join(value) if english else "、".join(value)
    return sentence(value, UNITS.get(name, "1"), english=english) if isinstance(value, int | float) else str(value)


def value_words(code: str, value: Any, unit: str, *, english: bool) -> str:  # Any: what JSON holds
    """An indicator's value: a number with its unit, yes or no, or the words of choices."""
    if value is None:
        return UNKNOWN
    if isinstance(value, bool):
        return spoken(YES_NO[value], english=english)
    if isinstance(value, int | float):
        return sentence(value, unit, english=english)
    codes = value if isinstance(value, list) else [value]
    choices = getattr(indicators_for().get(code), "choices", None) or {}
    said = [spoken(choices[one], english=english) if one in choices else str(one) for one in codes]
    return (", " if english else "、").join(said) or UNKNOWN


def where_from(detail: Json, *, english: bool) -> str:
    """Of which region, from how far, or which place it is: as the page says it, with 直线 or 路网."""
    parts = []
    if detail.get("region_name"):
        parts.append((english and detail.get("region_name_en")) or detail["region_name"])
    facility = detail.get("facility")
    if facility:
        name = (english and facility.get("name_en")) or facility["name"]
        about = Words("（位置示意）", " (stands about there)") if facility.get("approximate") else Words("", "")
        parts.append(name + spoken(about, english=english))
    if detail.get("reach_km"):
        km, sources = f"{detail['reach_km']:g}", detail.get("sources")
        words = Words(f"{km} 公里内", f"within {km} km")
        if sources is not None:
            words = Words(f"{km} 公里内 {sources} 处", f"{sources} within {km} km")
        parts.append(spoken(words, english=english))
    if detail.get("distance"):
        parts.append(spoken(distance_words(detail["distance"]), english=english))
    if facility and facility.get("road_km") is not None:
        parts.append(
            f"{spoken(distance_words('network'), english=english)} {sentence(facility['road_km'], 'km', english=english)}"
        )
    return " · ".join(parts)


def distance_words(kind: str) -> Words:
    return Words("路网", "by road") if kind == "network" else Words("直线", "straight line")
