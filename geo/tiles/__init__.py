"""Vector tiles: one renderer from a queryset to MVT and TileJSON."""
