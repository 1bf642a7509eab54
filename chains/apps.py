from django.apps import AppConfig


class ChainsConfig(AppConfig):
    name = "chains"

    def ready(self) -> None:
        from geo.importing.kinds import register_modules

        register_modules("chains.importers")
