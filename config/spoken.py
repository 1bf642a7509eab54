"""Errors that leave a plain Django view, and addresses that lead nowhere, are answered in words, like those of the API."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.html import escape

from config.api_errors import STALE_CODE, STALE_PAGE, UNFORESEEN, status_of
from geo import http
from geo.words import SpokenError, Words

NOWHERE = Words(
    "没有这个地址；接口说明见 api/docs/。", "There is nothing at this address; the interface is described at api/docs/."
)
MALFORMED = Words("服务器不能理解这个请求。", "The server cannot make sense of this request.")


class SpokenErrorMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 405 and not response.content:
            allowed = response.headers["Allow"]
            words = Words(f"此地址只接受：{allowed}。", f"This address takes only: {allowed}.")
            response = http.refuse(405, "method_not_allowed", words)
            response["Allow"] = allowed
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, SpokenError):
            return None
        status, code = status_of(error)
        return http.refuse(status, code, error.words, getattr(error, "name", None))


def nowhere(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's hook for addresses that no room knows; a person at a browser gets a page with a way back."""
    if _is_for_machines(request):
        return http.refuse(404, "not_found", NOWHERE)
    home = escape(f"{settings.BASE_PATH}/")
    page = (
        "<!doctype html><meta charset=utf-8><meta name=viewport content='width=device-width'><title>404</title>"
        "<style>body{margin:15vh auto;max-width:30rem;padding:0 1rem;font:1rem/1.8 system-ui,sans-serif}</style>"
        f'<p>没有这个页面；<a href="{home}">回到首页</a>。</p>'
        f'<p lang=en>There is no such page; <a href="{home}">go to the start</a>.</p>'
    )
    return HttpResponse(page, status=404)


def malformed(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's hook for requests that it refuses to read."""
    return http.refuse(400, "invalid", MALFORMED)


def stale(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django's hook for a request without the proof that it comes from our page."""
    return http.refuse(403, STALE_CODE, STALE_PAGE)


def failed(request: HttpRequest) -> HttpResponse:
    """Django's hook for what nobody foresaw; the traceback is in the log under the request's reference."""
    return http.refuse(500, "error", UNFORESEEN)


def _is_for_machines(request: HttpRequest) -> bool:
    return request.path.removeprefix(settings.BASE_PATH).startswith(("/api/", "/tiles/"))
