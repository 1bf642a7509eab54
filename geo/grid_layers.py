"""Values of a grid layer as arrays, kept until the grid changes, and what of them a visitor may see (METHODS 2)."""

from dataclasses import dataclass
from functools import cached_property
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from geo import hexes, privacy
from geo.grid import means, totals
from geo.hexes import Cells, Floats
from geo.models import GridLayer, GridValue
from geo.versions import Kept

HEADS = frozenset({"persons", "person", "人", "人次", "enterprises", "enterprise", "firms", "家", "企业", "个"})
"""Units in which the sum of a layer is itself the number of persons or enterprises behind it."""


@dataclass(frozen=True, eq=False)
class LayerValues:
    """One layer in one period: sorted cells, their values, and how many stand behind each (NaN: unknown)."""

    cells: Cells
    values: Floats
    counts: Floats

    @cached_property
    def centres(self) -> Floats:
        return hexes.centres(self.cells)

    def hidden(self, subject: str) -> NDArray[np.bool_]:
        """Cells below the privacy floor, with those that keep them from being worked out."""
        return privacy.suppressed(self.cells, self.counts, privacy.FLOORS[subject])

    def coarser(self, resolution: int, aggregate: str) -> "LayerValues":
        """Summed or averaged over the ancestors."""
        cells, owner = np.unique(hexes.parents(self.cells, resolution), return_inverse=True)
        combine = totals if aggregate == GridLayer.Aggregate.SUM else means
        return LayerValues(cells, combine(owner, self.values, len(cells)), totals(owner, self.counts, len(cells)))


class LayerShelf:
    """Layers read so far; a new shelf stands here whenever the grid changed."""

    def __init__(self) -> None:
        self._read: dict[tuple[str, str], LayerValues] = {}
        self._lock = Lock()

    def values(self, layer: GridLayer, period: str) -> LayerValues:
        key = (layer.code, period)
        with self._lock:
            if key not in self._read:
                self._read[key] = _read(layer, period)
            return self._read[key]

    @cached_property
    def periods(self) -> dict[str, list[str]]:
        """The periods of every layer that has values, the whole day first."""
        found: dict[str, list[str]] = {}
        for code, period in GridValue.objects.order_by().values_list("layer_id", "period").distinct():
            found.setdefault(code, []).append(period)
        return {code: sorted(periods) for code, periods in found.items()}  # all, day, night


shelf: Kept[LayerShelf] = Kept(("grid",), LayerShelf)


def _read(layer: GridLayer, period: str) -> LayerValues:
    rows = list(
        GridValue.objects.filter(layer=layer, period=period).order_by("cell").values_list("cell", "value", "count")
    )
    values = np.array([value for _, value, _ in rows], dtype=float)
    counts = np.array([np.nan if count is None else count for _, _, count in rows], dtype=float)
    if layer.aggregate == GridLayer.Aggregate.SUM and layer.unit.strip().lower() in HEADS:
        counts = np.where(np.isnan(counts), values, counts)
    return LayerValues(np.array([cell for cell, _, _ in rows], dtype=np.uint64), values, counts)
