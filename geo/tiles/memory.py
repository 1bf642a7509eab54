"""Tiles that were drawn lately, kept under their tag: everyone who looks at the same city gets them without asking the database.

A tag names the state of the tables, what the reader may see, the filters and the tile, so nothing is ever taken back: what changed has
another tag, and what is not asked for any more falls out of the end.
"""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

OVERHEAD = 300
"""Bytes of a tag and its place, so that empty tiles do not pile up for nothing."""


class TileMemory:
    """The tiles asked for last, up to `limit` bytes together."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self._held: OrderedDict[str, bytes] = OrderedDict()
        self._size = 0
        self._lock = Lock()

    def get(self, tag: str, draw: Callable[[], bytes]) -> bytes:
        """The tile of this tag; drawn where it is not held. Two who ask at once may both draw."""
        with self._lock:
            found = self._held.get(tag)
            if found is not None:
                self._held.move_to_end(tag)
                return found
        drawn = draw()
        if len(drawn) * 8 <= self.limit:  # one tile does not push all others out
            self._hold(tag, drawn)
        return drawn

    def forget(self) -> None:
        """For tests, whose rolled-back transactions take version numbers back."""
        with self._lock:
            self._held.clear()
            self._size = 0

    def _hold(self, tag: str, tile: bytes) -> None:
        with self._lock:
            if tag in self._held:
                return
            self._held[tag] = tile
            self._size += len(tile) + OVERHEAD
            while self._size > self.limit:
                _, gone = self._held.popitem(last=False)
                self._size -= len(gone) + OVERHEAD
