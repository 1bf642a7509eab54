"""How people can be reached: encrypted at rest, found by a keyed fingerprint, masked for those it is none of their business.

Keys come from the setting CONTACT_KEYS: the first encrypts, all of them open, so that a key can be replaced.
"""

import hmac
import logging
import re
from base64 import urlsafe_b64encode
from functools import cache
from hashlib import sha256
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import models

logger = logging.getLogger(__name__)

PHONE = re.compile(r"^\+?\d{6,15}$")
SEPARATORS = re.compile(r"[\s\-()（）]+")


class Unreadable(str):
    """Nothing to show: the key is gone. It keeps what is stored, so that saving the row loses nothing."""

    token: str

    def __new__(cls, token: str) -> "Unreadable":
        nothing = super().__new__(cls, "")
        nothing.token = token
        return nothing


class EncryptedText(models.TextField):  # type: ignore[type-arg]  # text in, text out
    """Text that the database never sees in clear; it cannot be searched, and an empty one stays empty."""

    def get_prep_value(self, value: Any) -> Any:
        if isinstance(value, Unreadable):
            return value.token
        return encrypt(value) if value else value

    def from_db_value(self, value: str | None, *_: object) -> str | None:
        return decrypt(value) if value else value


def encrypt(text: str) -> str:
    return _fernet(tuple(settings.CONTACT_KEYS)).encrypt(text.encode()).decode()


def decrypt(token: str) -> str:
    try:
        return _fernet(tuple(settings.CONTACT_KEYS)).decrypt(token).decode()
    except InvalidToken:
        logger.error("a contact cannot be opened: the key it was encrypted with is not in LUODI_CONTACT_KEY")
        return Unreadable(token)


def fingerprint(contact: str) -> str:
    """By which a contact is found again without being stored in clear; made with the first key."""
    return _fingerprint(contact, settings.CONTACT_KEYS[0])


def fingerprints(contact: str) -> list[str]:
    """With every key, the first one's first."""
    return [_fingerprint(contact, key) for key in settings.CONTACT_KEYS]


def normal(contact: str) -> str:
    """One spelling per contact: an e-mail address in small letters, a phone number as digits without +86."""
    text = contact.strip()
    if "@" in text:
        return text.lower()
    return SEPARATORS.sub("", text).removeprefix("+86").removeprefix("0086")


def is_contact(text: str) -> bool:
    return "@" in text or bool(PHONE.match(SEPARATORS.sub("", text)))


def mask_phone(phone: str) -> str:
    """138****5678; of a short number only its end."""
    digits = SEPARATORS.sub("", phone)
    if len(digits) >= 9:
        return f"{digits[:3]}****{digits[-4:]}"
    return f"****{digits[-2:]}" if digits else ""


def mask_email(email: str) -> str:
    """w***@example.cn"""
    name, at, domain = email.rpartition("@")
    return f"{name[:1]}***{at}{domain}" if at else "***" if email else ""


def mask_person(person: str) -> str:
    """王**; always two stars, as a length tells something too."""
    return f"{person[0]}**" if person else ""


@cache
def _fernet(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(urlsafe_b64encode(_derived(key, b"luodi contacts"))) for key in keys])


def _fingerprint(contact: str, key: str) -> str:
    return hmac.new(_derived(key, b"luodi fingerprints"), normal(contact).encode(), sha256).hexdigest()


@cache
def _derived(key: str, purpose: bytes) -> bytes:
    """32 bytes of a key of any length; a purpose's key gives another's away as little as chance does."""
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(key.encode())
