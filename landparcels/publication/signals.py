"""Rooms above are told here that a parcel moved, once that is committed.

`parcel_moved` is sent with `parcel`, `before`, `after` (states), `actor` (None for the system) and `transition`. A load
of a file tells of up to `MOST_TOLD` parcels one by one. Of a load of any size `parcels_loaded` tells once, with
`transitions`, the rows of history that it wrote, and `actor`.
"""

from django.db import transaction
from django.dispatch import Signal

from accounts.models import User
from landparcels.models import Parcel
from landparcels.publication.models import ParcelTransition
from landparcels.publication.querysets import TransitionQuerySet

parcel_moved = Signal()
parcels_loaded = Signal()

MOST_TOLD = 1_000


def tell(parcel: Parcel, transition: ParcelTransition, actor: User | None) -> None:
    """After the commit; a listener that fails is logged and keeps neither the others nor the answer."""
    transaction.on_commit(
        lambda: parcel_moved.send_robust(
            sender=Parcel,
            parcel=parcel,
            before=transition.before,
            after=transition.after,
            actor=actor,
            transition=transition,
        )
    )


def tell_of_load(transitions: TransitionQuerySet, actor: User | None) -> None:
    """After the commit, as for a single parcel."""
    transaction.on_commit(lambda: parcels_loaded.send_robust(sender=Parcel, transitions=transitions, actor=actor))
