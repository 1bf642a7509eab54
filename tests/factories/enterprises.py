"""Firms for tests, in no place and with everything unknown that a test does not name."""

import factory
from django.contrib.gis.geos import MultiPolygon, Point, Polygon

from enterprises.models import Enterprise, EnterpriseYear
from geo import hexes
from geo.fields import STORAGE_SRID
from geo.models import Region


class EnterpriseFactory(factory.django.DjangoModelFactory):
    """`lng` and `lat` give a place inside the city, unless `in_city` says otherwise."""

    class Meta:
        model = Enterprise

    class Params:
        lng: float | None = None
        lat: float | None = None

    uscc = factory.Sequence(lambda number: f"local:{number:05}")
    name = factory.Sequence(lambda number: f"企业{number:05}")
    place = factory.LazyAttribute(
        lambda here: None if here.lng is None else Point(here.lng, here.lat, srid=STORAGE_SRID)
    )
    cell = factory.LazyAttribute(lambda here: None if here.lng is None else hexes.cell_at(here.lng, here.lat))
    in_city = factory.LazyAttribute(lambda here: here.lng is not None)


class EnterpriseYearFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = EnterpriseYear

    enterprise = factory.SubFactory(EnterpriseFactory)
    year = 2024


def region(adcode: str, west: float, south: float, east: float, north: float, **columns: object) -> Region:
    """A rectangle with the one piece that lookups use; without a parent it is a root of the deployment."""
    box = Polygon.from_bbox((west, south, east, north))
    outline = MultiPolygon(box, srid=STORAGE_SRID)
    parent = columns.get("parent")
    path = f"{parent.path if isinstance(parent, Region) else '/'}{adcode}/"
    made: Region = Region.objects.create(
        **{"adcode": adcode, "name": adcode, "level": "district", "path": path, "outline": outline, **columns}
    )
    box.srid = STORAGE_SRID
    made.pieces.create(outline=box)
    return made
