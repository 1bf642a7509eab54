"""Industrial parks: an outline on buildable ground, a street grid, blocks, and lots that touch but never overlap."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import shapely
from numpy.random import Generator
from shapely.geometry import LineString, Point, Polygon, box
from shapely.geometry.base import BaseGeometry

from democity.plane import Floats, to_km, turned
from democity.randomness import stream
from democity.seeds import table
from democity.terrain import Terrain, course, polygons_of, smooth

STREET_KM, AVENUE_KM = 0.022, 0.040
SMALLEST_LOT_KM2 = 0.0085
"""About 13 mu."""
LEAST_COMPACT = 0.50
"""4π area / perimeter² of a lot that can be used: thinner corners become green."""


@dataclass(frozen=True)
class Park:
    """A park as it is laid out, on the sheet in kilometres."""

    code: str
    name: str
    name_en: str
    district: str
    centre: Floats
    angle: float
    focus: tuple[str, ...]
    """GB/T 4754 prefixes of the industries it was made for, the first ones leading."""
    grade: str
    """urban, coastal or outer: what land costs and asks for."""
    hazard: str
    zone: str
    outline: BaseGeometry
    streets: list[LineString]
    lots: list[Polygon]


def lay_parks(seed: int, terrain: Terrain, count: int) -> list[Park]:
    """The first `count` parks of the seed table in an order that spreads over the city."""
    rows = table("parks")
    chosen = rows if count >= len(rows) else [rows[i] for i in np.linspace(0, len(rows) - 1, count).round().astype(int)]
    rough = terrain.rough.buffer(0.12)
    through = shapely.union_all([LineString(smooth(course(road["course"]), 4)) for road in table("expressways")])
    corridor = through.buffer(0.05)
    taken: BaseGeometry = Polygon()
    parks = []
    for row in chosen:
        ground = terrain.districts[row["district"]].buffer(-0.25).difference(rough).difference(taken)
        park = _lay_park(stream(seed, f"park {row['code']}"), row, ground, corridor)
        taken = taken.union(park.outline.buffer(0.25))
        parks.append(park)
    return parks


def _lay_park(rng: Generator, row: dict[str, str], ground: BaseGeometry, corridor: BaseGeometry) -> Park:
    """`ground` may be built on; lots keep off the `corridor` of great roads."""
    centre = to_km([float(row["lng"]), float(row["lat"])])
    width, height, angle = float(row["width_km"]), float(row["height_km"]), float(row["angle"])
    extent = _largest_near(_silhouette(rng, centre, width, height, angle).intersection(ground), centre)
    corridor = corridor.intersection(extent)
    across, along = _avenues(rng, width, 0.62), _avenues(rng, height, 0.46)
    blocks, lots = [], []
    for left, right in pairwise(across):
        for bottom, top in pairwise(along):
            block = box(left + STREET_KM, bottom + STREET_KM, right - STREET_KM, top - STREET_KM)
            placed = _place(block, centre, angle).intersection(extent)
            if placed.area < 0.4 * block.area:
                continue
            blocks.append(placed)
            for lot in _split(rng, block):
                lots += _usable(_place(lot, centre, angle).intersection(extent), corridor)
    paved = [block.buffer(STREET_KM * 1.05, join_style="mitre") for block in blocks]
    outline = _largest_near(shapely.union_all(paved), centre)
    outline = Polygon(outline.exterior).simplify(0.004)
    lots = [lot for lot in lots if outline.contains(lot)]
    lines = [LineString([(x, along[0]), (x, along[-1])]) for x in across]
    lines += [LineString([(across[0], y), (across[-1], y)]) for y in along]
    streets = [part for line in lines for part in _pieces(_place(line, centre, angle).intersection(outline))]
    focus = tuple(row["focus"].split(";"))
    names = (row["code"], row["name"], row["name_en"], row["district"])
    return Park(*names, centre, angle, focus, row["grade"], row["hazard"], row["zone"], outline, streets, lots)


def _silhouette(rng: Generator, centre: Floats, width: float, height: float, angle: float) -> BaseGeometry:
    """A rectangle with its corners worn down: two or three overlapping boxes."""
    shape = box(-width / 2, -height / 2, width / 2, height / 2)
    for x, y in ((-1, -1), (-1, 1), (1, -1), (1, 1)):
        if rng.random() < 0.65:
            cut_x, cut_y = rng.uniform(0.08, 0.33) * width, rng.uniform(0.08, 0.36) * height
            corner = Polygon([(x * width / 2, y * height / 2), (x * (width / 2 - cut_x), y * height / 2)]
                             + ([(x * (width / 2 - cut_x), y * (height / 2 - cut_y))] if rng.random() < 0.5 else [])
                             + [(x * width / 2, y * (height / 2 - cut_y))])  # fmt: skip
            shape = shape.difference(corner)
    return _place(shape, centre, angle)


def _avenues(rng: Generator, length: float, spacing: float) -> Floats:
    """Places of the streets across one side, ends included, blocks of uneven width."""
    count = max(2, round(length / spacing))
    widths = rng.uniform(0.8, 1.25, count)
    return np.concatenate([[0.0], np.cumsum(widths / widths.sum())]) * length - length / 2


def _split(rng: Generator, block: Polygon) -> list[Polygon]:
    """Lots of one block: whole, or one or two rows of fronts of uneven width."""
    left, bottom, right, top = block.bounds
    if rng.random() < 0.10:
        return [block]
    rows = 2 if top - bottom > 0.30 and rng.random() < 0.8 else 1
    middle = bottom + (top - bottom) * rng.uniform(0.42, 0.58)
    lots = []
    for low, high in ((bottom, middle), (middle, top)) if rows == 2 else ((bottom, top),):
        count = max(1, round((right - left) / rng.uniform(0.13, 0.30)))
        widths = rng.uniform(0.7, 1.5, count)
        edges = left + (right - left) * np.concatenate([[0.0], np.cumsum(widths / widths.sum())])
        lots += [box(one, low, other, high) for one, other in pairwise(edges)]
    return lots


def _usable(shape: BaseGeometry, corridor: BaseGeometry) -> list[Polygon]:
    if not corridor.is_empty and shape.intersects(corridor):
        shape = shape.difference(corridor)
    return [
        part
        for part in polygons_of(shape, SMALLEST_LOT_KM2)
        if 4 * np.pi * part.area / part.length**2 > LEAST_COMPACT and not part.interiors
    ]


def _place(shape: BaseGeometry, centre: Floats, angle: float) -> Any:  # the class that came in
    return shapely.transform(shape, lambda points: turned(points, angle) + centre)


def _largest_near(shape: BaseGeometry, centre: Floats) -> Polygon:
    parts = polygons_of(shape)
    if not parts:
        raise ValueError(f"No buildable ground near {centre}")
    return max(parts, key=lambda part: part.area / (1 + part.distance(Point(centre))))


def _pieces(shape: BaseGeometry) -> list[LineString]:
    parts = shapely.get_parts(shape) if shape.geom_type in ("MultiLineString", "GeometryCollection") else [shape]
    return [part for part in parts if isinstance(part, LineString) and part.length > 0.15]
