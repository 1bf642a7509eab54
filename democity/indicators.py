"""The demo city's own indicators: ten that a port city asks for beside the standard ones, with values that fit its parcels."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

import numpy as np
from numpy.random import Generator

from democity.parcels import TODAY, Parcel
from democity.randomness import stream

HEADER = (
    "code name_zh name_en group type unit bound low high choices department_zh department_en "
    "legal_basis_zh legal_basis_en position"
)
_LAND = ("自然资源和规划局", "Natural resources and planning")
_POWER = ("发展和改革委、供电公司", "Development and reform, power supply")
_ECOLOGY = ("生态环境局", "Ecology and environment")
_CONTROL = (
    "《工业项目建设用地控制指标》（自然资发〔2023〕72号）",
    "Control indicators for land of industrial projects (Ministry of Natural Resources, 2023, No. 72)",
)
_TARIFF = (
    "《关于第三监管周期省级电网输配电价及有关事项的通知》（发改价格〔2023〕526号）",
    "Notice on provincial transmission and distribution tariffs, third regulatory period (NDRC, 2023, No. 526)",
)
_SOIL = ("《土壤污染防治法》", "Soil Pollution Prevention and Control Law")
_NONE = ("", "")

DICTIONARY: tuple[tuple[object, ...], ...] = (
    ("capacity_price", "容量电价", "Capacity charge", "energy", "number", "CNY/kVA/month", "lower_better", 0, 200, "",
     *_POWER, *_TARIFF, 10),
    ("tariff_voltages", "电价电压等级", "Voltage classes of the tariff (kV)", "energy", "choices", "1", "neutral", "", "",
     "10:10 千伏:10 kV;35:35 千伏:35 kV;110:110 千伏:110 kV;220:220 千伏:220 kV", *_POWER, *_TARIFF, 20),
    ("steam_supply", "可供蒸汽", "Steam on offer", "energy", "number", "t/h", "higher_better", 0, 2000, "",
     "热力公司", "Heat supply", *_NONE, 30),
    ("office_floor_ratio_max", "行政办公建筑面积占比上限", "Maximum share of office floor area", "admission", "number", "%",
     "at_most", 0, 100, "", *_LAND, *_CONTROL, 10),
    ("building_coefficient_max", "建筑系数上限", "Maximum building coefficient", "admission", "number", "%", "at_most", 0,
     100, "", *_LAND, *_NONE, 20),
    ("vocs_per_value_added_max", "单位增加值VOCs排放上限", "Maximum VOC emission per value added", "admission", "number",
     "kg/10k CNY", "at_most", 0, 50, "", *_ECOLOGY, *_NONE, 30),
    ("carbon_per_value_added_max", "单位增加值碳排放上限", "Maximum carbon emission per value added", "admission", "number",
     "tCO2/10k CNY", "at_most", 0, 100, "", *_ECOLOGY, *_NONE, 40),
    ("value_added_per_mu_min", "亩均增加值", "Minimum value added per mu", "admission", "number", "10k CNY/mu", "at_least", 0,
     10000, "", "工业和信息化局", "Industry and informatization", *_NONE, 50),
    ("start_months_max", "约定开工期限", "Agreed time to start building", "terms", "number", "month", "at_most", 0, 60, "",
     *_LAND, *_NONE, 10),
    ("soil_survey", "土壤污染状况调查", "Soil pollution survey", "terms", "choice", "1", "neutral", "", "",
     "passed:已通过评审:Passed review;unneeded:无需调查:Not needed;under_way:进行中:Under way;not_begun:未开展:Not begun",
     *_ECOLOGY, *_SOIL, 20),
)  # fmt: skip


def with_own_values(seed: int, parcels: Sequence[Parcel]) -> Iterator[Parcel]:
    """The parcels with values of the ten, and until when those of admission and price hold; unknown ones are left out."""
    rng = stream(seed, "own indicators")
    steam_of: dict[str, float] = {}
    for parcel in parcels:
        steam = steam_of.setdefault(parcel.park, _steam(rng))
        yield replace(parcel, columns=parcel.columns | _values(rng, parcel.columns, steam) | _evidence(rng))


def _steam(rng: Generator) -> float:
    """A park has a heat plant beside it or none."""
    return float(rng.choice([0, 20, 40, 60, 80, 120])) if rng.random() < 0.7 else np.nan


def _values(rng: Generator, columns: dict[str, object], steam: float) -> dict[str, object]:
    output, energy = _number(columns, "output_per_mu_min"), _number(columns, "energy_per_value_added_max")
    coefficient = _number(columns, "building_coefficient_min")
    large = rng.random()
    voltages = ["10", "35", "110", "220"][: 1 + int(large > 0.25) + int(large > 0.6) + int(large > 0.93)]
    survey = rng.choice(["passed", "unneeded", "under_way", "not_begun"], p=[0.46, 0.3, 0.16, 0.08])
    values = {
        "capacity_price": round(float(rng.choice([27.2, 25.6, 23.0])), 1),
        "tariff_voltages": ";".join(voltages),
        "steam_supply": round(steam * rng.uniform(0.7, 1.0), 0),
        "office_floor_ratio_max": 15 if rng.random() < 0.9 else 10,
        "building_coefficient_max": min(80.0, coefficient + float(rng.choice([20, 25, 30]))),
        "vocs_per_value_added_max": round(0.35 * rng.lognormal(0, 0.5), 2),
        "carbon_per_value_added_max": round(energy * 2.6 * rng.lognormal(0, 0.15), 2),
        "value_added_per_mu_min": round(output * rng.uniform(0.2, 0.3), 0),
        "start_months_max": int(rng.choice([3, 6, 6, 6, 9, 12])),
        "soil_survey": str(survey),
    }
    return {code: value for code, value in values.items() if value == value and rng.random() > 0.04}


def _evidence(rng: Generator) -> dict[str, object]:
    """Conditions are vouched for by a paper of the year; an appraised price holds for one year, and a few ran out."""
    told: dict[str, object] = {}
    if rng.random() < 0.8:
        day = TODAY - timedelta(days=int(rng.integers(30, 260)))
        told |= {
            "admission_as_of": day.isoformat(),
            "admission_expires": (day + timedelta(days=730)).isoformat(),
            "admission_reference": f"青标准地条件（演示）〔{day.year}〕{int(rng.integers(1, 400))}号",
        }
    if rng.random() < 0.7:
        age = int(rng.integers(330, 400)) if rng.random() < 0.06 else int(rng.integers(10, 250))
        day = TODAY - timedelta(days=age)
        told |= {
            "start_price_as_of": day.isoformat(),
            "start_price_expires": (day + timedelta(days=365)).isoformat(),
            "start_price_reference": "宗地地价评估报告（演示）",
        }
    return told


def _number(columns: dict[str, object], name: str) -> float:
    value = columns.get(name)
    return float(value) if isinstance(value, int | float) else float("nan")
