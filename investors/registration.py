"""An investor makes an account, changes what is kept in it, and proves that an address is theirs."""

import secrets
from typing import Any

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import audit
from accounts.models import CONTACT_COLUMNS, Role, User
from accounts.signing_in import owner_of
from geo.errors import BadParameter, NotAllowed
from geo.words import SpokenError
from investors import consents
from investors.models import Investor

CONFIRMATION = "investors.confirmation"
CONFIRM_WITHIN_S = 3 * 24 * 3600


def check_open() -> None:
    if not settings.REGISTRATION_OPEN:
        raise NotAllowed(
            zh="本站不开放自行注册；请联系承办部门开通账户。",
            en="This site does not take registrations; ask the office for an account.",
        )


@transaction.atomic
def register(*, name: str, industry: str, scale: str, email: str, phone: str, password: str) -> User:
    """A new account with the role of an investor, who agreed to the text in force."""
    check_free(email, phone)
    user = User(username=f"i-{secrets.token_hex(6)}", role=Role.INVESTOR, display_name=name)
    user.set_contacts(email=email, phone=phone)
    user.set_password(password)
    audit.act_as(user.username)
    _save(user)
    Investor.objects.create(user=user, industry=industry, scale=scale)
    consents.agree(consents.current_text(), user=user)
    ask_to_confirm(user)
    return user


@transaction.atomic
def change(user: User, given: dict[str, Any]) -> None:  # Any: validated values
    """What is given, of the account and of the investor's part of it."""
    if user.role == Role.INVESTOR:
        user.display_name = given.get("name", user.display_name)
        if given.keys() & {"industry", "scale"}:
            Investor.objects.update_or_create(
                user=user, defaults={key: given[key] for key in ("industry", "scale") if key in given}
            )
    user.wants_mail = given.get("wants_mail", user.wants_mail)
    columns = ["display_name", "wants_mail"]
    email, phone = given.get("email", user.email), given.get("phone", user.phone)
    if (email, phone) != (user.email, user.phone):
        if user.role == Role.INVESTOR and not (email or phone):
            raise BadParameter("email", zh="邮箱和手机号至少留一个。", en="Keep an e-mail address or a phone number.")
        check_free(email, phone, but=user)
        before = user.email_fingerprint
        user.set_contacts(email=email, phone=phone)
        columns += CONTACT_COLUMNS
        if user.email_fingerprint != before:
            ask_to_confirm(user)
    _save(user, columns)


def check_free(email: str, phone: str, but: User | None = None) -> None:
    for field, contact in (("email", email), ("phone", phone)):
        if contact and (owner := owner_of(contact)) is not None and owner != but:
            raise taken(field)


def taken(field: str) -> SpokenError:
    return BadParameter(
        field,
        zh="这个邮箱或手机号已用于注册；请直接登录，或改用另一个。",
        en="This address or number is registered already: sign in, or use another.",
    )


def _save(user: User, columns: list[str] | None = None) -> None:
    try:
        with transaction.atomic():
            user.save(update_fields=columns)
    except IntegrityError as error:  # someone was quicker with the same contact
        raise taken("email" if "email" in str(error) else "phone") from None


def ask_to_confirm(user: User) -> None:
    """By a link, where there is a mail server and an address of the site to lead to."""
    if user.email and settings.MAILS and settings.SITE_ADDRESS:
        from investors.tasks import send_confirmation

        transaction.on_commit(lambda: send_confirmation.defer(user_id=user.pk))


def confirmation(user: User) -> EmailMessage:
    token = signing.dumps([user.pk, (user.email_fingerprint or "")[:16]], salt=CONFIRMATION)
    link = f"{settings.SITE_ADDRESS}/account?confirm={token}"
    return EmailMessage(
        "[落地 Luodi] 请确认邮箱 · Please confirm your address",
        f"请在三天内打开此链接，确认这是您的邮箱；不是您本人注册的，不必理会。\n\n"
        f"Open this link within three days to confirm that this address is yours; if you did not register, ignore it.\n\n"
        f"{link}",
        to=[user.email],
    )


def confirm(token: str) -> User:
    """The address is theirs; the link holds for the address it was sent to alone."""
    try:
        pk, found_by = signing.loads(token, salt=CONFIRMATION, max_age=CONFIRM_WITHIN_S)
        user = User.objects.get(pk=pk, is_active=True)
    except (signing.BadSignature, User.DoesNotExist, ValueError, TypeError):
        raise _stale() from None
    if not user.email_fingerprint or user.email_fingerprint[:16] != found_by:
        raise _stale()
    if user.email_confirmed_at is None:
        user.email_confirmed_at = timezone.now()
        user.save(update_fields=["email_confirmed_at"])
    return user


def _stale() -> SpokenError:
    return BadParameter(
        "token",
        zh="确认链接无效或已过期；请在账户页重新发送。",
        en="This link is wrong or too old; have another sent from your account page.",
    )
