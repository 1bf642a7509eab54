"""Where names go on a printed map: each takes the first free spot around its place, and stays away where there is none."""

import html
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

HALO = "#FFFFFF"
SMALL_MM = 30
Rectangle = tuple[float, float, float, float]


def width_of(text: str, size: float) -> float:
    """Millimetres, roughly: a Chinese letter is as wide as it is high, a Latin one a little over half."""
    return sum(1.0 if unicodedata.east_asian_width(letter) in "WF" else 0.58 for letter in text) * size


def written(
    x: float, y: float, text: str, size: float, colour: str, *, bold: bool = False, anchor: str = "middle"
) -> str:
    """A text with a halo, its baseline at y."""
    weight = 700 if bold else 400
    common = f'x="{x:.2f}" y="{y:.2f}" font-size="{size:g}" text-anchor="{anchor}" font-weight="{weight}"'
    said = html.escape(text)
    return (
        f'<text {common} fill="{HALO}" stroke="{HALO}" stroke-width="{size * 0.3:.2f}" stroke-linejoin="round">{said}</text>'
        f'<text {common} fill="{colour}">{said}</text>'
    )


@dataclass
class Labels:
    """The names of one sheet; earlier ones matter more."""

    width: float
    height: float
    taken: list[Rectangle] = field(default_factory=list)
    drawn: list[str] = field(default_factory=list)

    def keep_free(self, x: float, y: float, radius: float) -> None:
        """A mark stands here."""
        self.taken.append((x - radius, y - radius, x + radius, y + radius))

    def keep_clear_of(self, points: NDArray[np.float64]) -> None:
        """An outline stands here; a large one may well hold names."""
        (left, top), (right, bottom) = points.min(axis=0).tolist(), points.max(axis=0).tolist()
        if max(right - left, bottom - top) < SMALL_MM:
            self.taken.append((left, top, right, bottom))

    def centred(self, x: float, y: float, text: str, size: float, colour: str, *, bold: bool = False) -> bool:
        return self._place([(x, y, "middle")], text, size, colour, bold=bold)

    def beside(
        self, x: float, y: float, gap: float, text: str, size: float, colour: str, *, bold: bool = False
    ) -> bool:
        """Right of a mark, else left, above or below."""
        spots = [
            (x + gap, y, "start"),
            (x - gap, y, "end"),
            (x, y - gap - size * 0.6, "middle"),
            (x, y + gap + size * 0.6, "middle"),
        ]
        return self._place(spots, text, size, colour, bold=bold)

    def _place(
        self, spots: Iterable[tuple[float, float, str]], text: str, size: float, colour: str, *, bold: bool
    ) -> bool:
        if not text:
            return False
        wide = width_of(text, size)
        for x, y, anchor in spots:
            left = x if anchor == "start" else x - wide if anchor == "end" else x - wide / 2
            box = (left - 0.4, y - size * 0.6, left + wide + 0.4, y + size * 0.6)
            inside = box[0] >= 0 and box[1] >= 0 and box[2] <= self.width and box[3] <= self.height
            if inside and not any(_meet(box, other) for other in self.taken):
                self.taken.append(box)
                self.drawn.append(written(x, y + size * 0.36, text, size, colour, bold=bold, anchor=anchor))
                return True
        return False


def _meet(one: Rectangle, other: Rectangle) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
