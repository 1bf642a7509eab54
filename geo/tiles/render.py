"""From a queryset to the bytes of one Mapbox vector tile, as one prepared statement.

The queryset is compiled once into SQL and wrapped; the tile's number is its only parameter, so the statement stays the same from tile to tile
and the connection keeps it prepared. Nulls are skipped by ST_AsMVT itself: an outer `WHERE geometry IS NOT NULL` would make
PostgreSQL clip every shape twice.
"""

from typing import Any

from django.db.models import QuerySet

from geo.sql import load
from geo.tiles import bins, prepared
from geo.tiles.compiled import compiled_whole
from geo.tiles.layer import TileLayer

EXTENT = 4096
BUFFER = 64


Plan = bytes
"""A compiled layer: its statement, with $1, $2, $3 for z, x, y."""


def plan(layer: TileLayer, rows: QuerySet[Any], *, staff: bool = False) -> Plan:
    """Compile the statement that draws the rows of this layer; the same for every tile."""
    fields = layer.fields + (layer.staff_fields if staff else ())
    identity = (layer.identity,) if layer.identity else ()
    inner = compiled_whole(rows.order_by().values_list(*identity, layer.geometry, *fields))
    names = ", ".join(f'"{name}"' for name in (*("id" for _ in identity), "web", *fields))
    attributes = "".join(f', row_."{name}"' for name in fields)
    shape = "row_.web"
    if layer.simplify:
        shape = f"ST_SimplifyPreserveTopology(row_.web, 40075016.7 / {EXTENT} / (1::bigint << $1::int))"
    statement = load("tile_rows.sql").format(
        layer=layer.name,
        identity="row_.id, " if identity else "",
        identified=", 'id'" if identity else "",
        shape=shape,
        attributes=attributes,
        names=names,
        inner=inner,
        extent=EXTENT,
        buffer=BUFFER,
    )
    return statement.encode()


def render(layer: TileLayer, rows: QuerySet[Any], z: int, x: int, y: int, *, staff: bool = False) -> bytes:
    """The tile's bytes; empty where nothing lies. Below the layer's zoom for rows it holds counted cells."""
    if layer.bins and z < layer.bins.below:
        return bins.encode(layer, bins.count(layer, rows, layer.bins.resolution(z)), z, x, y)
    return prepared.ask(plan(layer, rows, staff=staff), z, x, y)
