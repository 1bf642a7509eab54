"""Rows of the ground."""

import factory

from geo.models import Facility, GridLayer, Region, Road, Source, Zone
from tests.shapes import point, square


class SourceFactory(factory.django.DjangoModelFactory[Source]):
    class Meta:
        model = Source

    name = factory.Sequence(lambda n: f"source {n}")
    kind = "facilities"


class RegionFactory(factory.django.DjangoModelFactory[Region]):
    """Pass `parent` to hang it into the tree; its path follows."""

    class Meta:
        model = Region

    adcode = factory.Sequence(lambda n: f"{370000 + n}")
    name = factory.LazyAttribute(lambda region: f"区 {region.adcode}")
    level = "district"
    outline = factory.LazyFunction(lambda: square(0, 0))
    path = factory.LazyAttribute(lambda region: f"{region.parent.path if region.parent else '/'}{region.adcode}/")
    parent = None


class FacilityFactory(factory.django.DjangoModelFactory[Facility]):
    class Meta:
        model = Facility

    code = factory.Sequence(lambda n: f"F{n}")
    name = factory.LazyAttribute(lambda facility: f"设施 {facility.code}")
    category = "substation"
    place = factory.LazyFunction(lambda: point(0.5, 0.5))


class ZoneFactory(factory.django.DjangoModelFactory[Zone]):
    class Meta:
        model = Zone

    code = factory.Sequence(lambda n: f"Z{n}")
    kind = "development_zone"
    outline = factory.LazyFunction(lambda: square(0, 0))


class RoadFactory(factory.django.DjangoModelFactory[Road]):
    class Meta:
        model = Road


class GridLayerFactory(factory.django.DjangoModelFactory[GridLayer]):
    class Meta:
        model = GridLayer

    code = factory.Sequence(lambda n: f"layer{n}")
    name = "层"
    unit = "persons"
    aggregate = "sum"
