"""Rooms that work things out from what was loaded are told here, once the load is committed.

`loaded` is sent with `kinds`, a frozenset of names of kinds, and `progress`, a callable that takes words.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import transaction
from django.dispatch import Signal

from geo.words import Words

loaded = Signal()

_held: ContextVar[set[str] | None] = ContextVar("held_loads", default=None)


def announce(kind: str) -> None:
    """After the commit of the running transaction, or at the end of the enclosing `together()`."""
    held = _held.get()
    if held is not None:
        held.add(kind)
    else:
        transaction.on_commit(lambda: _send(frozenset({kind})))


@contextmanager
def together(progress: Callable[[Words], None] | None = None) -> Iterator[None]:
    """Several loads of one occasion are announced once, after the last."""
    kinds: set[str] = set()
    token = _held.set(kinds)
    try:
        yield
    finally:
        _held.reset(token)
    if kinds:
        transaction.on_commit(lambda: _send(frozenset(kinds), progress))


def _send(kinds: frozenset[str], progress: Callable[[Words], None] | None = None) -> None:
    loaded.send(sender=None, kinds=kinds, progress=progress or (lambda words: None))
