"""GET /tiles/{layer}/{z}/{x}/{y}.mvt and /tiles/{layer}.json."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe
from rest_framework.exceptions import AuthenticationFailed

from accounts.rights import may_see_staff_data
from geo import http
from geo.fields import Extent2D
from geo.models import Region
from geo.tiles.answers import Asked, answer, filtered
from geo.tiles.layer import DEEPEST_ZOOM, layer_for


@require_safe
def tile(request: HttpRequest, layer: str, z: int, x: int, y: int) -> HttpResponse:
    """One tile; 204 where nothing lies."""
    try:
        person = http.person_of(request)
    except AuthenticationFailed as error:
        return http.bad_token(error)
    asked = request.META
    zips = "gzip" in asked.get("HTTP_ACCEPT_ENCODING", "")
    found = answer(person, Asked(layer, z, x, y, asked["QUERY_STRING"], asked.get("HTTP_IF_NONE_MATCH", ""), zips))
    return HttpResponse(found.content, status=found.status, headers=dict(found.headers))


@require_safe
def tilejson(request: HttpRequest, layer: str) -> HttpResponse:
    """TileJSON 3.0: where the tiles are, what they carry, what they cover."""
    try:
        person = http.person_of(request)
    except AuthenticationFailed as error:
        return http.bad_token(error)
    drawn = layer_for(person, layer)
    filtered(drawn, person, request.GET)
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
