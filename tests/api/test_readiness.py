"""GET and PATCH parcels/{code}/readiness/ and assessments/."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks
from rest_framework.test import APIClient

from accounts.models import AuditEntry, User
from fulfilment.models import AreaAssessment, ReadinessItem
from fulfilment.readiness.counting import count_assessments
from geo.errors import NotAllowed
from geo.importing.options import Options
from geo.importing.run import load_file
from landparcels.models import Parcel
from tests.factories.fulfilment import AreaAssessmentFactory, ReadinessItemFactory
from tests.factories.geo import RegionFactory
from tests.factories.landparcels import ParcelFactory
from tests.shapes import rectangle

pytestmark = pytest.mark.django_db
SignIn = Callable[..., APIClient]
MakePerson = Callable[..., User]
READINESS = "/api/v1/parcels/{}/readiness/"


@pytest.fixture
def city() -> None:
    """A city with two districts; a park lies in the western one."""
    root = RegionFactory(adcode="990000", level="city", is_root=True, outline=rectangle(120, 36, 120.2, 36.2))
    west = RegionFactory(adcode="990001", parent=root, outline=rectangle(120, 36, 120.1, 36.2))
    RegionFactory(adcode="990002", parent=root, outline=rectangle(120.1, 36, 120.2, 36.2))
    RegionFactory(adcode="990001400000", level="park", parent=west, name="西园", name_en="West Park")


@pytest.fixture
def parcel(city: None) -> Parcel:
    return ParcelFactory(
        code="P1", region_id="990001400000", lng=120.05, lat=36.05, services_level=3, regional_assessments=7
    )


def state_of(answer: dict[str, Any], item: str) -> dict[str, Any]:  # Any: JSON
    return next(line for line in answer["items"] if line["item"] == item)


def counted(code: str = "P1") -> float | None:
    return Parcel.objects.get(code=code).regional_assessments


def test_everyone_sees_the_states_and_staff_of_the_region_the_papers(
    parcel: Parcel, api_client: APIClient, as_person: SignIn
) -> None:
    ReadinessItemFactory(parcel=parcel, item="power", state="under_way", reference="供电〔2026〕7 号", note="9 月送电")
    seen = api_client.get(READINESS.format("P1"))
    assert seen.status_code == 200
    line = state_of(seen.json(), "power")
    assert (line["state"], line["department_en"]) == ("under_way", "Power supply")
    assert "供电〔2026〕7 号" not in seen.content.decode() and "reference" not in line
    assert "version" not in seen.json() and seen.json()["editable"] is False
    for role, region, papers in (
        ("land", "990001", True),
        ("promotion", "990000", True),
        ("land", "990002", False),
        ("investor", "", False),
    ):
        line = state_of(as_person(role, region=region).get(READINESS.format("P1")).json(), "power")
        assert (line.get("reference") == "供电〔2026〕7 号") is papers, role


def test_a_hidden_parcel_has_no_checklist(city: None, api_client: APIClient, as_person: SignIn) -> None:
    ParcelFactory(code="DRAFT", status="draft", region_id="990001", lng=120.05, lat=36.05)
    for client in (api_client, as_person("investor"), as_person("land", region="990002")):
        hidden, never = client.get(READINESS.format("DRAFT")), client.get(READINESS.format("NEVER"))
        assert hidden.status_code == never.status_code == 404
        assert hidden.content.decode().replace("DRAFT", "NEVER") == never.content.decode()
    assert as_person("land", region="990001").get(READINESS.format("DRAFT")).status_code == 200


def test_a_parcel_without_any_record_is_neither_ready_nor_unready(parcel: Parcel, api_client: APIClient) -> None:
    answer = api_client.get(READINESS.format("P1")).json()
    assert (answer["recorded"], answer["ready"], answer["share"]) == (False, None, None)
    assert answer["words"] == "Nothing is on record yet"
    count_assessments()
    assert counted() == 7, "what was declared stands"


def test_the_nearest_regions_assessment_is_inherited_and_the_parcels_own_overrides_it(
    parcel: Parcel, as_person: SignIn
) -> None:
    AreaAssessmentFactory(region_id="990000", assessment="seismic", expires=None)
    AreaAssessmentFactory(region_id="990000", assessment="flood", expires=None)
    AreaAssessmentFactory(region_id="990001400000", assessment="flood", state="under_way", done_on=None, expires=None)
    AreaAssessmentFactory(region_id="990002", assessment="climate", expires=None)
    ReadinessItemFactory(parcel=parcel, item="energy")
    count_assessments()
    answer = as_person("land", region="990001").get(READINESS.format("P1")).json()
    seismic, flood = state_of(answer, "seismic"), state_of(answer, "flood")
    assert (seismic["state"], seismic["inherited"], seismic["region"]) == ("done", True, "990000")
    assert (flood["state"], flood["region_name_en"]) == ("under_way", "West Park")
    assert state_of(answer, "climate")["state"] == "missing"
    assert answer["assessments"] == counted() == 2
    ReadinessItemFactory(parcel=parcel, item="seismic", state="missing")
    count_assessments()
    assert counted() == 1


def test_an_assessment_counts_to_its_last_day_and_no_longer(parcel: Parcel) -> None:
    AreaAssessmentFactory(region_id="990001", assessment="seismic", expires=date(2026, 6, 30))
    AreaAssessmentFactory(region_id="990001", assessment="energy", done_on=date(2026, 7, 1), expires=None)
    for day, expected in (("2026-06-30", 1), ("2026-07-01", 1), ("2026-06-01", 1), ("2024-01-01", 0)):
        count_assessments(on=date.fromisoformat(day))
        assert counted() == expected, day
    AreaAssessment.objects.filter(assessment="energy").delete()
    count_assessments(on=date(2026, 7, 1))
    assert counted() == 0


def test_land_staff_enter_items_and_the_count_follows_at_once(parcel: Parcel, as_person: SignIn) -> None:
    client = as_person("land", region="990001", username="li")
    before = client.get(READINESS.format("P1")).json()
    form = {
        "version": before["version"],
        "items": [
            {
                "item": "seismic",
                "state": "done",
                "done_on": "2026-01-10",
                "expires": "2099-01-10",
                "reference": "震〔1〕",
            },
            {"item": "power", "state": "under_way", "department": "供电公司"},
        ],
    }
    answer = client.patch(READINESS.format("P1"), form, format="json")
    assert answer.status_code == 200, answer.content
    assert state_of(answer.json(), "seismic")["reference"] == "震〔1〕"
    assert state_of(answer.json(), "power")["department_zh"] == "供电公司"
    assert counted() == 1
    written = AuditEntry.objects.filter(table="fulfilment_readinessitem").values_list("actor", "action")
    assert list(written) == [("li", "insert")] * 2
    gone = client.patch(READINESS.format("P1"), {"items": [{"item": "seismic", "state": None}]}, format="json")
    assert state_of(gone.json(), "seismic")["recorded"] is False
    assert counted() == 0


def test_a_stale_form_is_told_so_and_changes_nothing(parcel: Parcel, as_person: SignIn) -> None:
    client = as_person("land")
    version = client.get(READINESS.format("P1")).json()["version"]
    change = {"version": version, "items": [{"item": "power", "state": "done"}]}
    assert client.patch(READINESS.format("P1"), change, format="json").status_code == 200
    again = client.patch(
        READINESS.format("P1"), change | {"items": [{"item": "power", "state": "missing"}]}, format="json"
    )
    assert again.status_code == 409
    assert "Nothing of yours was saved" in again.json()["errors"][0]["detail"]
    assert ReadinessItem.objects.get().state == "done"


@pytest.mark.parametrize(
    ("item", "attr", "said"),
    [
        ({"item": "moat", "state": "done"}, "items.0.item", "no moat"),
        ({"item": "power", "state": "expired"}, "items.0.state", "There is no"),
        ({"item": "power"}, "state", "give its state"),
        ({"item": "power", "state": "done", "done_on": "2026-02-02", "expires": "2026-02-01"}, "expires", "before"),
        ({"item": "power", "state": "done", "colour": "red"}, "items.0.colour", "Unknown field"),
        ({"item": "power", "state": "done", "done_on": "soon"}, "items.0.done_on", "Date"),
    ],
)
def test_a_wrong_entry_is_refused_in_words_and_nothing_is_kept(
    parcel: Parcel, as_person: SignIn, item: dict[str, str], attr: str, said: str
) -> None:
    form = {"items": [{"item": "water", "state": "done"}, item]}
    answer = as_person("land").patch(READINESS.format("P1"), form, format="json")
    assert answer.status_code == 400
    [error] = answer.json()["errors"]
    assert error["attr"] == attr.replace(".0.", ".1.")
    assert said in error["detail"]
    assert not ReadinessItem.objects.exists()


@pytest.mark.parametrize(
    ("role", "region"),
    [("promotion", ""), ("planner", ""), ("reviewer", ""), ("investor", ""), ("land", "990002")],
)
def test_others_change_no_checklist(parcel: Parcel, as_person: SignIn, role: str, region: str) -> None:
    form = {"items": [{"item": "power", "state": "done"}]}
    assert as_person(role, region=region).patch(READINESS.format("P1"), form, format="json").status_code == 403
    assert not ReadinessItem.objects.exists()


def test_the_assessments_of_a_region_are_for_its_staff(
    parcel: Parcel, api_client: APIClient, as_person: SignIn
) -> None:
    today = timezone.localdate()
    AreaAssessmentFactory(region_id="990001", assessment="seismic", expires=today + timedelta(9), reference="震〔2〕")
    AreaAssessmentFactory(region_id="990001", assessment="energy", expires=today - timedelta(1))
    assert api_client.get("/api/v1/assessments/").status_code == 403
    assert as_person("investor").get("/api/v1/assessments/990001/").status_code == 403
    here, elsewhere = as_person("land", region="990001"), as_person("land", region="990002")
    [holder] = here.get("/api/v1/assessments/").json()["results"]
    assert (holder["region"], holder["valid"], holder["expired"]) == ("990001", 1, 1)
    assert holder["next_expiry"] == str(today + timedelta(9))
    assert elsewhere.get("/api/v1/assessments/").json()["results"] == []
    hidden, never = elsewhere.get("/api/v1/assessments/990001/"), elsewhere.get("/api/v1/assessments/123456/")
    assert hidden.status_code == never.status_code == 404
    assert hidden.content.decode().replace("990001", "123456") == never.content.decode()
    answer = here.get("/api/v1/assessments/990001/").json()
    assert (len(answer["items"]), answer["valid"], answer["parcels"]) == (10, 1, 1)
    assert state_of(answer, "seismic")["inherited"] is False
    park = here.get("/api/v1/assessments/990001400000/").json()
    assert state_of(park, "seismic")["inherited"] is True


def test_an_assessment_entered_for_a_park_is_counted_for_its_parcels(parcel: Parcel, as_person: SignIn) -> None:
    client = as_person("land", region="990001")
    form = {"items": [{"item": "seismic", "state": "done", "done_on": "2026-01-10"}]}
    assert client.patch("/api/v1/assessments/990001400000/", form, format="json").status_code == 200
    assert counted() == 1
    wrong = client.patch("/api/v1/assessments/990001/", {"items": [{"item": "power", "state": "done"}]}, format="json")
    assert wrong.status_code == 400, "a utility is no area assessment"


def test_an_unchanged_checklist_is_not_sent_again(parcel: Parcel, api_client: APIClient) -> None:
    etag = api_client.get(READINESS.format("P1"))["ETag"]
    assert api_client.get(READINESS.format("P1"), HTTP_IF_NONE_MATCH=etag).status_code == 304
    AreaAssessmentFactory(region_id="990001")
    assert api_client.get(READINESS.format("P1"), HTTP_IF_NONE_MATCH=etag).status_code == 200


def load(kind: str, path: Path, text: str, **how: object) -> object:
    path.write_text(text, encoding="utf-8")
    return load_file(kind, path, Options(source_name=kind), **how)  # type: ignore[arg-type]


def test_checklists_and_assessments_come_in_by_file_and_are_counted(
    parcel: Parcel, tmp_path: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        report = load(
            "readiness",
            tmp_path / "r.csv",
            "宗地编号,事项,状态,完成日期,有效期至,文号\n"
            "P1,净地,已完成,2026-01-05,,净〔1〕\n"
            "P1,seismic,done,2025-01-05,2099-01-05,\n"
            "P1,护城河,已完成,,,\n"
            "P9,净地,已完成,,,\n"
            "P1,给水,done,2026-02-02,2026-02-01,\n",
        )
    assert (report.inserted, [row.column for row in report.refusals]) == (2, ["item", "parcel", "expires"])  # type: ignore[attr-defined]
    assert counted() == 1
    with django_capture_on_commit_callbacks(execute=True):
        load(
            "assessments",
            tmp_path / "a.csv",
            "region,assessment,state,done_on,expires\n990001,节能评价,done,2026-01-01,\n990001,flood,under_way,,\n",
        )
    assert counted() == 2


def test_a_form_opened_before_a_load_is_stale(parcel: Parcel, tmp_path: Path, as_person: SignIn) -> None:
    client = as_person("land")
    ReadinessItemFactory(parcel=parcel, item="power")
    version = client.get(READINESS.format("P1")).json()["version"]
    load("readiness", tmp_path / "r.csv", "parcel,item,state\nP1,power,missing\n")
    form = {"version": version, "items": [{"item": "power", "state": "done"}]}
    assert client.patch(READINESS.format("P1"), form, format="json").status_code == 409


def test_only_land_staff_of_the_region_load_checklists(parcel: Parcel, tmp_path: Path, person: MakePerson) -> None:
    text = "parcel,item,state\nP1,power,done\n"
    with pytest.raises(NotAllowed):
        load("readiness", tmp_path / "r.csv", text, by=person("planner"))
    report = load("readiness", tmp_path / "r.csv", text, by=person("land", region="990002"))
    assert (report.inserted, report.rejected) == (0, 1)  # type: ignore[attr-defined]
    report = load("readiness", tmp_path / "r.csv", text, by=person("land", region="990001"))
    assert report.inserted == 1  # type: ignore[attr-defined]
