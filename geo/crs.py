"""Coordinate reference systems: by name, into storage and out of it. METHODS 1.

Order is longitude, latitude and easting, northing everywhere, whatever a register says: EPSG:4549 officially puts
northing first, and EPSG:4490 latitude, but the files people have do not. A file that does store them the other way
round is told so by `geo.plausibility`; nothing is swapped or shifted silently. Areas are in `geo.measure`.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError

from geo import offsets
from geo.offsets import Degrees, Pair
from geo.words import SpokenError, Words, say

STORAGE_SRID = 4490
Geometries = NDArray[np.object_]


class UnknownCrs(SpokenError):
    """The name says nothing we know."""


@dataclass(frozen=True, slots=True)
class Crs:
    """A system by its short name (`EPSG:4549`, `GCJ-02`) and what PROJ reads; an offset system has no definition."""

    name: str
    definition: str = ""

    @property
    def is_offset(self) -> bool:
        """GCJ-02 and BD-09: converting from them is a right of its own, and is audited."""
        return not self.definition

    @property
    def note(self) -> Words | None:
        """What a person should know about the accuracy of the conversion."""
        datum = "" if self.is_offset else datum_name(self)
        if "Beijing 1954" in datum or "Xian 1980" in datum:
            return say(
                zh=f"{datum} 没有公开的转换参数，位置误差可达 100 米；请优先使用 CGCS2000 坐标",
                en=f"{datum} has no public conversion parameters: positions may be off by 100 m; prefer CGCS2000",
            )
        return None


GCJ02 = Crs("GCJ-02")
BD09 = Crs("BD-09")
STORAGE = Crs("EPSG:4490", "EPSG:4490")
WGS84 = Crs("EPSG:4326", "EPSG:4326")

_NAMES = {
    "gcj02": GCJ02, "gcj02ll": GCJ02, "火星坐标": GCJ02, "火星坐标系": GCJ02, "amap": GCJ02, "高德": GCJ02,
    "bd09": BD09, "bd09ll": BD09, "baidu": BD09, "百度": BD09, "百度坐标": BD09, "百度坐标系": BD09,
    "cgcs2000": STORAGE, "china2000": STORAGE, "国家2000": STORAGE, "大地2000": STORAGE,
    "chinageodeticcoordinatesystem2000": STORAGE, "gcschinageodeticcoordinatesystem2000": STORAGE,
    "wgs84": WGS84, "crs84": WGS84, "ogccrs84": WGS84, "gcswgs1984": WGS84, "urnogcdefcrsogc1.3crs84": WGS84,
}  # fmt: skip


@lru_cache(maxsize=512)
def parse(text: str) -> Crs:
    """A system from what people write: a code, a URN, `GCJ-02`, `CGCS2000 3-degree GK zone 40`, the WKT of a .prj."""
    plain = re.sub(r"[\s_\-:：/]+", "", text).lower()
    if plain in _NAMES:
        return _NAMES[plain]
    if found := re.fullmatch(
        r"(?i)(?:(?:epsg|urn:\S*epsg|https?://\S*epsg)(?:[:/ ]\S*)?[:/ ])?(\d{4,6})", text.strip()
    ):
        return _from_epsg(int(found[1]), text)
    is_wkt = text.lstrip().upper().startswith(("PROJC", "GEOGC", "GEODC", "COMPD", "BOUND"))
    if not is_wkt and (code := _gauss_kruger_code(plain)):
        return _from_epsg(code, text)
    return _from_definition(text)


def _gauss_kruger_code(plain: str) -> int | None:
    """`cgcs20003degreegkzone40`, `cgcs20003degreegkcm120e`, `国家2000三度带中央经线120`."""
    if not re.search(r"cgcs2000|china2000|2000", plain) or not re.search(r"3degree|3度|三度", plain):
        return None
    if found := re.search(r"(?:zone|第|带号)(\d{2})(?!\d)", plain):
        zone = int(found[1])
        return 4513 + zone - 25 if 25 <= zone <= 45 else None
    if found := re.search(r"(?:cm|中央经线|中央子午线)(\d{2,3})", plain):
        meridian = int(found[1])
        return 4534 + (meridian - 75) // 3 if 75 <= meridian <= 135 and meridian % 3 == 0 else None
    return None


def _from_epsg(code: int, text: str) -> Crs:
    name = f"EPSG:{code}"
    try:
        CRS.from_epsg(code)
    except CRSError:
        raise _unknown(text) from None
    return Crs(name, name)


def _from_definition(text: str) -> Crs:
    try:
        read = CRS.from_user_input(text)
    except CRSError:
        raise _unknown(text) from None
    code = read.to_epsg(min_confidence=20)
    if code and _same_numbers(read, CRS.from_epsg(code)):
        return Crs(f"EPSG:{code}", f"EPSG:{code}")
    return Crs(read.name, read.to_wkt())


def _same_numbers(read: CRS, registered: CRS) -> bool:
    """PROJ matches names loosely: the twin counts only if both give one place the same coordinates."""
    area = registered.area_of_use
    if area is None:
        return False
    lon, lat = (area.west + area.east) / 2, (area.south + area.north) / 2
    one, two = (
        Transformer.from_crs(system.geodetic_crs, system, always_xy=True).transform(lon, lat)
        for system in (read, registered)
    )
    return bool(np.allclose(one, two, rtol=0, atol=1e-6 if registered.is_geographic else 0.01))


def _unknown(text: str) -> UnknownCrs:
    short = text if len(text) <= 80 else text[:80] + "…"
    return UnknownCrs(
        zh=f"不认识坐标系“{short}”；请写 EPSG 代码（如 EPSG:4490、EPSG:4549）、GCJ-02 或 BD-09",
        en=f"Unknown coordinate system “{short}”; write an EPSG code (such as EPSG:4490, EPSG:4549), GCJ-02 or BD-09",
    )


@lru_cache(maxsize=512)
def proj(crs: Crs) -> CRS:
    """PROJ's own object; not for the offset systems."""
    return CRS.from_user_input(crs.definition)


def datum_name(crs: Crs) -> str:
    geodetic = proj(crs).geodetic_crs
    return str(geodetic.datum.name) if geodetic is not None and geodetic.datum is not None else ""


def on_cgcs2000(crs: Crs) -> bool:
    return not crs.is_offset and "China" in datum_name(crs)


def _hub(crs: Crs) -> str:
    """CGCS2000 for its own projections; the rest go to WGS84 (the register ties other datums to it alone)."""
    return STORAGE.name if on_cgcs2000(crs) else WGS84.name


def gauss_kruger(lon: float, *, prefix: bool = False) -> Crs:
    """The 3-degree Gauss-Kruger zone of a longitude, for exports and measuring; China alone (73.5° to 136.5°)."""
    third = min(max(round(lon / 3), 25), 45) - 25
    code = (4513 if prefix else 4534) + third
    return Crs(f"EPSG:{code}", f"EPSG:{code}")


@lru_cache(maxsize=512)
def _transformer(source: str, target: str) -> Transformer:
    return Transformer.from_crs(source, target, always_xy=True)


def to_storage(crs: Crs, x: ArrayLike, y: ArrayLike) -> Pair:
    """Longitude and latitude in EPSG:4490; NaN where the projection has no answer."""
    first, second = np.asarray(x, np.float64), np.asarray(y, np.float64)
    if crs == GCJ02:
        return offsets.wgs84_from_gcj02(first, second)
    if crs == BD09:
        return offsets.wgs84_from_bd09(first, second)
    if crs in (STORAGE, WGS84):
        return first, second
    lon, lat = _transformer(crs.definition, _hub(crs)).transform(first, second)
    return _finite(lon, lat)


def from_storage(crs: Crs, lon: ArrayLike, lat: ArrayLike) -> Pair:
    """What the other system calls a stored position; easting first."""
    first, second = np.asarray(lon, np.float64), np.asarray(lat, np.float64)
    if crs == GCJ02:
        return offsets.gcj02_from_wgs84(first, second)
    if crs == BD09:
        return offsets.bd09_from_wgs84(first, second)
    if crs in (STORAGE, WGS84):
        return first, second
    x, y = _transformer(_hub(crs), crs.definition).transform(first, second)
    return _finite(x, y)


def _finite(x: ArrayLike, y: ArrayLike) -> Pair:
    first, second = np.asarray(x, np.float64), np.asarray(y, np.float64)
    known = np.isfinite(first) & np.isfinite(second)
    return np.where(known, first, np.nan), np.where(known, second, np.nan)


def geometries_to_storage(crs: Crs, geometries: Iterable[object]) -> Geometries:
    """The same for shapely geometries, heights dropped; `None` stays `None`."""
    return _moved(geometries, lambda x, y: to_storage(crs, x, y), still=crs in (STORAGE, WGS84))


def geometries_from_storage(crs: Crs, geometries: Iterable[object]) -> Geometries:
    return _moved(geometries, lambda lon, lat: from_storage(crs, lon, lat), still=crs in (STORAGE, WGS84))


def _moved(geometries: Iterable[object], move: Callable[[Degrees, Degrees], Pair], *, still: bool) -> Geometries:
    flat: Geometries = shapely.force_2d(np.asarray(geometries, dtype=object))
    return flat if still else np.asarray(shapely.transform(flat, move, interleaved=False), dtype=object)
