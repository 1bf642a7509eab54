"""How space is stored: degrees of CGCS2000, and beside them Web Mercator for drawing, kept by the database."""

from __future__ import annotations

from typing import Any

from django.contrib.gis.db import models
from django.contrib.gis.db.models.functions import Transform
from django.db.models import Aggregate, Func

STORAGE_SRID = 4490
WEB_SRID = 3857


def drawn(source: str, geometry: type[models.GeometryField[Any, Any]]) -> models.GeneratedField:
    """The generated Web Mercator twin of column `source`; index it with `GistIndex(fields=["web"])`."""
    return models.GeneratedField(
        expression=Transform(source, WEB_SRID),
        output_field=geometry(srid=WEB_SRID, null=True, spatial_index=False),
        db_persist=True,
    )


class GeodesicArea(Func):
    """Square metres on the ellipsoid of the stored geometry (METHODS 1)."""

    template = "ST_Area((%(expressions)s)::geography)"
    output_field = models.FloatField()


class Longitude(Func):
    """Of a point, in degrees."""

    function = "ST_X"
    arity = 1
    output_field = models.FloatField()


class Latitude(Func):
    """Of a point, in degrees."""

    function = "ST_Y"
    arity = 1
    output_field = models.FloatField()


class Extent2D(Aggregate):
    """`west south east north` of many geometries as a polygon in the stored datum."""

    template = "ST_SetSRID(ST_Extent(%(expressions)s)::geometry, 4490)"
    output_field = models.PolygonField(srid=STORAGE_SRID)
