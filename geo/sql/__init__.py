"""Statements too long or too spatial for the ORM, one file each."""

from functools import cache
from importlib.resources import files


@cache
def load(name: str, package: str = "geo.sql") -> str:
    """The text of a statement without its comment lines."""
    text = files(package).joinpath(name).read_text(encoding="utf-8")
    return "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("--"))
