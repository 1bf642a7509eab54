"""The whole demo city from a seed: files in the formats of the importers, in the order in which they load.

The same seed and scale give the same bytes. `scale` shrinks counts (1.0 is a city of ten million); the shape stays.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import sqrt
from pathlib import Path

from democity import rows
from democity.board import POST, POSTS, SYNONYM, post_on_board, say_the_same
from democity.chains import lay_chains
from democity.deals import LAND_DEALS, past_deals
from democity.facilities import lay_facilities
from democity.figures import report_years
from democity.firms import found_firms
from democity.fulfilment import ASSESSED, CHECKED, COMMITTED, assess_parks, check_parcels, commit_firms
from democity.indicators import DICTIONARY, with_own_values
from democity.indicators import HEADER as OWN
from democity.parcels import lay_parcels
from democity.parks import lay_parks
from democity.people import settle
from democity.policy import regional_values, requirement_profiles
from democity.projects import plan_projects
from democity.roads import lay_roads
from democity.sites import Sites
from democity.terrain import lay_terrain
from democity.ties import branches, hear_signals, record_ties
from democity.towns import lay_towns
from democity.writing import write_shapes, write_table
from democity.zones import lay_zones
from geo.divisions import divisions_for

CITY = "370200"
PARKS, PARCELS, PROJECTS, TIES, SIGNALS, DEALS = 47, 1_200, 60, 5_000, 420, 600
"""At scale 1."""
SMALL = 0.3
"""Below this scale there are fewer parks, and nobody lives in villages."""


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

    def table(kind: str, title: str, owner: str, header: str, written: Iterable[rows.Row]) -> DemoFile:
        path = folder / f"{kind}.csv"
        return DemoFile(kind, path, title, owner, write_table(path, header.split(), written))

    def shapes(kind: str, title: str, owner: str, written: Iterable[rows.Shape], name: str = "") -> DemoFile:
        path = folder / f"{name or kind}.geojson"
        return DemoFile(kind, path, title, owner, write_shapes(path, written), synthetic=name != "population")

    def some(full: int, least: int) -> int:
        return max(least, round(full * scale))

    divisions = divisions_for([CITY])
    yield shapes("regions", "第七次人口普查 Census 2020", "统计局", rows.populations(divisions), "population")

    terrain = lay_terrain(seed, divisions)
    parks = lay_parks(seed, terrain, max(8, round(PARKS * sqrt(scale))) if scale < SMALL else PARKS)
    yield shapes("regions", "产业园区 Industrial parks", "园区管委会", rows.park_regions(parks), "parks")
    towns = lay_towns(seed, terrain, parks)
    laid_zones = lay_zones(seed, terrain, parks, towns)
    yield shapes("zones", "国土空间管控区 Zones", "自然资源和规划局", rows.zones(laid_zones))
    roads = lay_roads(seed, terrain, parks, towns)
    yield shapes("roads", "道路网 Road network", "交通运输局", rows.roads(roads))
    people = settle(seed, terrain, parks, towns, villages=scale >= SMALL)
    facilities = lay_facilities(seed, scale, terrain, parks, towns, roads, people)
    yield table("facilities", "公共与市政设施 Facilities", "各主管部门", rows.FACILITIES, rows.facilities(facilities))
    yield table("grid_layers", "网格图层目录 Grid layers", "大数据局", rows.GRID_LAYERS, rows.LAYERS)
    yield table("grid", "人口与就业网格 Population and jobs", "大数据局", rows.GRID, rows.grid(people))

    chains = lay_chains(seed)
    parcels = lay_parcels(seed, parks, some(PARCELS, 24))
    offered = {(parcel.park, parcel.lot) for parcel in parcels if parcel.columns["status"] != "transferred"}
    firms = found_firms(seed, scale, chains, Sites(seed, terrain.land, parks, people, offered))
    years, standings = report_years(seed, firms)
    listed = rows.enterprises(firms, standings, branches(seed, firms))
    yield table("enterprises", "企业名录 Enterprises", "市场监管局", rows.ENTERPRISES, listed)
    yield table("enterprise_years", "企业年度数据 Yearly figures", "统计局、税务局", rows.ENTERPRISE_YEARS, years)
    industry = "工业和信息化局"
    yield table("chain_nodes", "产业链环节 Chain nodes", industry, rows.CHAIN_NODES, rows.chain_nodes(chains))
    yield table("chain_edges", "产业链供应关系 Chain edges", industry, rows.CHAIN_EDGES, rows.chain_edges(chains))
    makers = rows.enterprise_nodes(firms)
    yield table("enterprise_nodes", "企业产品所在环节 Products by node", industry, rows.ENTERPRISE_NODES, makers)
    ties = record_ties(seed, some(TIES, 200), chains, firms)
    yield table("supply_ties", "企业供应关系 Supply ties", industry, rows.SUPPLY_TIES, ties)
    signals = hear_signals(seed, some(SIGNALS, 30), firms)
    yield table("signals", "企业动态 Signals", "招商促进中心", rows.SIGNALS, signals)

    yield table("product_synonyms", "产品同义词 Product synonyms", industry, SYNONYM, say_the_same())
    public = {firm.uscc for firm, standing in zip(firms, standings, strict=True) if standing.listed}
    posts = post_on_board(seed, some(POSTS, 24), chains, firms, public)
    yield table("board_posts", "供需信息 Supply and demand", "招商促进中心", POST, posts)

    needs = requirement_profiles()
    yield table("requirement_profiles", "行业需求画像 Requirement profiles", industry, rows.REQUIREMENT_PROFILES, needs)
    prices = regional_values(seed, terrain)
    yield table("regional_values", "区域价格与政策 Prices and policies", "各主管部门", rows.REGIONAL_VALUES, prices)
    header, planned = rows.projects(plan_projects(seed, some(PROJECTS, 10), chains, parcels))
    yield table("projects", "招商项目 Projects", "招商促进中心", header, planned)
    yield table("city_indicators", "自有指标字典 Own indicators", "自然资源和规划局", OWN, DICTIONARY)
    deals = past_deals(seed, some(DEALS, 20))
    yield table("land_deals", "历年土地成交 Land deals", "自然资源和规划局", LAND_DEALS, deals)
    offered_land = rows.parcels(with_own_values(seed, parcels))
    yield shapes("parcels", "标准地宗地 Standard-land parcels", "自然资源和规划局", offered_land)
    park_offices = "园区管委会"
    yield table("assessments", "区域评估 Area assessments", park_offices, ASSESSED, assess_parks(seed, parks))
    checked = check_parcels(seed, parks, parcels)
    yield table("readiness", "开工准备 Readiness of parcels", park_offices, CHECKED, checked)
    committed = commit_firms(seed, parcels, firms)
    yield table("commitments", "履约承诺 Commitments", "自然资源和规划局", COMMITTED, committed)
