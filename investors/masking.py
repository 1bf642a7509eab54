"""Contacts inside of running text, hidden from those they were not written for. Pure."""

import re

from accounts.contacts import mask_email, mask_phone

EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
PHONE = re.compile(
    r"(?<![\d.])(?:"
    r"(?:\+?86[\s-]?)?1[3-9]\d(?:[\s-]?\d){8}"  # mobile
    r"|[（(]?0\d{2,3}[）)]?[\s-]?\d{3,4}[\s-]?\d{4}"  # with an area code
    r"|\+\d(?:[\s-]?\d){6,14}"  # of another country
    r")(?![\d.])"
)


def masked_within(text: str) -> str:
    """`电话 13812345678` becomes `电话 138****5678`; figures and codes of parcels stay."""
    return PHONE.sub(lambda found: mask_phone(found[0]), EMAIL.sub(lambda found: mask_email(found[0]), text))
