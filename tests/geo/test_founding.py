"""`manage.py city`: a deployment set up for a city, through the import path."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from geo.founding import found_city
from geo.models import Region, Source

pytestmark = pytest.mark.django_db


def test_the_regions_form_a_tree_whose_root_is_the_city_asked_for() -> None:
    founded = found_city(adcodes=["330302"], by=None)

    assert Region.objects.get(adcode="330302").path == "/330000/330300/330302/"
    assert list(Region.objects.roots().values_list("adcode", flat=True)) == ["330302"]
    assert founded.city.name_zh == "鹿城区"
    assert founded.resolution == 9
    assert founded.cells > 2_000  # 290 km² of cells of a tenth


def test_the_regions_have_a_source_that_is_not_synthetic() -> None:
    found_city(adcodes=["330302"], by=None)

    source = Source.objects.get(kind="regions")
    assert (source.crs, source.rows, source.synthetic) == ("EPSG:4490", 3, False)


def test_a_second_run_renews_the_same_regions() -> None:
    found_city(adcodes=["330302"], by=None)
    found_city(adcodes=["330302", "330303"], by=None)

    assert Region.objects.count() == 4
    assert set(Region.objects.roots().values_list("adcode", flat=True)) == {"330302", "330303"}


def test_a_city_on_the_other_side_of_the_country_can_join() -> None:
    found_city(adcodes=["330302"], by=None)
    found_city(adcodes=["510104"], by=None)

    assert set(Region.objects.roots().values_list("adcode", flat=True)) == {"330302", "510104"}


def test_the_command_says_what_it_set_up() -> None:
    out = StringIO()
    call_command("city", "330302", stdout=out)

    assert "鹿城区 / Lucheng District" in out.getvalue()


def test_the_command_names_near_adcodes_for_an_unknown_one() -> None:
    with pytest.raises(CommandError, match="330302"):
        call_command("city", "330399")
