"""What the map of a parcel shows: its outline, and lines with kilometres to what stands around it and may be seen."""

from typing import Any

from django.contrib.gis.geos import GEOSGeometry

from geo.categories import FACILITY_CATEGORIES
from geo.printing import sentence
from geo.printing.maps import Area, Box, Line, Mark, Place, Shape, around, rings_of
from geo.words import Words
from landparcels.card.wording import distance_words, spoken

Json = dict[str, Any]  # Any: what JSON holds
NEAR_KM = 12.0
"""Farther places are in the table; on the map they would make the parcel a dot."""
LEAST_KM = 3.0
SIGNS: dict[str, tuple[Mark, str, Words]] = {
    "transport": ("square", "#0072B2", Words("交通", "Transport")),
    "services": ("dot", "#8A5D00", Words("服务", "Services")),
    "innovation": ("diamond", "#00785A", Words("创新", "Innovation")),
    "utilities": ("triangle", "#7A3B6E", Words("能源水务", "Utilities")),
}


def neighbours(details: dict[str, Json]) -> list[Json]:
    """The nearest of each kind that the reader may see, nearest first: name, category, place, km, how measured."""
    found = []
    for code, detail in details.items():
        place = detail.get("facility")
        if place and detail["value"] is not None and "lng" in place:
            found.append({**place, "indicator": code, "km": detail["value"], "distance": detail.get("distance", "")})
    return sorted(found, key=lambda one: one["km"])


def shapes_of(
    outline: GEOSGeometry, centre: tuple[float, float], around_it: list[Json], *, english: bool
) -> list[Shape]:
    """Lines below, then the places, then the parcel, which is to be seen in any case."""
    lines: list[Shape] = []
    places: list[Shape] = []
    for one in around_it:
        if one["km"] > NEAR_KM:
            continue
        mark, colour, group = SIGNS[FACILITY_CATEGORIES[one["category"]].group]
        how = distance_words(one["distance"])
        lines.append(
            Line(
                [centre, (one["lng"], one["lat"])],
                dashed=True,
                label=sentence(one["km"], "km", english=english),
                said=spoken(Words(f"距离（{how.zh}）", f"Distance ({how.en})"), english=english),
            )
        )
        name = (english and one.get("name_en")) or one["name"]
        mark = "ring" if one.get("approximate") else mark
        places.append(
            Place(
                one["lng"], one["lat"], mark, colour, label=name, said=spoken(group, english=english) if mark != "ring" else
                spoken(Words("位置示意", "Stands about there"), english=english),
            )
        )  # fmt: skip
    here = spoken(Words("本宗地", "This parcel"), english=english)
    return [*lines, *places, Area(rings_of(outline), opacity=0.75, said=here)]


def near_box(outline: GEOSGeometry, centre: tuple[float, float], around_it: list[Json]) -> Box:
    """The parcel and what is near."""
    west, south, east, north = outline.extent
    places = [(one["lng"], one["lat"]) for one in around_it if one["km"] <= NEAR_KM]
    return around([centre, (west, south), (east, north), *places], least_km=LEAST_KM)
