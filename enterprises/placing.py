"""Firms find their region again when the regions change."""

import numpy as np
from django.db import connection, transaction

from enterprises.models import Enterprise
from geo.locating import Locator


@transaction.atomic
def place_again() -> int:
    """Region and city of every placed firm by the outlines loaded now; returns how many changed.

    It follows from a load that has its own entry in the audit, and is no person's edit.
    """
    firms = list(Enterprise.objects.exclude(place=None).only("pk", "place", "region_id", "in_city"))
    located = Locator.of_deployment().locate(np.array([firm.place.coords for firm in firms if firm.place]))
    changed = []
    for firm, region, in_city in zip(firms, located.regions, located.in_city.tolist(), strict=True):
        if (firm.region_id, firm.in_city) != (region, in_city):
            firm.region_id, firm.in_city = region, in_city
            changed.append(firm)
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting('luodi.bulk', true), '')")
        before = cursor.fetchone()[0]
        cursor.execute("SELECT set_config('luodi.bulk', 'regions', true)")
        Enterprise.objects.bulk_update(changed, ["region", "in_city"], batch_size=2000)
        cursor.execute("SELECT set_config('luodi.bulk', %s, true)", [before])
    return len(changed)
