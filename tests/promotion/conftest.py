"""A city of two districts, west and east, with someone who invites firms in each."""

import pytest

from accounts.models import User
from enterprises.models import Enterprise
from tests.conftest import MakePerson
from tests.factories.enterprises import EnterpriseFactory
from tests.factories.geo import RegionFactory


@pytest.fixture
def districts(db: None) -> None:
    city = RegionFactory(adcode="990000", level="city", is_root=True, name="市", name_en="City")
    RegionFactory(adcode="990001", parent=city, name="西区", name_en="West")
    RegionFactory(adcode="990002", parent=city, name="东区", name_en="East")


@pytest.fixture
def west(districts: None, person: MakePerson) -> User:
    return person("promotion", region="990001")


@pytest.fixture
def east(districts: None, person: MakePerson) -> User:
    return person("promotion", region="990002")


@pytest.fixture
def city(districts: None, person: MakePerson) -> User:
    return person("promotion", region="990000")


@pytest.fixture
def firm(districts: None) -> Enterprise:
    made: Enterprise = EnterpriseFactory(name="远方公司")
    return made
