from django.apps import AppConfig


class GeoConfig(AppConfig):
    name = "geo"

    def ready(self) -> None:
        from geo import layers  # noqa: F401  # registers the tile layers
        from geo.importing.kinds import register_modules

        register_modules("geo.importers")
