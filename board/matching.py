"""How well an offer answers a wish (docs/board.md): the name above all, then node, region and quantity. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

NAME, NODE, REGION, QUANTITY = 70, 15, 10, 5
"""Weights; what is unknown is left out, and the rest carries its weight."""


@dataclass(frozen=True, slots=True)
class Parts:
    """Each 0..1; None: unknown."""

    name: float
    node: float | None
    region: float | None
    quantity: float | None


def score(parts: Parts) -> float:
    """0..100. A name that is not alike counts as 0; an unknown part counts neither way."""
    known = [
        (weight, value)
        for weight, value in (
            (NAME, parts.name),
            (NODE, parts.node),
            (REGION, parts.region),
            (QUANTITY, parts.quantity),
        )
        if value is not None
    ]
    return 100 * sum(weight * value for weight, value in known) / sum(weight for weight, _ in known)


def same_node(one: int | None, other: int | None) -> float | None:
    return None if one is None or other is None else float(one == other)


def nearness(one: str, other: str) -> float | None:
    """By the line from the top: twice the shared steps over all steps. The same region is 1, another root 0."""
    first, second = _steps(one), _steps(other)
    if not first or not second:
        return None
    shared = 0
    for mine, theirs in zip(first, second, strict=False):
        if mine != theirs:
            break
        shared += 1
    return 2 * shared / (len(first) + len(second))


def coverage(offered: float | None, wanted: float | None) -> float | None:
    """How much of what is wanted the offer holds, both in one unit."""
    return None if offered is None or wanted is None else min(1.0, offered / wanted)


def _steps(path: str) -> Sequence[str]:
    return [step for step in path.split("/") if step]
