"""Texts in files that spreadsheets open: what looks like a formula is marked as text, and told apart again when read."""

import re

_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_MARKED = re.compile(r"''*[=+\-@\t\r]")


def defused(text: str) -> str:
    """An apostrophe before what a spreadsheet would run; `restored` takes off just that one."""
    return f"'{text}" if _FORMULA.match(text) else text


def restored(text: str) -> str:
    return text[1:] if _MARKED.match(text) else text
