from collections.abc import Callable

import pytest
from rest_framework.test import APIClient

from tests.factories.geo import FacilityFactory


@pytest.mark.django_db
def test_each_door_has_a_number_for_everyone_and_the_third_one_more_for_staff(
    api_client: APIClient, as_person: Callable[..., APIClient]
) -> None:
    FacilityFactory.create_batch(2, category="hospital")
    FacilityFactory(category="substation")
    visitor = api_client.get("/api/v1/portal/").json()
    assert visitor["ground"] == {"facilities": 2}
    assert "projects" not in visitor
    planner = as_person("planner").get("/api/v1/portal/").json()
    assert (planner["ground"], planner["projects"]) == ({"facilities": 3}, {"looking": 0})
