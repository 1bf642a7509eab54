"""A file may bring parcels into a state by itself; that is written into their history too, and told of."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from django.db import connection
from django.utils import timezone
from psycopg import sql

from accounts.models import User
from geo.importing.load import Load
from geo.sql import load as statement
from landparcels.models import Parcel
from landparcels.publication.models import ParcelTransition
from landparcels.publication.reviewed import content_sql
from landparcels.publication.signals import MOST_TOLD, tell, tell_of_load
from landparcels.publication.states import IMPORT

_apart: ContextVar[bool] = ContextVar("history_apart", default=False)


@contextmanager
def history_apart() -> Iterator[None]:
    """Loads within say nothing of states: the parcels' true history is taken over next (`taking_over`)."""
    token = _apart.set(True)
    try:
        yield
    finally:
        _apart.reset(token)


def record_states(load: Load) -> int:
    """One row for each parcel of the load whose state is no longer that of its last row; answers how many."""
    if _apart.get():
        return 0
    by = load.by if isinstance(load.by, User) else None
    at = timezone.now()
    values: dict[str, int | str | datetime] = {
        "source": load.source.pk,
        "at": at,
        "actor": by.get_username() if by else "",
        "note": load.source.name,
    }
    text = sql.SQL(statement("transitions_of_load.sql", "landparcels.sql")).format(content=content_sql())
    with connection.cursor() as cursor:
        cursor.execute(text, values)
        made = cursor.fetchall() if 0 < cursor.rowcount <= MOST_TOLD else []
        rows = cursor.rowcount
    parcels = Parcel.objects.defer("outline", "web").in_bulk([parcel for _, parcel in made])
    for transition in ParcelTransition.objects.filter(pk__in=[row for row, _ in made]).order_by("pk"):
        tell(parcels[transition.parcel_id], transition, by)
    if rows:
        tell_of_load(ParcelTransition.objects.filter(action=IMPORT, at=at), by)
    return int(rows)
