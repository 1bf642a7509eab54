"""Projects, and a small city for them."""

import factory

from siting.models import Project
from tests.factories.geo import RegionFactory
from tests.shapes import rectangle


def found_city(west: float = 0, south: float = 0) -> None:
    """One root region of 0.3 by 0.2 degrees, 33 by 22 km on the equator; everything else in a test stands in it."""
    outline = rectangle(west, south, west + 0.3, south + 0.2)
    RegionFactory(adcode="990000", level="city", is_root=True, outline=outline)


class ProjectFactory(factory.django.DjangoModelFactory[Project]):
    class Meta:
        model = Project

    code = factory.Sequence(lambda n: f"PRJ{n}")
    name = factory.LazyAttribute(lambda project: f"项目 {project.code}")
