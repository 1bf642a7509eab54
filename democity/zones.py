"""Areas in which rules hold: red lines, farmland, flood and water protection, boundaries of towns, parks and zones."""

from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry import LineString, Point, box
from shapely.geometry.base import BaseGeometry

from democity.parks import Park
from democity.plane import to_km, turned
from democity.randomness import stream
from democity.terrain import Terrain, multipolygon, scatter
from democity.towns import Town


@dataclass(frozen=True)
class Zone:
    """One row of the kind `zones`; the outline is on the sheet in kilometres."""

    code: str
    name: str
    kind: str
    outline: BaseGeometry
    hazard_max: str = ""
    height_max_m: float | None = None


def lay_zones(seed: int, terrain: Terrain, parks: list[Park], towns: list[Town]) -> list[Zone]:
    """Where they would lie; parks and towns are never inside what excludes building."""
    built = _around(parks, towns, 0.3, 0.12)
    grown = _around(parks, towns, 0.9, 0.7)
    used = shapely.union_all([park.outline for park in parks])
    zones = _nature(terrain, built) + _places(seed, terrain, used)
    zones += _boundaries(terrain, grown) + _farmland(seed, terrain, grown) + _industrial(terrain, parks)
    return [
        Zone(f"{zone.kind}-{number:03d}", zone.name, zone.kind, shape, zone.hazard_max, zone.height_max_m)
        for number, zone in enumerate(zones, 1)
        if not (shape := multipolygon(shapely.make_valid(zone.outline.simplify(0.01)), 0.002)).is_empty
    ]


def _around(parks: list[Park], towns: list[Town], park_km: float, town_km: float) -> BaseGeometry:
    """Parks and towns with a belt about them."""
    belts = [park.outline.buffer(park_km) for park in parks] + [town.built.buffer(town_km) for town in towns]
    return shapely.union_all(belts)


def _nature(terrain: Terrain, built: BaseGeometry) -> list[Zone]:
    zones: list[Zone] = []
    for hill in terrain.hills:
        zones.append(Zone("", f"{hill.name}生态保护红线（示意）", "ecological_redline", hill.shape.difference(built)))
    zones.append(
        Zone("", "崂山自然保护地（示意）", "nature_reserve", terrain.hills[0].shape.buffer(-2.2).difference(built))
    )
    for water in terrain.waters:
        shape = water.shape.buffer(0.45).intersection(terrain.land).difference(built)
        zones.append(Zone("", f"{water.name}水源保护区（示意）", "water_source", shape))
    for river in terrain.rivers:
        zones.append(Zone("", f"{river.name}行洪区（示意）", "flood", river.shape.difference(built.buffer(-0.2))))
    shore = terrain.land.boundary.difference(_inland_border()).buffer(0.3).intersection(terrain.land)
    zones.append(Zone("", "海岸带保护范围（示意）", "coastal_protection", shore.difference(built)))
    return zones


def _places(seed: int, terrain: Terrain, used: BaseGeometry) -> list[Zone]:
    """Hazards, heritage, the airport's approach and the lines of the grid."""
    rng = stream(seed, "zones")
    zones: list[Zone] = []
    for hill in (terrain.hills[0], terrain.hills[3], terrain.hills[5]):
        spots = scatter(rng, hill.shape.buffer(0.5).intersection(terrain.land), 4)
        shape = shapely.union_all([Point(spot).buffer(rng.uniform(0.4, 1.0)) for spot in spots]).difference(used)
        zones.append(Zone("", f"{hill.name}地质灾害高易发区（示意）", "geological_hazard", shape))
    for name, lon, lat, radius in (
        ("三里河遗址", 120.005, 36.232, 0.35), ("即墨故城遗址", 120.170, 36.655, 1.1), ("琅琊台遗址", 119.905, 35.650, 0.8),
        ("天柱山石刻", 119.830, 36.980, 0.5), ("八大关历史街区", 120.345, 36.055, 0.5),
    ):  # fmt: skip
        shape = Point(to_km([lon, lat])).buffer(radius).intersection(terrain.land).difference(used)
        zones.append(Zone("", f"{name}保护范围（示意）", "heritage", shape))
    middle = to_km([120.088, 36.362])
    for length, width, height in ((9.0, 5.0, 45.0), (19.0, 9.0, 90.0)):
        shape = box(middle[0] - width / 2, middle[1] - length, middle[0] + width / 2, middle[1] + length)
        zones.append(Zone("", f"机场净空保护区 {height:g} 米（示意）", "airport_clearance", shape.intersection(terrain.land),
                          height_max_m=height))  # fmt: skip
    for name, ends in (
        ("500千伏输电走廊", [[119.90, 36.02], [119.95, 36.30], [119.98, 36.60], [120.20, 36.78]]),
        ("220千伏输电走廊", [[120.20, 36.78], [120.30, 36.48], [120.56, 36.40]]),
        ("天然气长输管道走廊", [[119.72, 36.08], [119.90, 36.28], [120.24, 36.46], [120.60, 36.62]]),
    ):
        shape = LineString(to_km(ends)).buffer(0.06, cap_style="flat").intersection(terrain.land)
        zones.append(Zone("", f"{name}（示意）", "corridor", shape.difference(used)))
    return zones


def _boundaries(terrain: Terrain, grown: BaseGeometry) -> list[Zone]:
    rough = terrain.rough
    return [
        Zone("", "城镇开发边界（示意）", "urban_development_boundary", grown.intersection(outline).difference(rough))
        for outline in terrain.districts.values()
    ]


def _farmland(seed: int, terrain: Terrain, grown: BaseGeometry) -> list[Zone]:
    """Large fields of the plain, in blocks along the lie of the land, clear of everything built."""
    rng = stream(seed, "farmland")
    barred = shapely.union_all([grown.buffer(0.3), terrain.rough.buffer(0.25)])
    plain = terrain.land.buffer(-0.8).difference(barred)
    shapely.prepare(plain)
    west, south, east, north = terrain.land.bounds
    zones: list[Zone] = []
    for x in np.arange(west, east, 4.6):
        for y in np.arange(south, north, 3.8):
            if rng.random() < 0.35:
                continue
            corners = rng.normal(0, 0.30, (4, 2)) + [(0.2, 0.2), (4.3, 0.2), (4.3, 3.5), (0.2, 3.5)] + (x, y)
            field = shapely.Polygon(turned(corners, 9, (x, y))).buffer(-0.05)
            shape = field if plain.contains(field) else field.intersection(plain)
            if shape.area > 3.0:
                zones.append(Zone("", f"永久基本农田 {len(zones) + 1:03d}（示意）", "permanent_farmland", shape))
    return zones


def _industrial(terrain: Terrain, parks: list[Park]) -> list[Zone]:
    zones = [
        Zone("", f"{park.name}工业控制线（示意）", "industrial_block", park.outline, park.hazard) for park in parks
    ]
    zones += [
        Zone("", f"{park.name}（化工园区，示意）", "chemical_park", park.outline, "high")
        for park in parks
        if park.hazard == "high"
    ]
    for name in dict.fromkeys(park.zone for park in parks if park.zone):
        members = [park for park in parks if park.zone == name]
        hull = shapely.union_all([park.outline.buffer(1.2) for park in members]).buffer(1.0).buffer(-1.4)
        home = shapely.union_all([terrain.districts[code] for code in sorted({park.district for park in members})])
        shape = hull.intersection(home).difference(shapely.union_all([hill.shape for hill in terrain.hills]))
        zones.append(Zone("", f"{name}（示意）", "development_zone", shape))
    return zones


def _inland_border() -> BaseGeometry:
    """Roughly the city's border with its neighbours on land: what is not shore."""
    return LineString(
        to_km([[119.53, 35.60], [119.50, 35.75], [119.66, 35.88], [119.60, 36.05], [119.80, 36.35], [119.90, 36.46], [119.50, 36.65], [119.58, 37.02],
               [120.05, 37.05], [120.30, 37.10], [120.60, 37.15], [120.70, 36.70], [120.85, 36.62]])
    ).buffer(16)  # fmt: skip
