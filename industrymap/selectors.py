"""The economy out of the database, kept until a firm, a year or a region changes."""

import numpy as np

from enterprises.models import Enterprise
from enterprises.selectors import in_chunks, latest_of_each, reference_year
from geo.fields import Latitude, Longitude
from geo.models import Region
from geo.versions import Kept
from industrymap.economy import FIGURES, NOWHERE, District, Economy
from industrymap.industries import positions_of

TABLES = ("enterprises", "enterprise_years", "regions")


def _read() -> Economy:
    firms = Enterprise.objects.in_city()
    districts = _districts()
    district_of = _district_of(districts)
    placed = firms.annotate(lng=Longitude("place"), lat=Latitude("place")).order_by("pk")
    numbers, keys = [np.empty((0, 3))], [np.empty((0, 4), np.int64)]
    for chunk in in_chunks(placed.values_list("lng", "lat", "land_mu", "pk", "cell", "industry", "region_id")):
        lng, lat, land, ids, cells, codes, regions = zip(*chunk, strict=True)
        numbers.append(np.array((lng, lat, land), dtype=float).T)
        keys.append(np.array((ids, cells, positions_of(codes), [district_of[region] for region in regions])).T)
    known, key = np.concatenate(numbers), np.concatenate(keys)
    year = reference_year()
    figures = latest_of_each(firms, tuple(FIGURES), reference=year)
    return Economy(
        reference_year=year,
        districts=districts,
        firm=key[:, 0],
        industry=key[:, 2],
        district=key[:, 3],
        cell=key[:, 1].astype(np.uint64),
        place=known[:, :2],
        land_mu=known[:, 2],
        figures={name: found.of(key[:, 0]) for name, found in figures.items()},
    )


def _districts() -> tuple[District, ...]:
    """The districts of the city; of a deployment that is one district, its townships; else the root regions themselves."""
    roots = list(Region.objects.roots())
    below = [
        region
        for region in Region.objects.only("adcode", "name", "name_en", "level", "path").order_by("adcode")
        if any(region.path.startswith(root.path) for root in roots)
    ]
    for level in (Region.Level.DISTRICT, Region.Level.TOWNSHIP):
        found = [region for region in below if region.level == level]
        if len(found) > 1:
            break
    else:
        found = roots
    return tuple(District(region.adcode, region.name, region.name_en, region.path) for region in found)


def _district_of(districts: tuple[District, ...]) -> dict[str | None, int]:
    """For every region the position of the district that its path goes through; NOWHERE for one beside them all."""
    by_adcode = {district.adcode: position for position, district in enumerate(districts)}
    found: dict[str | None, int] = {None: NOWHERE}
    for adcode, path in Region.objects.values_list("adcode", "path"):
        through = [by_adcode[part] for part in path.split("/") if part in by_adcode]
        found[adcode] = through[-1] if through else NOWHERE
    return found


_economy = Kept(TABLES, _read)


def economy() -> Economy:
    return _economy.get()
