"""A city of two districts; products are posted in the west."""

import pytest

from geo.models import Region
from tests.factories.geo import RegionFactory


@pytest.fixture
def west(db: None) -> Region:
    city = RegionFactory(adcode="990000", level="city", is_root=True, name="市", name_en="City")
    RegionFactory(adcode="990002", parent=city, name="东区", name_en="East")
    made: Region = RegionFactory(adcode="990001", parent=city, name="西区", name_en="West")
    return made
