"""GET indicators/."""

import pytest
from rest_framework.test import APIClient

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


def test_an_unknown_parameter_is_named(api_client: APIClient) -> None:
    answer = api_client.get("/api/v1/indicators/?group=energy")

    assert answer.status_code == 400
    assert "group" in answer.json()["errors"][0]["detail"]
