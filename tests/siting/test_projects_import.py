from datetime import date
from pathlib import Path

import pytest

from geo.importing.options import Options
from geo.importing.report import Report
from geo.importing.run import load_file
from siting.models import Project
from tests.factories.siting import found_city

pytestmark = pytest.mark.django_db

HEADER = "code,name,node,power_mva,jobs,hazard,status,committed_on,lng,lat\n"


def load(folder: Path, rows: str, header: str = HEADER) -> Report:
    file = folder / "projects.csv"
    file.write_text(header + rows, encoding="utf-8")
    return load_file("projects", file, Options(crs="EPSG:4490"))


def test_projects_are_loaded_with_their_place_and_unknowns(tmp_path: Path) -> None:
    found_city(120, 36)
    load(tmp_path, "A,电芯,batteries/cells,40,,高,committed,2025-03-01,120.1,36.1\nB,未定,,,120,,,,,\n")
    placed, planned = Project.objects.order_by("code")
    assert (placed.power_mva, placed.jobs, placed.hazard, placed.committed_on) == (40, None, "high", date(2025, 3, 1))
    assert placed.place is not None
    assert placed.place.coords == (120.1, 36.1)
    assert (planned.status, planned.place, planned.node, planned.jobs) == ("planned", None, "", 120)


def test_a_reload_updates_what_it_gives_and_leaves_the_rest(tmp_path: Path) -> None:
    found_city(120, 36)
    load(tmp_path, "A,电芯,batteries/cells,40,,高,,,120.1,36.1\n")
    load(tmp_path, "A,电芯二期,committed\n", "code,name,status\n")
    project = Project.objects.get()
    assert (project.name, project.status, project.power_mva) == ("电芯二期", "committed", 40)
    assert project.place is not None


def test_rows_that_cannot_be_are_refused_with_the_reason(tmp_path: Path) -> None:
    found_city(120, 36)
    report = load(
        tmp_path,
        "A,无处,,,,,committed,,,\nB,坏环节,cells,,,,,,,\nC,负数,,-4,,,,,,\nD,好,,4,,,planned,,,\n",
    )
    assert [project.code for project in Project.objects.all()] == ["D"]
    assert {refusal.column for refusal in report.refusals} == {"status", "node", "power_mva"}
