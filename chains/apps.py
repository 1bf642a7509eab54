from django.apps import AppConfig


class ChainsConfig(AppConfig):
    name = "chains"

    def ready(self) -> None:
        from chains import layers  # noqa: F401  # registers the tile layer
        from geo.importing.kinds import register_modules

        register_modules("chains.importers")
