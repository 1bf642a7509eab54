"""Can these coordinates lie in the system they are said to be in? METHODS 1.

`plausible` marks rows, `misfit` says in words what is wrong with one of them and what to name instead. Nothing here
moves a coordinate: a wrong name is a person's to put right.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from geo.crs import STORAGE, Crs, on_cgcs2000, parse, proj, to_storage
from geo.offsets import CHINA, in_china
from geo.words import Words, say

Box = tuple[float, float, float, float]
"""West, south, east, north in degrees."""

_MARGIN = 1.5
"""Degrees a file may reach beyond the area a projection is meant for: half the width of a 3-degree zone."""

_PREFIX = 1_000_000


@dataclass(frozen=True, slots=True)
class Strip:
    """What a Gauss-Kruger system of CGCS2000 looks like in metres: its central meridian, its zone prefix (0: none)."""

    meridian: float
    prefix: int


@lru_cache(maxsize=512)
def strip_of(crs: Crs) -> Strip | None:
    """None for anything but a Gauss-Kruger projection of CGCS2000."""
    if crs.is_offset or not on_cgcs2000(crs) or not proj(crs).is_projected:
        return None
    operation = proj(crs).coordinate_operation
    values = {parameter.name.lower(): parameter.value for parameter in operation.params} if operation else {}
    meridian, easting = values.get("longitude of natural origin"), values.get("false easting")
    if meridian is None or easting is None:
        return None
    return Strip(float(meridian), int(float(easting) // _PREFIX))


@lru_cache(maxsize=512)
def home(crs: Crs) -> Box:
    """Where positions of this system can be."""
    if crs.is_offset or crs == STORAGE:
        return CHINA
    area = proj(crs).area_of_use
    if area is None:
        return (-180.0, -90.0, 180.0, 90.0)
    west, south, east, north = area.bounds
    if proj(crs).is_geographic:
        return (west, south, east, north)
    if strip_of(crs):
        south, north = CHINA[1], CHINA[3]
    return (west - _MARGIN, south - _MARGIN, east + _MARGIN, north + _MARGIN)


def plausible(crs: Crs, x: ArrayLike, y: ArrayLike) -> NDArray[np.bool_]:
    """True where the pair, as it stands in the file, can lie in the named system; an unknown coordinate cannot."""
    first, second = np.asarray(x, np.float64), np.asarray(y, np.float64)
    if crs.is_offset:
        return in_china(first, second)
    possible = np.isfinite(first) & np.isfinite(second)
    if proj(crs).is_projected:
        possible &= (np.abs(first) > 180) | (np.abs(second) > 180)  # else degrees, not metres
    if strip := strip_of(crs):
        possible &= np.floor_divide(np.where(possible, first, -1.0), _PREFIX) == strip.prefix
        possible &= (second > 0) & (second < 6e6)
    lon, lat = to_storage(crs, np.where(possible, first, np.nan), np.where(possible, second, np.nan))
    west, south, east, north = home(crs)
    if west > east:  # an area across the date line
        return possible & (lat >= south) & (lat <= north)
    return possible & (lon >= west) & (lon <= east) & (lat >= south) & (lat <= north)


def misfit(crs: Crs, x: float, y: float) -> Words:
    """Why a pair cannot lie in the system, and what to write instead."""
    pair_zh, pair_en = f"坐标 ({x:.10g}, {y:.10g})", f"Coordinates ({x:.10g}, {y:.10g})"
    if not (np.isfinite(x) and np.isfinite(y)):
        return say(zh=f"{pair_zh} 不是数", en=f"{pair_en} are not numbers")
    if plausible(crs, y, x):
        return say(
            zh=f"{pair_zh} 不在 {crs.name} 内，顺序像是反的：应先东（经度、横坐标）后北（纬度、纵坐标）",
            en=f"{pair_en} are outside {crs.name} and look swapped: east (longitude, easting) comes first, then north",
        )
    degrees_expected = crs.is_offset or proj(crs).is_geographic
    if degrees_expected and max(abs(x), abs(y)) > 400:
        return _metres_for_degrees(crs, x, y, pair_zh, pair_en)
    if not degrees_expected and abs(x) <= 180 and abs(y) <= 180:
        return say(
            zh=f"{pair_zh} 是经纬度，而 {crs.name} 以米为单位；请改用 EPSG:4490、EPSG:4326、GCJ-02 或 BD-09",
            en=f"{pair_en} are degrees, {crs.name} is in metres; name EPSG:4490, EPSG:4326, GCJ-02 or BD-09",
        )
    if (strip := strip_of(crs)) and (better := _better_strip(crs, strip, x, y)):
        return better
    west, south, east, north = home(crs)
    return say(
        zh=f"{pair_zh} 超出 {crs.name} 的范围（东经 {west:g}–{east:g}°，北纬 {south:g}–{north:g}°）",
        en=f"{pair_en} are outside {crs.name} (longitude {west:g} to {east:g}, latitude {south:g} to {north:g})",
    )


def candidates(x: float, y: float) -> list[str]:
    """Gauss-Kruger systems of CGCS2000 whose numbers look like these metres, easting first; empty: none."""
    if not 1.5e6 < y < 6e6:
        return []
    prefix, rest = divmod(x, _PREFIX)
    if not 1e5 <= rest <= 9e5:
        return []
    zone = int(prefix)
    if zone == 0:
        return ["EPSG:4534–4554"]
    if 25 <= zone <= 45:
        return [f"EPSG:{4513 + zone - 25}"]
    return [f"EPSG:{4491 + zone - 13}"] if 13 <= zone <= 23 else []


def _metres_for_degrees(crs: Crs, x: float, y: float, pair_zh: str, pair_en: str) -> Words:
    hint_zh = hint_en = ""
    for swapped, (east, north) in ((False, (x, y)), (True, (y, x))):
        if found := candidates(east, north):
            by_meridian = "–" in found[0]
            hint_zh = f"；像是 {found[0]}" + ("（按中央经线选，如 120° 为 EPSG:4549）" if by_meridian else "")
            hint_en = f"; they look like {found[0]}" + (
                " (by central meridian: 120° is EPSG:4549)" if by_meridian else ""
            )
            if swapped:
                hint_zh += "，而且北坐标写在前面"
                hint_en += ", with northing first"
            break
    return say(
        zh=f"{pair_zh} 以米为单位，而 {crs.name} 以度为单位{hint_zh}",
        en=f"{pair_en} are metres, {crs.name} is in degrees{hint_en}",
    )


def _better_strip(crs: Crs, strip: Strip, x: float, y: float) -> Words | None:
    """The zone digits in the easting say which system it is."""
    for swapped, (east, north) in ((False, (x, y)), (True, (y, x))):
        found = candidates(east, north)
        if not found:
            continue
        zone = int(east // _PREFIX)
        order_zh = "，而且北坐标写在前面" if swapped else ""
        order_en = ", with northing first" if swapped else ""
        if zone == 0 and strip.prefix:
            return say(
                zh=f"横坐标 {east:.10g} 没有带号，而 {crs.name} 要求带号 {strip.prefix}；"
                f"请改用 {sibling(crs).name}{order_zh}",
                en=f"Easting {east:.10g} has no zone prefix, {crs.name} wants {strip.prefix}; "
                f"name {sibling(crs).name}{order_en}",
            )
        if zone and zone != strip.prefix:
            return say(
                zh=f"横坐标 {east:.10g} 带有带号 {zone}，是 {found[0]}，不是 {crs.name}{order_zh}",
                en=f"Easting {east:.10g} carries zone prefix {zone}: {found[0]}, not {crs.name}{order_en}",
            )
    return None


def sibling(crs: Crs) -> Crs:
    """The same Gauss-Kruger zone with a prefix for one without, and the other way round; others stay themselves."""
    code = int(crs.name.removeprefix("EPSG:")) if crs.name.startswith("EPSG:") else 0
    for first, last, step in ((4513, 4533, 21), (4534, 4554, -21), (4491, 4501, 11), (4502, 4512, -11)):
        if first <= code <= last:
            return parse(f"EPSG:{code + step}")
    return crs
