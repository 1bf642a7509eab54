"""The firms on the map: hexagons with their number from afar, points from zoom 12."""

from enterprises.filters import EnterpriseFilterSet
from enterprises.models import Enterprise
from geo.tiles import Bins, TileLayer, register_layer

POINTS_FROM_ZOOM = 12

ENTERPRISES = register_layer(
    TileLayer(
        "enterprises",
        "企业",
        "Enterprises",
        rows=lambda person: Enterprise.objects.visible_to(person).exclude(place=None),
        fields=("uscc", "name", "industry", "scale", "rating"),
        versions=("enterprises", "regions"),
        filterset=EnterpriseFilterSet,
        bins=Bins(below=POINTS_FROM_ZOOM),
        described={"industry": "GB/T 4754", "n": "firms in the hexagon"},
    )
)
