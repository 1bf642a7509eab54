"""The demo city goes into an empty database, and on into the one where its load was cut short."""

from pathlib import Path

import pytest
from pytest import MonkeyPatch

from config import env
from scripts import prepare
from tests.factories.geo import RegionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def loads(monkeypatch: MonkeyPatch, tmp_path: Path) -> list[bool]:
    """Whether each load asked for goes on with an earlier one; the first is cut short."""
    asked: list[bool] = []

    def load(*_: str, resume: bool) -> None:
        asked.append(resume)
        if len(asked) == 1:
            raise KeyboardInterrupt

    monkeypatch.setattr("django.core.management.call_command", load)
    monkeypatch.setattr(env, "state_directory", lambda: tmp_path)
    monkeypatch.setenv("DATABASE_URL", "postgis://one/luodi")
    with pytest.raises(KeyboardInterrupt):
        prepare.fill()
    RegionFactory()
    return asked


def test_a_load_that_was_cut_short_goes_on(loads: list[bool]) -> None:
    prepare.fill()
    prepare.fill()
    assert loads == [False, True]


def test_it_does_not_go_on_in_another_database(loads: list[bool], monkeypatch: MonkeyPatch) -> None:
    """A real city that the checkout is pointed at next is never written over."""
    monkeypatch.setenv("DATABASE_URL", "postgis://two/luodi")
    prepare.fill()
    assert loads == [False]


def test_it_does_not_go_on_where_no_demo_is_wanted(loads: list[bool], monkeypatch: MonkeyPatch) -> None:
    monkeypatch.setenv("DEMO", "0")
    prepare.fill()
    assert loads == [False]
