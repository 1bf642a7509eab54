"""GET, POST, PATCH, DELETE /api/v1/session/: who is here, in which language, in which city."""

from typing import Any

from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.utils.translation import get_language
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from accounts.rights import may_import, may_publish, may_see_staff_data
from accounts.signing_in import account_name
from geo import http
from geo.api import ApiView
from geo.deployment import CITY
from geo.errors import BadParameter, NotAllowed
from geo.forms import StrictSerializer
from geo.models import Region
from geo.words import Words

CODES = {"zh": "zh-hans", "zh-CN": "zh-hans", "en": "en"}


class SignIn(StrictSerializer):
    username = serializers.CharField(max_length=150)
    password = serializers.CharField(max_length=500, trim_whitespace=False)


class Language(serializers.Serializer[None]):
    language = serializers.ChoiceField(choices=("zh", "en"))


class SessionSerializer(serializers.Serializer[Any]):
    user = serializers.DictField(allow_null=True)
    language = serializers.ChoiceField(choices=("zh", "en"))
    demo = serializers.BooleanField(help_text="Some of what is shown was invented.")
    city = serializers.DictField()
    csrf = serializers.CharField()


class SessionView(ApiView):
    """The page asks this first. Signing in needs no right."""

    reads = frozenset({"GET", "HEAD", "POST", "PATCH", "DELETE"})
    authentication_classes = ApiView.authentication_classes

    @extend_schema(responses=SessionSerializer)
    def get(self, request: Request) -> Response:
        return Response(describe(request))

    @extend_schema(request=SignIn, responses=SessionSerializer)
    def post(self, request: Request) -> Response:
        """Sign in. Repeated failure locks this name at this address for a while (429)."""
        given = SignIn(data=request.data)
        given.is_valid(raise_exception=True)
        name = account_name(given.validated_data["username"].strip())
        user = authenticate(request=request._request, username=name, password=given.validated_data["password"])
        if user is None:
            raise NotAllowed(zh="用户名或密码不正确。", en="The name or the password is wrong.")
        login(request._request, user)
        request.user = user
        return Response(describe(request))

    @extend_schema(request=Language, responses=Language)
    def patch(self, request: Request) -> Response:
        """Choose the language; a cookie keeps it."""
        asked = request.data.get("language") if isinstance(request.data, dict) else None
        code = CODES.get(str(asked))
        if code is None:
            raise BadParameter("language", zh="语言只能是 zh 或 en。", en="The language is zh or en.")
        response = Response({"language": "en" if code == "en" else "zh"})
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            code,
            max_age=365 * 24 * 3600,
            path=settings.LANGUAGE_COOKIE_PATH,
            secure=request.is_secure(),
            samesite="Lax",
        )
        return response

    @extend_schema(responses={204: None})
    def delete(self, request: Request) -> Response:
        logout(request._request)
        return Response(status=204)


def describe(request: Request) -> dict[str, Any]:  # JSON
    city = CITY.get()
    return {
        "user": describe_user(request.user) if isinstance(request.user, User) else None,
        "language": "en" if (get_language() or "").startswith("en") else "zh",
        "demo": city.synthetic,
        "city": {
            "name_zh": city.name_zh,
            "name_en": city.name_en,
            "bbox": city.bbox,
            "regions": city.regions,
            "review_number": settings.MAP_REVIEW_NUMBER or None,
        },
        "csrf": get_token(request._request),
    }


def describe_user(user: User) -> dict[str, Any]:  # JSON
    region = Region.objects.filter(adcode=user.region_code).first() if user.region_code else None
    return {
        "username": user.username,
        "display_name": str(user),
        "role": user.role,
        "region": user.region_code or None,
        "region_name": region.name if region else None,
        "staff": may_see_staff_data(user),
        "may_import": may_import(user),
        "may_publish": may_publish(user),
    }


def locked_out(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    """What axes answers once a name is locked."""
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    words = Words(
        f"多次登录失败，已暂时锁定；请 {minutes} 分钟后再试，或联系管理员。",
        f"Too many failed sign-ins: locked for {minutes} minutes. Try again later or ask the administrator.",
    )
    return http.refuse(429, "locked_out", words)
