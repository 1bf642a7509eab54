"""The supply and demand board (供需对接): what firms offer and what they want, found by name, brought together by the office."""

from django.apps import AppConfig


class BoardConfig(AppConfig):
    name = "board"

    def ready(self) -> None:
        from geo.importing.kinds import register_modules

        register_modules("board.importers")
