"""Where points lie."""

import numpy as np
import pytest

from geo.locating import Locator
from tests.factories.enterprises import region

pytestmark = pytest.mark.django_db


def test_a_point_lies_in_the_smallest_region_around_it_and_one_outside_in_none() -> None:
    city = region("370200", 119, 35, 121, 37, level="city", is_root=True)
    district = region("370202", 119, 35, 120, 37, parent=city)
    region("P1", 119.2, 35.2, 119.4, 35.4, level="park", parent=district)
    region("440300", 113, 22, 114, 23, level="city")

    found = Locator.of_deployment().locate(np.array([[119.3, 35.3], [119.5, 36], [120.5, 36], [113.5, 22.5], [0, 0]]))

    assert found.regions == ["P1", "370202", "370200", "440300", None]
    assert found.in_city.tolist() == [True, True, True, False, False]


def test_a_point_on_a_border_lies_in_one_region_alone() -> None:
    region("370202", 119, 35, 120, 37)
    region("370203", 120, 35, 121, 37)

    assert Locator.of_deployment().locate(np.array([[120, 36]])).regions == ["370202"]


def test_without_regions_every_point_is_outside() -> None:
    found = Locator.of_deployment().locate(np.array([[120, 36]]))

    assert (found.regions, found.in_city.tolist()) == ([None], [False])
