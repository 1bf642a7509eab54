from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoCaptureOnCommitCallbacks
from rest_framework.test import APIClient

from accounts.models import User
from landparcels.models import Parcel
from siting.models import Project
from siting.services import save_project
from tests.factories.geo import FacilityFactory, RegionFactory
from tests.factories.landparcels import ParcelFactory
from tests.factories.siting import ProjectFactory, found_city
from tests.shapes import point, rectangle

PROJECTS = "/api/v1/projects/"
AsPerson = Callable[..., APIClient]
NEW: dict[str, Any] = {
    "code": "2025-01",
    "name": "Cells",
    "power_mva": 40,
    "status": "committed",
    "lng": 0.1,
    "lat": 0.1,
}


def test_projects_do_not_exist_for_visitors(api_client: APIClient, db: None) -> None:
    ProjectFactory(code="P1")
    assert api_client.get(PROJECTS).status_code == 403
    assert api_client.get(f"{PROJECTS}P1/").status_code == 403
    assert not Project.objects.visible_to(api_client.get("/").wsgi_request.user).exists()


def test_projects_are_listed_and_filtered(as_person: AsPerson) -> None:
    ProjectFactory(code="A", node="batteries/cells", land_mu=90)
    ProjectFactory(code="B", status="committed", place=point(0.1, 0.1), land_mu=50)
    client = as_person("promotion")
    assert [one["code"] for one in client.get(PROJECTS, {"sort": "land_mu"}).json()["results"]] == ["B", "A"]
    for query, expected in (
        ({"status": "committed"}, ["B"]),
        ({"node": "batteries"}, ["A"]),
        ({"q": "a"}, ["A"]),
        ({"bbox": "0,0,0.2,0.2"}, ["B"]),
    ):
        assert [one["code"] for one in client.get(PROJECTS, query).json()["results"]] == expected
    features = client.get(PROJECTS, {"geometry": "true"}).json()["features"]
    assert [feature["geometry"] and feature["geometry"]["coordinates"] for feature in features] == [None, [0.1, 0.1]]
    assert client.get(PROJECTS, {"colour": "red"}).status_code == 400


def test_a_project_is_entered_read_and_changed(as_person: AsPerson) -> None:
    found_city()
    client = as_person("planner")
    created = client.post(PROJECTS, NEW, format="json")
    assert created.status_code == 201, created.content
    assert created.json() | NEW == created.json()
    assert created.json()["jobs"] is None
    changed = client.patch(f"{PROJECTS}2025-01/", {"jobs": 300, "lng": 0.2, "lat": 0.1}, format="json")
    assert (changed.json()["jobs"], changed.json()["lng"], changed.json()["power_mva"]) == (300, 0.2, 40)
    assert client.get(f"{PROJECTS}2025-01/").json() == changed.json()
    assert client.get(f"{PROJECTS}nobody/").status_code == 404


def test_a_project_is_held_while_it_is_changed(as_person: AsPerson) -> None:
    """Two changes at once would else undo each other's columns."""
    ProjectFactory(code="P1")
    with CaptureQueriesContext(connection) as asked:
        assert as_person("planner").patch(f"{PROJECTS}P1/", {"name": "新名"}, format="json").status_code == 200
    read = next(query["sql"] for query in asked if 'FROM "siting_project"' in query["sql"])
    assert read.endswith("FOR UPDATE")


@pytest.mark.parametrize(
    ("change", "attr", "said"),
    [
        ({"lng": 5.0, "lat": 5.0}, "lng", "not in the city"),
        ({"lat": None}, "lat", "go together"),
        ({"lng": None, "lat": None}, "lng", "has a place"),
        ({"power_mva": -1}, "power_mva", "greater"),
        ({"node": "cells"}, "node", "chain/node"),
        ({"code": "taken"}, "code", "exists"),
        ({"coffee": 1}, "coffee", "Unknown field"),
        ({"committed_on": "soon"}, "committed_on", "Date"),
    ],
)
def test_a_wrong_project_is_refused_in_words(as_person: AsPerson, change: dict[str, Any], attr: str, said: str) -> None:
    found_city()
    ProjectFactory(code="taken")
    answer = as_person("planner").post(PROJECTS, NEW | change, format="json")
    assert answer.status_code == 400
    [error] = answer.json()["errors"]
    assert error["attr"] == attr
    assert said in error["detail"]
    assert Project.objects.count() == 1


def test_a_reviewer_reads_but_enters_no_projects(as_person: AsPerson) -> None:
    found_city()
    client = as_person("reviewer")
    assert client.get(PROJECTS).status_code == 200
    assert client.post(PROJECTS, NEW, format="json").status_code == 403


def test_a_planner_of_one_district_commits_nothing_in_another(as_person: AsPerson) -> None:
    found_city()
    RegionFactory(adcode="990001", outline=rectangle(0.15, 0, 0.3, 0.2))
    client = as_person("planner", region="990001")
    assert client.post(PROJECTS, NEW, format="json").status_code == 403
    assert client.post(PROJECTS, NEW | {"lng": 0.2}, format="json").status_code == 201


def test_a_commitment_lowers_what_parcels_nearby_can_still_have(
    person: Callable[..., User], django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    found_city()
    FacilityFactory(category="substation", capacity=100, place=point(0.1, 0.1))
    parcel = ParcelFactory(lng=0.1, lat=0.1)
    project = ProjectFactory.build(code="A", power_mva=70, place=point(0.1, 0.1))
    for status, left in (("planned", 100), ("committed", 30)):
        project.status = status
        with django_capture_on_commit_callbacks(execute=True):
            save_project(project=project, by=person("planner"))
        assert Parcel.objects.get(pk=parcel.pk).power_capacity == pytest.approx(left)
