"""What the parameters of an address say, read in one way."""

from django.http import QueryDict

from geo.errors import BadParameter

MOST_DIGITS = 15


def whole_number(given: QueryDict, name: str, default: int, *, least: int = 0, most: int) -> int:
    """`name` as a number from `least` to `most`, `default` when it is not given."""
    text = given.get(name)
    if text is None:
        return default
    if not (text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS and least <= int(text) <= most):
        raise BadParameter(
            name,
            zh=f"{name} 应为 {least} 至 {most} 的整数。",
            en=f"{name} is a whole number from {least} to {most}.",
        )
    return int(text)
