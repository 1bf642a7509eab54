from django.apps import AppConfig


class LandparcelsConfig(AppConfig):
    name = "landparcels"
