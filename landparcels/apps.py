"""Standard land: parcels, their indicators, and the match of a requirement with what is on offer."""

from collections.abc import Callable

from django.apps import AppConfig
from django.core import checks
from django.db.models.signals import post_migrate, pre_migrate

from geo.words import Words

SURROUNDINGS = frozenset({"parcels", "facilities", "regions", "grid", "grid_layers"})


class LandparcelsConfig(AppConfig):
    name = "landparcels"

    def ready(self) -> None:
        from geo.importing import events
        from geo.importing.kinds import register_modules
        from landparcels import layers  # noqa: F401  # registers the tile layer
        from landparcels.publication import keeping
        from landparcels.publication.gate import check_setting
        from landparcels.publication.signals import parcel_moved
        from landparcels.publication.telling import tell_whose_turn_it_is

        checks.register(check_setting)
        parcel_moved.connect(tell_whose_turn_it_is, dispatch_uid="landparcels.tell_whose_turn_it_is")
        pre_migrate.connect(keeping.make_way, sender=self)
        post_migrate.connect(keeping.keep_the_past, sender=self)
        register_modules("landparcels.importers")
        events.loaded.connect(follow_the_ground, dispatch_uid="landparcels.follow_the_ground")


def follow_the_ground(*, kinds: frozenset[str], progress: Callable[[Words], None], **_: object) -> None:
    """What parcels have from their surroundings and regions is worked out again once these were loaded."""
    from landparcels import refreshing

    if kinds & SURROUNDINGS:
        refreshing.refresh(place_again="regions" in kinds, progress=progress)
    elif "regional_values" in kinds:
        refreshing.refresh_regional()
