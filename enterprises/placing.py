"""Firms find their region again when the regions change."""

import numpy as np
from django.db import transaction

from accounts.audit import machine_writes
from enterprises.models import Enterprise
from geo.locating import Locator


@transaction.atomic
def place_again() -> int:
    """Region and city of every placed firm by the outlines loaded now; returns how many changed."""
    firms = list(Enterprise.objects.exclude(place=None).only("pk", "place", "region_id", "in_city"))
    located = Locator.of_deployment().locate(np.array([firm.place.coords for firm in firms if firm.place]))
    changed = []
    for firm, region, in_city in zip(firms, located.regions, located.in_city.tolist(), strict=True):
        if (firm.region_id, firm.in_city) != (region, in_city):
            firm.region_id, firm.in_city = region, in_city
            changed.append(firm)
    with machine_writes("regions"):
        Enterprise.objects.bulk_update(changed, ["region", "in_city"], batch_size=2000)
    return len(changed)
