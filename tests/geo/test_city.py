import pytest
import shapely

from geo.city import CityNotSetUp, city_grid, city_outline
from geo.models import Region
from tests.factories.geo import RegionFactory
from tests.shapes import rectangle

pytestmark = pytest.mark.django_db


def test_the_city_is_the_outline_of_its_roots() -> None:
    RegionFactory(adcode="990000", is_root=True, outline=rectangle(0, 0, 0.1, 0.1))
    RegionFactory(adcode="980000", outline=rectangle(5, 5, 6, 6))
    assert city_outline().equals(shapely.box(0, 0, 0.1, 0.1))


def test_a_root_without_an_outline_takes_those_of_its_children() -> None:
    root = RegionFactory(adcode="990000", is_root=True, outline=None)
    RegionFactory(adcode="990001", parent=root, outline=rectangle(0, 0, 0.1, 0.1))
    RegionFactory(adcode="990002", parent=root, outline=rectangle(0.1, 0, 0.2, 0.1))
    assert city_outline().equals(shapely.box(0, 0, 0.2, 0.1))


def test_the_grid_follows_when_a_region_changes() -> None:
    RegionFactory(adcode="990000", is_root=True, outline=rectangle(0, 0, 0.1, 0.1))
    before = city_grid()
    assert city_grid() is before
    Region.objects.update(outline=rectangle(0, 0, 0.2, 0.1))
    assert len(city_grid()) > 1.8 * len(before)
    assert city_grid(7).resolution == 7


def test_without_any_outline_the_error_says_what_to_do() -> None:
    with pytest.raises(CityNotSetUp) as error:
        city_grid()
    assert "manage.py city" in error.value.words.en
