from django.apps import AppConfig


class SitingConfig(AppConfig):
    name = "siting"

    def ready(self) -> None:
        from geo.importing.kinds import register_modules
        from landparcels.hooks import provide_residual_capacity
        from siting import layers  # noqa: F401  # registers the tile layer
        from siting.supply import residual_capacities

        register_modules("siting.importers")
        provide_residual_capacity(residual_capacities)
