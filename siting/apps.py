from django.apps import AppConfig


class SitingConfig(AppConfig):
    name = "siting"
