"""Questions about firms."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from enterprises.models import Enterprise, EnterpriseYear
from tests.factories.enterprises import EnterpriseFactory, EnterpriseYearFactory, region

pytestmark = pytest.mark.django_db


def test_a_visitor_sees_listed_firms_and_staff_of_any_district_see_all(person: Callable[..., User]) -> None:
    listed, unlisted, unknown = (EnterpriseFactory(listed=value) for value in (True, False, None))

    assert list(Enterprise.objects.visible_to(AnonymousUser())) == [listed]
    assert list(Enterprise.objects.visible_to(person("investor"))) == [listed]
    assert set(Enterprise.objects.visible_to(person("promotion", region="370202"))) == {listed, unlisted, unknown}


def test_money_and_jobs_of_listed_firms_too_are_for_staff(person: Callable[..., User]) -> None:
    EnterpriseYearFactory(enterprise=EnterpriseFactory(listed=True), output=5)

    assert not EnterpriseYear.objects.visible_to(AnonymousUser()).exists()
    assert EnterpriseYear.objects.visible_to(person("planner")).count() == 1


def test_a_firm_without_a_place_is_outside_the_city() -> None:
    inside, outside = EnterpriseFactory(lng=120.3, lat=36.2), EnterpriseFactory()

    assert list(Enterprise.objects.in_city()) == [inside]
    assert list(Enterprise.objects.outside()) == [outside]


def test_an_industry_is_a_prefix_and_a_shorter_code_is_not_meant() -> None:
    for code in ("", "38", "384", "3841", "3851"):
        EnterpriseFactory(industry=code, name=code)

    assert {firm.name for firm in Enterprise.objects.of_industry(["384", "399"])} == {"384", "3841"}
    assert not Enterprise.objects.of_industry([]).exists()


def test_a_region_holds_the_firms_of_all_below_it() -> None:
    city = region("370200", 119, 35, 121, 37, level="city")
    district = region("370202", 120, 36, 120.5, 36.5, parent=city)
    firm = EnterpriseFactory(lng=120.3, lat=36.2, region=district)
    EnterpriseFactory(lng=120.3, lat=36.2)

    assert list(Enterprise.objects.within_region("370200")) == [firm]


def test_the_newest_year_of_nothing_is_unknown() -> None:
    assert EnterpriseYear.objects.newest_year() is None

    EnterpriseYearFactory(year=2022)
    EnterpriseYearFactory(year=2024)
    assert EnterpriseYear.objects.newest_year() == 2024
