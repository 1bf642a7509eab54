"""Which regions lie below which, from memory."""

import pytest

from geo.errors import BadParameter
from geo.models import Region
from geo.subtrees import adcodes_below
from tests.factories.geo import RegionFactory

pytestmark = pytest.mark.django_db


def test_a_region_comes_with_all_below_it_and_a_new_one_is_among_them() -> None:
    city = RegionFactory(adcode="990100")
    RegionFactory(adcode="990101", parent=city)
    RegionFactory(adcode="990200")
    assert adcodes_below("990100") == ["990100", "990101"]

    RegionFactory(adcode="990102", parent=city)
    assert adcodes_below("990100") == ["990100", "990101", "990102"]
    Region.objects.filter(adcode="990101").delete()
    assert adcodes_below("990100") == ["990100", "990102"]


@pytest.mark.parametrize("adcode", ["999999", "", "9901\x0000"])
def test_an_unknown_region_is_an_error_in_words(adcode: str) -> None:
    with pytest.raises(BadParameter):
        adcodes_below(adcode)
