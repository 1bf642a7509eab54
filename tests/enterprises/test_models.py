"""What the tables refuse, and what they keep by themselves."""

from typing import Any

import pytest
from django.contrib.gis.geos import Point
from django.db import IntegrityError, transaction

from accounts.models import AuditEntry
from enterprises.models import FIGURES, NOT_NEGATIVE, SIGNED, Enterprise, EnterpriseYear
from geo.versions import stamp
from tests.factories.enterprises import EnterpriseFactory, EnterpriseYearFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("constraint", "columns"),
    [
        ("enterprise_uscc_not_blank", {"uscc": ""}),
        ("enterprise_industry_two_to_four_digits", {"industry": "3"}),
        ("enterprise_industry_two_to_four_digits", {"industry": "C38"}),
        ("enterprise_scale_known", {"scale": "huge"}),
        ("enterprise_rating_known", {"rating": "E"}),
        ("enterprise_honours_known", {"honours": ["little_giant", "world_leader"]}),
        ("enterprise_land_not_negative", {"land_mu": -0.1}),
        ("enterprise_in_the_city_has_a_place", {"in_city": True}),
    ],
)
def test_the_table_refuses_a_firm_with(constraint: str, columns: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        EnterpriseFactory(**columns)


def test_the_table_refuses_a_firm_that_is_its_own_parent() -> None:
    firm = EnterpriseFactory()

    with pytest.raises(IntegrityError, match="enterprise_is_not_its_own_parent"), transaction.atomic():
        Enterprise.objects.filter(pk=firm.pk).update(parent=firm)


def test_the_table_refuses_two_firms_with_one_identifier() -> None:
    EnterpriseFactory(uscc="local:1")

    with pytest.raises(IntegrityError, match="uscc"), transaction.atomic():
        EnterpriseFactory(uscc="local:1")


def test_the_table_refuses_a_second_row_for_one_year() -> None:
    year = EnterpriseYearFactory()

    with pytest.raises(IntegrityError, match="enterpriseyear_once"), transaction.atomic():
        EnterpriseYearFactory(enterprise=year.enterprise)


@pytest.mark.parametrize("year", [1948, 2101])
def test_the_table_refuses_a_year_out_of_time(year: int) -> None:
    with pytest.raises(IntegrityError, match="enterpriseyear_year_plausible"), transaction.atomic():
        EnterpriseYearFactory(year=year)


@pytest.mark.parametrize("figure", NOT_NEGATIVE)
def test_the_table_refuses_a_negative(figure: str) -> None:
    with pytest.raises(IntegrityError, match=f"enterpriseyear_{figure}_not_negative"), transaction.atomic():
        EnterpriseYearFactory(**{figure: -1})


def test_a_loss_is_a_figure() -> None:
    year = EnterpriseYearFactory(profit=-5, tax=-1, value_added=-2)

    assert EnterpriseYear.objects.get(pk=year.pk).profit == -5


def test_the_figures_are_those_of_the_file_format_in_its_order() -> None:
    assert FIGURES == (
        "output", "value_added", "revenue", "profit", "tax", "employees", "rd", "investment", "patents", "energy_tce",
        "water_m3", "cod_kg", "nox_kg", "power_kwh",
    )  # fmt: skip
    assert set(FIGURES) == {*SIGNED, *NOT_NEGATIVE}


def test_what_is_not_said_is_unknown() -> None:
    firm = Enterprise.objects.get(pk=EnterpriseFactory().pk)

    assert (firm.listed, firm.scale, firm.rating, firm.land_mu, firm.place) == (None, None, None, None, None)
    assert firm.honours == []


def test_the_drawn_place_follows_the_stored_one() -> None:
    firm = EnterpriseFactory(place=Point(120, 36, srid=4490))
    firm.refresh_from_db()

    assert firm.web.srid == 3857
    assert firm.web.coords == pytest.approx((13358338.9, 4300621.4), abs=0.1)


def test_an_edit_is_written_into_the_audit_under_the_identifier() -> None:
    firm = EnterpriseFactory(uscc="local:7", name="Old")
    firm.name = "New"
    firm.save()

    entry = AuditEntry.objects.get(table="enterprises_enterprise", row="local:7", action="update")
    assert (entry.before, entry.after) == ({"name": "Old"}, {"name": "New"})


def test_both_tables_tell_when_they_change() -> None:
    before = stamp("enterprises", "enterprise_years")
    EnterpriseYearFactory()

    assert all(now > then for now, then in zip(stamp("enterprises", "enterprise_years"), before, strict=True))
