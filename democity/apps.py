from django.apps import AppConfig


class DemocityConfig(AppConfig):
    """A synthetic economy in a real city's outlines: everything in it is invented and says so."""

    name = "democity"
