"""Figures of many firms out of the database."""

import numpy as np
import pytest

from enterprises.models import Enterprise
from enterprises.selectors import latest_figures, reference_year, with_output
from tests.factories.enterprises import EnterpriseFactory, EnterpriseYearFactory

pytestmark = pytest.mark.django_db


def test_the_reference_year_is_the_newest_loaded_unless_the_deployment_names_one(settings: object) -> None:
    assert reference_year() is None

    EnterpriseYearFactory(year=2023)
    assert reference_year() == 2023

    settings.REFERENCE_YEAR = 2020  # type: ignore[attr-defined]  # pytest-django's settings
    assert reference_year() == 2020


def test_nothing_loaded_gives_no_figures() -> None:
    assert len(latest_figures(Enterprise.objects.all())) == 0


def test_the_arrays_and_the_column_of_the_list_follow_one_rule() -> None:
    fresh, stale, silent, recent = EnterpriseFactory.create_batch(4)
    EnterpriseYearFactory(enterprise=fresh, year=2024, output=10)
    EnterpriseYearFactory(enterprise=fresh, year=2023, output=99)
    EnterpriseYearFactory(enterprise=stale, year=2020, output=20)
    EnterpriseYearFactory(enterprise=silent, year=2024, tax=3)
    EnterpriseYearFactory(enterprise=recent, year=2024)
    EnterpriseYearFactory(enterprise=recent, year=2021, output=30)
    ids = np.array([fresh.pk, stale.pk, silent.pk, recent.pk])

    arrays = latest_figures(Enterprise.objects.all()).of(ids)
    column = {firm.pk: firm.output for firm in with_output(Enterprise.objects.all())}  # type: ignore[attr-defined]  # annotated

    np.testing.assert_array_equal(arrays, [10, np.nan, np.nan, 30])
    assert [column[pk] for pk in ids.tolist()] == [10, None, None, 30]


def test_only_the_firms_asked_for_are_counted() -> None:
    one = EnterpriseYearFactory(output=1).enterprise
    EnterpriseYearFactory(output=2)

    assert latest_figures(Enterprise.objects.filter(pk=one.pk)).enterprise.tolist() == [one.pk]


def test_any_figure_may_be_asked_for() -> None:
    year = EnterpriseYearFactory(employees=40)

    assert latest_figures(Enterprise.objects.all(), "employees").of(np.array([year.enterprise_id])).tolist() == [40]
