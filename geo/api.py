"""Views of the HTTP interface: known parameters only, paged lists, answers that say when nothing changed."""

from typing import Any, ClassVar
from urllib.parse import unquote

from django_filters import rest_framework as filters
from rest_framework import generics
from rest_framework.exceptions import APIException
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts import audit
from accounts.middleware import SAFE_METHODS
from accounts.rights import may_see_staff_data
from geo import http
from geo.errors import BadParameter, NotAllowed, NotSignedIn, NotThere, SomebodyElse
from geo.paging import CursorPages
from geo.words import nearest_first

PERSON = "X-Luodi-Person"
"""The name, percent-encoded, of the person a page was drawn for; pages send it, other programs need not."""


class NotModified(APIException):
    status_code = 304


class ApiView(APIView):
    """A view that knows its query parameters (`parameters`) and the tables it reads (`versions`)."""

    parameters: ClassVar[frozenset[str]] = frozenset()
    versions: ClassVar[tuple[str, ...]] = ()
    staff_only: ClassVar[bool] = False
    reads: ClassVar[frozenset[str]] = frozenset({"GET", "HEAD"})
    """Methods that only read; a POST that merely asks may be added, so that visitors may use it."""

    def known_parameters(self) -> frozenset[str]:
        return self.parameters

    def perform_authentication(self, request: Request) -> None:
        super().perform_authentication(request)
        check_person(request)

    def check_permissions(self, request: Request) -> None:
        if self.staff_only and not may_see_staff_data(request.user):
            if not request.user.is_authenticated:
                self.permission_denied(request)
            raise NotAllowed(zh="此内容仅供本地工作人员查看。", en="This is for the staff of the city only.")
        if request.method not in self.reads:
            super().check_permissions(request)

    def permission_denied(self, request: Request, message: str | None = None, code: str | None = None) -> Any:
        if not request.user.is_authenticated:
            raise NotSignedIn
        super().permission_denied(request, message, code)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        known = self.known_parameters()
        for name in request.query_params:
            if name not in known:
                raise unknown_parameter(name, known)
            if any("\x00" in text for text in request.query_params.getlist(name)):
                raise BadParameter(  # PostgreSQL knows no such text
                    name,
                    zh=f"参数 {name} 含有空字符（%00）；请去掉。",
                    en=f"{name} holds a null character (%00); leave it out.",
                )
        if any("\x00" in part for part in kwargs.values() if isinstance(part, str)):
            raise NotThere(zh="没有这个地址。", en="There is nothing at this address.")  # PostgreSQL knows no such text
        if request.method not in SAFE_METHODS and request.auth is not None:
            audit.act_as(request.user.get_username())
        self.etag = None
        if self.versions and request.method in {"GET", "HEAD"}:
            self.etag = http.etag_of(request, request.user, self.versions)
            if http.is_unchanged(request, self.etag):
                raise NotModified

    def handle_exception(self, exc: Exception) -> Response:
        if isinstance(exc, NotModified):
            return Response(status=304)
        return super().handle_exception(exc)

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        response = super().finalize_response(request, response, *args, **kwargs)
        response["Cache-Control"] = http.CACHE_CONTROL
        response["Vary"] = http.VARY
        if getattr(self, "etag", None) and response.status_code in {200, 304}:
            response["ETag"] = self.etag
        return response


def check_person(request: Request) -> None:
    """Refuses to answer somebody other than the page thinks is here: a session may end, or change hands in another tab."""
    expected = unquote(request.headers.get(PERSON, ""))
    if not expected or expected == request.user.get_username():
        return
    if not request.user.is_authenticated:
        raise NotSignedIn(
            zh="登录已过期，请重新登录；本次请求未做任何更改。",
            en="Your session has ended. Sign in again; this request changed nothing.",
        )
    raise SomebodyElse(
        zh="本浏览器已改由另一个账户登录；请刷新页面。",
        en="Another account has signed in with this browser meanwhile; reload the page.",
    )


def unknown_parameter(name: str, known: frozenset[str]) -> BadParameter:
    names = nearest_first(name, known)[:40]
    shown = "、".join(names), ", ".join(names)
    if not known:
        return BadParameter(
            name, zh=f"不认识参数“{name}”；此地址没有参数。", en=f"Unknown parameter {name}; this address takes none."
        )
    more = (" …", " …") if len(known) > 40 else ("", "")
    return BadParameter(
        name,
        zh=f"不认识参数“{name}”；可用：{shown[0]}{more[0]}。",
        en=f"Unknown parameter {name}; known: {shown[1]}{more[1]}.",
    )


class ListView(ApiView, generics.ListAPIView[Any]):
    """A paged list. `sort_fields` is the whitelist of `sort`; `tie_break` makes the order total."""

    pagination_class = CursorPages
    filter_backends = [filters.DjangoFilterBackend]
    sort_fields: ClassVar[tuple[str, ...]] = ()
    tie_break: ClassVar[str] = "pk"

    def known_parameters(self) -> frozenset[str]:
        known = self.parameters | {"limit", "cursor"}
        if self.sort_fields:
            known |= {"sort"}
        filterset = getattr(self, "filterset_class", None)
        return known | frozenset(filterset.base_filters) if filterset else known

    def ordering_for(self, request: Request) -> tuple[str, ...]:
        asked = request.query_params.get("sort")
        if not asked:
            return (self.tie_break,)
        if asked.removeprefix("-") not in self.sort_fields:
            names = ", ".join(self.sort_fields)
            raise BadParameter(
                "sort", zh=f"不能按“{asked}”排序；可用：{names}。", en=f"Cannot sort by {asked}; known: {names}."
            )
        return (asked, self.tie_break)
