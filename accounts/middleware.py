"""What a request leaves behind on its connection is taken back before the connection serves another."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from accounts import audit

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})


class AuditActorMiddleware:
    """Names the signed-in person to the database for requests that write, and forgets them afterwards."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method in SAFE_METHODS:
            return self.get_response(request)
        try:
            if request.user.is_authenticated:
                audit.act_as(request.user.get_username())
            return self.get_response(request)
        finally:
            audit.act_as("")
