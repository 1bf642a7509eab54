"""From land to a working factory: readiness of a parcel, commitments of a firm, their follow-up (METHODS 5)."""

from collections.abc import Callable

from django.apps import AppConfig

from geo.words import Words, say

COUNTED_AGAIN = frozenset({"parcels", "regions", "readiness", "assessments"})


class FulfilmentConfig(AppConfig):
    name = "fulfilment"

    def ready(self) -> None:
        from geo.importing import events
        from geo.importing.kinds import register_modules

        register_modules("fulfilment.importers")
        events.loaded.connect(count_again, dispatch_uid="fulfilment.count_again")


def count_again(*, kinds: frozenset[str], progress: Callable[[Words], None], **_: object) -> None:
    """Loads change what is on record, or bring the declared counts back in."""
    if kinds & COUNTED_AGAIN:
        from fulfilment.readiness.counting import count_assessments

        progress(say(zh="清点区域评估", en="Counting area assessments"))
        count_assessments()
