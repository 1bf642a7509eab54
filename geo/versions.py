"""What is kept in memory asks here whether it is still true: one number per table, raised by the database itself."""

from collections.abc import Callable
from threading import Lock
from time import monotonic
from typing import Any, Generic, TypeVar
from weakref import WeakSet

from django.conf import settings
from django.db import connection
from django.db.migrations.operations.special import RunSQL

Made = TypeVar("Made")
Stamp = tuple[int, ...]

COUNTER = """
CREATE FUNCTION luodi_bump() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO geo_dataversion (name, stamp) VALUES (TG_ARGV[0], 1)
    ON CONFLICT (name) DO UPDATE SET stamp = geo_dataversion.stamp + 1;
    RETURN NULL;
END $$
"""


def versioned(table: str, name: str) -> RunSQL:
    """A migration operation: every statement that changes `table` raises the number called `name`."""
    return RunSQL(
        f'CREATE TRIGGER bump_version AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON "{table}" '
        f"FOR EACH STATEMENT EXECUTE FUNCTION luodi_bump('{name}')",
        f'DROP TRIGGER bump_version ON "{table}"',
    )


def stamp(*names: str) -> Stamp:
    """The numbers of these tables, in this order, in one query; 0 where nothing was ever loaded."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, stamp FROM geo_dataversion WHERE name = ANY(%s)", [list(names)])
        found = dict(cursor.fetchall())
    return tuple(found.get(name, 0) for name in names)


_recent: dict[tuple[str, ...], tuple[float, Stamp]] = {}


def recent_stamp(*names: str) -> Stamp:
    """`stamp`, at most the setting's fraction of a second old: for what is asked a thousand times a second."""
    found = _recent.get(names)
    now = monotonic()
    if found is None or now - found[0] > settings.VERSION_SECONDS:
        found = _recent[names] = (now, stamp(*names))
    return found[1]


_everything_kept: "WeakSet[Kept[Any]]" = WeakSet()


class Kept(Generic[Made]):
    """Something dear to make from some tables, kept in the process and made again when one of them changed.

    Two threads that find it old make it once: the second waits for the first.
    """

    def __init__(self, names: tuple[str, ...], make: Callable[[], Made]) -> None:
        self.names = names
        self._make = make
        self._lock = Lock()
        self._made: tuple[Stamp, Made] | None = None
        _everything_kept.add(self)

    def get(self) -> Made:
        now = stamp(*self.names)
        made = self._made
        if made is not None and made[0] == now:
            return made[1]
        with self._lock:
            now = stamp(*self.names)
            if self._made is None or self._made[0] != now:
                self._made = (now, self._make())
            return self._made[1]

    def recent(self) -> Made:
        """As `get`, where what was true a fraction of a second ago will do: most calls then ask the database nothing."""
        made = self._made
        return made[1] if made is not None and made[0] == recent_stamp(*self.names) else self.get()

    def held(self) -> Made | None:
        """What is there already, if it is still true: for those who have a slower way and would rather not wait."""
        made = self._made
        return made[1] if made is not None and made[0] == stamp(*self.names) else None

    def forget(self) -> None:
        self._made = None


def forget_all() -> None:
    """For tests, whose rolled-back transactions take the numbers back with them."""
    _recent.clear()
    for kept in _everything_kept:
        kept.forget()
