from django.apps import AppConfig


class LandparcelsConfig(AppConfig):
    name = "landparcels"

    def ready(self) -> None:
        from landparcels import layers  # noqa: F401  # registers the tile layer
