"""Those who look for land: registration, saved searches, enquiries, consent and what is kept of a person."""

from django.apps import AppConfig


class InvestorsConfig(AppConfig):
    name = "investors"
