"""GET and POST chains/thresholds/, and that every answer names the version it was made with."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from rest_framework.test import APIClient

from accounts.models import AuditEntry
from chains.models import ThresholdSet
from tests.factories.chains import battery_chain

pytestmark = pytest.mark.django_db
SignIn = Callable[..., APIClient]
THRESHOLDS = "/api/v1/chains/thresholds/"
DEFAULTS = {
    "version": 0, "weak_rate": 0.6, "strong_lq": 1.5, "single_source": 0.7, "chokepoint": 0.3, "unknown_barrier": 0.5,
}  # fmt: skip


def test_the_defaults_of_the_method_hold_until_somebody_sets_others(api_client: APIClient) -> None:
    assert api_client.get(THRESHOLDS).json() == {
        "in_force": DEFAULTS, "defaults": DEFAULTS, "may_set": False, "versions": [],
    }  # fmt: skip


def test_a_new_version_changes_verdicts_and_flips_and_is_named_by_every_answer(as_person: SignIn) -> None:
    """Cathodes cover half of the need: weak below 0.6, balanced where 0.45 is enough, and lithium is 0.72 in risk."""
    battery_chain()
    client = as_person("promotion", username="promoter")
    made = client.post(THRESHOLDS, {"based_on": 0, "note": "按本市产业基础", "weak_rate": 0.45, "chokepoint": 0.8})
    assert made.status_code == 201
    assert made.json() == {**DEFAULTS, "version": 1, "weak_rate": 0.45, "chokepoint": 0.8}

    chain = client.get("/api/v1/chains/batteries/").json()
    nodes = {node["node"]: node for node in chain["nodes"]}
    assert (nodes["cathode"]["state"], nodes["lithium"]["chokepoint"]) == ("balanced", False)
    assert chain["thresholds"]["version"] == 1
    opened = client.get("/api/v1/chains/batteries/nodes/cathode/").json()
    verdict = opened["verdict"]
    assert verdict["thresholds"]["version"] == opened["thresholds"]["version"] == 1
    assert verdict["state"]["flip"] == {
        "input": "supply", "now": 30, "at": 27, "beyond": True, "becomes": "weak",
        "words": "It becomes weak when local supply falls from CNY 300 k to below CNY 270 k.",
    }  # fmt: skip
    assert "< 0.80" in verdict["chokepoint"]["why"]
    assert client.get("/api/v1/chains/").json()["results"][0]["thresholds"] == 1
    assert client.get("/api/v1/chains/batteries/health/").json()["thresholds"] == 1

    (version,) = client.get(THRESHOLDS).json()["versions"]
    assert (version["note"], version["made_by"]) == ("按本市产业基础", "promoter")
    assert AuditEntry.objects.filter(table="chains_thresholdset", action="insert").count() == 1


def test_who_made_a_version_and_why_is_for_staff(as_person: SignIn, api_client: APIClient) -> None:
    as_person("admin").post(THRESHOLDS, {"based_on": 0, "note": "why", "weak_rate": 0.5})
    answer = api_client.get(THRESHOLDS).json()
    assert (answer["in_force"]["version"], answer["versions"]) == (1, [])


@pytest.mark.parametrize(
    ("body", "attr"),
    [
        ({"based_on": 0, "weak_rate": 0.5}, "note"),
        ({"note": "why", "weak_rate": 0.5}, "based_on"),
        ({"based_on": 0, "note": "why", "weak_rate": 1.2}, "weak_rate"),
        ({"based_on": 0, "note": "why", "chokepoint": 0}, "chokepoint"),
        ({"based_on": 0, "note": "why", "strong_lq": "NaN"}, "strong_lq"),
        ({"based_on": 7, "note": "why", "weak_rate": 0.5}, "based_on"),
        ({"based_on": 0, "note": "why"}, "note"),
    ],
)
def test_wrong_thresholds_are_refused_in_words(body: dict[str, object], attr: str, as_person: SignIn) -> None:
    answer = as_person("promotion").post(THRESHOLDS, body)
    assert (answer.status_code, answer.json()["errors"][0]["attr"]) == (400, attr)
    assert not ThresholdSet.objects.exists()


@pytest.mark.parametrize("role", [None, "investor", "planner", "land"])
def test_only_promotion_and_administrators_set_them(role: str | None, as_person: SignIn, api_client: APIClient) -> None:
    client = as_person(role) if role else api_client
    answer = client.post(THRESHOLDS, {"based_on": 0, "note": "why", "weak_rate": 0.5})
    assert answer.status_code == 403


def test_no_version_is_ever_changed_or_deleted(as_person: SignIn) -> None:
    as_person("admin").post(THRESHOLDS, {"based_on": 0, "note": "why", "weak_rate": 0.5})
    for change in (lambda: ThresholdSet.objects.update(weak_rate=0.9), lambda: ThresholdSet.objects.all().delete()):
        with pytest.raises(ProgrammingError), transaction.atomic():
            change()


@pytest.mark.parametrize("wrong", [{"weak_rate": 0}, {"strong_lq": 101}, {"note": ""}, {"version": 0}])
def test_the_database_keeps_thresholds_sane(wrong: dict[str, object]) -> None:
    good = {**DEFAULTS, "version": 1, "note": "why", "made_by": "x"}
    with pytest.raises(IntegrityError):
        ThresholdSet.objects.create(**{**good, **wrong})
