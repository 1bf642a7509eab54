"""Contacts inside of running text, hidden from those they were not written for. Pure."""

import re

from accounts.contacts import mask_email, mask_phone

EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
PHONE = re.compile(r"(?<![\d.])\+?\d(?:[\s-]?\d){6,14}(?![\d.])")


def masked_within(text: str) -> str:
    """`电话 13812345678` becomes `电话 138****5678`; codes with letters, and figures of fewer than seven digits, stay."""
    return PHONE.sub(lambda found: mask_phone(found[0]), EMAIL.sub(lambda found: mask_email(found[0]), text))
