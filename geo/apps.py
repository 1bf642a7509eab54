from django.apps import AppConfig


class GeoConfig(AppConfig):
    name = "geo"

    def ready(self) -> None:
        from accounts import regions
        from geo import layers  # noqa: F401  # registers the tile layers
        from geo.importing.kinds import register_modules
        from geo.subtrees import names_of_all

        register_modules("geo.importers")
        regions.told_by(names_of_all)
