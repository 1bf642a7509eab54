"""The layers of this room: what every map has underneath, and facilities and zones."""

from django.contrib.gis.db.models import PointField
from django.contrib.gis.db.models.functions import PointOnSurface, Transform

from geo.fields import WEB_SRID
from geo.models import Facility, Region, Road, Zone
from geo.place_filters import FacilityFilterSet, RoadFilterSet, ZoneFilterSet
from geo.tiles import TileLayer, register_layer

REGIONS = register_layer(
    TileLayer(
        "regions",
        "行政区",
        "Regions",
        rows=lambda person: Region.objects.visible_to(person).exclude(outline=None),
        fields=("adcode", "name", "name_en", "level"),
        versions=("regions",),
        identity=None,
        simplify=True,
    )
)
REGION_LABELS = register_layer(
    TileLayer(
        "region_labels",
        "行政区名",
        "Region names",
        rows=lambda person: (
            Region.objects.visible_to(person)
            .exclude(outline=None)
            .annotate(spot=Transform(PointOnSurface("outline"), WEB_SRID, output_field=PointField(srid=WEB_SRID)))
        ),
        fields=("adcode", "name", "name_en", "level"),
        versions=("regions",),
        identity=None,
        geometry="spot",
    )
)
ROADS = register_layer(
    TileLayer(
        "roads",
        "道路",
        "Roads",
        rows=lambda person: Road.objects.visible_to(person),
        fields=("name", "road_class"),
        versions=("roads",),
        filterset=RoadFilterSet,
        simplify=True,
    )
)
FACILITIES = register_layer(
    TileLayer(
        "facilities",
        "设施",
        "Facilities",
        rows=lambda person: Facility.objects.visible_to(person),
        fields=("code", "name", "name_en", "category", "approximate"),
        staff_fields=("capacity", "spare", "voltage_kv"),
        versions=("facilities",),
        filterset=FacilityFilterSet,
    )
)
ZONES = register_layer(
    TileLayer(
        "zones",
        "管控区",
        "Zones",
        rows=lambda person: Zone.objects.visible_to(person),
        fields=("code", "name", "kind", "hazard_max"),
        versions=("zones",),
        filterset=ZoneFilterSet,
        simplify=True,
    )
)
