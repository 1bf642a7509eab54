"""Firms of a chain on the map: the layer of firms, narrowed to those that make something for a chain or a node."""

from chains.filters import MakerFilterSet
from chains.models import EnterpriseNode
from enterprises.layers import ENTERPRISES
from enterprises.models import Enterprise
from geo.tiles import TileLayer, register_layer

MAKERS = register_layer(
    TileLayer(
        "makers",
        "产业链企业",
        "Firms of the chains",
        rows=lambda person: (
            Enterprise.objects.visible_to(person)
            .exclude(place=None)
            .filter(pk__in=EnterpriseNode.objects.values("enterprise"))
        ),
        fields=ENTERPRISES.fields,
        versions=("enterprises", "regions", "chains"),
        filterset=MakerFilterSet,
        bins=ENTERPRISES.bins,
        described=ENTERPRISES.described,
    )
)
