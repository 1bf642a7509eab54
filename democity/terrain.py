"""The ground of the demo city: real district outlines; hills, reservoirs and rivers sketched about where they are."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.random import Generator
from shapely.geometry import LineString, MultiPolygon, Point, Polygon
from shapely.geometry.base import BaseGeometry

from democity.plane import Floats, shape_to_km, to_km
from democity.randomness import stream
from democity.seeds import table
from geo.divisions import Division


@dataclass(frozen=True)
class Feature:
    """A hill, a reservoir or a river, on the sheet in kilometres."""

    name: str
    shape: BaseGeometry


@dataclass(frozen=True)
class Terrain:
    """Where things may stand. Every shape is on the sheet in kilometres."""

    districts: dict[str, BaseGeometry]
    land: BaseGeometry
    hills: list[Feature]
    waters: list[Feature]
    rivers: list[Feature]
    airport: BaseGeometry

    @property
    def rough(self) -> BaseGeometry:
        """Where nobody builds."""
        features = [*self.hills, *self.waters, *self.rivers]
        return shapely.union_all([feature.shape for feature in features] + [self.airport])

    def district_of(self, points: Floats) -> list[str]:
        """The adcode under each place; "" in the sea."""
        found = np.full(len(points), "", dtype=object)
        for adcode, outline in self.districts.items():
            shapely.prepare(outline)
            found[shapely.contains_xy(outline, points[:, 0], points[:, 1])] = adcode
        return [str(adcode) for adcode in found]


def lay_terrain(seed: int, divisions: list[Division]) -> Terrain:
    """The city's districts from their outlines, with the invented hills and waters clipped to them."""
    rng = stream(seed, "terrain")
    districts = {one.adcode: shape_to_km(one.outline) for one in divisions if one.level == "district"}
    land = shapely.union_all(list(districts.values()))
    blobs: dict[str, list[Feature]] = {"hill": [], "water": []}
    for row in table("terrain"):
        centre = to_km([float(row["lng"]), float(row["lat"])])
        radii = float(row["radius_x_km"]), float(row["radius_y_km"])
        shape = blob(rng, centre, radii, float(row["angle"])).intersection(land)
        blobs[row["kind"]].append(Feature(row["name"], shape))
    rivers = [
        Feature(row["name"], _meander(rng, row["course"]).buffer(float(row["half_width_km"])).intersection(land))
        for row in table("rivers")
    ]
    runway = LineString(to_km([[120.088, 36.345], [120.088, 36.379]])).buffer(1.1, cap_style="flat")
    return Terrain(districts, land, blobs["hill"], blobs["water"], rivers, runway)


def blob(rng: Generator, centre: Floats, radii: tuple[float, float], angle: float, roughness: float = 0.09) -> Any:
    """A closed shape like a hill's foot: an ellipse with a few waves on it."""
    turn = np.linspace(0, 2 * np.pi, 72, endpoint=False)
    waves = sum(
        rng.normal(0, roughness / order**0.5) * np.cos(order * turn + rng.uniform(0, 2 * np.pi))
        for order in range(2, 8)
    )
    lean = np.radians(angle)
    x, y = radii[0] * (1 + waves) * np.cos(turn), radii[1] * (1 + waves) * np.sin(turn)
    ring = np.column_stack((x * np.cos(lean) - y * np.sin(lean), x * np.sin(lean) + y * np.cos(lean))) + centre
    return Polygon(ring).buffer(0)


def polygons_of(shape: BaseGeometry, least_km2: float = 0.0) -> list[Polygon]:
    """The polygons of whatever an overlay gave, without slivers."""
    parts = shapely.get_parts(shape) if shape.geom_type in ("MultiPolygon", "GeometryCollection") else [shape]
    return [part for part in parts if isinstance(part, Polygon) and part.area > least_km2]


def multipolygon(shape: BaseGeometry, least_km2: float = 0.0) -> MultiPolygon:
    return MultiPolygon(polygons_of(shape, least_km2))


def inside(shape: BaseGeometry, points: Floats) -> np.ndarray:
    """Which places lie in the shape."""
    shapely.prepare(shape)
    return np.asarray(shapely.contains_xy(shape, points[:, 0], points[:, 1]))


def scatter(rng: Generator, shape: BaseGeometry, count: int) -> Floats:
    """Places strewn evenly over a shape."""
    west, south, east, north = shape.bounds
    found = np.empty((0, 2))
    while len(found) < count:
        tried = rng.uniform((west, south), (east, north), (4 * count + 16, 2))
        found = np.concatenate([found, tried[inside(shape, tried)]])
    return found[:count]


def course(text: str) -> Floats:
    """`lon lat;lon lat;…` on the sheet."""
    return to_km([[float(part) for part in pair.split()] for pair in text.split(";")])


def smooth(points: Floats, rounds: int = 3) -> Floats:
    """Chaikin's corner cutting; ends stay."""
    for _ in range(rounds):
        quarter = 0.75 * points[:-1] + 0.25 * points[1:]
        three = 0.25 * points[:-1] + 0.75 * points[1:]
        points = np.concatenate([points[:1], np.stack([quarter, three], 1).reshape(-1, 2), points[-1:]])
    return points


def _meander(rng: Generator, text: str) -> LineString:
    points = course(text)
    middles = (points[:-1] + points[1:]) / 2 + rng.normal(0, 0.5, (len(points) - 1, 2))
    woven = np.concatenate([np.stack([points[:-1], middles], 1).reshape(-1, 2), points[-1:]])
    return LineString(smooth(woven))


def nearest_on(shape: BaseGeometry, place: Floats) -> Floats:
    """The place itself, or the nearest inside the shape."""
    point = Point(place)
    if shape.contains(point):
        return place
    near = shapely.shortest_line(shape.buffer(-0.15), point)
    return np.asarray(shapely.get_coordinates(near)[0])
