"""Stations, plants, schools and the like: the big public ones where they are, the rest invented in plausible places."""

from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry import LineString

from democity.parks import Park
from democity.people import People
from democity.plane import Floats, to_km
from democity.randomness import spread, stream
from democity.roads import Road, motorway_accesses
from democity.seeds import table
from democity.terrain import Terrain, course, nearest_on, smooth
from democity.towns import Town
from geo.categories import FACILITY_CATEGORIES

AS_OF = "2026-06-30"
_STREET_WORDS = (
    "长沙路 重庆路 大连路 威海路 烟台路 延安路 黑龙江路 山东路 南京路 辽阳路 同安路 银川路 深圳路 株洲路 松岭路 秦岭路 "
    "金水路 九水路 君峰路 向阳路 振华路 兴国路 安顺路 文阳路 春阳路 正阳路 长城路 和阳路 华城路 礼阳路 嘉陵江路 井冈山路 "
    "武夷山路 峨眉山路 灵山湾路 朝阳山路 珠江路 富春江路 钱塘江路 滨海大道 鹤山路 墨水河路 烟青路 宁东路 青威路 蓝谷路 "
    "硅谷路 问海路"
)
"""Streets that lend their names to stations."""


@dataclass(frozen=True)
class Facility:
    """One row of the kind `facilities`; the place is on the sheet in kilometres."""

    code: str
    name: str
    name_en: str
    category: str
    place: Floats
    capacity: float | None = None
    spare: float | None = None
    voltage_kv: float | None = None
    approximate: bool = False


def lay_facilities(
    seed: int, scale: float, terrain: Terrain, parks: list[Park], towns: list[Town], roads: list[Road], people: People
) -> list[Facility]:
    """Utilities keep their number whatever the scale, so that every park can be judged."""
    found = _real(terrain)
    found += _utilities(seed, terrain, parks, towns)
    found += _lesser_stations(seed, terrain, parks, found)
    found += _transport(seed, terrain, towns, roads)
    found += _services(seed, scale, terrain, towns, people)
    found += _beside(seed, terrain, parks, towns)
    return found


def _real(terrain: Terrain) -> list[Facility]:
    """Public places by name; those known only roughly are marked as such. Halls on the shore may stand off the outline."""
    return [
        Facility(
            f"REAL-{number:03d}",
            row["name_zh"],
            row["name_en"],
            row["category"],
            nearest_on(terrain.land, to_km([float(row["lng"]), float(row["lat"])])),
            approximate=row["confidence"] != "high",
        )
        for number, row in enumerate(table("facilities"), 1)
    ]


def _utilities(seed: int, terrain: Terrain, parks: list[Park], towns: list[Town]) -> list[Facility]:
    rng = stream(seed, "utilities")
    found: list[Facility] = []
    near_parks = [(park.name.removesuffix("园"), park.name_en, park.centre, park.outline.area) for park in parks]
    near_towns = [(town.name, town.name_en, town.centre, town.weight / 12) for town in towns]

    def stand(category: str, zh: str, en: str, at: Floats, off: float, **what: float | None) -> None:
        place = nearest_on(terrain.land, at + rng.normal(0, off, 2))
        found.append(Facility(f"{category}-{len(found) + 1:04d}", zh, en, category, place, approximate=False, **what))

    for kind, near in (("park", near_parks), ("town", near_towns)):
        for name, name_en, centre, size in near:
            for number in range(1 + int(rng.random() < size / 9) + int(size > 11)):
                high = rng.random() < (0.14 if kind == "park" else 0.08)
                voltage = 220.0 if high else 110.0
                units = rng.integers(2, 4)
                capacity = float(units * (rng.choice([180, 240]) if high else rng.choice([40, 50, 63])))
                used = rng.beta(14, 1.0) if high else rng.beta(10, 1.0)
                spare = 0.0 if rng.random() < 0.10 else round(capacity * (1 - used), 1)
                ordinal = "一二三"[number]
                stand(
                    "substation", f"{name}{ordinal}变电站", f"{name_en} substation {number + 1}", centre, 0.9,
                    capacity=capacity, spare=spare, voltage_kv=voltage,
                )  # fmt: skip
    for east_north in (to_km([[120.30, 36.48]])[0], to_km([[119.86, 36.02]])[0], to_km([[120.20, 36.78]])[0]):
        stand("substation", "500千伏枢纽变电站", "500 kV hub substation", east_north, 0.5, capacity=2000.0,
              spare=round(rng.uniform(120, 160), 1), voltage_kv=500.0)  # fmt: skip

    works = (
        ("water_plant", "水厂", "water works", 0.50, 45_000, 2_000, 0.95),
        ("gas_station", "天然气门站", "gas gate station", 0.40, 24_000, 1_700, 1.0),
        ("sewage_plant", "污水处理厂", "sewage works", 0.55, 30_000, 1_700, 1.0),
        ("heat_plant", "热源厂", "heat plant", 0.34, 260, 26, 0.8),
    )
    for category, zh, en, chance, capacity_middle, spare_middle, sigma in works:
        places = [one for one in near_parks if rng.random() < chance] + [
            one for one in near_towns if one[3] > 3.5 and rng.random() < chance + 0.25
        ]
        for name, name_en, centre, _ in places:
            capacity = float(np.round(capacity_middle * rng.lognormal(0, 0.5), -1))
            spare = float(min(capacity * 0.45, np.round(spare_middle * rng.lognormal(0, sigma), -1)))
            stand(category, f"{name}{zh}", f"{name_en} {en}", centre, 1.4, capacity=capacity, spare=spare)
    return found


def _lesser_stations(seed: int, terrain: Terrain, parks: list[Park], laid: list[Facility]) -> list[Facility]:
    """Of three parks where no station has 20 MVA left, one gets a station of 35 kV, one a station whose voltage nobody wrote
    down, and one stays short: a need of 25 MVA finds power of the wrong voltage there, or cannot know, or finds none.
    """
    rng = stream(seed, "lesser stations")
    reach = FACILITY_CATEGORIES["substation"].catchment_km or 0.0
    left, _ = best_within(laid, "substation", np.array([park.centre for park in parks]), reach)
    short = [park for park, spare in zip(parks, left, strict=True) if spare < 20]
    kinds = (("35千伏", "35 kV", 35.0), ("企业", "customer", None))
    found = []
    for third, (zh, en, voltage) in enumerate(kinds):
        for number, park in enumerate(short[third::3], 1):
            code = f"substation-{'LU'[third]}{number:02d}"
            name, name_en = f"{park.name.removesuffix('园')}{zh}变电站", f"{park.name_en} {en} substation"
            place, spare = nearest_on(terrain.land, park.centre + rng.normal(0, 0.6, 2)), round(rng.uniform(24, 36), 1)
            found.append(Facility(code, name, name_en, "substation", place, 63.0, spare, voltage))
    return found


def _transport(seed: int, terrain: Terrain, towns: list[Town], roads: list[Road]) -> list[Facility]:
    rng = stream(seed, "transport")
    found: list[Facility] = []
    for number, (road, place) in enumerate(motorway_accesses(seed, terrain, roads), 1):
        town = _nearest(towns, place)
        side, side_en = _side(place - town.centre)
        name = f"{town.name}{side}出入口（{road.split()[0]}）"
        found.append(
            Facility(f"access-{number:03d}", name, f"{town.name_en} {side_en}access", "motorway_access", place)
        )
    freight = {"即墨": "即墨", "黄岛": "长江路", "莱西": "莱西", "平度": "平度", "董家口": "泊里", "蓝村": "蓝村"}
    by_name = {town.name: town for town in towns}
    for number, (name, town_name) in enumerate(freight.items(), 1):
        town = by_name[town_name]
        place = nearest_on(terrain.land, town.centre + rng.normal(0, 1.8, 2))
        name_en = f"{town.name_en} freight station"
        found.append(
            Facility(f"freight-{number:02d}", f"{name}货运站", name_en, "rail_freight", place, approximate=True)
        )
    words = list(rng.permutation(_STREET_WORDS.split()))
    for row in table("metro"):
        line = LineString(smooth(course(row["course"]), 3))
        along = 0.0
        while along < line.length:
            place = shapely.get_coordinates(line.interpolate(along))[0]
            word = words.pop() if words else _nearest(towns, place).name
            code = f"metro-{row['line']}-{along:05.1f}"
            found.append(
                Facility(code, f"{word}站（{row['line']}号线）", f"Line {row['line']} station", "metro",
                         nearest_on(terrain.land, place), approximate=True)
            )  # fmt: skip
            along += rng.uniform(1.1, 1.9)
    return found


def _services(seed: int, scale: float, terrain: Terrain, towns: list[Town], people: People) -> list[Facility]:
    """Counts follow the people; everything stands in a cell where somebody lives."""
    rng = stream(seed, "services")
    kinds = (
        # category, suffix zh, suffix en, number, exponent of residents, capacity, spread of it, spare share
        ("school", "小学", "primary school", 620, 0.75, 1_200, 0.45, 0.0),
        ("school", "中学", "middle school", 280, 0.75, 1_700, 0.4, 0.0),
        ("hospital", "医院", "hospital", 40, 0.8, 420, 0.7, 0.0),
        ("vocational_school", "职业学校", "vocational school", 30, 0.25, 900, 0.45, 0.0),
        ("housing", "人才公寓", "talent housing", 110, 0.6, 460, 0.7, 0.35),
        ("fire_station", "消防站", "fire station", 84, 0.4, 0, 0.0, 0.0),
        ("commerce", "商业中心", "shopping centre", 96, 0.8, 0, 0.0, 0.0),
        ("logistics", "物流园", "logistics park", 16, 0.2, 0, 0.0, 0.0),
    )
    lived = np.flatnonzero(people.residents > 30)
    near = _towns_of(towns, people.places)
    found: list[Facility] = []
    for category, zh, en, number, exponent, middle, sigma, spare_share in kinds:
        count = max(4, round(number * scale)) if number > 100 and scale < 1 else number
        weights = people.residents[lived] ** exponent
        chosen = lived[np.repeat(np.arange(len(lived)), spread(rng, count, weights * rng.exponential(1, len(lived))))]
        ordinal: dict[str, int] = {}
        for cell in chosen:
            town = towns[near[cell]]
            ordinal[town.name] = ordinal.get(town.name, 0) + 1
            capacity = float(np.round(middle * rng.lognormal(0, sigma), -1)) if middle else None
            spare = round(capacity * spare_share * rng.uniform(0.3, 1.6)) if capacity and spare_share else None
            name = f"{town.name}第{ordinal[town.name]}{zh}"
            code = f"{category}-{len(found) + 1:04d}"
            place = nearest_on(terrain.land, people.places[cell] + rng.normal(0, 0.05, 2))
            found.append(
                Facility(code, name, f"{town.name_en} {en} {ordinal[town.name]}", category, place, capacity, spare)
            )
    return found


def _beside(seed: int, terrain: Terrain, parks: list[Park], towns: list[Town]) -> list[Facility]:
    """A hospital in every town, and housing for workers at the gates of parks."""
    rng = stream(seed, "beside")
    found = [
        Facility(f"hospital-T{number:03d}", f"{town.name}中心医院", f"{town.name_en} central hospital", "hospital",
                 nearest_on(terrain.land, town.centre + rng.normal(0, 0.25, 2)),
                 capacity=float(np.round(120 + 6 * town.weight * rng.uniform(0.7, 1.4), -1)))
        for number, town in enumerate(towns, 1)
    ]  # fmt: skip
    found += [
        Facility(f"vocational-T{number:02d}", f"{town.name}职业教育中心", f"{town.name_en} vocational centre",
                 "vocational_school", nearest_on(terrain.land, town.centre + rng.normal(0, 0.6, 2)),
                 capacity=float(np.round(1_200 * rng.lognormal(0, 0.3), -1)))
        for number, town in enumerate(towns, 1)
        if town.weight >= 16
    ]  # fmt: skip
    for number, park in enumerate(parks, 1):
        for count in range(1 + int(park.outline.area > 5)):
            gate = shapely.get_coordinates(park.outline.boundary.interpolate(rng.random(), normalized=True))[0]
            capacity = float(np.round(700 * rng.lognormal(0, 0.6), -1))
            found.append(
                Facility(f"housing-P{number:02d}{count}", f"{park.name}蓝领公寓{'一二'[count]}期",
                         f"{park.name_en} workers' housing {count + 1}", "housing", nearest_on(terrain.land, gate),
                         capacity, round(capacity * rng.uniform(0.1, 0.7)))
            )  # fmt: skip
    return found


def _side(off: Floats) -> tuple[str, str]:
    """In which direction from the middle of a town; "" when close."""
    if np.hypot(*off) < 2.0:
        return "", ""
    east, north = off
    if abs(east) > abs(north):
        return ("东", "east ") if east > 0 else ("西", "west ")
    return ("北", "north ") if north > 0 else ("南", "south ")


def _nearest(towns: list[Town], place: Floats) -> Town:
    return min(towns, key=lambda town: float(np.hypot(*(town.centre - place))))


def _towns_of(towns: list[Town], places: Floats) -> np.ndarray:
    centres = np.array([town.centre for town in towns])
    return np.asarray(((places[:, None, :] - centres[None]) ** 2).sum(2).argmin(1))


def best_within(facilities: list[Facility], category: str, places: Floats, reach_km: float) -> tuple[Floats, Floats]:
    """(largest single spare, sum of spare) of a category within reach of each place, on the sheet."""
    chosen = [one for one in facilities if one.category == category and one.spare is not None]
    if not chosen:
        return np.zeros(len(places)), np.zeros(len(places))
    at, spare = np.array([one.place for one in chosen]), np.array([one.spare or 0.0 for one in chosen])
    near = np.hypot(*np.moveaxis(places[:, None, :] - at[None], 2, 0)) <= reach_km
    reached = near * spare[None]
    return reached.max(1), reached.sum(1)
