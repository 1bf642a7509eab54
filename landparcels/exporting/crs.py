"""In which coordinates an export is written."""

from django.contrib.gis.db.models import Extent

from geo.crs import STORAGE, WGS84, Crs, UnknownCrs, gauss_kruger, parse
from geo.errors import BadParameter
from geo.plausibility import strip_of
from landparcels.querysets import ParcelQuerySet

WEST, EAST = 73.5, 136.5
"""Where the 3-degree zones are."""


def crs_of(text: str, parcels: ParcelQuerySet) -> Crs:
    """`4490`, `4326`, a zone's EPSG code, or `gk`: the 3-degree zone in whose middle the parcels lie."""
    if text.lower() == "gk":
        return _own_zone(parcels)
    try:
        crs = parse(text)
    except UnknownCrs:
        raise _refused(text) from None
    if crs in (STORAGE, WGS84) or strip_of(crs):
        return crs
    raise _refused(text)


def _own_zone(parcels: ParcelQuerySet) -> Crs:
    extent = parcels.order_by().aggregate(box=Extent("label_point"))["box"]
    if extent is None:
        return STORAGE
    middle = (extent[0] + extent[2]) / 2
    if not WEST <= middle <= EAST:
        raise BadParameter(
            "crs",
            zh="宗地不在高斯－克吕格 3 度带的范围内；请用 4490 或 4326。",
            en="The parcels lie outside the 3-degree Gauss-Kruger zones; use 4490 or 4326.",
        )
    return gauss_kruger(middle)


def _refused(text: str) -> BadParameter:
    return BadParameter(
        "crs",
        zh=f"不能导出为坐标系“{text[:60]}”；可用：4490、gk（所在 3 度带）、4513–4554、4326。",
        en=f"Cannot export in {text[:60]}; known: 4490, gk (their 3-degree zone), 4513 to 4554, 4326.",
    )
