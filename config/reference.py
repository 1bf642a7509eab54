"""Every request has a reference number: the page shows it when something failed, and the log has the story under it."""

import logging
import re
import secrets
from collections.abc import Callable
from contextvars import ContextVar

from django.http import HttpRequest, HttpResponse

HEADER = "X-Request-ID"
_proper = re.compile(r"[A-Za-z0-9-]{4,64}")
_current: ContextVar[str] = ContextVar("request_reference", default="-")


class ReferenceMiddleware:
    """Takes the number that the page or the proxy sent, or makes one; says it again in the answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        sent = request.headers.get(HEADER, "")
        reference = sent if _proper.fullmatch(sent) else secrets.token_hex(4).upper()
        token = _current.set(reference)
        try:
            response = self.get_response(request)
        finally:
            _current.reset(token)
        response[HEADER] = reference
        return response


class ReferenceFilter(logging.Filter):
    """Gives every line of the log the number of the request it belongs to."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.reference = _current.get()
        return True
