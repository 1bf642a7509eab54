from collections.abc import Callable

from django.apps import AppConfig

from geo.words import Words


class EnterprisesConfig(AppConfig):
    name = "enterprises"

    def ready(self) -> None:
        from enterprises import layers  # noqa: F401  # registers the tile layer
        from geo.importing import events
        from geo.importing.kinds import register_modules

        register_modules("enterprises.importers")
        events.loaded.connect(follow_regions, dispatch_uid="enterprises.follow_regions")


def follow_regions(*, kinds: frozenset[str], progress: Callable[[Words], None], **_: object) -> None:
    """Firms find their region again once regions were loaded."""
    if "regions" in kinds:
        from enterprises.placing import place_again

        place_again()
