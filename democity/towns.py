"""Towns: where people live. Their built-up shapes and street grids; neighbours share a seam, not each other's ground."""

from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry import LineString, MultiPoint, Point
from shapely.geometry.base import BaseGeometry

from democity.parks import Park
from democity.plane import Floats, to_km, turned
from democity.randomness import stream
from democity.seeds import table
from democity.terrain import Terrain, blob, polygons_of


@dataclass(frozen=True)
class Town:
    """A town or an urban quarter. `weight` is how much of its district lives there, relative to its neighbours."""

    name: str
    name_en: str
    district: str
    centre: Floats
    weight: float
    radius_km: float
    built: BaseGeometry
    angle: float


def lay_towns(seed: int, terrain: Terrain, parks: list[Park]) -> list[Town]:
    """Every town of the seed table with its built-up shape: land that is neither hill, water, park nor a neighbour's."""
    rng = stream(seed, "towns")
    rows = table("towns")
    centres = to_km([[float(row["lng"]), float(row["lat"])] for row in rows])
    cells = _shares(centres, terrain.land)
    free = terrain.land.difference(shapely.union_all([terrain.rough, *(park.outline.buffer(0.05) for park in parks)]))
    towns = []
    for row, centre, cell in zip(rows, centres, cells, strict=True):
        radius = float(row["radius_km"]) * (1.3 if float(row["weight"]) >= 50 else 1.0)
        shape = blob(rng, centre, (radius * 1.25, radius * 1.05), rng.uniform(0, 180), 0.07)
        built = shape.intersection(cell).intersection(free)
        built = max(polygons_of(built) or [shape], key=lambda part: part.area)
        names = (row["name"], row["name_en"], row["district"])
        towns.append(Town(*names, centre, float(row["weight"]), radius, built, float(rng.uniform(-35, 35))))
    return towns


def streets_of(town: Town, seed: int) -> list[tuple[str, LineString]]:
    """(road class, line) of a town's grid; every third street is a main one."""
    rng = stream(seed, f"streets {town.name}")
    reach = town.radius_km * 1.35
    lines = []
    for turn in (0.0, 90.0):
        offset = -reach + rng.uniform(0, 0.3)
        for number in range(60):
            if offset > reach:
                break
            bow = rng.normal(0, 0.05, 5)
            run = np.column_stack((np.linspace(-reach, reach, 5), offset + bow))
            line = LineString(turned(run, town.angle + turn) + town.centre).intersection(town.built)
            road_class = "primary" if number % 3 == 1 else "secondary"
            lines += [(road_class, part) for part in shapely.get_parts(line) if part.length > 0.3]
            offset += rng.uniform(0.38, 0.62) * (1.0 if town.radius_km > 1.4 else 0.8)
    return lines


def _shares(centres: Floats, land: BaseGeometry) -> list[BaseGeometry]:
    """The ground nearer to each centre than to any other, in their order."""
    cells = shapely.get_parts(shapely.voronoi_polygons(MultiPoint(centres), extend_to=land.envelope))
    tree = shapely.STRtree(cells)
    return [cells[tree.query(Point(centre), predicate="within")[0]] for centre in centres]
