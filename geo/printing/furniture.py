"""What makes a drawing a map: scale bar, north arrow, graticule, legend. Pure: a view in, SVG out, in millimetres."""

import html
import math
from collections.abc import Iterator, Sequence

from geo.printing.labels import width_of
from geo.printing.shapes import INK, QUIET, Area, Line, Place, Shape
from geo.printing.view import View

LEGEND_SIZE = 2.5
ROW = 4.2
_STEPS_SECONDS = (5, 10, 15, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 18000, 36000, 72000)


def nice_length(metres: float) -> float:
    """The largest of 1, 2, 5 times a power of ten that is not above it."""
    power = 10 ** math.floor(math.log10(metres))
    return float(max(step * power for step in (1, 2, 5) if step * power <= metres))


def scale_bar(view: View, x: float, y: float, *, room: float = 45) -> str:
    """Two halves, black and white, with their lengths."""
    metres = nice_length(room * view.metres_per_mm)
    long = metres / view.metres_per_mm
    unit, each = ("km", metres / 1000) if metres >= 1000 else ("m", metres)
    marks = ((0.0, "0"), (long / 2, f"{each / 2:g}"), (long, f"{each:g} {unit}"))
    texts = "".join(
        f'<text x="{x + at:.2f}" y="{y - 0.8:.2f}" font-size="2.3" text-anchor="{"start" if at == long else "middle"}"'
        f' fill="{INK}">{said}</text>'
        for at, said in marks
    )
    return (
        f'<g><rect x="{x:.2f}" y="{y:.2f}" width="{long / 2:.2f}" height="1.2" fill="{INK}"/>'
        f'<rect x="{x:.2f}" y="{y:.2f}" width="{long:.2f}" height="1.2" fill="none" stroke="{INK}" stroke-width="0.2"/>'
        f"{texts}</g>"
    )


def north_arrow(x: float, y: float, *, english: bool) -> str:
    """Its middle at x, its tip at y."""
    return (
        f'<circle cx="{x:.2f}" cy="{y + 5:.2f}" r="5.4" fill="#fff" fill-opacity="0.85"/>'
        f'<path d="M{x:.2f},{y + 2.9:.2f}l2.2,6.4l-2.2,-1.5z" fill="#fff" stroke="{INK}" stroke-width="0.2"/>'
        f'<path d="M{x:.2f},{y + 2.9:.2f}l-2.2,6.4l2.2,-1.5z" fill="{INK}" stroke="{INK}" stroke-width="0.2"/>'
        f'<text x="{x:.2f}" y="{y + 2.5:.2f}" font-size="2.3" text-anchor="middle" fill="{INK}">'
        f"{'N' if english else '北'}</text>"
    )


def graticule(view: View) -> str:
    """Meridians and parallels at round minutes, named outside of the frame on the left and below."""
    west, south, east, north = view.box
    drawn = []
    for lng in _round_degrees(west, east):
        x, _ = view.at(lng, north)
        drawn.append(_hair(x, 0, x, view.height))
        drawn.append(_named(x, view.height + 2.6, _degrees(lng, "E", "W")))
    for lat in _round_degrees(south, north):
        _, y = view.at(west, lat)
        drawn.append(_hair(0, y, view.width, y))
        drawn.append(_named(-1.0, y, _degrees(lat, "N", "S"), turned=True))
    return "".join(drawn)


def legend(shapes: Sequence[Shape], width: float, patterns: str = "") -> tuple[str, float]:
    """Every shape that has words, once, flowing into rows from the upper left corner; and how high they are."""
    entries: dict[str, Shape] = {}
    for shape in shapes:
        if shape.said:
            entries.setdefault(shape.said, shape)
    drawn, at, row = [], 0.0, 0
    for said, shape in entries.items():
        needed = 8 + width_of(said, LEGEND_SIZE)
        if at and at + needed > width:
            at, row = 0.0, row + 1
        left, middle = at, row * ROW + ROW / 2
        drawn.append(_swatch(shape, left, middle, patterns))
        drawn.append(
            f'<text x="{left + 6:.2f}" y="{middle + 0.9:.2f}" font-size="{LEGEND_SIZE}" fill="{INK}">'
            f"{html.escape(said)}</text>"
        )
        at += needed + 3
    return "".join(drawn), (row + 1) * ROW if entries else 0.0


def mark(shape: Place, x: float, y: float) -> str:
    """A place's sign, with a white edge so that it stands out of anything."""
    size, how = shape.size, f'fill="{shape.colour}" stroke="#fff" stroke-width="0.25"'
    if shape.mark == "ring":
        sign = (
            f'<circle cx="{x:.2f}" cy="{y:.2f}" r="{size:g}" fill="#fff" stroke="{shape.colour}" stroke-width="0.5"/>'
        )
    elif shape.mark == "square":
        sign = f'<rect x="{x - size:.2f}" y="{y - size:.2f}" width="{2 * size:g}" height="{2 * size:g}" {how}/>'
    elif shape.mark == "triangle":
        sign = f'<path d="M{x:.2f},{y - 1.2 * size:.2f}l{1.2 * size:g},{2.1 * size:g}h{-2.4 * size:g}z" {how}/>'
    elif shape.mark == "diamond":
        sign = f'<path d="M{x:.2f},{y - 1.3 * size:.2f}l{1.3 * size:g},{1.3 * size:g}l{-1.3 * size:g},{1.3 * size:g}l{-1.3 * size:g},{-1.3 * size:g}z" {how}/>'
    else:
        sign = f'<circle cx="{x:.2f}" cy="{y:.2f}" r="{size:g}" {how}/>'
    if shape.letter:
        sign += (
            f'<text x="{x:.2f}" y="{y + size * 0.55:.2f}" font-size="{size * 1.5:g}" font-weight="700"'
            f' text-anchor="middle" fill="#fff">{html.escape(shape.letter)}</text>'
        )
    return sign


def paint(shape: Area | Line, patterns: str = "") -> str:
    """Attributes of a path; `patterns` is the prefix of the ids of this map's own."""
    dashes = ' stroke-dasharray="1.2 0.8"' if shape.dashed else ""
    if isinstance(shape, Line):
        return f'fill="none" stroke="{shape.colour}" stroke-width="{shape.width:g}"{dashes}'
    fill = f"url(#{patterns}-hatch)" if shape.hatched else shape.fill
    return (
        f'fill="{fill}" fill-opacity="{1 if shape.hatched else shape.opacity:g}" fill-rule="evenodd"'
        f' stroke="{shape.edge}" stroke-width="{shape.width:g}" stroke-linejoin="round"{dashes}'
    )


def _swatch(shape: Shape, x: float, y: float, patterns: str) -> str:
    if isinstance(shape, Place):
        return mark(shape, x + 2.5, y)
    if isinstance(shape, Line):
        return f'<path d="M{x:.2f},{y:.2f}h5" {paint(shape, patterns)}/>'
    return f'<path d="M{x:.2f},{y - 1.3:.2f}h5v2.6h-5z" {paint(shape, patterns)}/>'


def _round_degrees(low: float, high: float) -> Iterator[float]:
    """Two to five of them, at a step that reads well."""
    step = next((one for one in _STEPS_SECONDS if (high - low) * 3600 / one <= 5), _STEPS_SECONDS[-1])
    for count in range(math.ceil(low * 3600 / step), math.floor(high * 3600 / step) + 1):
        yield count * step / 3600


def _degrees(value: float, positive: str, negative: str) -> str:
    seconds = round(abs(value) * 3600)
    degrees, minutes, rest = seconds // 3600, seconds // 60 % 60, seconds % 60
    told = f"{degrees}°" + (f"{minutes:02}′" if minutes or rest else "") + (f"{rest:02}″" if rest else "")
    return told + (positive if value >= 0 else negative)


def _hair(x1: float, y1: float, x2: float, y2: float) -> str:
    return f'<path d="M{x1:.2f},{y1:.2f}L{x2:.2f},{y2:.2f}" fill="none" stroke="{QUIET}" stroke-width="0.08" stroke-opacity="0.6"/>'


def _named(x: float, y: float, said: str, *, turned: bool = False) -> str:
    how = f' transform="rotate(-90 {x:.2f} {y:.2f})"' if turned else ""
    return f'<text x="{x:.2f}" y="{y:.2f}" font-size="2" text-anchor="middle" fill="{QUIET}"{how}>{said}</text>'
