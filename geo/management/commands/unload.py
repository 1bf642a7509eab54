"""manage.py unload SOURCE: take an import back."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from geo.importing.removing import unload
from geo.words import SpokenError


class Command(BaseCommand):
    help = "Delete the rows that came from one source (its number or its name)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("source")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            rows = unload(options["source"])
        except SpokenError as error:
            raise CommandError(error.words.both()) from None
        self.stdout.write(f"已删除 / deleted: {rows:,}")
