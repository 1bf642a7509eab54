"""GET, POST registration/; GET, PATCH account/ and what one may do with it."""

from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import Role, User
from geo.api import ApiView
from geo.errors import BadParameter, NotAllowed, NotSignedIn
from investors import consents, registration
from investors.erasure import erase_person
from investors.knocking import knock, origin_of
from investors.serializers import (
    AccountChangeSerializer,
    PasswordSerializer,
    RegistrationSerializer,
    TokenSerializer,
    VersionSerializer,
)
from investors.shapes import AccountShape, ConsentTextShape, RegistrationShape

BACKEND = "django.contrib.auth.backends.ModelBackend"


class RegistrationView(ApiView):
    """Whether one may register, and the text one agrees to; POST makes an account and signs in."""

    reads = frozenset({"GET", "HEAD", "POST"})

    @extend_schema(responses=RegistrationShape)
    def get(self, request: Request) -> Response:
        text = ConsentTextShape(consents.current_text()).data
        return Response({"open": settings.REGISTRATION_OPEN, "consent": text})

    @extend_schema(request=RegistrationSerializer, responses={201: AccountShape})
    def post(self, request: Request) -> Response:
        registration.check_open()
        if request.user.is_authenticated:
            raise NotAllowed(zh="您已登录；请先退出。", en="You are signed in; sign out first.")
        knock("registration", origin_of(request._request), settings.REGISTRATIONS_PER_HOUR)
        asked = RegistrationSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        given = asked.validated_data
        check_version(given["consent"])
        user = registration.register(
            name=given["name"],
            industry=given.get("industry", ""),
            scale=given.get("scale", ""),
            email=given.get("email", ""),
            phone=given.get("phone", ""),
            password=given["password"],
        )
        login(request._request, user, backend=BACKEND)
        return Response(AccountShape(user).data, status=201)


class AccountView(ApiView):
    """What is kept of the person who asks; PATCH changes what is given."""

    reads = frozenset[str]()

    @extend_schema(responses=AccountShape)
    def get(self, request: Request) -> Response:
        return Response(AccountShape(own(request)).data)

    @extend_schema(request=AccountChangeSerializer, responses=AccountShape)
    def patch(self, request: Request) -> Response:
        asked = AccountChangeSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        user = own(request)
        if asked.validated_data.get("email", user.email) != user.email:  # which is sent a mail
            knock("confirmation", f"account {user.pk}", settings.REGISTRATIONS_PER_HOUR)
        registration.change(user, asked.validated_data)
        return Response(AccountShape(User.objects.get(pk=user.pk)).data)


class AccountConsentView(ApiView):
    """Agree to the text in force."""

    @extend_schema(request=VersionSerializer, responses=AccountShape)
    def post(self, request: Request) -> Response:
        asked = VersionSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        check_version(asked.validated_data["version"])
        if not consents.has_agreed(own(request)):
            consents.agree(consents.current_text(), user=own(request))
        return Response(AccountShape(own(request)).data)


class AccountConfirmView(ApiView):
    """Prove by the link in a mail that the address is one's own; POST without a token has another link sent."""

    reads = frozenset({"POST"})

    @extend_schema(request=TokenSerializer, responses={204: None})
    def post(self, request: Request) -> Response:
        asked = TokenSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        registration.confirm(asked.validated_data["token"])
        return Response(status=204)


class AccountConfirmationView(ApiView):
    """Have another link sent."""

    @extend_schema(request=None, responses={204: None})
    def post(self, request: Request) -> Response:
        knock("confirmation", f"account {own(request).pk}", settings.REGISTRATIONS_PER_HOUR)
        registration.ask_to_confirm(own(request))
        return Response(status=204)


class AccountErasureView(ApiView):
    """Take one's personal data out and close the account, for good. The password is asked for once more."""

    @extend_schema(request=PasswordSerializer, responses={204: None})
    def post(self, request: Request) -> Response:
        asked = PasswordSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        user = own(request)
        if user.role == Role.INVESTOR:
            found = authenticate(
                request=request._request, username=user.get_username(), password=asked.validated_data["password"]
            )
            if found is None:
                raise BadParameter("password", zh="密码不正确。", en="The password is wrong.")
        erase_person(user)
        logout(request._request)
        return Response(status=204)


def own(request: Request) -> User:
    if not isinstance(request.user, User):
        raise NotSignedIn
    return request.user


def check_version(version: str) -> None:
    """One agrees to the text one saw, and that has to be the one in force."""
    if version != consents.current_text().version:
        raise BadParameter(
            "consent",
            zh="请先阅读并同意现行的个人信息说明（版本已更新时请刷新页面）。",
            en="Please read and agree to the privacy notice in force (reload the page if there is a newer one).",
        )
