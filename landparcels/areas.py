"""An area that somebody drew: GeoJSON in degrees, read into a shape, with what is wrong with it in words."""

import json
import math
from typing import Any

import shapely
from shapely.geometry import MultiPolygon, Polygon, shape

from geo.errors import BadParameter

MOST_CORNERS = 2000


def area_of(drawn: Any) -> Polygon | MultiPolygon:  # Any: whatever was sent
    """A polygon or several; refused when it is none, leaves the globe, crosses itself or has too many corners."""
    if not isinstance(drawn, dict) or drawn.get("type") not in ("Polygon", "MultiPolygon"):
        raise BadParameter(
            "within",
            zh="within 应为 GeoJSON 的 Polygon 或 MultiPolygon，坐标为经纬度。",
            en="within is a GeoJSON Polygon or MultiPolygon in degrees, longitude first.",
        )
    try:
        area = shape(drawn)
        corners = shapely.get_coordinates(area)
    except Exception as error:  # of a body that is anything, the library raises anything
        raise BadParameter(
            "within", zh="within 的坐标无法读取。", en="The coordinates of within cannot be read."
        ) from error
    if len(corners) > MOST_CORNERS:
        raise BadParameter(
            "within",
            zh=f"所画范围有 {len(corners)} 个顶点，最多 {MOST_CORNERS} 个。",
            en=f"The area has {len(corners)} corners; at most {MOST_CORNERS}.",
        )
    west, south, east, north = area.bounds if len(corners) else (float("nan"),) * 4
    if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
        raise BadParameter(
            "within",
            zh="所画范围没有面积，或超出经纬度的取值范围。",
            en="The area has no extent, or leaves the range of degrees.",
        )
    if not area.is_valid:
        raise BadParameter(
            "within", zh="所画范围的边界自相交，请重画。", en="The edge of the area crosses itself; draw it again."
        )
    return area


def area_of_text(text: str) -> Polygon | MultiPolygon:
    """The same out of a query parameter."""
    try:
        drawn = json.loads(text)
    except (ValueError, RecursionError):
        drawn = None
    return area_of(drawn)


def place_of(text: str) -> tuple[float, float]:
    """`longitude,latitude` in degrees."""
    try:
        lng, lat = (float(part) for part in text.split(","))
    except ValueError:
        lng = lat = math.nan
    if not (-180 <= lng <= 180 and -90 <= lat <= 90):
        raise BadParameter(
            "place",
            zh="place 应写作“经度,纬度”，如 120.38,36.07。",
            en="place is longitude,latitude in degrees, like 120.38,36.07.",
        )
    return lng, lat
