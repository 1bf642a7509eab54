"""From land to a working factory: readiness of a parcel, commitments of a firm, their follow-up (METHODS 5)."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.apps import AppConfig

from geo.words import Words, say

if TYPE_CHECKING:
    from accounts.models import User
    from landparcels.models import Parcel
    from landparcels.publication.models import ParcelTransition

COUNTED_AGAIN = frozenset({"parcels", "regions", "readiness", "assessments"})


class FulfilmentConfig(AppConfig):
    name = "fulfilment"

    def ready(self) -> None:
        from geo.importing import events
        from geo.importing.kinds import register_modules
        from landparcels.publication.signals import parcel_moved

        register_modules("fulfilment.importers")
        events.loaded.connect(count_again, dispatch_uid="fulfilment.count_again")
        parcel_moved.connect(open_on_transfer, dispatch_uid="fulfilment.open_on_transfer")


def count_again(*, kinds: frozenset[str], progress: Callable[[Words], None], **_: object) -> None:
    """Loads change what is on record, or bring the declared counts back in."""
    if kinds & COUNTED_AGAIN:
        from fulfilment.readiness.counting import count_assessments

        progress(say(zh="清点区域评估", en="Counting area assessments"))
        count_assessments()


def open_on_transfer(*, parcel: "Parcel", transition: "ParcelTransition", actor: "User | None", **_: object) -> None:
    """A person's transfer opens the commitment; what a file brings in comes with its own, or is entered by hand."""
    if transition.action == "transfer":
        from fulfilment.commitments.services import open_commitment

        open_commitment(parcel=parcel, by=actor)
