"""Real outlines of an industrial town load with the areas they have on the ground, whatever their area column says."""

import json
from pathlib import Path

import pytest

from geo.importing.options import Options
from geo.importing.run import load_file
from landparcels.models import Parcel

pytestmark = [pytest.mark.django_db, pytest.mark.shared]


def test_parcels_in_degrees_get_geodesic_areas(shared_data: Path) -> None:
    """The file's own Shape_Area is in square degrees; at 1.45° south a square degree is 12,309 km² but for 0.04 %."""
    path = shared_data / "athi-river-parcels" / "parcels.geojson"
    features = json.loads(path.read_text(encoding="utf-8"))["features"]

    report = load_file("parcels", path, Options(crs="EPSG:4326", key=("Name", "Shape_Leng", "Shape_Area")))

    assert (report.read, report.loaded + report.rejected) == (456, 456)
    assert report.loaded >= 450
    square_degrees = sum(feature["properties"]["Shape_Area"] for feature in features)
    total_m2 = sum(Parcel.objects.values_list("area_mu", flat=True)) * 2000 / 3
    assert total_m2 == pytest.approx(square_degrees * 12_308_000_000, rel=0.02)


def test_a_layer_in_metres_lands_in_the_same_town(shared_data: Path) -> None:
    folder = shared_data / "athi-river-parcels"

    report = load_file("parcels", folder / "b.geojson", Options(key=("FID",)))

    assert report.loaded > 170
    for lng, lat in ((point.x, point.y) for point in Parcel.objects.values_list("label_point", flat=True)):
        assert 36.9 < lng < 37.1
        assert -1.6 < lat < -1.4
