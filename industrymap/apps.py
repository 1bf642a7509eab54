from django.apps import AppConfig


class IndustrymapConfig(AppConfig):
    name = "industrymap"
