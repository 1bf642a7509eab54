"""Projects on the map, for staff."""

from geo.tiles import TileLayer, register_layer
from siting.filters import ProjectFilterSet
from siting.models import Project

PROJECTS = register_layer(
    TileLayer(
        "projects",
        "项目",
        "Projects",
        rows=lambda person: Project.objects.visible_to(person).exclude(place=None),
        fields=("code", "name", "status", "hazard", "land_mu"),
        versions=("projects",),
        staff_only=True,
        filterset=ProjectFilterSet,
    )
)
