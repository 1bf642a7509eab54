"""From land to a working factory: readiness of a parcel, commitments of a firm, their follow-up (METHODS 5)."""

from django.apps import AppConfig


class FulfilmentConfig(AppConfig):
    name = "fulfilment"
