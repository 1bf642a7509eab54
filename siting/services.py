"""Writing projects: who may, where, and who has to be told."""

import shapely
from django.contrib.gis.geos import Point
from django.db import transaction

from accounts.rights import Person, may_plan, region_scope
from geo.city import city_outline
from geo.errors import BadParameter, NotAllowed
from geo.models import Region
from landparcels import hooks
from siting.models import Project


@transaction.atomic
def save_project(*, project: Project, by: Person) -> Project:
    """Store a new or changed project; what it draws changes what is left for everyone after the commit."""
    if not may_plan(by):
        raise NotAllowed(zh="您的角色不能录入项目。", en="Your role may not enter projects.")
    if project.place is None and project.status == Project.Status.COMMITTED:
        raise BadParameter(
            "lng", zh="已落地的项目要有位置（lng、lat）。", en="A committed project has a place (lng, lat)."
        )
    if project.pk is not None:
        _check_scope(Project.objects.get(pk=project.pk).place, by)
    if project.place is not None:
        _check_place(project.place, by)
    project.save()
    hooks.residual_capacities_changed()
    return project


def _check_place(place: Point, by: Person) -> None:
    if not shapely.contains_xy(city_outline(), place.x, place.y):
        raise BadParameter(
            "lng",
            zh=f"({place.x:g}, {place.y:g}) 不在本市范围内（在海上或市外）。",
            en=f"({place.x:g}, {place.y:g}) is not in the city: it lies at sea or beyond the border.",
        )
    _check_scope(place, by)


def _check_scope(place: Point | None, by: Person) -> None:
    """A role of one region enters projects there, and changes those that stand there or nowhere yet."""
    scope = region_scope(by)
    if place is not None and scope and not Region.objects.subtree(scope).filter(outline__covers=place).exists():
        raise NotAllowed(
            zh=f"此位置不在您负责的区域（{scope}）内。", en=f"This place is outside the region you work for ({scope})."
        )
