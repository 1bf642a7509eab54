"""Bad files by the interface, as the page sends them: words in both languages, and nothing is loaded."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from rest_framework.test import APIClient

from geo.models import Facility, ImportJob, Source, Zone
from geo.tasks import run_import
from tests.geo.importing.files import feature, write_json
from tests.geo.importing.test_bad_files import hospitals, workbook

pytestmark = pytest.mark.django_db(transaction=True)
SignIn = Callable[..., APIClient]

BOW_TIE = {"type": "Polygon", "coordinates": [[[120, 36], [120.2, 36.2], [120.2, 36], [120, 36.1], [120, 36]]]}


def table(folder: Path, *cells: str) -> Path:
    path = folder / "facilities.csv"
    path.write_text("code,name,category,capacity,lng,lat\n" + ",".join(cells) + "\n", encoding="utf-8")
    return path


def merged(folder: Path) -> Path:
    return workbook(folder / "a.xlsx", [["2024 年设施表"], ["code", "name"], ["S1", "x"]], merged="A1:B1")


def without_prj(folder: Path) -> Path:
    return hospitals(folder, without=(".prj",))


def without_dbf(folder: Path) -> Path:
    return hospitals(folder, without=(".dbf",))


def without_crs(folder: Path) -> Path:
    return table(folder, "S1", "站", "port", "5", "120.1", "36.1")


def swapped(folder: Path) -> Path:
    return table(folder, "S1", "站", "port", "5", "36.1", "120.1")


def text_for_a_number(folder: Path) -> Path:
    return table(folder, "S1", "站", "port", "很多", "120.1", "36.1")


def bow_tie(folder: Path) -> Path:
    return write_json(folder / "a.geojson", feature(BOW_TIE, code="Z1", kind="flood"))


FILES: tuple[tuple[Callable[[Path], Path], str, str | None, str, str], ...] = (
    (merged, "facilities", "EPSG:4490", "取消合并", "unmerge"),
    (without_prj, "facilities", None, "没有说明坐标系", "does not say its coordinate reference system"),
    (without_dbf, "facilities", "EPSG:4490", "缺少 .dbf 文件", "The .dbf file with the attributes is missing"),
    (without_crs, "facilities", None, "没有说明坐标系", "does not say its coordinate reference system"),
    (without_crs, "facilities", "EPSG:99999", "不认识坐标系“EPSG:99999”", "Unknown coordinate system “EPSG:99999”"),
    (without_crs, "facilities", "EPSG:4549", "EPSG:4549", "degrees"),
    (swapped, "facilities", "EPSG:4490", "(36.1, 120.1)", "look swapped"),
    (text_for_a_number, "facilities", "EPSG:4490", "“很多”不是数字", "“很多” is not a number"),
    (bow_tie, "zones", "EPSG:4490", "自相交", "self-intersection"),
)


@pytest.mark.parametrize(
    ("make", "kind", "crs", "zh", "en"), FILES, ids=[f"{make.__name__}-{crs}" for make, _, crs, *_ in FILES]
)
def test_a_bad_file_is_answered_in_both_languages_and_loads_nothing(
    make: Callable[[Path], Path],
    kind: str,
    crs: str | None,
    zh: str,
    en: str,
    as_person: SignIn,
    tmp_path: Path,
    settings: LazySettings,
) -> None:
    settings.MEDIA_ROOT = tmp_path / "uploads"
    path, client = make(tmp_path), as_person("admin")
    given: dict[str, Any] = {"set": {"category": "hospital"}} if path.suffix == ".zip" else {}
    for language, words in (("zh-CN", zh), ("en", en)):
        body = {
            "kind": kind,
            "file": SimpleUploadedFile(path.name, path.read_bytes()),
            "options": json.dumps({**given, **({"crs": crs} if crs else {})}),
        }
        answer = client.post("/api/v1/imports/", body, format="multipart", HTTP_ACCEPT_LANGUAGE=language)
        assert answer.status_code in {202, 400}
        told = answer.content.decode()
        if answer.status_code == 202:
            run_import.func(answer.json()["id"])
            here = f"/api/v1/imports/{answer.json()['id']}/"
            told = json.dumps(client.get(here, HTTP_ACCEPT_LANGUAGE=language).json(), ensure_ascii=False)
            rejects = client.get(f"{here}rejects.csv", HTTP_ACCEPT_LANGUAGE=language)
            told += rejects.content.decode("utf-8-sig") if rejects.status_code == 200 else ""
        assert words in told
    assert not Facility.objects.exists()
    assert not Zone.objects.exists()
    assert not Source.objects.filter(rows__gt=0).exists()
    assert not ImportJob.objects.filter(state__in=("queued", "running")).exists()


def test_an_unknown_kind_is_told_the_right_ones(as_person: SignIn) -> None:
    for language, words in (
        ("zh-CN", "没有“castles”这种数据；可用的有：assessments"),
        ("en", "no kind castles; there are:"),
    ):
        body = {"kind": "castles", "file": SimpleUploadedFile("a.csv", b"code\n1\n"), "options": "{}"}
        answer = as_person("planner").post("/api/v1/imports/", body, format="multipart", HTTP_ACCEPT_LANGUAGE=language)
        assert answer.status_code == 400
        assert words in answer.json()["errors"][0]["detail"]
