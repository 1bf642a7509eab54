"""Tiles asked for without a session or a token: whoever asks is a visitor, so the tile needs nothing that finds out who it is.

A map asks for a hundred tiles a minute, and a tile of points costs the database a tenth of a millisecond; Django's own way of a
request costs three times as much. What the short way cannot answer goes the long way, and gets its words there.
"""

import logging
import re
from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any

import psycopg
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError, connection

from geo.tiles.answers import Asked, answer
from geo.words import SpokenError

logger = logging.getLogger(__name__)

Environ = dict[str, Any]  # as WSGI defines it
WsgiApplication = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]

TILE = re.compile(r"/tiles/([a-z_]+)/(\d{1,2})/(\d{1,7})/(\d{1,7})\.mvt", re.ASCII)
VISITOR = AnonymousUser()
STATUS = {status.value: f"{status.value} {status.phrase}" for status in HTTPStatus}


def express(served: WsgiApplication) -> WsgiApplication:
    """The same application, with visitors' tiles answered before it."""

    def serve(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        asked = _asked_by_a_visitor(environ)
        if asked is None:
            return served(environ, start_response)
        try:
            found = answer(VISITOR, asked)
        except SpokenError:
            return served(environ, start_response)
        except (DatabaseError, psycopg.Error) as error:
            logger.warning("%s is asked for again the long way: %s", environ["PATH_INFO"], error)
            connection.errors_occurred = True  # so that the long way looks whether it still stands, and asks again
            return served(environ, start_response)
        start_response(STATUS[found.status], [*found.headers, ("X-Content-Type-Options", "nosniff")])
        return [found.content]  # a list: what is whole already the server sends at once, anything else piece by piece

    return serve


def _asked_by_a_visitor(environ: Environ) -> Asked | None:
    address = TILE.fullmatch(environ["PATH_INFO"])
    if address is None or environ["REQUEST_METHOD"] != "GET" or "HTTP_AUTHORIZATION" in environ:
        return None
    if (cookies := environ.get("HTTP_COOKIE")) and settings.SESSION_COOKIE_NAME in cookies:
        return None
    layer, z, x, y = address.groups()
    zips = "gzip" in environ.get("HTTP_ACCEPT_ENCODING", "")
    held = environ.get("HTTP_IF_NONE_MATCH", "")
    return Asked(layer, int(z), int(x), int(y), environ.get("QUERY_STRING", ""), held, zips)
