"""GET and POST parcels/{code}/documents/, PATCH and DELETE documents/{id}/, GET documents/{id}/file/."""

import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from rest_framework.test import APIClient

from accounts.models import AuditEntry
from democity.papers import hand_in_papers
from landparcels.documents.models import ParcelDocument
from landparcels.documents.services import file_name
from landparcels.documents.sniffing import DXF, JPEG, PDF, kind_of
from tests.conftest import MakePerson
from tests.factories.geo import RegionFactory
from tests.factories.landparcels import ParcelFactory

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/parcels/A/documents/"
PDF_BYTES = b"%PDF-1.7\n1 0 obj"
AsPerson = Callable[..., APIClient]


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> Iterator[Path]:  # Any: a fixture of pytest-django
    settings.MEDIA_ROOT = tmp_path
    yield tmp_path


@pytest.fixture(autouse=True)
def parcel() -> None:
    region = RegionFactory(adcode="370211")
    ParcelFactory(code="A", region=region)


def send(
    client: APIClient, content: bytes = PDF_BYTES, name: str = "规划条件.pdf", **more: Any
) -> Any:  # form fields; the test client's answer
    form = {"file": SimpleUploadedFile(name, content), "kind": "planning", **more}
    return client.post(ADDRESS, form, format="multipart")


def test_land_staff_add_a_paper_and_a_visitor_sees_it_once_it_is_public(
    api_client: APIClient, as_person: AsPerson
) -> None:
    land = as_person("land", region="370211")

    added = send(land, name="规划条件.pdf", dated="2026-03-01")

    assert added.status_code == 201
    told = added.json()
    assert told["name"] == "规划条件"
    assert (told["kind_name"], told["media_type"], told["size"]) == ("Planning conditions", "application/pdf", 16)
    assert api_client.get(ADDRESS).json() == {"results": [], "may_change": False}
    assert api_client.get(f"/api/v1/documents/{told['id']}/file/").status_code == 404

    land.patch(f"/api/v1/documents/{told['id']}/", {"public": True})

    assert [one["id"] for one in api_client.get(ADDRESS).json()["results"]] == [told["id"]]
    file = api_client.get(f"/api/v1/documents/{told['id']}/file/")
    assert file.getvalue() == PDF_BYTES


def test_a_file_is_only_to_be_saved(api_client: APIClient, as_person: AsPerson) -> None:
    number = send(as_person("land"), public="true").json()["id"]

    answer = api_client.get(f"/api/v1/documents/{number}/file/")
    answer.close()

    assert answer["Content-Disposition"].startswith("attachment;")
    assert "filename*=UTF-8''%E8%A7%84%E5%88%92%E6%9D%A1%E4%BB%B6.pdf" in answer["Content-Disposition"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"


def test_a_file_lies_under_a_name_that_tells_nothing_readable_by_the_service_alone(
    as_person: AsPerson, own_folder: Path
) -> None:
    send(as_person("land"))

    (kept,) = [path for path in own_folder.rglob("*") if path.is_file()]
    assert "规划" not in str(kept)
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"MZ\x90\x00", "survey.pdf", "not taken"),
        (b"<html><script>", "page.pdf", "not taken"),
        (b"PK\x03\x04", "drawing.dwg", "not taken"),
        (PDF_BYTES, "paper.exe", "the content is .pdf"),
        (b"\xff\xd8\xff\xe0", "paper.pdf", "the content is .jpg"),
        (b"", "empty.pdf", "empty"),
    ],
)
def test_what_is_no_paper_is_refused_and_leaves_nothing(
    as_person: AsPerson, own_folder: Path, content: bytes, name: str, words: str
) -> None:
    answer = send(as_person("land"), content, name)

    assert answer.status_code == 400
    assert words in answer.json()["errors"][0]["detail"]
    assert not ParcelDocument.objects.exists()
    assert not [path for path in own_folder.rglob("*") if path.is_file()]


def test_too_large_a_file_is_refused(as_person: AsPerson, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("landparcels.documents.services.LARGEST", 10)

    assert "over" in send(as_person("land")).json()["errors"][0]["detail"]


@pytest.mark.parametrize(("role", "region"), [("planner", ""), ("promotion", ""), ("land", "370212"), ("investor", "")])
def test_only_land_staff_of_the_region_keep_documents(as_person: AsPerson, role: str, region: str) -> None:
    number = send(as_person("land"), public="true").json()["id"]
    other = as_person(role, region=region)

    assert send(other).status_code == 403
    assert other.patch(f"/api/v1/documents/{number}/", {"public": False}).status_code == 403
    assert other.delete(f"/api/v1/documents/{number}/").status_code == 403
    assert ParcelDocument.objects.get().public


def test_a_visitor_is_asked_to_sign_in(api_client: APIClient) -> None:
    assert send(api_client).status_code == 403


def test_papers_for_staff_stay_in_their_region(as_person: AsPerson) -> None:
    send(as_person("land"))

    assert len(as_person("planner", region="370211").get(ADDRESS).json()["results"]) == 1
    assert as_person("planner", region="370212").get(ADDRESS).json()["results"] == []


def test_papers_of_a_parcel_that_is_withdrawn_are_gone_for_visitors(api_client: APIClient, as_person: AsPerson) -> None:
    number = send(as_person("land"), public="true").json()["id"]
    ParcelFactory._meta.model.objects.update(status="withdrawn")

    assert api_client.get(ADDRESS).status_code == 404
    assert api_client.get(f"/api/v1/documents/{number}/file/").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_giving_a_paper_up_removes_its_file_and_is_written_down(as_person: AsPerson, own_folder: Path) -> None:
    land = as_person("land")
    number = send(land).json()["id"]

    assert land.delete(f"/api/v1/documents/{number}/").status_code == 204
    assert not [path for path in own_folder.rglob("*") if path.is_file()]
    assert set(AuditEntry.objects.filter(table="landparcels_parceldocument").values_list("action", flat=True)) == {
        "insert",
        "delete",
    }


# ------------------------------------------------------------------ pure


def test_a_drawing_is_told_by_its_first_lines() -> None:
    assert kind_of(b"  0\r\nSECTION\r\n  2\r\nHEADER\r\n") == DXF
    assert kind_of(b"999\nmade by\n0\nSECTION\n") == DXF
    assert kind_of(b"0\nNOTHING\n") is None
    assert kind_of(b"AC1032\x00\x00") is not None


def test_a_name_loses_folders_and_keeps_the_ending_of_its_kind() -> None:
    assert file_name("..\\..\\图\x00纸.JPG", JPEG) == "图纸.jpg"
    assert file_name("/etc/a.b.PDF", PDF) == "a.b.pdf"


# ------------------------------------------------------------------ the demo's own


def test_the_demo_hands_in_printed_papers_once(api_client: APIClient, person: MakePerson) -> None:
    person("land", username="demo-land")

    hand_in_papers(1)
    hand_in_papers(1)

    (told,) = api_client.get(ADDRESS).json()["results"]
    assert told["media_type"] == "application/pdf"
    assert "synthetic" in told["name"]
