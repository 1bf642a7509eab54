"""What regions charge and grant over time, and what industries need: tables a city's departments would keep."""

from democity.randomness import stream
from democity.terrain import Terrain

CITY = "370200"
_CHEAP, _OUTER, _COASTAL, _URBAN = 0.0, 0.25, 0.55, 1.0
DISTRICTS = {
    "370202": _URBAN, "370203": _URBAN, "370213": 0.85, "370212": 0.9, "370214": _COASTAL, "370211": _COASTAL,
    "370215": 0.4, "370281": 0.35, "370283": _CHEAP, "370285": 0.1,
}  # fmt: skip
"""How dear a district is, 0 to 1."""
WITHOUT_STEAM = ("370202", "370203", "370283", "370285", "370215")
"""Districts without a steam network: their steam price is unknown."""
YEARS = (2024, 2025, 2026)
_DEPARTMENT = {
    "electricity_price": "供电公司代理购电价格公告", "electricity_valley_price": "供电公司代理购电价格公告", "water_price": "水务局水价表",
    "gas_price": "发改委非居民气价通知", "steam_price": "热力公司价目", "sewage_price": "水务局污水处理费标准",
    "corporate_tax_rate": "企业所得税法", "land_use_tax": "城镇土地使用税等级表", "average_wage": "人社局工资调查",
    "employer_insurance_rate": "人社局缴费标准", "hiring_subsidy": "人社局就业政策",
}  # fmt: skip

RegionalRow = tuple[str, str, float, str, str, str]
ProfileRow = tuple[str, str, str, object, float, object, str]


def regional_values(seed: int, terrain: Terrain) -> list[RegionalRow]:
    """(region, indicator, value, valid_from, valid_to, source) for all eleven regional indicators, newest open."""
    rng = stream(seed, "policy")
    rows: list[RegionalRow] = []

    def over_time(region: str, indicator: str, value: float, growth: float, decimals: int) -> None:
        for year in YEARS:
            then = value * (1 + growth) ** (year - YEARS[-1]) * (1 + (rng.normal(0, 0.006) if growth else 0))
            last = "" if year == YEARS[-1] else f"{year}-12-31"
            source = f"{_DEPARTMENT[indicator]} {year}（演示）"
            rows.append((region, indicator, round(float(then), decimals), f"{year}-01-01", last, source))

    over_time(CITY, "corporate_tax_rate", 25.0, 0.0, 1)
    over_time(CITY, "employer_insurance_rate", 25.2, 0.004, 1)
    over_time(CITY, "electricity_price", 0.672, -0.015, 4)
    over_time(CITY, "electricity_valley_price", 0.318, -0.02, 4)
    for code in terrain.districts:
        dear = DISTRICTS.get(code, 0.3)
        over_time(code, "electricity_price", 0.645 + 0.045 * dear + rng.normal(0, 0.006), -0.015, 4)
        over_time(code, "electricity_valley_price", 0.300 + 0.03 * dear + rng.normal(0, 0.006), -0.02, 4)
        over_time(code, "water_price", 3.9 + 0.9 * dear + rng.normal(0, 0.12), 0.02, 2)
        over_time(code, "gas_price", 3.65 + 0.4 * dear + rng.normal(0, 0.08), 0.01, 2)
        over_time(code, "sewage_price", 1.45 + 0.5 * dear + abs(rng.normal(0, 0.12)), 0.015, 2)
        over_time(code, "land_use_tax", [3.2, 4.8, 6.4, 8.0, 12.8, 19.2][min(int(dear * 5.5), 5)], 0.0, 1)
        over_time(code, "average_wage", 5_900 + 2_700 * dear + rng.normal(0, 120), 0.045, 0)
        over_time(code, "hiring_subsidy", float(rng.choice([500, 1000, 1000, 1500, 2000])), 0.0, 0)
        if code not in WITHOUT_STEAM:
            over_time(code, "steam_price", 225 + 45 * dear + rng.normal(0, 8), 0.01, 0)
    return rows


UNIT_NEEDS = {
    # per 100 million CNY of investment: MVA, water m3/d, gas m3/h, sewage m3/d, steam t/h; jobs per mu; reach of roads
    "electronics": (3.2, 260, 60, 200, 0.5, 3.2, 6), "machinery": (1.8, 60, 70, 45, 0.3, 2.2, 10),
    "chemicals": (2.6, 520, 320, 380, 6.0, 0.9, 12), "metals": (4.6, 180, 420, 120, 1.0, 1.0, 10),
    "food": (1.4, 420, 90, 330, 2.4, 2.6, 10), "services": (0.9, 40, 10, 32, 0.0, 9.0, 8),
}  # fmt: skip

INDUSTRIES: tuple[tuple[str, str], ...] = tuple(
    (code, kind)
    for kind, codes in (
        ("machinery", "385 386 371 372 361 362 363 364 365 366 367 373 379 374 34 351 352 353 354 355 356 357 359 381 382 383 "
                      "387 389 29"),
        ("electronics", "384 397 393 395 396 399 398 391 392 358 40"),
        ("services", "652 651 653 654 655 656 657 659 64 53 54 55 56 58 59"),
        ("chemicals", "25 26 28"),
        ("metals", "31 32 33"),
        ("food", "27 17 18 19 13 14 15"),
    )
    for code in codes.split()
)  # fmt: skip
"""Every code behind the 27 industries of the map, by the kind of plant it needs."""

NODES: tuple[tuple[str, str, float], ...] = (
    ("integrated-circuits/foundry", "electronics", 2.6), ("integrated-circuits/silicon-wafer", "electronics", 1.8),
    ("new-display/lcd-panel", "electronics", 2.0), ("new-display/glass-substrate", "metals", 1.6),
    ("battery-storage/cell", "electronics", 1.5), ("battery-storage/base-film", "chemicals", 0.8),
    ("new-energy-vehicles/battery-pack", "machinery", 1.2), ("new-energy-vehicles/passenger-car", "machinery", 1.0),
    ("hydrogen/electrolyser", "machinery", 1.2), ("hydrogen/proton-membrane", "chemicals", 0.7),
    ("rail-equipment/bearing", "machinery", 1.2), ("biomedicine/culture-medium", "food", 0.9),
    ("industrial-internet/data-centre", "electronics", 4.0), ("smart-appliances/compressor", "machinery", 1.1),
)  # fmt: skip


def requirement_profiles() -> list[ProfileRow]:
    """(scope, need, basis, low, typical, high, source): presets by industry code and for some wanted nodes."""
    rows: list[ProfileRow] = []
    for code, kind in INDUSTRIES:
        rows += _needs(code, kind, 1.0)
    for node, kind, factor in NODES:
        rows += _needs(node, kind, factor)
    return rows


def _needs(scope: str, kind: str, factor: float) -> list[ProfileRow]:
    power, water, gas, sewage, steam, jobs, road = UNIT_NEEDS[kind]
    source = "行业用能用地定额汇编（演示）"

    def row(need: str, basis: str, typical: float, spread: float = 0.5) -> ProfileRow:
        ends = round(typical * (1 - spread), 3), round(typical * (1 + 2 * spread), 3)
        return (scope, need, basis, ends[0], round(typical, 3), ends[1], source)

    rows = [
        row("power", "per_100m_cny", power * factor),
        row("water", "per_100m_cny", water * factor),
        row("gas", "per_100m_cny", gas * factor),
        row("sewage", "per_100m_cny", sewage * factor),
        row("labour", "per_mu", jobs),
        row("highway_km", "absolute", road),
        row("labour_catchment", "absolute", 60_000 if kind != "services" else 200_000),
        row("start_price", "absolute", 24 if kind != "services" else 45),
        row("far_max", "absolute", 2.0 if kind in ("electronics", "services") else 1.5, 0.25),
    ]
    if steam:
        rows.append(row("steam", "per_100m_cny", steam * factor))
    if kind in ("chemicals", "metals", "machinery"):
        rows.append(row("port_km", "absolute", 40))
    if kind in ("electronics", "services"):
        rows.append(row("airport_km", "absolute", 35))
        rows.append(row("metro_km", "absolute", 10))
    return rows
