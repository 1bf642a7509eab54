"""What a map may draw: one declaration per layer, made by the room that owns the rows."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from django.db.models import QuerySet
from numpy.typing import NDArray

from accounts.rights import Person, may_see_staff_data
from geo.errors import NotThere
from geo.filters import PlaceFilterSet

DEEPEST_ZOOM = 22

RESOLUTION_BY_ZOOM = (2, 2, 3, 3, 4, 4, 5, 5, 6, 7, 7, 8)
"""H3 resolution of the bins drawn at each zoom: hexagons of 20 to 60 pixels."""


@dataclass(frozen=True, slots=True)
class Bins:
    """Below zoom `below` the layer draws H3 cells with `n` rows and the sums named here, never single rows.

    `cell` is the column with the resolution-9 cell of a row. A room that holds its rows as columns in memory may give
    `columns(person, query)`: the cells and the summed columns of the rows seen under these filters, or None where it cannot
    tell; then the database counts.
    """

    below: int
    cell: str = "cell"
    sums: tuple[str, ...] = ()
    columns: "Callable[[Person, Mapping[str, str]], tuple[NDArray[np.int64], dict[str, NDArray[np.float64]]] | None] | None" = None

    def resolution(self, zoom: int) -> int:
        return RESOLUTION_BY_ZOOM[min(zoom, len(RESOLUTION_BY_ZOOM) - 1)]


@dataclass(frozen=True, slots=True)
class TileLayer:
    """A layer of vector tiles.

    - `rows(person)`: the queryset that this person may see; it must not depend on the clock, for its SQL is kept.
    - `fields`: columns sent with each feature; `staff_fields` only to staff.
    - `staff_only`: for visitors there is no such layer.
    - `geometry`: the Web Mercator column; `versions`: names in geo.versions of the tables behind the layer.
    - `filterset`: the same filters as the layer's list.
    - `past(person, day)`: for `?on=2026-03-01`, the rows as they were shown at the end of that day; the text is the reader's.
    """

    name: str
    zh: str
    en: str
    rows: Callable[[Person], QuerySet[Any]]
    fields: tuple[str, ...]
    versions: tuple[str, ...]
    staff_fields: tuple[str, ...] = ()
    staff_only: bool = False
    filterset: type[PlaceFilterSet] | None = None
    past: Callable[[Person, str], QuerySet[Any]] | None = None
    identity: str | None = "pk"
    """An integer column that names a feature; None where rows have none."""
    geometry: str = "web"
    min_zoom: int = 0
    bins: Bins | None = None
    simplify: bool = False
    """Large outlines are thinned to the tile's resolution before they are cut."""
    described: Mapping[str, str] = field(default_factory=dict)


_layers: dict[str, TileLayer] = {}


def register_layer(layer: TileLayer) -> TileLayer:
    if layer.name in _layers:
        raise ValueError(f"tile layer {layer.name} is registered twice")
    _layers[layer.name] = layer
    return layer


def layers() -> Iterable[TileLayer]:
    return _layers.values()


def layer_named(name: str) -> TileLayer:
    """Whoever asks; `layer_for` is for those who may not see every layer."""
    return _layers[name]


def layer_for(person: Person, name: str) -> TileLayer:
    """The layer of that name, if this person may see it."""
    found = _layers.get(name)
    if found is not None and _is_open(found, person):
        return found
    known = ", ".join(sorted(one.name for one in layers() if _is_open(one, person)))
    raise NotThere(zh=f"没有图层“{name}”；可用：{known}。", en=f"There is no layer {name}; there are: {known}.")


def _is_open(layer: TileLayer, person: Person) -> bool:
    return not layer.staff_only or may_see_staff_data(person)
