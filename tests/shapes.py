"""Toy geometries near (0, 0) that a reader can draw: degrees of the stored datum."""

from django.contrib.gis.geos import MultiPolygon, Point, Polygon

from geo.fields import STORAGE_SRID


def rectangle(west: float, south: float, east: float, north: float) -> MultiPolygon:
    return MultiPolygon(Polygon.from_bbox((west, south, east, north)), srid=STORAGE_SRID)


def square(west: float, south: float, side: float = 1) -> MultiPolygon:
    return rectangle(west, south, west + side, south + side)


def point(lon: float, lat: float) -> Point:
    return Point(lon, lat, srid=STORAGE_SRID)
