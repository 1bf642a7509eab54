"""What a sheet may draw on its map. A shape with `said` enters the legend under these words, once."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from django.contrib.gis.geos import GEOSGeometry, MultiPolygon, Polygon

Ring = Sequence[Sequence[float]]
Mark = Literal["dot", "ring", "square", "triangle", "diamond"]

INK, ACCENT, QUIET = "#1F2933", "#0B5CAD", "#5F6B76"


@dataclass(frozen=True, slots=True)
class Area:
    """Rings of lng and lat, the holes among them; `hatched` reads on a grey print, too."""

    rings: Sequence[Ring]
    fill: str = ACCENT
    opacity: float = 0.35
    edge: str = INK
    width: float = 0.35
    dashed: bool = False
    hatched: bool = False
    label: str = ""
    said: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """Through places given as lng and lat; its label stands at the middle."""

    points: Ring
    colour: str = INK
    width: float = 0.3
    dashed: bool = False
    label: str = ""
    said: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """One place; `letter` stands inside the mark."""

    lng: float
    lat: float
    mark: Mark = "dot"
    colour: str = INK
    size: float = 1.1
    letter: str = ""
    label: str = ""
    said: str = ""


Shape = Area | Line | Place


def rings_of(outline: GEOSGeometry) -> list[Ring]:
    """Of a polygon or of several, for `Area`."""
    polygons = list(outline) if isinstance(outline, MultiPolygon) else [outline]
    return [ring.coords for one in polygons if isinstance(one, Polygon) for ring in one]
