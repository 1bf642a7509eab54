"""Prices and policies of regions: a parcel takes each from the nearest region above it that has one (METHODS 5)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Max

from geo.models import Region
from landparcels.models import RegionalValue


@dataclass(frozen=True, slots=True)
class Inherited:
    """A value with the region it comes from and the paper that says so."""

    indicator: str
    value: float
    region: str
    region_name: str
    region_name_en: str
    valid_from: date
    valid_to: date | None
    reference: str
    source: str
    synthetic: bool


def line_of(path: str) -> list[str]:
    """Adcodes of a region path, the region itself first."""
    return [adcode for adcode in reversed(path.split("/")) if adcode]


def inherited(paths: Mapping[str, str], on: date) -> dict[str, dict[str, Inherited]]:
    """For each region (adcode → path) the values that hold in it on a day, by indicator."""
    lines = {adcode: line_of(path) or [adcode] for adcode, path in paths.items()}
    own: dict[str, dict[str, Inherited]] = {}
    needed = {above for line in lines.values() for above in line}
    for row in RegionalValue.objects.valid_on(on).filter(region__in=needed).select_related("region", "source"):
        own.setdefault(row.region_id, {})[row.indicator] = Inherited(
            indicator=row.indicator,
            value=row.value,
            region=row.region_id,
            region_name=row.region.name,
            region_name_en=row.region.name_en,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            reference=row.reference,
            source=row.source.name if row.source else "",
            synthetic=bool(row.source and row.source.synthetic),
        )
    found: dict[str, dict[str, Inherited]] = {}
    for adcode, line in lines.items():
        values: dict[str, Inherited] = {}
        for above in reversed(line):
            values |= own.get(above, {})
        found[adcode] = values
    return found


def ended(path: str, on: date) -> dict[str, date]:
    """For a region's path the last day of each indicator's latest period before a day, whichever region above it had it."""
    rows = RegionalValue.objects.filter(region__in=line_of(path), valid_to__lt=on)
    return dict(rows.order_by().values_list("indicator").annotate(last=Max("valid_to")))


def paths_of(adcodes: Collection[str]) -> dict[str, str]:
    return dict(Region.objects.filter(adcode__in=adcodes).values_list("adcode", "path"))
