"""`regional_assessments` of parcels follows from what is on record; parcels without any keep what was declared."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from accounts.audit import machine_writes
from fulfilment.readiness.checklist import ASSESSMENTS
from geo.sql import load


@transaction.atomic
def count_assessments(*, parcels: Sequence[int] | None = None, on: date | None = None) -> int:
    """Of these parcels or of all, on a day; answers how many counts changed."""
    parameters: dict[str, Any] = {  # Any: bound parameters
        "day": on or timezone.localdate(),
        "assessments": list(ASSESSMENTS),
        "parcels": None if parcels is None else list(parcels),
    }
    with machine_writes("computed"), connection.cursor() as cursor:
        cursor.execute(load("count_assessments.sql", "fulfilment.sql"), parameters)
        return int(cursor.rowcount)
