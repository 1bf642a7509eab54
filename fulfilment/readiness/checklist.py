"""The checklist as it is declared: what has to be there before work can start, and which department answers for it."""

from dataclasses import dataclass
from typing import Literal, get_args

Group = Literal["land", "utilities", "assessments", "papers"]
State = Literal["done", "under_way", "missing", "not_needed", "expired"]

GROUPS: tuple[Group, ...] = get_args(Group)
STATES: tuple[State, ...] = get_args(State)
DEPARTMENTS_EN = {
    "自然资源和规划": "Natural resources and planning",
    "园区管委会": "Park administration",
    "水务": "Water affairs",
    "供电": "Power supply",
    "通信": "Telecommunications",
    "燃气": "Gas supply",
    "热力": "Heat supply",
    "广电": "Broadcasting",
    "生态环境": "Ecology and environment",
    "发改": "Development and reform",
    "文物": "Cultural heritage",
    "地震": "Seismology",
    "气象": "Meteorology",
}


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the checklist. `from_level`: the least N of N通一平 that includes this utility; 0: always needed."""

    code: str
    group: Group
    zh: str
    en: str
    department: str
    from_level: int = 0


def department_en(department: str) -> str:
    """Where we have no English name, the department's own."""
    return DEPARTMENTS_EN.get(department, department)


_ITEMS = (
    Item("cleared", "land", "净地", "Cleared land", "自然资源和规划"),
    Item("levelled", "utilities", "土地平整", "Levelling", "园区管委会"),
    Item("road", "utilities", "道路", "Road", "园区管委会", 3),
    Item("water", "utilities", "给水", "Water supply", "水务", 3),
    Item("power", "utilities", "供电", "Power supply", "供电", 3),
    Item("drainage", "utilities", "排水（雨水）", "Drainage (rain)", "水务", 5),
    Item("telecom", "utilities", "通信", "Telecommunications", "通信", 5),
    Item("gas", "utilities", "燃气", "Gas", "燃气", 7),
    Item("heat", "utilities", "供热 / 供汽", "Heat or steam", "热力", 7),
    Item("sewage", "utilities", "排污（污水）", "Sewerage", "水务", 9),
    Item("cable", "utilities", "有线电视", "Cable network", "广电", 9),
    Item("environment", "assessments", "环境影响评价", "Environmental impact", "生态环境"),
    Item("energy", "assessments", "节能评价", "Energy conservation", "发改"),
    Item("soil_and_water", "assessments", "水土保持", "Soil and water conservation", "水务"),
    Item("geological_hazard", "assessments", "地质灾害危险性评估", "Geological hazard", "自然资源和规划"),
    Item("mineral_overlay", "assessments", "压覆重要矿产资源评估", "Overlaid mineral resources", "自然资源和规划"),
    Item("heritage", "assessments", "文物考古调查勘探", "Archaeological survey", "文物"),
    Item("flood", "assessments", "防洪影响（洪水影响）评价", "Flood impact", "水务"),
    Item("seismic", "assessments", "地震安全性评价", "Seismic safety", "地震"),
    Item("climate", "assessments", "气候可行性论证", "Climatic feasibility", "气象"),
    Item("water_resources", "assessments", "水资源论证", "Water resources", "水务"),
    Item("soil_pollution", "papers", "土壤污染状况调查", "Soil pollution survey", "生态环境"),
    Item("planning_conditions", "papers", "规划条件", "Planning conditions", "自然资源和规划"),
    Item("scheme_preview", "papers", "方案预审", "Preliminary review of the scheme", "自然资源和规划"),
)
ITEMS = {item.code: item for item in _ITEMS}
ASSESSMENTS = {code: item for code, item in ITEMS.items() if item.group == "assessments"}
"""区域评估: the ten of domain words; valid ones are counted as `regional_assessments`."""
