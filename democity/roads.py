"""The road network: expressways and trunk roads along sketched courses, country roads by least cost over the ground,
street grids in towns and parks, and a link from every park to the network."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import shapely
from scipy.sparse import coo_array
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import Delaunay
from shapely.geometry import LineString, Point
from shapely.geometry.base import BaseGeometry

from democity.parks import Park
from democity.plane import Floats
from democity.randomness import stream
from democity.seeds import table
from democity.terrain import Terrain, course, inside, smooth
from democity.towns import Town, streets_of

SPEED_KMH = {"motorway": 110, "trunk": 80, "primary": 60, "secondary": 50, "tertiary": 40}
RASTER_KM = 0.8


@dataclass(frozen=True)
class Road:
    """One stretch on the sheet in kilometres."""

    name: str
    road_class: str
    line: LineString


def lay_roads(seed: int, terrain: Terrain, parks: list[Park], towns: list[Town]) -> list[Road]:
    """Everything with wheels, the great roads first."""
    near_land = terrain.land.buffer(0.9)
    great = [
        Road(row["name"], row["class"], part)
        for row in table("expressways")
        for part in _lines(LineString(smooth(course(row["course"]), 4)).intersection(near_land))
    ]
    great += [
        Road(row["name"], row["class"], LineString(smooth(course(row["course"]), 3))) for row in table("crossings")
    ]
    country = _country_roads(seed, terrain, parks, towns)
    streets = [Road("", road_class, line) for town in towns for road_class, line in streets_of(town, seed)]
    avenues = [Road(f"{park.name}园区道路", "tertiary", line) for park in parks for line in park.streets]
    links = _links(parks, [*great, *country])
    return [*great, *country, *streets, *avenues, *links]


def motorway_accesses(seed: int, terrain: Terrain, roads: list[Road]) -> list[tuple[str, Floats]]:
    """(name of the motorway, place) about every eight kilometres, on land."""
    rng = stream(seed, "motorway accesses")
    found: list[tuple[str, Floats]] = []
    for road in roads:
        if road.road_class != "motorway" or road.line.length < 4:
            continue
        at = rng.uniform(1.0, 4.0)
        while at < road.line.length:
            place = shapely.get_coordinates(road.line.interpolate(at))[0]
            if terrain.land.contains(Point(place)) and all(np.hypot(*(place - other)) > 2.5 for _, other in found):
                found.append((road.name, place))
            at += rng.uniform(5.5, 9.5)
    return found


def _country_roads(seed: int, terrain: Terrain, parks: list[Park], towns: list[Town]) -> list[Road]:
    """A road between every two towns that are neighbours, along the cheapest ground; shared stretches are laid once."""
    rng = stream(seed, "country roads")
    west, south, east, north = terrain.land.bounds
    columns, rows = int((east - west) / RASTER_KM) + 1, int((north - south) / RASTER_KM) + 1
    x, y = np.meshgrid(west + RASTER_KM * np.arange(columns), south + RASTER_KM * np.arange(rows))
    places = np.column_stack((x.ravel(), y.ravel()))
    ground = np.where(inside(terrain.land, places), rng.uniform(0.7, 1.6, len(places)), 60.0)
    ground[inside(shapely.union_all([hill.shape for hill in terrain.hills]), places)] *= 7
    ground[inside(shapely.union_all([water.shape for water in terrain.waters] + [terrain.airport]), places)] *= 30
    ground[inside(shapely.union_all([park.outline for park in parks]), places)] *= 6
    graph = _lattice(ground, rows, columns)

    centres = np.array([town.centre for town in towns])
    at = [int(np.argmin(((places - centre) ** 2).sum(1))) for centre in centres]
    pairs = _neighbours(centres)
    _, before = dijkstra(graph, indices=at, return_predecessors=True)
    laid: set[tuple[int, int]] = set()
    roads = []
    for first, second in pairs:
        walk, here = [at[second]], at[second]
        while before[first, here] >= 0:
            here = int(before[first, here])
            walk.append(here)
        for stretch in _fresh(walk, laid):
            line = places[stretch] + rng.normal(0, 0.06, (len(stretch), 2))
            line[[0, -1]] = places[[stretch[0], stretch[-1]]]
            name = f"{towns[first].name}{towns[second].name}公路"
            roads.append(Road(name, "primary", LineString(smooth(line, 2))))
    return roads


def _lattice(ground: Floats, rows: int, columns: int) -> coo_array:
    """Cost of stepping between the eight neighbours of a raster."""
    number = np.arange(rows * columns).reshape(rows, columns)
    one, other, length = [], [], []
    for down, right in ((0, 1), (1, 0), (1, 1), (1, -1)):
        first = number[: rows - down, max(0, -right) : columns - max(0, right)].ravel()
        second = number[down:, max(0, right) : columns - max(0, -right)].ravel()
        one.append(first)
        other.append(second)
        length.append(np.full(len(first), np.hypot(down, right)))
    start, end, far = np.concatenate(one), np.concatenate(other), np.concatenate(length)
    cost = far * (ground[start] + ground[end]) / 2
    both = np.concatenate([start, end]), np.concatenate([end, start])
    return coo_array((np.concatenate([cost, cost]), both), shape=(number.size, number.size)).tocsr()


def _neighbours(centres: Floats) -> list[tuple[int, int]]:
    """Pairs with no third town in the circle between them (Gabriel's graph)."""
    pairs = set()
    for triangle in Delaunay(centres).simplices:
        for one, other in ((0, 1), (1, 2), (0, 2)):
            pairs.add((int(min(triangle[one], triangle[other])), int(max(triangle[one], triangle[other]))))
    kept = []
    for one, other in sorted(pairs):
        middle, radius = (centres[one] + centres[other]) / 2, np.hypot(*(centres[one] - centres[other])) / 2
        distance = np.hypot(*(centres - middle).T)
        distance[[one, other]] = np.inf
        if distance.min() >= radius * 0.98 and radius < 16:
            kept.append((one, other))
    return kept


def _fresh(walk: list[int], laid: set[tuple[int, int]]) -> list[list[int]]:
    """The stretches of a walk that no earlier road covers."""
    stretches: list[list[int]] = []
    for one, other in pairwise(walk):
        step = (min(one, other), max(one, other))
        if step in laid:
            continue
        laid.add(step)
        if stretches and stretches[-1][-1] == one:
            stretches[-1].append(other)
        else:
            stretches.append([one, other])
    return stretches


def _links(parks: list[Park], roads: list[Road]) -> list[Road]:
    """From each park's edge straight to the nearest road that is no motorway."""
    open_roads = [road.line for road in roads if road.road_class != "motorway"]
    tree = shapely.STRtree(open_roads)
    links = []
    for park in parks:
        nearest = open_roads[int(tree.nearest(park.outline))]
        link = shapely.shortest_line(park.outline.boundary, nearest)
        if link.length > 0.05 and not park.outline.intersects(nearest):
            links.append(Road(f"{park.name}连接线", "secondary", link))
    return links


def _lines(shape: BaseGeometry) -> list[LineString]:
    parts = shapely.get_parts(shape) if shape.geom_type != "LineString" else [shape]
    return [part for part in parts if isinstance(part, LineString) and part.length > 0.5]
