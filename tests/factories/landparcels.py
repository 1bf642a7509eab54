"""Parcels for tests: 15 mu squares by default, published, with everything unknown that a test does not name."""

from datetime import date
from typing import Any

import factory
from django.contrib.gis.geos import MultiPolygon, Polygon

from geo import hexes
from landparcels.indicators.city import CityIndicator
from landparcels.models import Parcel, RegionalValue, RequirementProfile


def square_outline(lng: float, lat: float, side: float = 0.001) -> MultiPolygon:
    """A square of `side` degrees around a place."""
    half = side / 2
    box = Polygon.from_bbox((lng - half, lat - half, lng + half, lat + half))
    return MultiPolygon(box, srid=4490)


class ParcelFactory(factory.django.DjangoModelFactory):
    """`lng`, `lat`, `side` (degrees) place the square; any column may be given. Power comes at 110 kV unless it is said."""

    class Meta:
        model = Parcel

    class Params:
        lng = 120.3
        lat = 36.2
        side = 0.001

    code = factory.Sequence(lambda number: f"P{number:04}")
    status = "published"
    outline = factory.LazyAttribute(lambda here: square_outline(here.lng, here.lat, here.side))
    cell = factory.LazyAttribute(lambda here: hexes.cell_at(here.lng, here.lat))
    power_capacity = None
    power_high_voltage = factory.LazyAttribute(lambda here: here.power_capacity)
    power_unknown_voltage = factory.LazyAttribute(lambda here: None if here.power_capacity is None else 0.0)


class CityIndicatorFactory(factory.django.DjangoModelFactory):
    """A number without bounds; `type="choice"` needs `choices`."""

    class Meta:
        model = CityIndicator

    code = factory.Sequence(lambda number: f"own{number}")
    name_zh = factory.LazyAttribute(lambda one: f"自有{one.code}")
    group = "energy"
    type = "number"


class RegionalValueFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = RegionalValue

    indicator = "electricity_price"
    value = 0.67
    valid_from = date(2024, 1, 1)


class RequirementProfileFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = RequirementProfile

    scope = "38"
    need = "power_capacity"
    basis = "absolute"
    typical = 20.0


def parcels(*columns: dict[str, Any], **shared: Any) -> list[Parcel]:  # Any: column values
    return [ParcelFactory(**{**shared, **one}) for one in columns]
