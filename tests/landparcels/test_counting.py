"""What the columns in memory count is what the database counts, for everyone and under every filter both know."""

import random
from collections.abc import Callable

import numpy as np
import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict
from rest_framework.test import APIClient

from accounts.models import User
from accounts.rights import Person
from geo.tiles import bins
from landparcels.counting import rows_counted
from landparcels.filters import ParcelFilterSet
from landparcels.layers import PARCELS
from landparcels.models import Status
from landparcels.on_offer import offer
from tests.factories.geo import RegionFactory
from tests.factories.landparcels import ParcelFactory

pytestmark = pytest.mark.django_db
MakePerson = Callable[..., User]

QUERIES = (
    "",
    "start_price__gte=20",
    "start_price__lte=20&far_max__gte=1.5",
    "start_price__isnull=true",
    "far_max__isnull=0&area_mu__gte=15.5",
    "status=published",
    "status=draft,reserved",
    "region=990001",
    "bbox=120.25,36.15,120.32,36.25&start_price__gte=10",
    "start_price__gte=",
    "start_price__gte=1000",
    "power_capacity__gte=20",
    "power_capacity__gte=20.1",
    "power_capacity__gte=30&power_capacity__lte=50",
    "power_capacity__lte=30",
)


@pytest.fixture
def land() -> None:
    """A hundred parcels of every status in two districts; each figure is unknown for one in four."""
    draw = random.Random(7)
    city = RegionFactory(adcode="990000", level="city", is_root=True)
    districts = [RegionFactory(adcode=f"99000{number}", parent=city) for number in (1, 2)]
    for number in range(100):
        ParcelFactory(
            status=draw.choice(Status.values),
            region=districts[number % 2],
            lng=120.2 + draw.random() / 5,
            lat=36.1 + draw.random() / 5,
            side=draw.choice([0.001, 0.0012]),
            start_price=draw.choice([None, 10.0, 20.0, 30.0]),
            far_max=draw.choice([None, 1.0, 1.5, 2.0]),
            power_capacity=draw.choice([None, 12.0, 20.0, 30.0, 50.0]),
            power_high_voltage=draw.choice([None, 0.0, 20.0, 20.1, 30.0]),
            power_unknown_voltage=draw.choice([None, 0.0, 30.0]),
        )
    offer.get()


@pytest.mark.parametrize("who", ["visitor", "planner", "planner of one district"])
def test_columns_and_table_count_the_same(land: None, person: MakePerson, who: str) -> None:
    asker: Person = AnonymousUser()
    if who != "visitor":
        asker = person("planner", region="990001" if "district" in who else "")
    for query in QUERIES:
        rows = ParcelFilterSet(QueryDict(query), queryset=PARCELS.rows(asker)).checked
        found = rows_counted(asker, QueryDict(query).dict())
        assert found is not None
        quick, slow = bins.count_columns(*found, 7), bins.count(PARCELS, rows, 7)

        assert quick.numbers.sum() == rows.count(), query
        order = [np.argsort(counted.shapes) for counted in (quick, slow)]
        assert quick.shapes[order[0]].tolist() == slow.shapes[order[1]].tolist(), query
        assert quick.numbers[order[0]].tolist() == slow.numbers[order[1]].tolist(), query
        assert quick.sums["area_mu"][order[0]] == pytest.approx(slow.sums["area_mu"][order[1]]), query


def test_what_the_columns_cannot_tell_is_left_to_the_table(land: None) -> None:
    for query in ("q=落地", "code=P1", "land_use=1001"):
        assert rows_counted(AnonymousUser(), QueryDict(query).dict()) is None


def test_nobody_waits_for_the_columns_to_be_read() -> None:
    assert rows_counted(AnonymousUser(), {}) is None


def test_a_tile_is_counted_from_the_columns_and_follows_a_change(
    land: None, api_client: APIClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bins, "count", lambda *_: pytest.fail("the table was read"))
    assert api_client.get("/tiles/parcels/8/213/100.mvt?start_price__gte=20").status_code == 200

    monkeypatch.undo()
    ParcelFactory(code="LATE", start_price=999.0)
    assert offer.held() is None
    assert api_client.get("/tiles/parcels/8/213/100.mvt?start_price__gte=999").status_code == 200
