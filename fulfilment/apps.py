"""From land to a working factory: readiness of a parcel, commitments of a firm, their follow-up (METHODS 5)."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.apps import AppConfig

from geo.words import Words, say

if TYPE_CHECKING:
    from accounts.models import User
    from landparcels.models import Parcel
    from landparcels.publication.models import ParcelTransition
    from landparcels.publication.querysets import TransitionQuerySet

COUNTED_AGAIN = frozenset({"parcels", "regions", "readiness", "assessments"})


class FulfilmentConfig(AppConfig):
    name = "fulfilment"

    def ready(self) -> None:
        from geo.importing import events
        from geo.importing.kinds import register_modules
        from landparcels.publication.signals import parcel_moved, parcels_loaded

        register_modules("fulfilment.importers")
        events.loaded.connect(count_again, dispatch_uid="fulfilment.count_again")
        parcel_moved.connect(open_on_transfer, dispatch_uid="fulfilment.open_on_transfer")
        parcels_loaded.connect(open_after_load, dispatch_uid="fulfilment.open_after_load")


def count_again(*, kinds: frozenset[str], progress: Callable[[Words], None], **_: object) -> None:
    """Loads change what is on record, or bring the declared counts back in."""
    if kinds & COUNTED_AGAIN:
        from fulfilment.readiness.counting import count_assessments

        progress(say(zh="清点区域评估", en="Counting area assessments"))
        count_assessments()


def open_on_transfer(*, parcel: "Parcel", transition: "ParcelTransition", actor: "User | None", **_: object) -> None:
    """A person's transfer opens the commitment; those of a file are opened together."""
    if transition.action == "transfer":
        from fulfilment.commitments.services import open_commitment

        open_commitment(parcel=parcel, by=actor)


def open_after_load(*, transitions: "TransitionQuerySet", actor: "User | None", **_: object) -> None:
    """Parcels that a file says were transferred get the commitment that a transfer at the desk would have opened."""
    from fulfilment.commitments.opening import open_commitments

    open_commitments(transitions.filter(after="transferred"), by=actor)
