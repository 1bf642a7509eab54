"""GET /tiles/{layer}/{z}/{x}/{y}.mvt and /tiles/{layer}.json."""

import gzip
from collections import OrderedDict
from threading import Lock
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.views.decorators.http import require_safe
from rest_framework.exceptions import AuthenticationFailed

from accounts.rights import Person, may_see_staff_data, visibility_key
from geo import http
from geo.errors import BadParameter, NotThere
from geo.fields import Extent2D
from geo.models import Region
from geo.tiles import bins
from geo.tiles.layer import DEEPEST_ZOOM, TileLayer, layer_for
from geo.tiles.memory import TileMemory
from geo.tiles.render import Plan, plan, render_plan
from geo.versions import Stamp, recent_stamp

FORMAT = "application/vnd.mapbox-vector-tile"
SMALLEST_GZIPPED = 1000
KEPT_PLANS = 2000

_drawn = TileMemory(settings.TILE_MEMORY)
_plans: OrderedDict[tuple[str, str, str, Stamp], Plan] = OrderedDict()
_lock = Lock()


def forget() -> None:
    """For tests that change the settings behind a layer's rights."""
    _plans.clear()
    _drawn.forget()


@require_safe
def tile(request: HttpRequest, layer: str, z: int, x: int, y: int) -> HttpResponse:
    """One tile; 204 where nothing lies."""
    try:
        person = http.person_of(request)
    except AuthenticationFailed as error:
        return http.bad_token(error)
    return answered(request, person, layer, z, x, y)


def answered(request: HttpRequest, person: Person, layer: str, z: int, x: int, y: int) -> HttpResponse:
    """The tile for this person; the same answer whichever way the request came, whatever its language."""
    drawn = layer_for(person, layer)
    if z > DEEPEST_ZOOM or x >= 1 << z or y >= 1 << z:
        raise NotThere(
            zh=f"瓦片 {z}/{x}/{y} 超出范围：级别 0–{DEEPEST_ZOOM}，行列号小于 2 的级别次方。",
            en=f"Tile {z}/{x}/{y} is out of range: zoom is 0 to {DEEPEST_ZOOM}, x and y are below 2 to the zoom.",
        )
    stamp = recent_stamp(*drawn.versions)
    etag = http.etag(stamp, visibility_key(person), layer, z, x, y, request.META["QUERY_STRING"])
    if http.is_unchanged(request, etag):
        return http.mark(HttpResponse(status=304), etag)
    content = b"" if z < drawn.min_zoom else _drawn.get(etag, lambda: _content(drawn, person, request, stamp, z, x, y))
    response = HttpResponse(content, content_type=FORMAT, status=200 if content else 204)
    if len(content) >= SMALLEST_GZIPPED and "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", ""):
        response.content = gzip.compress(content, compresslevel=1)
        response["Content-Encoding"] = "gzip"
    return http.mark(response, etag)


def _content(layer: TileLayer, person: Person, request: HttpRequest, stamp: Stamp, z: int, x: int, y: int) -> bytes:
    query = request.META["QUERY_STRING"]
    if layer.bins is None or z >= layer.bins.below:
        return render_plan(_plan_for(layer, person, request, query, stamp), z, x, y)
    resolution = layer.bins.resolution(z)
    key = (layer.name, visibility_key(person), query)
    held = bins.counted(resolution, key, stamp, lambda: _count(layer, person, request.GET, resolution))
    return bins.encode(layer, held, z, x, y)


def _count(layer: TileLayer, person: Person, query: QueryDict, resolution: int) -> bins.Counted:
    """From columns in memory where the room has them for these filters, else by the database."""
    rows = _filtered(layer, person, query)
    asked = {name: str(query[name]) for name in query}
    found = layer.bins.columns(person, asked) if layer.bins and layer.bins.columns else None
    return bins.count(layer, rows, resolution) if found is None else bins.count_columns(*found, resolution)


def _plan_for(layer: TileLayer, person: Person, request: HttpRequest, query: str, stamp: Stamp) -> Plan:
    """Compiling a queryset costs as much as a small tile, so statements are kept by layer, rights and filters.

    And by the state of the tables: one of them may say which filters there are, and for whom.
    """
    key = (layer.name, visibility_key(person), query, stamp)
    with _lock:
        found = _plans.get(key)
        if found is not None:
            _plans.move_to_end(key)
            return found
    made = plan(layer, _filtered(layer, person, request.GET), staff=may_see_staff_data(person))
    with _lock:
        _plans[key] = made
        if len(_plans) > KEPT_PLANS:
            _plans.popitem(last=False)
    return made


def _filtered(layer: TileLayer, person: Person, query: QueryDict) -> QuerySet[Any]:
    day = query.get("on") if layer.past else None
    rows = layer.past(person, day) if layer.past and day else layer.rows(person)
    known: frozenset[str] = layer.filterset.names(person) if layer.filterset else frozenset()
    if layer.past:
        known |= {"on"}
    for name in query:
        if name not in known:
            shown = ", ".join(sorted(known)) or "-"
            raise BadParameter(
                name,
                zh=f"图层 {layer.name} 没有参数“{name}”；可用：{shown}。",
                en=f"Layer {layer.name} has no parameter {name}; known: {shown}.",
            )
    return layer.filterset(query, queryset=rows).checked if layer.filterset and query else rows


@require_safe
def tilejson(request: HttpRequest, layer: str) -> HttpResponse:
    """TileJSON 3.0: where the tiles are, what they carry, what they cover."""
    try:
        person = http.person_of(request)
    except AuthenticationFailed as error:
        return http.bad_token(error)
    drawn = layer_for(person, layer)
    _filtered(drawn, person, request.GET)
    etag = http.etag_of(request, person, (*drawn.versions, "regions"))
    if http.is_unchanged(request, etag):
        return http.mark(HttpResponse(status=304), etag)
    fields = drawn.fields + (drawn.staff_fields if may_see_staff_data(person) else ())
    query = request.META.get("QUERY_STRING", "")
    here = request.build_absolute_uri(request.path.removesuffix(".json"))
    extent = Region.objects.roots().aggregate(extent=Extent2D("outline"))["extent"]
    body = {
        "tilejson": "3.0.0",
        "name": layer,
        "description": f"{drawn.zh} {drawn.en}",
        "scheme": "xyz",
        "tiles": [here + "/{z}/{x}/{y}.mvt" + (f"?{query}" if query else "")],
        "minzoom": drawn.min_zoom,
        "maxzoom": DEEPEST_ZOOM if drawn.bins is None else max(drawn.bins.below, 14),
        "bounds": list(extent.extent) if extent else [-180, -85.05, 180, 85.05],
        "vector_layers": [
            {"id": layer, "description": drawn.zh, "fields": {name: drawn.described.get(name, "") for name in fields}}
        ],
    }
    return http.mark(JsonResponse(body, json_dumps_params={"ensure_ascii": False}), etag)
