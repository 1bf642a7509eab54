"""What is on record of a parcel and of the regions above it, read for judgement."""

from collections.abc import Mapping
from typing import cast

from django.utils import timezone

from fulfilment.models import AreaAssessment, ReadinessItem
from fulfilment.readiness.checklist import State
from fulfilment.readiness.standing import Readiness, Record, judge
from geo.models import Region
from landparcels.models import Parcel
from landparcels.regional import line_of

Records = Mapping[str, Record]


def readiness_of(parcel: Parcel) -> Readiness:
    """As of today."""
    return judge(own_records(parcel), records_around(parcel.region), parcel.services_level, timezone.localdate())


def own_records(parcel: Parcel) -> Records:
    return {row.item: record_of(row) for row in ReadinessItem.objects.filter(parcel=parcel)}


def records_around(region: Region | None) -> list[Records]:
    """Of the region itself first, then of each above it."""
    if region is None:
        return []
    line = line_of(region.path) or [region.adcode]
    found: dict[str, dict[str, Record]] = {adcode: {} for adcode in line}
    for row in AreaAssessment.objects.filter(region__in=line).select_related("region").defer(*_HEAVY):
        found[row.region_id][row.assessment] = record_of(row, row.region)
    return [found[adcode] for adcode in line]


_HEAVY = ("region__outline", "region__web")


def record_of(row: ReadinessItem | AreaAssessment, region: Region | None = None) -> Record:
    return Record(
        state=cast(State, row.state),
        done_on=row.done_on,
        expires=row.expires,
        department=row.department,
        reference=row.reference,
        note=row.note,
        region=region.adcode if region else "",
        region_name=region.name if region else "",
        region_name_en=region.name_en if region else "",
    )
