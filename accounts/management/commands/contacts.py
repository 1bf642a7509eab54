"""manage.py contacts --rotate: encrypt everything again with the first key, so that the others can be taken out."""

from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand, CommandParser
from django.db import models, transaction

from accounts.audit import machine_writes
from accounts.contacts import EncryptedText, Unreadable
from accounts.models import CONTACT_COLUMNS, User

BATCH = 500


class Command(BaseCommand):
    help = "Encrypt people's contacts again with the first key of LUODI_CONTACT_KEY."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--rotate", action="store_true", required=True)

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        done = 0
        with machine_writes("encryption"):
            for model in apps.get_models():
                columns = [field.name for field in model._meta.concrete_fields if isinstance(field, EncryptedText)]
                if columns:
                    done += rotate(model, columns)
        self.stdout.write(f"已重新加密 / encrypted again: {done}")


def rotate(model: type[models.Model], columns: list[str]) -> int:
    """Rows of one table; of accounts the fingerprints, too."""
    rows = 0
    batch: list[models.Model] = []
    fields = [*columns, *CONTACT_COLUMNS[2:]] if model is User else columns
    for row in model._default_manager.order_by("pk").iterator(BATCH):
        if isinstance(row, User) and not any(isinstance(one, Unreadable) for one in (row.email, row.phone)):
            row.set_contacts(email=row.email, phone=row.phone)
        batch.append(row)
        if len(batch) == BATCH:
            rows += model._default_manager.bulk_update(batch, fields)
            batch = []
    return rows + (model._default_manager.bulk_update(batch, fields) if batch else 0)
