"""GET chains/{code}/health/history/ and chains/compare/."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import IntegrityError
from rest_framework.test import APIClient

from chains.history import record_health
from chains.models import Chain, ChainHealth
from enterprises.models import Enterprise, EnterpriseYear
from geo.importing import events
from tests.factories.chains import ChainNodeFactory, battery_chain, maker
from tests.factories.enterprises import EnterpriseYearFactory

pytestmark = pytest.mark.django_db
SignIn = Callable[..., APIClient]
HISTORY, COMPARE = "/api/v1/chains/batteries/health/history/", "/api/v1/chains/compare/"


def test_a_day_is_kept_only_when_figures_moved_and_once_a_day(as_person: SignIn) -> None:
    battery_chain()
    assert record_health(on=date(2026, 1, 1)) == 1
    assert record_health(on=date(2026, 1, 2)) == 0
    EnterpriseYear.objects.filter(enterprise__name="甲").update(output=60)
    assert record_health(on=date(2026, 1, 3)) == 1
    EnterpriseYear.objects.filter(enterprise__name="甲").update(output=70)
    assert record_health(on=date(2026, 1, 3)) == 1
    days = as_person("promotion").get(HISTORY).json()["days"]
    assert [row["day"] for row in days] == ["2026-01-01", "2026-01-03"]
    assert days[0]["score"] < days[1]["score"]
    assert days[0]["components"]["vitality"] is None
    assert (days[0]["thresholds"], days[0]["reference_year"]) == (0, 2024)


def test_a_load_keeps_the_health_of_its_day() -> None:
    battery_chain()
    events.loaded.send(sender=None, kinds=frozenset({"parcels"}), progress=lambda words: None)
    assert not ChainHealth.objects.exists()
    events.loaded.send(sender=None, kinds=frozenset({"enterprise_years"}), progress=lambda words: None)
    assert ChainHealth.objects.count() == 1


def test_years_are_worked_out_from_what_was_reported_then(as_person: SignIn) -> None:
    """In 2021 甲 made 8 and nobody else reported: a chain of 8, complete in none of its essential nodes (cells)."""
    battery_chain()
    EnterpriseYearFactory(enterprise=Enterprise.objects.get(name="甲"), year=2021, output=8)
    years = as_person("promotion").get(HISTORY).json()["years"]
    assert [(row["year"], row["supply"]) for row in years] == [(2021, 8), (2024, 170)]
    assert (years[0]["components"]["completeness"], years[1]["components"]["completeness"]) == (0, 1)


def test_health_in_the_past_is_for_staff(api_client: APIClient, as_person: SignIn) -> None:
    battery_chain()
    for client in (api_client, as_person("investor")):
        assert client.get(HISTORY).status_code == 403
        assert client.get(f"{COMPARE}?codes=a,b").status_code == 403


def test_chains_are_compared_in_the_order_asked_for(as_person: SignIn) -> None:
    battery_chain()
    maker(other := ChainNodeFactory(), 5)
    rows = as_person("promotion").get(f"{COMPARE}?codes={other.chain.code},batteries").json()["results"]
    assert [(row["code"], row["supply"]) for row in rows] == [(other.chain.code, 5), ("batteries", 170)]
    assert len(rows[0]["components"]) == 6
    assert rows[1]["score"] > 0


@pytest.mark.parametrize(
    ("codes", "words"),
    [
        ("batteries", "Give the codes of 2 to 13 chains, separated by commas."),
        ("", "Give the codes of 2 to 13 chains, separated by commas."),
        ("batteries,batteries", "Give the codes of 2 to 13 chains, separated by commas."),
        ("batteries,nothing", "There is no chain nothing."),
    ],
)
def test_what_cannot_be_compared_is_said(codes: str, words: str, as_person: SignIn) -> None:
    battery_chain()
    answer = as_person("promotion").get(f"{COMPARE}?codes={codes}")
    assert (answer.status_code, answer.json()["errors"][0]["detail"]) == (400, words)


@pytest.mark.parametrize("wrong", [{"score": 101}, {"day": date(2026, 1, 1)}])
def test_the_database_keeps_one_sane_score_a_day(wrong: dict[str, object]) -> None:
    battery_chain()
    record_health(on=date(2026, 1, 1))
    good = {"day": date(2026, 2, 1), "score": 50, "components": {}, "thresholds": 0}
    with pytest.raises(IntegrityError):
        ChainHealth.objects.create(chain=Chain.objects.get(), **{**good, **wrong})
