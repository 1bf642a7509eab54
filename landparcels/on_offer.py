"""The copy of what is on offer, kept up to date: by rows after an edit, whole after a bulk load."""

import logging
from collections.abc import Collection
from threading import BoundedSemaphore, Thread

import psycopg
from django.conf import settings
from django.db import Error, connection
from django.db.models import Count, Max, Q

from geo.errors import NotReady
from geo.versions import Kept, stamp
from landparcels.indicators.own import VERSION as DICTIONARY
from landparcels.models import ParcelChange, Status
from landparcels.offer import Offer
from landparcels.querysets import ON_OFFER
from landparcels.reading import read_offer

VERSION = "parcels"
PATIENCE = 1.0
"""Seconds to wait for a place: enough while some rows are renewed, not while all of a large city are read."""
COME_AGAIN = 2
logger = logging.getLogger(__name__)
_places = BoundedSemaphore(max(1, settings.THREADS // 2))
"""For who reads or waits for it; the other threads of the server are there for what needs none of this."""


class KeptOffer(Kept[Offer]):
    """Made anew when parcels changed, from the copy before where it is known which rows a change touched."""

    def __init__(self, statuses: Collection[str] = (ON_OFFER,)) -> None:
        super().__init__((VERSION, DICTIONARY), self._renewed)
        self.statuses = statuses

    def get(self) -> Offer:
        """What holds now; who would have to wait for long with too many others is asked to come again."""
        held = self.held()
        if held is not None:
            return held
        if not _places.acquire(timeout=PATIENCE):
            raise NotReady(
                COME_AGAIN,
                zh="正在读入全部宗地（服务刚启动，或数据刚整批更新），请几秒后重试。",
                en="All parcels are being read, after a start or a load; try again in a few seconds.",
            )
        try:
            return super().get()
        finally:
            _places.release()

    def _renewed(self) -> Offer:
        made = self._made
        touched = touched_since(made[0][0]) if made and made[0][1:] == stamp(DICTIONARY) else None
        if made is None or touched is None:
            return read_offer(None, self.statuses)
        if not touched:
            return made[1]
        fresh = read_offer(touched, self.statuses)
        if fresh.ledger.names != made[1].ledger.names:  # an indicator came or went since
            return read_offer(None, self.statuses)
        return made[1].renewed(touched, fresh)


def touched_since(since: int) -> set[int] | None:
    """Ids of the parcels changed after a stamp; None where they were too many, or too long ago, to be known."""
    (now,) = stamp(VERSION)
    later = ParcelChange.objects.filter(stamp__gt=since, stamp__lte=now)
    told = later.aggregate(stamps=Count("stamp", distinct=True), last=Max("stamp"), crowds=Count("id", Q(parcel=None)))
    if now < since or told["crowds"] or told["stamps"] != now - since:
        return None
    return {parcel for parcel in later.values_list("parcel", flat=True) if parcel}


offer = KeptOffer()

not_on_offer = KeptOffer([status for status in Status.values if status != ON_OFFER])
"""The others, for staff and for counting what became of published ones; not everyone may see each of them."""


def read_ahead() -> Thread:
    """Begin to read what is on offer, so that who comes first after a start waits for the rest of it at most."""
    thread = Thread(target=_read_ahead, name="read what is on offer", daemon=True)
    thread.start()
    return thread


def _read_ahead() -> None:
    try:
        offer.get()
    except (Error, psycopg.Error) as error:  # no database yet: who asks will be told
        logger.warning("What is on offer could not be read ahead: %s", error)
    finally:
        connection.close()
