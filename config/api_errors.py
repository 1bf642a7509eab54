"""The one table from an error of the domain to an HTTP status; the words are the error's own."""

from typing import Any

from drf_standardized_errors.handler import ExceptionHandler
from rest_framework import exceptions
from rest_framework.exceptions import ErrorDetail
from rest_framework.response import Response

from geo.errors import (
    BadParameter,
    ChangedMeanwhile,
    Conflict,
    NotAllowed,
    NotReady,
    NotSignedIn,
    NotThere,
    SomebodyElse,
    TooMany,
)
from geo.words import SpokenError, say

SERVICE_UNAVAILABLE = 503

STATUS: dict[type[SpokenError], tuple[int, str]] = {
    BadParameter: (400, "invalid"),
    NotThere: (404, "not_found"),
    NotSignedIn: (403, "not_authenticated"),
    SomebodyElse: (403, "another_person"),
    NotAllowed: (403, "permission_denied"),
    ChangedMeanwhile: (409, "changed_meanwhile"),
    Conflict: (409, "conflict"),
    TooMany: (429, "throttled"),
    NotReady: (SERVICE_UNAVAILABLE, "not_ready"),
    SpokenError: (400, "invalid"),
}


UNFORESEEN = say(
    zh="服务器出错，请求没有完成。", en="Something went wrong on the server; the request was not completed."
)

STALE_PAGE = say(
    zh="页面已过期或请求不是从本页面发出；请刷新页面后重试。",
    en="This page is out of date, or the request did not come from it; reload the page and try again.",
)
"""The token against forged requests (X-CSRFToken) is missing or old."""
STALE_CODE = "csrf_failed"


def handle(error: Exception, context: Any) -> Response | None:
    """DRF's hook; `context` is its own mapping."""
    if isinstance(error, SpokenError):
        error = as_api_exception(error)
    if isinstance(
        error, exceptions.MethodNotAllowed | exceptions.UnsupportedMediaType | exceptions.AuthenticationFailed
    ):
        error = with_advice(error, context)
    if isinstance(error, exceptions.PermissionDenied) and str(error.detail).startswith("CSRF Failed"):
        error = exceptions.PermissionDenied(str(STALE_PAGE), code=STALE_CODE)
    return SpeakingHandler(error, context).run()


def with_advice(error: exceptions.APIException, context: Any) -> exceptions.APIException:
    """The library only says what is wrong with how something was sent; ours says what would be right, too."""
    view, request = context["view"], context["request"]
    if isinstance(error, exceptions.MethodNotAllowed):
        known = ", ".join(name for name in view.allowed_methods if name != "OPTIONS")
        words = say(
            zh=f"此地址不支持 {request.method}；可用：{known}。",
            en=f"{request.method} is not for this address; it takes: {known}.",
        )
    elif isinstance(error, exceptions.UnsupportedMediaType):
        known = ", ".join(parser.media_type for parser in view.parser_classes)
        words = say(
            zh=f"不能读取 {request.content_type} 格式的内容；请用 Content-Type: {known}。",
            en=f"Content of the type {request.content_type} cannot be read; send it as Content-Type: {known}.",
        )
    else:
        words = say(
            zh="令牌无效、已过期或已撤销；请向管理员索取新令牌（manage.py token）。",
            en="The token is wrong, expired or revoked; ask the administrator for a new one (manage.py token).",
        )
    error.detail = ErrorDetail(str(words), code=error.detail.code)  # type: ignore[union-attr]  # these have one text
    return error


class SpeakingHandler(ExceptionHandler):
    """What nobody foresaw is answered in words too; the traceback goes to the log under the request's reference."""

    def convert_unhandled_exceptions(self, exc: Exception) -> exceptions.APIException:
        if isinstance(exc, exceptions.APIException):
            return exc
        return exceptions.APIException(detail=str(UNFORESEEN))

    def report_exception(self, exc: exceptions.APIException, response: Response) -> None:
        if exc.status_code != SERVICE_UNAVAILABLE:  # who is asked to come again is no fault to be told of
            super().report_exception(exc, response)


def status_of(error: SpokenError) -> tuple[int, str]:
    return next(STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)


def as_api_exception(error: SpokenError) -> exceptions.APIException:
    status, code = status_of(error)
    detail = str(error)
    if status == 400:
        name = getattr(error, "name", None)
        return exceptions.ValidationError({name: [detail]} if name else [detail], code=code)
    answer = exceptions.APIException(detail, code=code)
    answer.status_code = status
    answer.wait = getattr(error, "wait", None)  # type: ignore[attr-defined]  # becomes Retry-After
    return answer
