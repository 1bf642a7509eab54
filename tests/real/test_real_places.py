"""The very commands of docs/real-city.md, each place in a database state of its own."""

import re
import shlex
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import shapely
from django.core.management import call_command
from django.db.models import Count

from enterprises.models import Enterprise
from geo import crs
from geo.models import Facility, Region, Road
from siting.models import Project

pytestmark = [pytest.mark.django_db, pytest.mark.shared]

ROOT = Path(__file__).resolve().parents[2]
COMMAND = re.compile(r"^\.venv/bin/python manage\.py (.+)$", re.MULTILINE)

LoadPlace = Callable[[str], list[int]]


@pytest.fixture
def load_place(shared_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> LoadPlace:
    """`load_place("Lucheng")` runs the commands under that heading; the exit status of each load."""
    monkeypatch.chdir(tmp_path)  # rejects go to the working folder

    def load(heading: str) -> list[int]:
        text = (ROOT / "docs" / "real-city.md").read_text(encoding="utf-8")
        section = text.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]
        statuses = []
        for line in COMMAND.findall(section):
            words = [
                word.replace("../shared/data", str(shared_data)).replace("docs/real-city", str(ROOT / "docs/real-city"))
                for word in shlex.split(line)
            ]
            if words[0] == "city":
                call_command(*words)
                continue
            with pytest.raises(SystemExit) as left:
                call_command(*words)
            statuses.append(int(left.value.code or 0))
        return statuses

    return load


def test_the_ninety_districts_of_zhejiang(load_place: LoadPlace) -> None:
    assert load_place("Zhejiang") == [0]
    districts = Region.objects.filter(level="district")
    assert districts.count() == 90
    assert districts.get(adcode="330302").name == "鹿城区"
    assert districts.get(adcode="330302").path == "/330000/330300/330302/"
    assert not districts.filter(outline=None).exists()


def test_lucheng_with_its_streets_firms_roads_gates_and_projects(load_place: LoadPlace) -> None:
    assert load_place("Lucheng") == [0] * 8
    streets = Region.objects.filter(level="township")
    assert streets.count() == 14
    assert {street.path for street in streets} == {f"/330000/330300/330302/{street.adcode}/" for street in streets}
    assert streets.get(adcode="330302031").name == "南郊街道"

    ratings = dict(Enterprise.objects.values_list("rating").annotate(Count("pk")))
    assert ratings == {"A": 90, "B": 177, "C": 223, "D": 115}
    assert Enterprise.objects.filter(uscc__startswith="local:").count() == 605
    assert Enterprise.objects.filter(place=None).count() == 0
    in_streets = Enterprise.objects.filter(region__level="township").count()
    assert in_streets == 605  # every one lies in a street, though not all in the outline of the district

    classes = dict(Road.objects.values_list("road_class").annotate(Count("pk")))
    assert classes == {"": 3331, "motorway": 15, "trunk": 13, "railway": 30}

    gates = Facility.objects.filter(category="motorway_access")
    assert sorted(gates.values_list("name", flat=True)) == ["七都", "仰义", "温州东", "温州西", "瓯北"]

    projects = Project.objects.all()
    assert projects.count() == 22
    assert projects.exclude(place=None).count() == 1
    largest = projects.get(name="洞头状元南片综合开发")
    assert (largest.land_mu, largest.investment) == (5100, 3_000_000)


def test_loading_lucheng_again_changes_nothing(load_place: LoadPlace) -> None:
    load_place("Lucheng")
    tables = (Region, Enterprise, Road, Facility, Project)
    before = [table._default_manager.count() for table in tables]
    assert load_place("Lucheng") == [0] * 8
    assert [table._default_manager.count() for table in tables] == before


def test_fourteen_thousand_points_of_shanghai(load_place: LoadPlace) -> None:
    assert load_place("Shanghai") == [0, 0, 0]
    counts = dict(Facility.objects.values_list("category").annotate(Count("pk")))
    assert counts == {"hospital": 7131, "school": 4235, "university": 1906, "vocational_school": 9, "metro": 449}
    square = Facility.objects.get(category="metro", name="人民广场")
    assert (square.place.x, square.place.y) == pytest.approx((121.4706, 31.2347), abs=1e-4)


def test_the_roads_of_an_openstreetmap_extract(load_place: LoadPlace) -> None:
    assert load_place("Roads out of OpenStreetMap") == [0]
    classes = dict(Road.objects.values_list("road_class").annotate(Count("pk")))
    assert set(classes) <= {
        "motorway", "trunk", "primary", "secondary", "tertiary", "unclassified", "residential", "living_street"
    }  # fmt: skip
    assert sum(classes.values()) > 8000
    avenue = Road.objects.filter(name="Avenida Bento Gonçalves", road_class="primary")
    assert (60, True) in set(avenue.values_list("speed_kmh", "oneway"))


def test_chengdu_in_gcj02_lands_where_it_belongs(load_place: LoadPlace, shared_data: Path) -> None:
    assert load_place("Chengdu") == [0, 0]
    assert Facility.objects.filter(category="metro").count() == 364
    official = shapely.from_geojson((shared_data / "boundaries/chengdu-510100-districts.geojson").read_text())
    zone = crs.gauss_kruger(104.06)
    ours = crs.geometries_from_storage(zone, [shapely.union_all(shapely.boundary(shapely.get_parts(official)))])[0]
    loaded = Region.objects.filter(level="district").exclude(adcode="510118")  # Xinjin is there twice, old and new
    theirs = shapely.from_wkb([bytes(outline.wkb) for outline in loaded.values_list("outline", flat=True) if outline])
    lines = crs.geometries_from_storage(zone, [shapely.union_all(shapely.boundary(theirs))])[0]
    points = shapely.points(shapely.get_coordinates(shapely.segmentize(ours, 100)))
    steps = np.diff(shapely.get_coordinates(shapely.shortest_line(points, lines)).reshape(-1, 2, 2), axis=1)[:, 0]
    assert float(np.hypot(*np.median(steps, axis=0))) <= 20
