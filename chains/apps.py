from collections.abc import Callable

from django.apps import AppConfig

from geo.words import Words

BEHIND_HEALTH = frozenset(
    {"chain_nodes", "chain_edges", "enterprise_nodes", "enterprises", "enterprise_years", "supply_ties"}
)


class ChainsConfig(AppConfig):
    name = "chains"

    def ready(self) -> None:
        from chains import layers  # noqa: F401  # registers the tile layer
        from geo.importing import events
        from geo.importing.kinds import register_modules

        register_modules("chains.importers")
        events.loaded.connect(keep_health, dispatch_uid="chains.keep_health")


def keep_health(*, kinds: frozenset[str], progress: Callable[[Words], None], **_: object) -> None:
    """A load that moves the figures of chains moves their health of the day."""
    if kinds & BEHIND_HEALTH:
        from django.utils import timezone

        from chains.history import record_health

        record_health(on=timezone.localdate())
