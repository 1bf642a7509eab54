from django.apps import AppConfig


class EnterprisesConfig(AppConfig):
    name = "enterprises"

    def ready(self) -> None:
        from enterprises import layers  # noqa: F401  # registers the tile layer
        from geo.importing.kinds import register_modules

        register_modules("enterprises.importers")
