import mapbox_vector_tile
import pytest
from django.contrib.auth.models import AnonymousUser

from geo import hexes
from geo.tiles import layer_named, render
from geo.tiles.layer import Bins
from tests.conftest import MakePerson
from tests.factories.geo import FacilityFactory, RegionFactory
from tests.factories.landparcels import ParcelFactory
from tests.shapes import point, square


def features(tile: bytes, layer: str) -> list[dict]:  # type: ignore[type-arg]  # what the decoder gives
    return mapbox_vector_tile.decode(tile)[layer]["features"] if tile else []


@pytest.mark.django_db
def test_a_tile_holds_what_lies_in_it_and_nothing_else() -> None:
    inside = FacilityFactory(category="port", place=point(10, 10))
    FacilityFactory(category="port", place=point(-10, 10))
    layer = layer_named("facilities")

    found = features(render(layer, layer.rows(AnonymousUser()), 1, 1, 0), "facilities")

    assert [(f["id"], f["properties"]["code"]) for f in found] == [(inside.pk, inside.code)]


@pytest.mark.django_db
def test_a_tile_is_drawn_from_what_the_person_may_see(person: MakePerson) -> None:
    FacilityFactory(category="substation", place=point(10, 10), capacity=50)
    layer = layer_named("facilities")

    assert render(layer, layer.rows(AnonymousUser()), 1, 1, 0) == b""
    seen = features(render(layer, layer.rows(person("planner")), 1, 1, 0, staff=True), "facilities")
    assert seen[0]["properties"]["capacity"] == 50


@pytest.mark.django_db
def test_an_outline_across_a_tile_border_is_in_both_tiles() -> None:
    RegionFactory(outline=square(-1, 10, 2))
    layer = layer_named("regions")
    rows = layer.rows(AnonymousUser())

    assert len(features(render(layer, rows, 1, 0, 0), "regions")) == 1
    assert len(features(render(layer, rows, 1, 1, 0), "regions")) == 1


def test_bins_grow_finer_with_the_zoom() -> None:
    bins = Bins(below=12)
    chosen = [bins.resolution(zoom) for zoom in range(12)]
    assert chosen == sorted(chosen)
    assert chosen[8] == 6


@pytest.mark.django_db
@pytest.mark.parametrize("resolution", [2, 6, 8])
def test_the_databases_parent_cell_is_that_of_h3(resolution: int) -> None:
    from django.db import connection

    cell = hexes.cell_at(120.4, 36.1)
    with connection.cursor() as cursor:
        cursor.execute("SELECT luodi_h3_parent(%s, %s)", [cell, resolution])
        assert cursor.fetchone()[0] == hexes.cell_at(120.4, 36.1, resolution)


@pytest.mark.django_db
def test_from_afar_parcels_are_counted_by_hexagon() -> None:
    one, other = hexes.cell_at(120.30, 36.20), hexes.cell_at(120.90, 36.20)
    for cell, lng in ((one, 120.30), (one, 120.3004), (other, 120.90)):
        ParcelFactory(cell=cell, lng=lng, lat=36.20, side=0.0002)
    layer = layer_named("parcels")
    z = 7
    x, y = int((120.3 + 180) / 360 * 2**z), 50

    found = features(render(layer, layer.rows(AnonymousUser()), z, x, y), "parcels")

    assert sorted(f["properties"]["n"] for f in found) == [1, 2]
    assert all(f["properties"]["bin"] == 1 and f["properties"]["area_mu"] > 0 for f in found)
