"""What was invented, as rows of the import templates: one function per kind, its header beside it."""

from collections.abc import Iterable, Iterator, Mapping

import numpy as np
from shapely.geometry.base import BaseGeometry

from democity.chains import Chains
from democity.facilities import AS_OF, Facility
from democity.figures import LAST_YEAR, YEAR_COLUMNS, Standing
from democity.firms import Firm
from democity.parcels import Parcel
from democity.parks import Park
from democity.people import RESIDENTS_THOUSAND, People
from democity.plane import Floats, shape_to_km, to_degrees
from democity.projects import Project
from democity.roads import SPEED_KMH, Road
from democity.zones import Zone
from geo import hexes
from geo.divisions import Division

Row = Iterable[object]
Shape = tuple[Mapping[str, object], BaseGeometry]
"""Properties and a geometry on the sheet in kilometres."""

FACILITIES = "code name name_en category capacity spare as_of voltage_kv approximate lng lat"
GRID_LAYERS = "code name name_en unit aggregate subject public"
GRID = "layer h3 period value"
ENTERPRISES = (
    "uscc name industry founded scale listed honours rating rating_year services parent hq_region land_mu lng lat"
)  # fmt: skip
ENTERPRISE_YEARS = f"uscc year {' '.join(YEAR_COLUMNS)}"
CHAIN_NODES = (
    "chain chain_name chain_name_en node name name_en stage parent essential barrier import_share national_output"
)  # fmt: skip
CHAIN_EDGES = "chain source target coefficient"
ENTERPRISE_NODES = "uscc chain node product share"
SUPPLY_TIES = "supplier customer year amount"
SIGNALS = "uscc date kind text source"
REQUIREMENT_PROFILES = "scope need basis low typical high source"
REGIONAL_VALUES = "region indicator value valid_from valid_to source"

LAYERS: list[Row] = [
    ("population", "常住人口", "Residents", "persons", "sum", "persons", 1),
    ("resident_workers", "常住就业人口", "Resident workers", "persons", "sum", "persons", 0),
    ("jobs", "就业岗位", "Jobs", "persons", "sum", "persons", 1),
]


def populations(divisions: list[Division]) -> Iterator[Shape]:
    """The districts again, with how many live there."""
    for division in divisions:
        if division.level == "district":
            yield {
                "adcode": division.adcode, "name": division.name, "name_en": division.name_en, "level": "district",
                "parent": division.parent, "population": RESIDENTS_THOUSAND[division.adcode] * 1000,
            }, shape_to_km(division.outline)  # fmt: skip


def park_regions(parks: list[Park]) -> Iterator[Shape]:
    """Parks as the lowest level of the tree, numbered within their district."""
    ordinal: dict[str, int] = {}
    for park in parks:
        ordinal[park.district] = ordinal.get(park.district, 0) + 1
        yield {
            "adcode": f"{park.district}{400 + ordinal[park.district]}000", "name": park.name, "name_en": park.name_en,
            "level": "park", "parent": park.district,
        }, park.outline  # fmt: skip


def zones(laid: list[Zone]) -> Iterator[Shape]:
    for zone in laid:
        yield {
            "code": zone.code, "name": zone.name, "kind": zone.kind, "hazard_max": zone.hazard_max,
            "height_max_m": zone.height_max_m,
        }, zone.outline  # fmt: skip


def roads(laid: list[Road]) -> Iterator[Shape]:
    for road in laid:
        yield {"name": road.name, "class": road.road_class, "speed_kmh": SPEED_KMH[road.road_class]}, road.line


def facilities(laid: list[Facility]) -> Iterator[Row]:
    for one in laid:
        as_of = AS_OF if one.spare is not None else ""
        names = (one.code, one.name, one.name_en, one.category)
        yield *names, one.capacity, one.spare, as_of, one.voltage_kv, int(one.approximate), *lonlat(one.place)


def grid(people: People) -> Iterator[Row]:
    cells = hexes.texts(people.cells)
    for layer, period, values in (
        ("population", "night", people.residents), ("population", "day", people.daytime),
        ("resident_workers", "all", people.workers), ("jobs", "all", people.jobs),
    ):  # fmt: skip
        for cell, value in zip(cells, values.astype(int).tolist(), strict=True):
            if value:
                yield layer, cell, period, value


def enterprises(firms: list[Firm], standings: list[Standing], parents: Mapping[str, str]) -> Iterator[Row]:
    for firm, standing in zip(firms, standings, strict=True):
        yield (
            firm.uscc, firm.name, firm.industry, standing.founded, standing.scale, int(standing.listed),
            standing.honours, standing.rating, LAST_YEAR if standing.rating else "", f"{firm.business}生产与服务",
            parents.get(firm.uscc, ""), firm.home, standing.land_mu, *lonlat(firm.place),
        )  # fmt: skip


def chain_nodes(chains: Chains) -> Iterator[Row]:
    return ([row[name] for name in CHAIN_NODES.split()] for row in chains.node_rows)


def chain_edges(chains: Chains) -> Iterator[Row]:
    return ([edge[name] for name in CHAIN_EDGES.split()] for edge in chains.edges)


def enterprise_nodes(firms: list[Firm]) -> Iterator[Row]:
    return ((firm.uscc, *product) for firm in firms for product in firm.products)


def projects(planned: list[Project]) -> tuple[str, Iterator[Row]]:
    """Header and rows."""
    header = " ".join([*planned[0].columns, "lng", "lat"])
    return header, ([*project.columns.values(), *lonlat(project.place)] for project in planned)


def parcels(laid: Iterable[Parcel]) -> Iterator[Shape]:
    return ((parcel.columns, parcel.outline) for parcel in laid)


def lonlat(place: Floats | None) -> tuple[object, object]:
    """Degrees, or two empty cells."""
    if place is None:
        return "", ""
    lon, lat = np.asarray(to_degrees(place)).tolist()
    return lon, lat
