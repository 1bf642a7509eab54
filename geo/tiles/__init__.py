"""Vector tiles: one renderer from a queryset to MVT and TileJSON.

A room registers a `TileLayer`; fields, filters and rights come from its queryset, so that map and table agree.
"""

from geo.tiles.layer import Bins, TileLayer, layer_named, register_layer
from geo.tiles.render import render

__all__ = ["Bins", "TileLayer", "layer_named", "register_layer", "render"]
