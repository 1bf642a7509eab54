"""A window on the ground laid on paper: Web Mercator metres to millimetres. Pure."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

RADIUS = 6378137.0
LIMIT = 85.05
Box = tuple[float, float, float, float]
"""West, south, east, north in degrees."""


@dataclass(frozen=True, slots=True)
class View:
    """`west` to `north` in Web Mercator metres, `width` and `height` of the paper in millimetres."""

    west: float
    south: float
    east: float
    north: float
    width: float
    height: float

    @classmethod
    def of(cls, bbox: Box, width: float, height: float) -> "View":
        """The box, grown to the shape of the paper around its middle."""
        (west, east), (south, north) = _x(bbox[0], bbox[2]), _y(bbox[1], bbox[3])
        metres = max((east - west) / width, (north - south) / height, 0.05)
        x, y = (west + east) / 2, (south + north) / 2
        half = metres * width / 2, metres * height / 2
        return cls(x - half[0], y - half[1], x + half[0], y + half[1], width, height)

    @property
    def scale(self) -> float:
        """Millimetres of paper per metre of Web Mercator."""
        return self.width / (self.east - self.west)

    @property
    def metres_per_mm(self) -> float:
        """On the ground, in the middle of the sheet."""
        return math.cos(self.latitude) / self.scale

    @property
    def latitude(self) -> float:
        """Radians, of the middle."""
        return 2 * math.atan(math.exp((self.south + self.north) / 2 / RADIUS)) - math.pi / 2

    @property
    def box(self) -> Box:
        lng = [math.degrees(x / RADIUS) for x in (self.west, self.east)]
        lat = [math.degrees(2 * math.atan(math.exp(y / RADIUS)) - math.pi / 2) for y in (self.south, self.north)]
        return lng[0], lat[0], lng[1], lat[1]

    def at(self, lng: float, lat: float) -> tuple[float, float]:
        x, y = self.points([(lng, lat)])[0].tolist()
        return x, y

    def points(self, degrees: Sequence[Sequence[float]] | NDArray[np.float64]) -> NDArray[np.float64]:
        """Millimetres from the upper left corner, of lng and lat."""
        given = np.asarray(degrees, dtype=float).reshape(-1, np.shape(degrees)[-1])[:, :2]
        x = np.radians(given[:, 0]) * RADIUS
        y = np.log(np.tan(np.pi / 4 + np.radians(np.clip(given[:, 1], -LIMIT, LIMIT)) / 2)) * RADIUS
        return np.column_stack((x - self.west, self.north - y)) * self.scale

    def path(self, rings: Sequence[Sequence[Sequence[float]]], *, closed: bool) -> str:
        """SVG path data of lines of lng and lat, to a hundredth of a millimetre."""
        parts = []
        for ring in rings:
            if len(ring) > 1:
                drawn = " ".join(f"{x:.2f},{y:.2f}" for x, y in self.points(ring).tolist())
                parts.append(f"M{drawn}{'Z' if closed else ''}")
        return "".join(parts)


def around(points: Sequence[tuple[float, float]], *, least_km: float = 1.0, margin: float = 0.15) -> Box:
    """The box of these places with some room; never narrower than `least_km`."""
    lngs, lats = [lng for lng, _ in points], [lat for _, lat in points]
    middle = (min(lngs) + max(lngs)) / 2, (min(lats) + max(lats)) / 2
    per_degree = 111.32 * max(0.1, math.cos(math.radians(middle[1])))
    half_lng = max((max(lngs) - min(lngs)) * (0.5 + margin), least_km / 2 / per_degree)
    half_lat = max((max(lats) - min(lats)) * (0.5 + margin), least_km / 2 / 111.32)
    return middle[0] - half_lng, middle[1] - half_lat, middle[0] + half_lng, middle[1] + half_lat


def _x(west: float, east: float) -> tuple[float, float]:
    return math.radians(west) * RADIUS, math.radians(east) * RADIUS


def _y(south: float, north: float) -> tuple[float, float]:
    low, high = (
        math.log(math.tan(math.pi / 4 + math.radians(max(-LIMIT, min(LIMIT, lat))) / 2)) * RADIUS
        for lat in (south, north)
    )
    return low, high
