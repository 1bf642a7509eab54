"""A map for paper, as SVG: land, roads and names from our own tables, the shapes of the sheet, and all that a map needs."""

import html
import zlib
from collections.abc import Sequence

from django.utils.safestring import SafeString, mark_safe

from geo.printing import furniture, ground
from geo.printing.labels import Labels
from geo.printing.shapes import INK, QUIET, Area, Line, Mark, Place, Shape, rings_of
from geo.printing.view import Box, View, around

__all__ = ["Area", "Box", "Line", "Mark", "Place", "Shape", "View", "around", "map_svg", "rings_of"]

SEA, LAND, BORDER, ROAD, ROAD_EDGE = "#DCE9EF", "#F4F1EA", "#8F8877", "#FFFFFF", "#ABA490"
LEFT, TOP, RIGHT, BELOW = 4.0, 0.4, 0.4, 4.0
"""Room around the frame for the degrees."""
BORDERS = {"province": 0.4, "city": 0.4, "district": 0.28, "township": 0.14}
ROAD_WIDTHS = (1.0, 0.65, 0.35)
MOST_ROAD_NAMES = 8
FONT = "Noto Sans CJK SC, Source Han Sans SC, Microsoft YaHei, sans-serif"


def map_svg(
    bbox: Box, size: tuple[float, float], shapes: Sequence[Shape] = (), *, english: bool = False, alt: str = ""
) -> SafeString:
    """The window around `bbox` (degrees) on paper of `size` (mm, everything included), with `shapes` from below to above."""
    width, height = size
    inner = width - LEFT - RIGHT
    bar = min(40.0, inner * 0.35)
    mine = f"m{zlib.crc32(repr((bbox, size, shapes)).encode()):08x}"  # ids are the whole document's
    key, key_height = furniture.legend(shapes, inner - bar - 16, mine)
    strip = max(key_height, 5.0) + 1.5
    view = View.of(bbox, inner, height - TOP - BELOW - strip)
    labels = Labels(view.width, view.height)
    labels.keep_free(view.width - 6.5, 6, 6)
    below = view.height + BELOW
    drawn = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="map" role="img" width="{width:g}mm" height="{height:g}mm"'
        f' viewBox="{-LEFT:g} {-TOP:g} {width:g} {height:g}" font-family="{FONT}">'
        f"<title>{html.escape(alt)}</title>"
        f'<defs><clipPath id="{mine}"><rect width="{view.width:g}" height="{view.height:g}"/></clipPath>'
        f'<pattern id="{mine}-hatch" width="1.2" height="1.2" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        f'<path d="M0,0V1.2" stroke="{INK}" stroke-width="0.3"/></pattern></defs>'
        f'<g clip-path="url(#{mine})">{_base(view, labels, shapes, mine, english=english)}</g>'
        f"{furniture.graticule(view)}"
        f'<rect width="{view.width:g}" height="{view.height:g}" fill="none" stroke="{INK}" stroke-width="0.3"/>'
        f"{furniture.north_arrow(view.width - 6.5, 1, english=english)}"
        f'<g transform="translate(0 {below:.2f})">{key}</g>'
        f"{furniture.scale_bar(view, view.width - bar - 11, below + 2.6, room=bar)}</svg>"
    )
    return mark_safe(drawn)  # every text in it was escaped where it was written


def _base(view: View, labels: Labels, shapes: Sequence[Shape], mine: str, *, english: bool) -> str:
    """The ground below, the shapes on it, and the names above all."""
    regions, ways = ground.land(view, english=english), ground.roads(view)
    parts = [f'<rect width="{view.width:g}" height="{view.height:g}" fill="{SEA}"/>']
    whole = "".join(region.path for region in regions if region.level != "park")
    parts.append(f'<path d="{whole}" fill="{LAND}" fill-rule="nonzero" stroke="{LAND}" stroke-width="0.1"/>')
    parts += [_roads(view, ways, rank) for rank in (2, 1, 0)]
    parts += [
        f'<path d="{region.path}" fill="none" stroke="{BORDER}" stroke-width="{BORDERS[region.level]:g}"'
        f' stroke-dasharray="{"none" if region.level != "district" else "2 0.6 0.4 0.6"}"/>'
        for region in regions
        if region.level in BORDERS and region.path
    ]
    parts += [_shape(view, labels, shape, mine) for shape in shapes]
    _name_shapes(view, labels, shapes)
    _name_ground(labels, regions, ways)
    return "".join(parts) + "".join(labels.drawn)


def _roads(view: View, ways: ground.Roads, rank: int) -> str:
    path, width = ways.paths[rank], ROAD_WIDTHS[rank] * (0.5 if ground.kilometres(view) > ground.ONLY_MAJOR_KM else 1)
    if not path:
        return ""
    common = f'd="{path}" fill="none" stroke-linecap="round" stroke-linejoin="round"'
    edge = f'<path {common} stroke="{ROAD_EDGE}" stroke-width="{width + 0.3:g}"/>'
    return f'{edge}<path {common} stroke="{ROAD}" stroke-width="{width:g}"/>'


def _shape(view: View, labels: Labels, shape: Shape, mine: str) -> str:
    if isinstance(shape, Place):
        x, y = view.at(shape.lng, shape.lat)
        labels.keep_free(x, y, shape.size)
        return furniture.mark(shape, x, y)
    if isinstance(shape, Area):
        labels.keep_clear_of(view.points(shape.rings[0]))
    rings = shape.rings if isinstance(shape, Area) else [shape.points]
    return f'<path d="{view.path(rings, closed=isinstance(shape, Area))}" {furniture.paint(shape, mine)}/>'


def _name_shapes(view: View, labels: Labels, shapes: Sequence[Shape]) -> None:
    """Of the sheet's own shapes; those drawn last matter most."""
    for shape in reversed(shapes):
        if not shape.label:
            continue
        if isinstance(shape, Place):
            labels.beside(*view.at(shape.lng, shape.lat), shape.size + 0.8, shape.label, 2.5, INK, bold=True)
        elif isinstance(shape, Line):
            x, y = view.points(shape.points).mean(axis=0).tolist()
            labels.centred(x, y, shape.label, 2.2, INK)
        else:
            points = view.points(shape.rings[0])
            x, top = float(points[:, 0].mean()), float(points[:, 1].min())
            labels.beside(x, top, 1.2, shape.label, 2.7, INK, bold=True)


def _name_ground(labels: Labels, regions: Sequence[ground.Land], ways: ground.Roads) -> None:
    """Districts before towns and parks; a city's name only where none of its districts is seen."""
    detailed = any(region.level in {"district", "township"} for region in regions)
    for region in regions:
        if region.label is None or (detailed and region.level in {"province", "city"}):
            continue
        small = region.level in {"township", "park"}
        labels.centred(*region.label, region.name, 2.3 if small else 3.2, QUIET if small else INK)
    named = 0
    for name, x, y in reversed(ways.names):
        if named < MOST_ROAD_NAMES:
            named += labels.centred(x, y, name, 2.0, QUIET)
