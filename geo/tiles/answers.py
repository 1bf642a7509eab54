"""What a tile's address is answered, whichever way the question came: by a view of Django or, for visitors, before Django."""

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import QuerySet
from django.http import QueryDict
from isal import igzip

from accounts.rights import Person, may_see_staff_data, visibility_key
from geo import http
from geo.errors import BadParameter, NotThere
from geo.tiles import bins, prepared
from geo.tiles.layer import DEEPEST_ZOOM, TileLayer, layer_for
from geo.tiles.memory import TileMemory
from geo.tiles.render import Plan, plan
from geo.versions import Stamp, recent_stamp
from geo.words import nearest_first

FORMAT = "application/vnd.mapbox-vector-tile"
SMALLEST_GZIPPED = 1000
KEPT_VIEWS = 2000


class Asked(NamedTuple):
    """A tile's address, with what the request says of the reader's copy (`If-None-Match`) and of gzip."""

    layer: str
    z: int
    x: int
    y: int
    query: str = ""
    held: str = ""
    gzip: bool = False


class Answer(NamedTuple):
    """200 with a tile, 204 where nothing lies, 304 where the reader's copy is still true."""

    status: int
    content: bytes
    headers: tuple[tuple[str, str], ...]


@dataclass(slots=True)
class _View:
    """A layer under some filters, for those who may see the same of it, as long as its tables stay as they are."""

    stamp: Stamp
    mark: str
    """Begins the tags of its tiles."""
    plan: Plan | None = None
    """Made with the first tile that the database draws: compiling a queryset costs as much as a small tile."""


_drawn = TileMemory(settings.TILE_MEMORY)
_views: OrderedDict[tuple[str, str, str], _View] = OrderedDict()
_lock = Lock()


def forget() -> None:
    """For tests that change the settings behind a layer's rights."""
    _views.clear()
    _drawn.forget()


def answer(person: Person, asked: Asked) -> Answer:
    """The tile for this person; the same whatever the language of the request."""
    layer = layer_for(person, asked.layer)
    z, x, y = asked.z, asked.x, asked.y
    if z > DEEPEST_ZOOM or x >= 1 << z or y >= 1 << z:
        raise NotThere(
            zh=f"瓦片 {z}/{x}/{y} 超出范围：级别 0–{DEEPEST_ZOOM}，行列号小于 2 的级别次方。",
            en=f"Tile {z}/{x}/{y} is out of range: zoom is 0 to {DEEPEST_ZOOM}, x and y are below 2 to the zoom.",
        )
    view = _view(layer, person, asked.query)
    etag = f'"{view.mark}-{z}-{x}-{y}"'
    marks: tuple[tuple[str, str], ...] = (("ETag", etag), ("Cache-Control", http.CACHE_CONTROL), ("Vary", http.VARY))
    if http.names(asked.held, etag):
        return Answer(304, b"", marks)
    content = b"" if z < layer.min_zoom else _drawn.get(etag, lambda: _content(layer, person, asked, view))
    if not content:
        return Answer(204, b"", (("Content-Type", FORMAT), ("Content-Length", "0"), *marks))
    if asked.gzip and len(content) >= SMALLEST_GZIPPED:
        content = igzip.compress(content, 1)
        marks = (("Content-Encoding", "gzip"), *marks)
    return Answer(200, content, (("Content-Type", FORMAT), ("Content-Length", str(len(content))), *marks))


def filtered(layer: TileLayer, person: Person, query: QueryDict) -> QuerySet[Any]:
    """The layer's rows that this person may see under the filters of the address."""
    day = query.get("on") if layer.past else None
    rows = layer.past(person, day) if layer.past and day else layer.rows(person)
    known: frozenset[str] = layer.filterset.names(person) if layer.filterset else frozenset()
    if layer.past:
        known |= {"on"}
    for name in query:
        if name not in known:
            shown = ", ".join(nearest_first(name, known)) or "-"
            raise BadParameter(
                name,
                zh=f"图层 {layer.name} 没有参数“{name}”；可用：{shown}。",
                en=f"Layer {layer.name} has no parameter {name}; known: {shown}.",
            )
    return layer.filterset(query, queryset=rows).checked if layer.filterset and query else rows


def _content(layer: TileLayer, person: Person, asked: Asked, view: _View) -> bytes:
    if layer.bins is None or asked.z >= layer.bins.below:
        if view.plan is None:
            rows = filtered(layer, person, QueryDict(asked.query))
            view.plan = plan(layer, rows, staff=may_see_staff_data(person))
        return prepared.ask(view.plan, asked.z, asked.x, asked.y)
    resolution = layer.bins.resolution(asked.z)
    key = (layer.name, visibility_key(person), asked.query)
    held = bins.counted(resolution, key, view.stamp, lambda: _count(layer, person, QueryDict(asked.query), resolution))
    return bins.encode(layer, held, asked.z, asked.x, asked.y)


def _count(layer: TileLayer, person: Person, query: QueryDict, resolution: int) -> bins.Counted:
    """From columns in memory where the room has them for these filters, else by the database."""
    rows = filtered(layer, person, query)
    asked = {name: str(query[name]) for name in query}
    found = layer.bins.columns(person, asked) if layer.bins and layer.bins.columns else None
    return bins.count(layer, rows, resolution) if found is None else bins.count_columns(*found, resolution)


def _view(layer: TileLayer, person: Person, query: str) -> _View:
    """Kept by layer, rights and filters, and for one state of the tables: one of them may say which filters there are, and for whom."""
    stamp = recent_stamp(*layer.versions)
    key = (layer.name, visibility_key(person), query)
    with _lock:
        found = _views.get(key)
        if found is None or found.stamp != stamp:
            found = _views[key] = _View(stamp, http.etag(stamp, *key).strip('"'))
            if len(_views) > KEPT_VIEWS:
                _views.popitem(last=False)
        _views.move_to_end(key)
    return found
