"""The economy out of the database, kept until a firm, a year or a region changes."""

import numpy as np
from django.db.models import FloatField, Func

from enterprises.models import Enterprise
from enterprises.selectors import latest_figures, reference_year
from geo.models import Region
from geo.versions import Kept
from industrymap.economy import FIGURES, NOWHERE, District, Economy, Positions
from industrymap.industries import positions_of

TABLES = ("enterprises", "enterprise_years", "regions")


def _read() -> Economy:
    firms = Enterprise.objects.in_city()
    placed = firms.annotate(
        lng=Func("place", function="ST_X", output_field=FloatField()),
        lat=Func("place", function="ST_Y", output_field=FloatField()),
    ).order_by("pk")
    rows = list(placed.values_list("pk", "industry", "region__path", "cell", "land_mu", "lng", "lat"))
    ids, codes, paths, cells, land, lng, lat = zip(*rows, strict=True) if rows else ((),) * 7
    firm = np.array(ids, dtype=np.int64)
    year = reference_year()
    districts = _districts()
    return Economy(
        year,
        districts,
        firm,
        positions_of(codes),
        _positions(paths, districts),
        np.array(cells, dtype=np.int64).astype(np.uint64),
        np.column_stack((np.array(lng, dtype=float), np.array(lat, dtype=float))),
        np.array(land, dtype=float),
        {name: latest_figures(firms, name, reference=year).of(firm) for name in FIGURES},
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


def _positions(paths: tuple[str | None, ...], districts: tuple[District, ...]) -> Positions:
    """Where each region stands in the districts: the one that its path goes through."""
    by_adcode = {district.adcode: position for position, district in enumerate(districts)}
    known: dict[str | None, int] = {None: NOWHERE}
    for path in set(paths) - {None}:
        through = [by_adcode[adcode] for adcode in (path or "").split("/") if adcode in by_adcode]
        known[path] = through[-1] if through else NOWHERE
    return np.array([known[path] for path in paths], dtype=np.int64)


_economy = Kept(TABLES, _read)


def economy() -> Economy:
    return _economy.get()
