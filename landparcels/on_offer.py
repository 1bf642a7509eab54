"""The copy of what is on offer, kept up to date: by rows after an edit, whole after a bulk load."""

from collections.abc import Collection

from django.db.models import Count, Max, Q

from geo.versions import Kept, stamp
from landparcels.indicators.own import VERSION as DICTIONARY
from landparcels.models import ParcelChange, Status
from landparcels.offer import Offer, read_offer
from landparcels.querysets import ON_OFFER

VERSION = "parcels"


class KeptOffer(Kept[Offer]):
    """Made anew when parcels changed, from the copy before where it is known which rows a change touched."""

    def __init__(self, statuses: Collection[str] = (ON_OFFER,)) -> None:
        super().__init__((VERSION, DICTIONARY), self._renewed)
        self.statuses = statuses

    def _renewed(self) -> Offer:
        made = self._made
        touched = touched_since(made[0][0]) if made and made[0][1:] == stamp(DICTIONARY) else None
        if made is None or touched is None:
            return read_offer(None, self.statuses)
        return made[1].renewed(touched, read_offer(touched, self.statuses)) if touched else made[1]


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
