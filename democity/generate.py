"""The whole demo city from a seed: files in the formats of the importers, in the order in which they load.

The same seed and scale give the same bytes. `scale` shrinks counts (1.0 is a city of ten million); the shape stays.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import sqrt
from pathlib import Path

import numpy as np

from democity.chains import lay_chains
from democity.facilities import AS_OF, lay_facilities
from democity.figures import YEAR_COLUMNS, report_years
from democity.firms import Firm, found_firms
from democity.parcels import lay_parcels
from democity.parks import Park, lay_parks
from democity.people import RESIDENTS_THOUSAND, People, settle
from democity.plane import Floats, to_degrees
from democity.policy import quotas, regional_values, requirement_profiles
from democity.projects import plan_projects
from democity.roads import SPEED_KMH, lay_roads
from democity.sites import Sites
from democity.terrain import Terrain, lay_terrain
from democity.ties import hear_signals, record_ties
from democity.towns import lay_towns
from democity.writing import write_shapes, write_table
from democity.zones import lay_zones
from geo import hexes
from geo.divisions import Division, divisions_for

CITY = "370200"
FULL = {"parks": 47, "parcels": 1_200, "projects": 60, "ties": 5_000, "signals": 420}


@dataclass(frozen=True)
class DemoFile:
    """One file to load. `synthetic` is false for what is real in the demo."""

    kind: str
    path: Path
    title: str
    owner: str
    rows: int
    synthetic: bool = True


def generate(folder: Path, seed: int = 1, scale: float = 1.0) -> Iterator[DemoFile]:
    """Write the files one by one into `folder`; each is complete when it is yielded."""
    divisions = divisions_for([CITY])
    terrain = lay_terrain(seed, divisions)
    small = scale < 0.3
    parks = lay_parks(seed, terrain, max(8, round(FULL["parks"] * sqrt(scale))) if small else FULL["parks"])
    towns = lay_towns(seed, terrain, parks)

    def shapes(kind: str, title: str, owner: str, rows: object, synthetic: bool = True, name: str = "") -> DemoFile:
        path = folder / f"{name or kind}.geojson"
        return DemoFile(kind, path, title, owner, write_shapes(path, rows), synthetic)  # type: ignore[arg-type]

    def table(kind: str, title: str, owner: str, header: str, rows: object) -> DemoFile:
        path = folder / f"{kind}.csv"
        return DemoFile(kind, path, title, owner, write_table(path, header.split(), rows))  # type: ignore[arg-type]

    yield shapes("regions", "第七次人口普查常住人口 Census 2020", "统计局", _populations(divisions, terrain),
                 synthetic=False, name="regions-population")  # fmt: skip
    yield shapes("regions", "产业园区 Industrial parks", "园区管委会", _park_regions(parks), name="regions-parks")
    yield shapes("zones", "国土空间管控区 Zones", "自然资源和规划局", (
        ({"code": zone.code, "name": zone.name, "kind": zone.kind, "hazard_max": zone.hazard_max,
          "height_max_m": zone.height_max_m}, zone.outline) for zone in lay_zones(seed, terrain, parks, towns)
    ))  # fmt: skip
    roads = lay_roads(seed, terrain, parks, towns)
    yield shapes("roads", "道路网 Road network", "交通运输局", (
        ({"name": road.name, "class": road.road_class, "speed_kmh": SPEED_KMH[road.road_class]}, road.line)
        for road in roads
    ))  # fmt: skip
    people = settle(seed, terrain, parks, towns, villages=not small)
    yield table("facilities", "公共与市政设施 Facilities", "各主管部门",
                "code name name_en category capacity spare as_of voltage_kv approximate lng lat",
                _facilities(seed, scale, terrain, parks, towns, roads, people))  # fmt: skip
    yield table(
        "grid_layers",
        "网格图层目录 Grid layers",
        "大数据局",
        "code name name_en unit aggregate subject public",
        _LAYERS,
    )
    yield table("grid", "人口与就业网格 Population and jobs", "大数据局", "layer h3 period value", _grid(people))

    chains = lay_chains(seed)
    parcels = lay_parcels(seed, parks, max(24, round(FULL["parcels"] * scale)))
    offered = {(parcel.park, parcel.lot) for parcel in parcels if parcel.columns["status"] != "transferred"}
    firms = found_firms(seed, scale, chains, Sites(seed, parks, people, offered))
    years, standings = report_years(seed, firms)
    yield table("enterprises", "企业名录 Enterprises", "市场监管局",
                "uscc name industry founded scale listed honours rating rating_year services hq_region land_mu lng lat",
                (_enterprise(firm, standing) for firm, standing in zip(firms, standings, strict=True)))  # fmt: skip
    yield table(
        "enterprise_years",
        "企业年度数据 Yearly figures",
        "统计局、税务局",
        f"uscc year {' '.join(YEAR_COLUMNS)}",
        years,
    )
    node_header = (
        "chain chain_name chain_name_en node name name_en stage parent essential barrier import_share national_output"
    )
    yield table("chain_nodes", "产业链环节 Chain nodes", "工业和信息化局", node_header,
                ([row[name] for name in node_header.split()] for row in chains.node_rows))  # fmt: skip
    yield table("chain_edges", "产业链供应关系 Chain edges", "工业和信息化局", "chain source target coefficient",
                ([edge[name] for name in ("chain", "source", "target", "coefficient")] for edge in chains.edges))  # fmt: skip
    yield table("enterprise_nodes", "企业产品所在环节 Products by node", "工业和信息化局", "uscc chain node product share",
                ((firm.uscc, *product) for firm in firms for product in firm.products))  # fmt: skip
    ties = record_ties(seed, max(200, round(FULL["ties"] * scale)), chains, firms)
    yield table("supply_ties", "企业供应关系 Supply ties", "工业和信息化局", "supplier customer year amount", ties)
    yield table("signals", "企业动态 Signals", "招商促进中心", "uscc date kind text source",
                hear_signals(seed, max(30, round(FULL["signals"] * scale)), firms))  # fmt: skip
    yield table("requirement_profiles", "行业用地用能需求 Requirement profiles", "工业和信息化局",
                "scope need basis low typical high source", requirement_profiles())  # fmt: skip
    yield table("regional_values", "区域价格与政策 Prices and policies", "各主管部门",
                "region indicator value valid_from valid_to source", regional_values(seed, terrain))  # fmt: skip
    yield table(
        "quotas", "要素指标余量 Quotas", "发改委、生态环境局", "region quota year remaining", quotas(seed, terrain)
    )
    projects = plan_projects(seed, max(10, round(FULL["projects"] * scale)), chains, parcels)
    project_header = list(projects[0].columns)
    yield table("projects", "招商项目 Projects", "招商促进中心", " ".join([*project_header, "lng", "lat"]),
                ([*project.columns.values(), *_lonlat(project.place)] for project in projects))  # fmt: skip
    yield shapes("parcels", "标准地宗地 Standard-land parcels", "自然资源和规划局", (
        ({name: value for name, value in parcel.columns.items() if name != "area"}, parcel.outline) for parcel in parcels
    ))  # fmt: skip


_LAYERS = [
    ("population", "常住人口", "Residents", "persons", "sum", "persons", 1),
    ("resident_workers", "常住就业人口", "Resident workers", "persons", "sum", "persons", 0),
    ("jobs", "就业岗位", "Jobs", "persons", "sum", "persons", 1),
]


def _populations(divisions: list[Division], terrain: Terrain) -> Iterator[tuple[dict[str, object], object]]:
    from democity.plane import shape_to_km

    for division in divisions:
        if division.level == "district":
            yield {
                "adcode": division.adcode, "name": division.name, "name_en": division.name_en, "level": "district",
                "parent": division.parent, "population": RESIDENTS_THOUSAND[division.adcode] * 1000,
            }, shape_to_km(division.outline)  # fmt: skip


def _park_regions(parks: list[Park]) -> Iterator[tuple[dict[str, object], object]]:
    ordinal: dict[str, int] = {}
    for park in parks:
        ordinal[park.district] = ordinal.get(park.district, 0) + 1
        yield {
            "adcode": f"{park.district}{400 + ordinal[park.district]}000", "name": park.name, "name_en": park.name_en,
            "level": "park", "parent": park.district,
        }, park.outline  # fmt: skip


def _facilities(seed: int, scale: float, *ground: object) -> Iterator[tuple[object, ...]]:
    lay: Callable[..., list[object]] = lay_facilities  # type: ignore[assignment]  # passed through as it came
    for one in lay(seed, scale, *ground):
        lon, lat = _lonlat(one.place)  # type: ignore[attr-defined]
        yield (one.code, one.name, one.name_en, one.category, one.capacity, one.spare,  # type: ignore[attr-defined]
               AS_OF if one.spare is not None else "", one.voltage_kv, int(one.approximate), lon, lat)  # type: ignore[attr-defined]  # fmt: skip


def _grid(people: People) -> Iterator[tuple[str, str, str, int]]:
    cells = hexes.texts(people.cells)
    for layer, period, values in (
        ("population", "night", people.residents), ("population", "day", people.daytime),
        ("resident_workers", "all", people.workers), ("jobs", "all", people.jobs),
    ):  # fmt: skip
        for cell, value in zip(cells, values.astype(int).tolist(), strict=True):
            if value:
                yield layer, cell, period, value


def _enterprise(firm: Firm, standing: object) -> tuple[object, ...]:
    from democity.figures import Standing

    assert isinstance(standing, Standing)
    return (
        firm.uscc, firm.name, firm.industry, standing.founded, standing.scale, int(standing.listed), standing.honours,
        standing.rating, 2025 if standing.rating else "", f"{firm.business}生产与服务", firm.home, standing.land_mu,
        *_lonlat(firm.place),
    )  # fmt: skip


def _lonlat(place: Floats | None) -> tuple[object, object]:
    if place is None:
        return "", ""
    lon, lat = np.asarray(to_degrees(place)).tolist()
    return lon, lat
