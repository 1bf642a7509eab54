"""What every answer has in common: who asks, whether it changed, and how an error reads outside of the API views."""

import hashlib

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import get_language
from knox.auth import TokenAuthentication
from rest_framework.exceptions import AuthenticationFailed

from accounts.rights import Person, visibility_key
from geo.versions import recent_stamp
from geo.words import Words

CACHE_CONTROL = "private, no-cache"
VARY = "Accept, Accept-Encoding, Accept-Language, Cookie, Authorization"


def person_of(request: HttpRequest) -> Person:
    """The one who asks, by token or by session; a wrong token is an error, not a visitor."""
    if "HTTP_AUTHORIZATION" in request.META:
        found = TokenAuthentication().authenticate(request)
        if found is not None:
            person: Person = found[0]
            return person
    return request.user


def site_address(request: HttpRequest) -> str:
    """Where people reach the pages: what a paper says is read elsewhere than where it was printed."""
    return settings.SITE_ADDRESS or request.build_absolute_uri(settings.BASE_PATH or "/").rstrip("/")


def etag_of(request: HttpRequest, person: Person, names: tuple[str, ...]) -> str:
    """Changes with the tables behind the answer, what this person may see, language, address, format and day.

    The day: what expired, is overdue or open for bids changes at midnight without any table.
    """
    return etag(
        recent_stamp(*names),
        visibility_key(person),
        get_language(),
        request.get_full_path(),
        request.META.get("HTTP_ACCEPT", ""),  # cells come as JSON or Arrow
        timezone.localdate(),
    )


def etag(*parts: object) -> str:
    """A tag of whatever an answer depends on; another deployment has another tag for the same."""
    return f'"{hashlib.sha256(repr((*parts, settings.SECRET_KEY[:8])).encode()).hexdigest()[:32]}"'


def is_unchanged(request: HttpRequest, etag: str) -> bool:
    return names(request.META.get("HTTP_IF_NONE_MATCH", ""), etag)


def names(if_none_match: str, etag: str) -> bool:
    """Whether the tags the reader holds have this one among them."""
    return bool(if_none_match) and etag in {part.strip().removeprefix("W/") for part in if_none_match.split(",")}


def mark(response: HttpResponse, etag: str) -> HttpResponse:
    response["ETag"] = etag
    response["Cache-Control"] = CACHE_CONTROL
    response["Vary"] = VARY
    return response


def refuse(status: int, code: str, words: Words, attr: str | None = None) -> HttpResponse:
    """An error of a view outside of the REST framework, in the same shape."""
    kind = "server_error" if status >= 500 else "client_error" if status != 400 else "validation_error"
    body = {"type": kind, "errors": [{"code": code, "detail": str(words), "attr": attr}]}
    return JsonResponse(body, status=status, json_dumps_params={"ensure_ascii": False})


def bad_token(error: AuthenticationFailed) -> HttpResponse:
    words = Words(
        "访问令牌无效或已撤销；请用 manage.py token 重新生成。",
        "The token is wrong or ended; make a new one with manage.py token.",
    )
    return refuse(401, "authentication_failed", words)
