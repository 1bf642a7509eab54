from pathlib import Path

import h3
import pytest

from geo.importing.options import Options
from geo.importing.report import Report
from geo.importing.run import load_file
from geo.models import GridLayer, GridValue
from tests.factories.geo import GridLayerFactory

pytestmark = pytest.mark.django_db
CELL = h3.latlng_to_cell(36.07, 120.38, 9)


def load(folder: Path, kind: str, text: str) -> Report:
    file = folder / f"{kind}.csv"
    file.write_text(text, encoding="utf-8")
    return load_file(kind, file, Options(crs="EPSG:4490"))


def test_layers_say_what_they_count(tmp_path: Path) -> None:
    load(
        tmp_path,
        "grid_layers",
        "code,name,unit,aggregate,subject,public\npeople,人口,persons,合计,人,1\nnoise,噪声,dB,mean,,\n",
    )
    noise, people = GridLayer.objects.order_by("code")
    assert (people.aggregate, people.subject, people.public) == ("sum", "persons", True)
    assert (noise.aggregate, noise.subject, noise.public) == ("mean", "other", False)


def test_values_come_by_cell_or_by_place(tmp_path: Path) -> None:
    GridLayerFactory(code="people")
    load(tmp_path, "grid", f"layer,h3,lng,lat,value,period\npeople,{CELL},,,12,\npeople,,120.38,36.07,13,夜间\n")
    assert list(GridValue.objects.order_by("value").values_list("cell", "period", "value")) == [
        (int(CELL, 16), "all", 12),
        (int(CELL, 16), "night", 13),
    ]


def test_a_reload_replaces_the_value(tmp_path: Path) -> None:
    GridLayerFactory(code="people")
    for value in (12, 14):
        load(tmp_path, "grid", f"layer,h3,value\npeople,{CELL},{value}\n")
    assert GridValue.objects.get().value == 14


def test_values_that_belong_nowhere_are_refused(tmp_path: Path) -> None:
    GridLayerFactory(code="people")
    coarse = h3.cell_to_parent(CELL, 8)
    report = load(
        tmp_path,
        "grid",
        "layer,h3,lng,lat,value\n"
        f"nobody,{CELL},,,1\npeople,{coarse},,,2\npeople,zzz,,,3\npeople,,,,4\n"
        f"people,{CELL},,,5\npeople,,120.38,36.07,6\npeople,{h3.grid_ring(CELL, 1)[0]},,,much\n",
    )
    assert GridValue.objects.get().value == 5
    reasons = {refusal.row: refusal.reason.en for refusal in report.refusals}
    assert "load grid_layers first" in reasons[2]
    assert "resolution-9" in reasons[3]
    assert set(reasons) == {2, 3, 4, 5, 7, 8}
    assert "as row 6" in reasons[7]
