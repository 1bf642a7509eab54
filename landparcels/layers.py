"""Parcels on the map: outlines from zoom 10, below that how many and how much land each hexagon holds."""

from geo.tiles import Bins, TileLayer, register_layer
from landparcels.counting import rows_counted
from landparcels.filters import ParcelFilterSet
from landparcels.indicators.own import VERSION as DICTIONARY
from landparcels.models import Parcel
from landparcels.publication.past import day_asked, parcels_of

PARCELS = register_layer(
    TileLayer(
        "parcels",
        "宗地",
        "Parcels",
        rows=lambda person: Parcel.objects.visible_to(person),
        fields=("code", "status", "area_mu", "land_use", "start_price"),
        versions=("parcels", "regions", DICTIONARY),
        filterset=ParcelFilterSet,
        past=lambda person, day: parcels_of(person, day_asked(day)),
        bins=Bins(below=10, sums=("area_mu",), columns=rows_counted),
        described={"area_mu": "mu", "start_price": "10k CNY/mu"},
    )
)
