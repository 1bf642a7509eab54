"""GET indicators/."""

from collections.abc import Callable

import pytest
from rest_framework.test import APIClient

from accounts.models import User
from geo.models import ImportJob
from geo.words import Words
from landparcels.refreshing import refresh
from tests.factories.landparcels import ParcelFactory

pytestmark = pytest.mark.django_db


def test_the_catalogue_comes_whole_in_both_languages(api_client: APIClient) -> None:
    answer = api_client.get("/api/v1/indicators/")

    rows = answer.json()["results"]
    assert (answer.status_code, len(rows), answer.json()["next"]) == (200, 46, None)
    power = next(row for row in rows if row["code"] == "power_capacity")
    assert power == {
        "code": "power_capacity",
        "group": "energy",
        "group_zh": "能源水务",
        "group_en": "Energy and water",
        "name_zh": "可接入电力容量",
        "name_en": "Spare power capacity",
        "unit": "MVA",
        "bound": "higher_better",
        "origin": "computed",
        "type": "decimal",
        "min": 0.0,
        "max": 3200.0,
        "choices": [],
        "options": [],
        "own": False,
        "public": True,
        "department_zh": "供电",
        "department_en": "Power supply",
        "legal_basis_zh": "",
        "legal_basis_en": "",
        "note_zh": "服务半径内单站最大余量（METHODS 5）",
        "note_en": "largest single residual within the catchment (METHODS 5)",
    }


def test_it_says_when_surroundings_were_worked_out_and_tells_staff_that_they_are_again(
    api_client: APIClient, as_person: Callable[..., APIClient], person: Callable[..., User]
) -> None:
    assert api_client.get("/api/v1/indicators/").json()["computed_at"] is None

    ParcelFactory()
    refresh()
    words = Words("计算宗地周边指标", "Working out what surrounds the parcels")
    ImportJob.objects.create(kind="facilities", asked_by=person("admin"), following=words.as_json())

    told, public = (client.get("/api/v1/indicators/").json() for client in (as_person("land"), api_client))
    assert told["stale"] == "Working out what surrounds the parcels"
    assert public["computed_at"] == told["computed_at"] is not None
    assert "stale" not in public


def test_an_unknown_parameter_is_named(api_client: APIClient) -> None:
    answer = api_client.get("/api/v1/indicators/?group=energy")

    assert answer.status_code == 400
    assert "group" in answer.json()["errors"][0]["detail"]
