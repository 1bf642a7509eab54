"""Staff of one region import what lies there, of every kind that has a place, and change nothing of their neighbours'."""

from collections.abc import Callable
from pathlib import Path

import pytest

from accounts.models import User
from enterprises.models import Enterprise, EnterpriseYear
from enterprises.models import Signal as FirmSignal
from geo import hexes
from geo.errors import NotAllowed
from geo.importing.options import Options
from geo.importing.run import load_file
from geo.models import Facility, GridLayer, GridValue, Road, Zone
from tests.factories.enterprises import EnterpriseFactory
from tests.factories.geo import FacilityFactory, GridLayerFactory, RegionFactory, ZoneFactory
from tests.shapes import point, rectangle

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
MakePerson = Callable[..., User]
OUTSIDE = "outside the region of your role, 990001"


@pytest.fixture(autouse=True)
def city() -> None:
    """West is the role's district, east its neighbour."""
    whole = RegionFactory(adcode="990000", level="city", is_root=True, outline=rectangle(120, 36, 121, 37))
    RegionFactory(adcode="990001", parent=whole, outline=rectangle(120, 36, 120.5, 37))
    RegionFactory(adcode="990002", parent=whole, outline=rectangle(120.5, 36, 121, 37))


@pytest.fixture
def load(tmp_path: Path, person: MakePerson) -> Callable[..., list[tuple[int, str]]]:
    """Rows refused with their words; by staff of the west unless another is given."""
    west = person("planner", region="990001")

    def one(kind: str, *lines: str, by: User | None = west, **options: str) -> list[tuple[int, str]]:
        file = tmp_path / f"{kind}.csv"
        file.write_text("\n".join(lines), encoding="utf-8")
        report = load_file(kind, file, Options(crs="EPSG:4490", **options), by=by)  # type: ignore[arg-type]
        return [(refusal.row, refusal.reason.en) for refusal in report.refusals]

    return one


Load = Callable[..., list[tuple[int, str]]]


def test_facilities(load: Load) -> None:
    FacilityFactory(code="theirs", place=point(120.7, 36.5))

    refused = load(
        "facilities", "code,name,category,lng,lat", "mine,A,school,120.2,36.5", "away,B,school,120.7,36.5",
        "theirs,C,school,120.2,36.5",
    )  # fmt: skip

    assert refused == [(3, OUTSIDE), (4, OUTSIDE)]
    assert Facility.objects.get(code="theirs").place.x == 120.7
    assert Facility.objects.filter(code="mine").exists()


def test_zones_by_their_middle(load: Load) -> None:
    ZoneFactory(code="theirs", outline=rectangle(120.6, 36.2, 120.8, 36.4))
    box = '"POLYGON(({0} 36.2,{1} 36.2,{1} 36.4,{0} 36.4,{0} 36.2))"'.format

    refused = load(
        "zones", "code,kind,wkt", f"mine,development_zone,{box(120.1, 120.55)}",
        f"away,development_zone,{box(120.6, 120.8)}", f"theirs,development_zone,{box(120.1, 120.2)}",
    )  # fmt: skip

    assert refused == [(3, OUTSIDE), (4, OUTSIDE)]
    assert set(Zone.objects.values_list("code", flat=True)) == {"mine", "theirs"}


def test_grid_values_by_the_centre_of_their_cell(load: Load) -> None:
    GridLayerFactory(code="people")
    west, east = hexes.texts(hexes.cells_at([120.2, 120.7], [36.5, 36.5]))

    refused = load("grid", "layer,h3,value", f"people,{west},5", f"people,{east},7")

    assert refused == [(3, OUTSIDE)]
    assert GridValue.objects.get().value == 5


def test_what_a_layer_is_belongs_to_the_city(load: Load) -> None:
    GridLayerFactory(code="people", name="人口")

    refused = load("grid_layers", "code,name,unit,aggregate", "people,X,persons,mean", "own,Y,persons,sum")

    assert [row for row, _ in refused] == [2]
    assert set(GridLayer.objects.values_list("code", "name")) == {("people", "人口"), ("own", "Y")}


def test_roads_and_whose_they_replace(load: Load, person: MakePerson) -> None:
    header, mine = "name,class,wkt", 'A,primary,"LINESTRING(120.1 36.1,120.2 36.2)"'
    refused = load("roads", header, mine, 'B,primary,"LINESTRING(120.7 36.1,120.8 36.2)"', source_name="west")
    assert refused == [(3, OUTSIDE)]
    assert load("roads", header, mine, source_name="west") == []

    load("roads", header, mine, by=person("planner"), source_name="city")
    with pytest.raises(NotAllowed):
        load("roads", header, mine, source_name="city")
    assert Road.objects.count() == 2


@pytest.fixture
def firms() -> None:
    EnterpriseFactory(uscc="local:mine", lng=120.2, lat=36.5)
    EnterpriseFactory(uscc="local:theirs", lng=120.7, lat=36.5)
    EnterpriseFactory(uscc="local:far", in_city=False)


def test_firms(load: Load, firms: None) -> None:
    refused = load(
        "enterprises", "uscc,name,lng,lat", "local:new,N,120.3,36.5", "local:away,A,120.7,36.5",
        "local:theirs,T,120.3,36.5", "local:far,F,,", "local:mine,M,120.25,36.5",
    )  # fmt: skip

    assert refused == [(3, OUTSIDE), (4, OUTSIDE)]
    assert Enterprise.objects.get(uscc="local:far").name == "F"
    assert not Enterprise.objects.filter(uscc="local:away").exists()


def test_what_is_known_of_firms(load: Load, firms: None) -> None:
    years = load(
        "enterprise_years", "uscc,year,output", *(f"local:{name},2024,5" for name in ("mine", "theirs", "far"))
    )
    heard = load(
        "signals", "uscc,date,kind,text", *(f"local:{name},2026-01-05,expansion,x" for name in ("mine", "theirs"))
    )
    ties = load(
        "supply_ties", "supplier,customer", "local:mine,local:theirs", "local:theirs,local:far", "local:far,local:mine"
    )

    assert (years, heard) == ([(3, OUTSIDE)], [(3, OUTSIDE)])
    assert ties == []
    assert EnterpriseYear.objects.count() == 2
    assert FirmSignal.objects.count() == 1


def test_a_tie_of_two_firms_elsewhere_is_refused(load: Load, firms: None) -> None:
    EnterpriseFactory(uscc="local:also", lng=120.8, lat=36.5)

    assert load("supply_ties", "supplier,customer", "local:also,local:theirs") == [(2, OUTSIDE)]


@pytest.mark.parametrize("region", ["", "990000"])
def test_a_role_of_the_whole_city_and_the_system_load_anywhere(load: Load, person: MakePerson, region: str) -> None:
    line = "away,B,school,120.7,36.5"

    assert load("facilities", "code,name,category,lng,lat", line, by=person("planner", region=region)) == []
    assert load("facilities", "code,name,category,lng,lat", line, by=None) == []
