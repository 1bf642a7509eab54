"""A body's wrong choice is told the right ones, its unknown field the known ones, in the reader's language."""

from collections.abc import Callable

import pytest
from rest_framework.test import APIClient

from tests.factories.chains import ChainFactory
from tests.factories.landparcels import ParcelFactory

pytestmark = pytest.mark.django_db
SignIn = Callable[..., APIClient]

BODIES = [
    ("post", "board/posts/", {"kind": "gift"}, "kind", "offer"),
    ("post", "siting/fit/", {"project": {"hazard": "deadly"}, "at": [120, 36]}, "project.hazard", "none, low, medium"),
    ("post", "projects/", {"code": "P9", "name": "x", "status": "dreamt"}, "status", "planned, committed"),
    ("post", "parcels/match/", {"hard": [{"indicator": "far", "op": "~", "value": 1}]}, "hard.0.op", "gte"),
    ("patch", "parcels/P1/readiness/", {"items": [{"item": "power", "state": "gone"}]}, "items.0.state", "done"),
    ("post", "enquiries/export/", {"state": "lost"}, "state", "answered"),
]


@pytest.mark.parametrize(("method", "address", "body", "attr", "known"), BODIES)
def test_a_wrong_choice_is_told_the_right_ones(
    as_person: SignIn, method: str, address: str, body: dict[str, object], attr: str, known: str
) -> None:
    ParcelFactory(code="P1")
    client = as_person("admin")
    for language, words in (("en", "There is no "), ("zh-CN", "没有“")):
        answer = getattr(client, method)(f"/api/v1/{address}", body, HTTP_ACCEPT_LANGUAGE=language)
        assert answer.status_code == 400
        said = {error["attr"]: error["detail"] for error in answer.json()["errors"]}
        assert said[attr].startswith(words)
        assert known in said[attr]


@pytest.mark.parametrize(
    ("address", "body"),
    [
        ("chains/steel/disruption/", {"enterprises": ["x"], "colour": "red"}),
        ("chains/thresholds/", {"based_on": 0, "note": "why", "colour": "red"}),
        ("session/", {"username": "li", "password": "x", "colour": "red"}),
        ("parcels/match/", {"colour": "red"}),
        ("parcels/P1/precheck/", {"colour": 1}),
        ("siting/fit/", {"project": {"colour": "red"}}),
        ("targets/", {"colour": "red"}),
        ("calls/", {"colour": "red"}),
        ("commitments/", {"colour": "red"}),
        ("enquiries/", {"colour": "red"}),
        ("city-indicators/", {"colour": "red"}),
    ],
)
def test_an_unknown_field_of_a_body_is_named_with_the_known_ones(
    as_person: SignIn, address: str, body: dict[str, object]
) -> None:
    ChainFactory(code="steel")
    ParcelFactory(code="P1")
    client = as_person("admin")
    for language, words in (("en", "known: "), ("zh-CN", "可用：")):
        answer = client.post(f"/api/v1/{address}", body, HTTP_ACCEPT_LANGUAGE=language)
        assert answer.status_code == 400
        [said] = [error["detail"] for error in answer.json()["errors"] if error["attr"].split(".")[-1] == "colour"]
        assert words in said
