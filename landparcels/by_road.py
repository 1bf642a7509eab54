"""The way by road (路网) from a parcel to the places its straight distances (直线) lead to."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import shapely
from django.contrib.gis.db.models.functions import AsWKB

from geo.fields import Latitude, Longitude
from geo.hexes import Floats
from geo.models import Facility, Road
from geo.roadnet import RoadNetwork
from geo.versions import Kept

Json = dict[str, Any]  # Any: what JSON holds
ON, OFF = "motorway", "motorway_access"


def _read() -> RoadNetwork:
    lines: dict[bool, list[shapely.LineString]] = {True: [], False: []}
    rows = Road.objects.annotate(shape=AsWKB("line")).values_list("road_class", "shape")
    for road_class, shape in rows.iterator(chunk_size=5000):
        lines[road_class == ON] += shapely.get_parts(shapely.from_wkb(bytes(shape))).tolist()
    accesses = Facility.objects.filter(category=OFF).annotate(lon=Longitude("place"), lat=Latitude("place"))
    places = np.array(list(accesses.values_list("lon", "lat")), dtype=float).reshape(-1, 2)
    return RoadNetwork(lines[False], lines[True], places)


_roads: Kept[RoadNetwork] = Kept(("roads", "facilities"), _read)


def add_ways(details: Mapping[str, Json], point: Floats) -> None:
    """`road_km` beside each named place with a straight distance; left out where roads do not lead there."""
    places = [one["facility"] for one in details.values() if "lng" in one.get("facility", {})]
    if not places:
        return
    ways = _roads.get().distances_km(point, np.array([(place["lng"], place["lat"]) for place in places]))
    for place, km in zip(places, ways.tolist(), strict=True):
        if km == km:
            place["road_km"] = km
