"""Where the web server enters."""

import os
from collections.abc import Callable, Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

Environ = dict[str, Any]  # as WSGI defines it
WsgiApplication = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]


def below(prefix: str, served: WsgiApplication) -> WsgiApplication:
    """The same application under a path prefix, whether or not the proxy in front takes the prefix off."""
    if not prefix:
        return served

    def serve(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if path == prefix or path.startswith(f"{prefix}/"):
            environ["PATH_INFO"] = path[len(prefix) :] or "/"
        return served(environ, start_response)

    return serve


django_application = get_wsgi_application()

from django.conf import settings  # noqa: E402  # only once Django is set up

from geo.printing.documents import warm  # noqa: E402
from geo.tiles.express import express  # noqa: E402
from landparcels.on_offer import read_ahead  # noqa: E402

warm()
read_ahead()
application = below(settings.BASE_PATH, express(django_application))
