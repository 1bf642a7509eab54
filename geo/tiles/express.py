"""Tiles asked for without a session or a token: whoever asks is a visitor, so the tile needs nothing that finds out who it is.

A map asks for a hundred tiles a minute and a tile of one park costs the database half a millisecond; session, language, sign-in
lock and address table would cost as much again. What the short way cannot answer goes the long way, and gets its words there.
"""

import re
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse

from geo.tiles.views import answered
from geo.words import SpokenError

TILE = re.compile(r"/tiles/([a-z_]+)/(\d{1,2})/(\d{1,7})/(\d{1,7})\.mvt", re.ASCII)
VISITOR = AnonymousUser()


class ExpressTileMiddleware:
    """Stands before every other middleware but the one that numbers requests."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = TILE.fullmatch(request.path_info)
        if asked is None or request.method != "GET" or _may_be_somebody(request):
            return self.get_response(request)
        layer, z, x, y = asked.groups()
        try:
            response = answered(request, VISITOR, layer, int(z), int(x), int(y))
        except SpokenError:
            return self.get_response(request)
        response["Content-Length"] = str(len(response.content))
        response["X-Content-Type-Options"] = "nosniff"
        return response


def _may_be_somebody(request: HttpRequest) -> bool:
    return "HTTP_AUTHORIZATION" in request.META or settings.SESSION_COOKIE_NAME in request.META.get("HTTP_COOKIE", "")
