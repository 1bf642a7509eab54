"""Errors of the domain that leave a plain Django view are answered in words, like those of the API."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from config.api_errors import status_of
from geo import http
from geo.words import SpokenError


class SpokenErrorMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, SpokenError):
            return None
        status, code = status_of(error)
        return http.refuse(status, code, error.words, getattr(error, "name", None))
