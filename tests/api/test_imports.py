import json
from collections.abc import Callable
from pathlib import Path
from queue import Queue
from threading import Thread
from time import monotonic
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from rest_framework.test import APIClient

from geo.importing import events
from geo.models import Facility, ImportJob
from geo.tasks import run_import
from geo.words import Words, say
from tests.conftest import MakePerson
from tests.factories.geo import RegionFactory

SignIn = Callable[..., APIClient]
TEXT = "code,name,category,lng,lat\nS1,一号,substation,120.1,36.1\nS2,=1+2,castle,120.2,36.2\n"


@pytest.fixture(autouse=True)
def uploads(tmp_path: Path, settings: LazySettings) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def ask(
    client: APIClient, where: str = "imports/", text: str = TEXT, kind: str = "facilities", **options: object
) -> Any:  # a test response
    upload = SimpleUploadedFile("设施.csv", text.encode(), content_type="text/csv")
    given = {"crs": "EPSG:4490", **options}
    body = {"kind": kind, "file": upload, "options": json.dumps(given)}
    return client.post(f"/api/v1/{where}", body, format="multipart")


def run(number: int) -> ImportJob:
    """What the worker does with the job."""
    run_import.func(number)
    return ImportJob.objects.get(pk=number)


@pytest.mark.django_db(transaction=True)
def test_a_file_becomes_a_job_that_loads_it(as_person: SignIn) -> None:
    client = as_person("planner")
    answer = ask(client)
    assert answer.status_code == 202
    assert answer.json()["state"] == "queued"

    job = run(answer.json()["id"])
    assert job.state == "done"
    told = client.get(f"/api/v1/imports/{job.pk}/").json()
    assert (told["report"]["inserted"], told["report"]["rejected"], told["done"]) == (1, 1, 2)
    assert Facility.objects.get().code == "S1"
    assert not Path(job.path).exists()


@pytest.mark.django_db(transaction=True)
def test_the_rows_are_there_before_what_follows_from_them_is_worked_out(as_person: SignIn) -> None:
    client = as_person("planner")
    number = ask(client).json()["id"]
    seen = []

    def look(*, progress: Callable[[Words], None], **_: object) -> None:
        progress(say(zh="计算中", en="At work"))
        told = client.get(f"/api/v1/imports/{number}/").json()
        seen.append((told["state"], told["following"], Facility.objects.count()))

    events.loaded.connect(look)
    try:
        job = run(number)
    finally:
        events.loaded.disconnect(look)
    assert seen == [("done", {"zh": "计算中", "en": "At work"}, 1)]
    assert job.following is None


@pytest.mark.django_db(transaction=True)
def test_what_could_not_be_worked_out_leaves_the_rows_loaded(as_person: SignIn) -> None:
    number = ask(as_person("planner")).json()["id"]

    def fail(**_: object) -> None:
        raise RuntimeError("out of paper")

    events.loaded.connect(fail)
    try:
        with pytest.raises(RuntimeError, match="out of paper"):
            run(number)
    finally:
        events.loaded.disconnect(fail)
    job = ImportJob.objects.get(pk=number)
    assert (job.state, job.following, Facility.objects.count()) == ("done", None, 1)


@pytest.mark.django_db
def test_the_refused_rows_come_as_csv_with_formulas_defused(as_person: SignIn) -> None:
    client = as_person("planner")
    job = run(ask(client, text=TEXT.replace("castle", "=castle()")).json()["id"])
    rows = client.get(f"/api/v1/imports/{job.pk}/rejects.csv").content.decode("utf-8-sig").splitlines()
    assert rows[0] == "row,column,value,reason"
    assert rows[1].startswith("3,category,'=castle(),")


@pytest.mark.django_db
def test_a_preview_tells_what_would_be_and_keeps_nothing(as_person: SignIn, uploads: Path) -> None:
    told = ask(as_person("planner"), "imports/preview/").json()
    assert {"category", "code", "name"} <= set(told["given"])
    assert told["faults"][0]["row"] == 3
    assert len(told["places"]["features"]) == 1
    assert not Facility.objects.exists()
    assert not [path for path in uploads.rglob("*") if path.is_file()]


@pytest.mark.django_db
def test_a_preview_asks_for_a_missing_system_instead_of_failing(as_person: SignIn) -> None:
    told = ask(as_person("planner"), "imports/preview/", crs=None).json()
    assert told["needs_crs"] is True
    assert told["crs"] is None
    assert told["rows"] == []


@pytest.mark.django_db
def test_a_preview_converts_coordinates_only_for_those_who_may(as_person: SignIn) -> None:
    refused = ask(as_person("planner"), "imports/preview/", crs="GCJ-02")
    assert refused.status_code == 403
    assert "places" not in refused.json()
    assert ask(as_person("admin"), "imports/preview/", crs="GCJ-02").json()["places"]["features"]


@pytest.mark.django_db
def test_a_preview_reads_rows_as_the_load_does(as_person: SignIn) -> None:
    keyed = ask(as_person("planner"), "imports/preview/", TEXT.replace("code", "number"), key=["number"]).json()
    assert (keyed["missing"], len(keyed["rows"])) == ([], 1)
    assert len(keyed["rows"][0]["code"]) > 2
    firms = "uscc,name,lng,lat\n91370200MA3C1A2B3X,青岛甲有限公司,,\n"
    homeless = ask(as_person("promotion"), "imports/preview/", firms, kind="enterprises").json()
    assert not [fault for fault in homeless["faults"] if fault["column"] in {"lng", "lat"}]


@pytest.mark.django_db
def test_what_belongs_to_the_whole_city_is_loaded_by_who_holds_everywhere(person: MakePerson) -> None:
    RegionFactory(adcode="990000")
    RegionFactory(adcode="990001", parent_id="990000")
    client = APIClient()
    client.force_login(person("planner", region="990001"))
    for kind in ("chain_nodes", "chain_edges", "requirement_profiles", "product_synonyms"):
        job = run(ask(client, kind=kind).json()["id"])
        assert job.state == "failed"
        assert "属于全市，而您的权限限于一个区域" in job.report["error"]["zh"]


@pytest.mark.django_db
def test_a_waiting_job_can_be_cancelled(as_person: SignIn) -> None:
    client = as_person("planner")
    number = ask(client).json()["id"]
    assert client.post(f"/api/v1/imports/{number}/cancel/").json()["state"] == "cancelled"
    assert run(number).state == "cancelled"
    assert not Facility.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_job_that_is_cancelled_as_it_begins_is_not_begun(as_person: SignIn) -> None:
    """The worker comes while the cancelling is written and not yet committed."""
    client = as_person("planner")
    number = ask(client).json()["id"]
    pids: Queue[int] = Queue()

    def begin() -> None:
        connection.ensure_connection()
        pids.put(connection.connection.info.backend_pid)
        run_import.func(number)
        connection.close()

    worker = Thread(target=begin)
    with transaction.atomic():
        assert client.post(f"/api/v1/imports/{number}/cancel/").json()["state"] == "cancelled"
        worker.start()
        wait_until_held_up(pids.get(timeout=20))
    worker.join(20)

    job = ImportJob.objects.get(pk=number)
    assert (job.state, job.report, job.started_at) == ("cancelled", {}, None)


@pytest.mark.django_db
def test_an_import_whose_worker_is_gone_says_so_and_can_be_asked_for_again(as_person: SignIn) -> None:
    client = as_person("planner")
    number = ask(client).json()["id"]
    ImportJob.objects.filter(pk=number).update(state="running", following={"zh": "推算", "en": "Working out"})

    job = run(number)
    assert (job.state, job.following, Facility.objects.count()) == ("failed", None, 0)
    assert "load the file again" in job.report["error"]["en"]
    assert not Path(job.path).exists()
    assert run(ask(client).json()["id"]).state == "done"


def wait_until_held_up(pid: int) -> None:
    """Until that connection waits for a row which this one holds."""
    deadline = monotonic() + 20
    held_up = False
    while not held_up:
        assert monotonic() < deadline
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid() = ANY(pg_blocking_pids(%s))", [pid])
            (held_up,) = cursor.fetchone()


@pytest.mark.django_db
def test_a_file_that_cannot_be_read_ends_the_job_in_words(as_person: SignIn) -> None:
    client = as_person("planner")
    job = run(ask(client, text="code,name,lng,lat\nS1,x,120,36\n").json()["id"])
    assert job.state == "failed"
    assert "category" in job.report["error"]["en"]
    assert "类别" in job.report["error"]["zh"]


@pytest.mark.django_db
def test_one_person_does_not_see_anothers_imports(as_person: SignIn) -> None:
    number = ask(as_person("planner")).json()["id"]
    assert as_person("land").get(f"/api/v1/imports/{number}/").status_code == 404
    assert as_person("admin").get(f"/api/v1/imports/{number}/").status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["investor", "reviewer"])
def test_who_may_not_import_is_told_so(as_person: SignIn, role: str) -> None:
    assert ask(as_person(role)).status_code == 403
    assert not ImportJob.objects.exists()


@pytest.mark.django_db
def test_visitors_are_asked_to_sign_in(api_client: APIClient) -> None:
    answer = api_client.get("/api/v1/sources/")
    assert answer.status_code == 403
    assert answer.json()["errors"][0]["detail"] == "Please sign in first."


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"kind": "facilities"}, "Choose a file"),
        ({"kind": "castles", "file": "x"}, "no kind castles"),
        ({"kind": "facilities", "file": "x", "options": "[1]"}, "JSON object"),
        ({"kind": "facilities", "file": "x", "options": '{"colour": 1}'}, "Unknown option colour"),
    ],
)
def test_a_wrong_upload_is_answered_in_words(as_person: SignIn, body: dict[str, object], words: str) -> None:
    if "file" in body:
        body = {**body, "file": SimpleUploadedFile("a.csv", b"code")}
    answer = as_person("planner").post("/api/v1/imports/", body, format="multipart")
    assert answer.status_code in {400, 404}
    assert words in answer.json()["errors"][0]["detail"]


@pytest.mark.django_db
def test_every_kind_has_a_template_with_its_columns(as_person: SignIn) -> None:
    client = as_person("planner")
    kinds = client.get("/api/v1/imports/kinds/").json()["results"]
    assert {"regions", "facilities", "roads", "zones", "parcels", "enterprises", "chain_nodes", "projects", "grid"} <= {
        kind["name"] for kind in kinds
    }
    for kind in kinds:
        header = client.get(f"/api/v1/imports/kinds/{kind['name']}/template.csv").content.decode("utf-8-sig")
        assert all(column["name"] in header for column in kind["columns"])


@pytest.mark.django_db
def test_sources_tell_whose_data_it_is(as_person: SignIn) -> None:
    client = as_person("planner", username="li")
    run(ask(client, source_name="设施 2026", owner="发改局", as_of="2026-03-01").json()["id"])
    told = client.get("/api/v1/sources/").json()["results"][0]
    assert (told["name"], told["owner"], told["as_of"], told["loaded_by"]) == (
        "设施 2026",
        "发改局",
        "2026-03-01",
        "li",
    )
