"""Those who look for land: registration, saved searches, enquiries, consent and what is kept of a person."""

from django.apps import AppConfig


class InvestorsConfig(AppConfig):
    name = "investors"

    def ready(self) -> None:
        from geo.importing import events
        from investors.watching import look_soon
        from landparcels.publication.signals import parcel_moved

        events.loaded.connect(look_soon, dispatch_uid="investors.look_after_a_load")
        parcel_moved.connect(look_soon, dispatch_uid="investors.look_after_a_move")
