"""Land, borders, roads and names of a window from our own tables, cut and thinned by the database for this one sheet."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection

from geo.printing.view import View
from geo.sql import load

MAJOR = ("motorway", "expressway", "trunk")
MEDIUM = ("primary", "secondary")
MARGIN_MM = 3.0
"""So far beyond the frame shapes are kept, so that no cut edge is seen."""
THINNED_MM = 0.08
SMALLEST_MM2 = 1.5
ONLY_MAJOR_KM, ONLY_MAIN_KM = 90, 25


@dataclass(frozen=True, slots=True)
class Land:
    level: str
    name: str
    path: str
    label: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Roads:
    """Path data by rank: 0 motorways and the like, 1 main roads, 2 the rest."""

    paths: tuple[str, str, str]
    names: tuple[tuple[str, float, float], ...]


def land(view: View, *, english: bool) -> list[Land]:
    """From the largest level to the smallest."""
    with connection.cursor() as cursor:
        cursor.execute(load("print_land.sql"), {**_window(view), "english": english, "smallest": SMALLEST_MM2})
        return [Land(level, name, path, None if x is None else (x, y)) for level, name, path, x, y in cursor.fetchall()]


def roads(view: View) -> Roads:
    """Only motorways on a sheet of a province, every street on one of a few kilometres."""
    wide = kilometres(view)
    ranks = 1 if wide > ONLY_MAJOR_KM else 2 if wide > ONLY_MAIN_KM else 3
    with connection.cursor() as cursor:
        cursor.execute(
            load("print_roads.sql"),
            {**_window(view), "major": list(MAJOR), "medium": list(MEDIUM), "ranks": ranks},
        )
        rows = cursor.fetchall()
    paths = ["", "", ""]
    for rank, path, _, _, _ in rows:
        paths[rank] += path
    return Roads((paths[0], paths[1], paths[2]), tuple(_names(rows)))


def kilometres(view: View) -> float:
    """How wide the window is on the ground."""
    return view.metres_per_mm * view.width / 1000


def _names(rows: Iterable[tuple[int, str, str, float, float]]) -> Iterable[tuple[str, float, float]]:
    return ((name, x, y) for rank, _, name, x, y in rows if name and rank < 2 and x is not None)


def _window(view: View) -> dict[str, float]:
    margin = MARGIN_MM / view.scale
    return {
        "west": view.west - margin,
        "south": view.south - margin,
        "east": view.east + margin,
        "north": view.north + margin,
        "left": view.west,
        "top": view.north,
        "scale": view.scale,
        "thinned": THINNED_MM / view.scale,
        "width": view.width,
        "height": view.height,
    }
