"""Computed and regional columns follow the ground and the calendar."""

from collections.abc import Iterator
from datetime import date

import numpy as np
import pytest
from django.contrib.gis.geos import MultiPolygon, Point, Polygon

from accounts.models import AuditEntry
from geo import hexes
from geo.models import Facility, GridLayer, GridValue, Region, RegionPiece
from landparcels import hooks
from landparcels.models import Parcel
from landparcels.refreshing import catch_up, refresh, refresh_capacities, refresh_regional
from tests.factories.landparcels import ParcelFactory, RegionalValueFactory

pytestmark = pytest.mark.django_db
KM = 360 / (2 * np.pi * hexes.EARTH_RADIUS_KM)


def facility(category: str, km: float, **more: object) -> Facility:
    """`km` north of the parcel at 120, 0."""
    return Facility.objects.create(
        code=f"{category}-{km}",
        name=f"{category} {km}",
        category=category,
        place=Point(120.0, km * KM, srid=4490),
        **more,
    )


@pytest.fixture
def parcel() -> Parcel:
    return ParcelFactory(lng=120.0, lat=0.0, cell=None)


@pytest.fixture(autouse=True)
def nobody_above() -> Iterator[None]:
    """Rooms above may have registered what they know of commitments."""
    before = hooks._provider
    hooks.provide_residual_capacity(None)
    yield
    hooks.provide_residual_capacity(before)


def test_everything_around_is_written_into_the_row(parcel: Parcel) -> None:
    facility("motorway_access", 5)
    facility("substation", 3, capacity=50, spare=12)
    facility("substation", 7, capacity=40)  # nothing recorded as spare: the capacity
    facility("water_plant", 14, capacity=1000, spare=300)
    facility("water_plant", 1, capacity=1000, spare=200)
    facility("vocational_school", 19, capacity=900)
    facility("housing", 4, capacity=700, spare=100)

    assert refresh() == 1

    parcel.refresh_from_db()
    assert parcel.highway_km == pytest.approx(5, abs=1e-3)
    assert (parcel.power_capacity, parcel.water_capacity) == (40.0, 500.0)
    assert (parcel.vocational_graduates, parcel.housing_units) == (900.0, 700.0)
    assert (parcel.gas_capacity, parcel.metro_km) == (None, None)
    assert parcel.cell == hexes.cell_at(120.0, 0.0)


def test_spare_power_is_kept_by_voltage(parcel: Parcel) -> None:
    facility("substation", 1, spare=60, voltage_kv=35)
    facility("substation", 2, spare=30, voltage_kv=110)
    facility("substation", 3, spare=25, voltage_kv=220)
    facility("substation", 4, spare=40)
    facility("substation", 20, spare=900, voltage_kv=500)  # out of reach

    refresh()

    parcel.refresh_from_db()
    assert (parcel.power_capacity, parcel.power_high_voltage, parcel.power_unknown_voltage) == (60.0, 30.0, 40.0)


def test_without_a_substation_of_high_voltage_none_of_its_power_is_there(parcel: Parcel) -> None:
    facility("substation", 1, spare=60, voltage_kv=35)

    refresh()

    parcel.refresh_from_db()
    assert (parcel.power_high_voltage, parcel.power_unknown_voltage) == (0.0, 0.0)


def test_the_spare_of_a_high_voltage_substation_that_nobody_knows_is_unknown(parcel: Parcel) -> None:
    facility("substation", 1, spare=60, voltage_kv=35)
    facility("substation", 2, voltage_kv=110)

    refresh()

    parcel.refresh_from_db()
    assert (parcel.power_capacity, parcel.power_high_voltage, parcel.power_unknown_voltage) == (60.0, None, 0.0)


def test_what_a_new_version_adds_to_spare_capacities_is_worked_out_once(parcel: Parcel) -> None:
    facility("substation", 2, spare=30, voltage_kv=110)

    assert (catch_up(), catch_up()) == (1, 0)

    parcel.refresh_from_db()
    assert parcel.power_high_voltage == 30.0


def test_workers_of_the_cells_within_ten_kilometres_are_counted(parcel: Parcel) -> None:
    layer = GridLayer.objects.create(code="resident_workers", name="就业人口", unit="人", aggregate="sum")
    for km, workers in ((0.0, 100.0), (9.0, 20.0), (12.0, 5.0)):
        GridValue.objects.create(layer=layer, cell=hexes.cell_at(120.0, km * KM), value=workers)

    refresh()

    parcel.refresh_from_db()
    assert parcel.labour_catchment == 120.0


def test_a_refresh_that_changes_nothing_writes_nothing(parcel: Parcel) -> None:
    facility("port", 30)

    assert refresh() == 1
    assert refresh() == 0


def test_a_refresh_is_no_edit_of_a_person(parcel: Parcel) -> None:
    facility("port", 30)
    before = AuditEntry.objects.count()

    refresh()

    assert AuditEntry.objects.count() == before


def test_the_nearest_region_with_a_value_gives_it(parcel: Parcel) -> None:
    Region.objects.create(adcode="370200", name="青岛市", level="city", path="/370200/")
    Region.objects.create(adcode="370211", name="黄岛区", level="district", parent_id="370200", path="/370200/370211/")
    Parcel.objects.update(region="370211")
    RegionalValueFactory(region_id="370200", value=0.67)
    RegionalValueFactory(region_id="370200", indicator="water_price", value=4.3)
    RegionalValueFactory(region_id="370211", value=0.61, valid_to=date(2024, 12, 31))

    refresh_regional(date(2024, 12, 31))
    parcel.refresh_from_db()
    assert (parcel.electricity_price, parcel.water_price) == (0.61, 4.3)

    refresh_regional(date(2025, 1, 1))
    parcel.refresh_from_db()
    assert parcel.electricity_price == 0.67
    assert parcel.gas_price is None


def test_spare_capacity_follows_what_the_room_above_knows(parcel: Parcel) -> None:
    station = facility("substation", 3, capacity=50, spare=30)
    unknown = facility("substation", 2, capacity=90)
    refresh()

    hooks.provide_residual_capacity(lambda category: {station.pk: 8.0} if category == "substation" else {})
    refresh_capacities()

    parcel.refresh_from_db()
    assert parcel.power_capacity == 8.0
    assert unknown.capacity == 90  # the room above says nothing of it, so nobody counts on it


def test_parcels_find_their_region_once_regions_are_loaded(parcel: Parcel) -> None:
    outline = Polygon.from_bbox((119, -1, 121, 1))
    Region.objects.create(
        adcode="370200", name="青岛市", level="city", path="/370200/", outline=MultiPolygon(outline, srid=4490)
    )
    RegionPiece.objects.create(region_id="370200", outline=outline)

    refresh(place_again=True)

    parcel.refresh_from_db()
    assert parcel.region_id == "370200"
