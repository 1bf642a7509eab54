"""The demo city in the database: what a newcomer finds after the first start."""

import re
from collections import Counter
from collections.abc import Iterator
from io import StringIO

import numpy as np
import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import TestCase
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from accounts.models import User
from chains.models import Chain, ChainHealth, ThresholdSet
from chains.selectors import pictures
from chains.verdicts import STATES
from democity.accounts import PEOPLE, demo_accounts
from democity.loading import load_demo
from democity.management.commands.demo import BAR
from enterprises.models import Enterprise, EnterpriseYear, Signal
from geo.deployment import CITY
from geo.models import Facility, GridValue, Region, Road, Source, Zone
from landparcels.indicators import catalogue
from landparcels.models import Parcel, RegionalValue, RequirementProfile
from promotion.models import Call, Target
from siting.models import Project

SCALE = 0.02


class Terminal(StringIO):
    """Keeps what is written, and passes for a terminal, on which bars are drawn."""

    def isatty(self) -> bool:
        return True


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """One load for the whole module, by the command, taken back at its end; what the command said."""
    terminal = Terminal()
    with django_db_blocker.unblock(), transaction.atomic():
        with TestCase.captureOnCommitCallbacks(execute=True):
            call_command("demo", "--seed", "1", "--scale", str(SCALE), stdout=terminal)
        yield terminal.getvalue()
        transaction.set_rollback(True)


pytestmark = [pytest.mark.usefixtures("demo"), pytest.mark.django_db]


def test_the_load_shows_a_bar_that_grows_and_rows_per_second(demo: str) -> None:
    drawn = re.findall(r"\r  (\w+) *(█*)(░*) +([\d,]+)$", demo.replace("\r", "\n\r"), re.MULTILINE)
    grid = [(len(full), len(full) + len(empty)) for kind, full, empty, _ in drawn if kind == "grid"]
    assert len(grid) >= 2
    assert grid == sorted(grid)
    assert {whole for _, whole in grid} == {BAR}

    told = re.findall(rf"\r  (\w+) *█{{{BAR}}} +([\d,]+) 行 rows +([\d,]+)/s$", demo, re.MULTILINE)
    rows = {kind: int(number.replace(",", "")) for kind, number, _ in told}
    assert rows["grid"] == GridValue.objects.count()
    assert rows["parcels"] == Parcel.objects.count()
    assert all(int(rate.replace(",", "")) > 0 for _, _, rate in told)
    assert "演示城市已就绪 / the demo city is ready" in demo


def test_every_kind_of_thing_is_there() -> None:
    for model in (Region, Facility, Zone, Road, GridValue, Enterprise, EnterpriseYear, Chain, Parcel, Project,
                  RegionalValue, RequirementProfile):  # fmt: skip
        assert model._default_manager.exists(), model


def test_the_city_is_qingdao_and_says_it_is_synthetic() -> None:
    city = CITY.get()

    assert (city.name_zh, city.name_en, city.regions) == ("青岛市", "Qingdao", ("370200",))
    assert city.synthetic


def test_only_outlines_and_population_are_not_marked_synthetic() -> None:
    assert set(Source.objects.filter(synthetic=False).values_list("kind", flat=True)) == {"regions"}
    assert Source.objects.filter(kind="parcels", synthetic=True).exists()


def test_every_indicator_is_known_for_some_parcels() -> None:
    known = {code: Parcel.objects.exclude(**{code: None}).count() for code in catalogue()}

    assert len(known) == 46
    assert [code for code, count in known.items() if not count] == []


def test_the_median_firm_pays_three_a_mu() -> None:
    years = EnterpriseYear.objects.exclude(tax=None).order_by("year")
    latest = dict(years.values_list("enterprise_id", "tax"))
    land = dict(Enterprise.objects.exclude(land_mu=None).values_list("pk", "land_mu"))
    per_mu = np.array([(tax or 0) / (land[firm] or 1) for firm, tax in latest.items() if firm in land])

    assert 1.5 < np.median(per_mu) < 8  # a small demo leans to large firms; at full scale it is 3
    assert np.median(per_mu) < 10  # the lowest admission threshold


def test_chains_show_every_state() -> None:
    found: Counter[str] = Counter()
    for picture in pictures(Chain.objects.all()):
        leaf = picture.graph.is_leaf
        found.update(str(STATES[state]) for state in picture.figures.state[leaf])

    assert set(found) == {"missing", "weak", "absent", "balanced", "strong"}
    assert found["missing"] >= 20
    assert found["strong"] >= 30


def test_parcels_stand_in_parks() -> None:
    assert set(Parcel.objects.values_list("region__level", flat=True)) == {"park"}


def test_there_is_one_account_per_role() -> None:
    accounts = demo_accounts()

    assert len(accounts) == len(PEOPLE) == 8
    for username, password, _ in accounts:
        assert User.objects.get(username=username).check_password(password)


def test_a_second_load_is_refused() -> None:
    with pytest.raises(CommandError, match="--again"):
        call_command("demo", "--scale", "0.02")


def test_firms_are_followed_by_three_regions_in_several_states_and_two_calls_are_public() -> None:
    held = Target.objects.values_list("region", "state")

    assert {region for region, _ in held} == {"370200", "370211", "370214"}
    assert len({state for _, state in held}) >= 4
    assert Target.objects.overdue(timezone.now()).exists()
    assert Call.objects.visible_to(AnonymousUser()).count() == 2
    assert Signal.objects.exists()


def test_an_older_version_of_the_thresholds_and_earlier_summers_of_health_can_be_looked_at() -> None:
    assert list(ThresholdSet.objects.order_by("version").values_list("version", "weak_rate")) == [(1, 0.5), (2, 0.6)]
    for chain in Chain.objects.in_use():
        days = ChainHealth.objects.filter(chain=chain).order_by("day")
        assert {1, 2} <= set(days.values_list("thresholds", flat=True))
        assert days.count() >= 4
        assert len(set(days.values_list("score", flat=True))) > 1


def test_a_load_that_was_cut_short_goes_on_with_the_files_that_are_missing() -> None:
    rows = {model: model._default_manager.count() for model in (Enterprise, GridValue, Parcel, Signal, Target, Call)}
    Source.objects.filter(kind="signals").delete()
    Signal.objects.all().delete()

    loaded: list[str] = []
    load_demo(seed=1, scale=SCALE, resume=True, on_loaded=lambda file, _: loaded.append(file.kind))

    assert loaded == ["signals"]
    assert {model: model._default_manager.count() for model in rows} == rows
