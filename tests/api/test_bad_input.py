"""Whatever is sent, the answer is words that say what to do, in the reader's language; never a 500."""

import base64
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from rest_framework.test import APIClient

from geo.models import ImportJob
from geo.tasks import run_import
from geo.tiles import layer_named, render
from landparcels.models import Parcel
from tests.factories.enterprises import EnterpriseFactory
from tests.factories.geo import FacilityFactory, SourceFactory
from tests.factories.siting import ProjectFactory
from tests.shapes import point

pytestmark = pytest.mark.django_db
SignIn = Callable[..., APIClient]


def said(answer: object) -> str:
    return str(answer.json()["errors"][0]["detail"])  # type: ignore[attr-defined]  # a test response


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("search/?q=%00", "q"),
        ("requirement-profiles/?scope=38%00", "scope"),
        ("parcels/?region=%00", "region"),
        ("enterprises/?sort=%00", "sort"),
        ("grid/layers/x/cells/?period=%00", "period"),
    ],
)
def test_null_characters_are_refused_by_name(api_client: APIClient, address: str, name: str) -> None:
    answer = api_client.get(f"/api/v1/{address}")
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["attr"] == name
    assert "null character" in said(answer)


def forged(*values: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode()


CURSORS = (
    "x",
    "cD1hYmM=",
    forged(),
    forged(1),
    forged("x", "y"),
    forged([1], {}),
    forged(None, None),
    forged(None, "\0"),
    forged(None, "\ud800"),
    forged("\ud800", 1),
    forged(float("nan"), 1),
    forged(float("inf"), float("inf")),
    forged("2020-01-01", "x"),
    forged(10**30, 10**30),
    base64.urlsafe_b64encode(b"[" * 5000).decode(),
)


@pytest.mark.parametrize(
    "address",
    [
        "parcels/?sort=area_mu",
        "parcels/?sort=-bid_deadline",
        "parcels/?",
        "facilities/?sort=name",
        "roads/?",
        "enterprises/?sort=-output",
        "enterprises/?",
        "projects/?sort=committed_on",
        "projects/?sort=land_mu",
        "sources/?sort=loaded_at",
        "sources/?sort=rows",
    ],
)
def test_a_forged_cursor_is_no_failure(as_person: SignIn, address: str) -> None:
    client = as_person("admin")
    for cursor in CURSORS:
        answer = client.get(f"/api/v1/{address}&cursor={cursor}")
        assert answer.status_code in {200, 400}, cursor
        if answer.status_code == 400:
            assert said(answer) == "This cursor is not one of ours; start again from the first page."


def test_the_page_past_the_end_is_empty_and_the_last(as_person: SignIn) -> None:
    for number in range(3):
        ProjectFactory(code=f"P{number}")
    client = as_person("planner")
    last = forged("P2")
    assert client.get(f"/api/v1/projects/?limit=2&cursor={forged('P1')}").json()["results"][0]["code"] == "P2"
    assert client.get(f"/api/v1/projects/?limit=2&cursor={last}").json() == {"results": [], "next": None}


@pytest.mark.parametrize(
    ("address", "status", "zh", "en"),
    [
        ("/api/v1/parcels/?colour=red", 400, "不认识参数“colour”；可用：", "Unknown parameter colour; known:"),
        ("/api/v1/parcels/?castle__gte=1", 400, "不认识参数“castle__gte”", "Unknown parameter castle__gte"),
        ("/api/v1/parcels/?start_prise__gte=1", 400, "可用：start_price__gte、", "known: start_price__gte, "),
        ("/tiles/parcels/3/0/0.mvt?start_prise__gte=1", 400, "可用：start_price__gte,", "known: start_price__gte, "),
        ("/api/v1/parcels/?sort=castle", 400, "不能按“castle”排序；可用：", "Cannot sort by castle; known:"),
        ("/tiles/castle/1/0/0.mvt", 404, "没有图层“castle”；可用：", "There is no layer castle; there are:"),
        ("/tiles/parcels/3/8/0.mvt", 404, "瓦片 3/8/0 超出范围", "Tile 3/8/0 is out of range: zoom is 0 to 22"),
        ("/tiles/parcels/3/0/0.mvt?colour=1", 400, "没有参数“colour”；可用：", "has no parameter colour; known:"),
        ("/api/v1/grid/layers/castle/cells/", 404, "没有图层 castle", "There is no layer castle"),
        ("/api/v1/facilities/?category=castle", 400, "没有“castle”；可用：", "There is no castle; known:"),
        ("/api/v1/parcels/?start_price__gte=dear", 400, "数字", "number"),
        ("/api/v1/parcels/?limit=many", 400, "limit 应为 1 至 500 的整数", "limit is a whole number from 1 to 500"),
        (
            f"/api/v1/parcels/?limit={'9' * 5000}",
            400,
            "limit 应为 1 至 500 的整数",
            "limit is a whole number from 1 to 500",
        ),
        (
            f"/api/v1/parcels/P1/similar/?limit=0001{'9' * 9}",
            400,
            "limit 应为 1 至 50 的整数",
            "limit is a whole number",
        ),
        ("/api/v1/parcels/?limit=٣", 400, "limit 应为 1 至 500 的整数", "limit is a whole number from 1 to 500"),
        ("/api/v1/parcels/?cursor=9999", 400, "请从第一页重新开始", "start again from the first page"),
        ("/api/v1/parcels/?bbox=36,120,37,121", 400, "西,南,东,北", "west,south,east,north"),  # swapped
        ("/api/v1/parcels/?bbox=121,37,120,36", 400, "西,南,东,北", "west,south,east,north"),
        ("/api/v1/parcels/CASTLE/", 404, "没有编号为 CASTLE 的宗地", "There is no parcel CASTLE"),
        ("/api/v1/chains/castle/", 404, "没有代码为“castle”的产业链", "There is no chain with code castle"),
    ],
)
def test_a_wrong_question_is_answered_in_either_language(
    api_client: APIClient, address: str, status: int, zh: str, en: str
) -> None:
    for language, words in (("zh-CN", zh), ("en", en)):
        answer = api_client.get(address, HTTP_ACCEPT_LANGUAGE=language)
        assert answer.status_code == status
        assert words in said(answer)


@pytest.mark.parametrize("sort", ["committed_on", "-committed_on", "land_mu", "-land_mu", "code", "-code", "name"])
def test_pages_give_every_row_once_with_the_unknown_last(as_person: SignIn, sort: str) -> None:
    for number in range(9):
        ProjectFactory(
            code=f"P{number}",
            name=f"甲{number % 2}",
            committed_on=f"2025-0{number + 1}-01" if number < 3 else None,
            land_mu=number % 2 if number < 5 else None,
        )
    client, address, rows = as_person("planner"), f"/api/v1/projects/?limit=2&sort={sort}", []
    while address:
        page = client.get(address).json()
        rows += page["results"]
        address = page["next"]

    assert sorted(row["code"] for row in rows) == [f"P{number}" for number in range(9)]
    column = sort.removeprefix("-")
    known = [row[column] for row in rows if row[column] is not None]
    assert known == sorted(known, reverse=sort.startswith("-"))
    assert all(row[column] is None for row in rows[len(known) :])


@pytest.mark.parametrize("sort", ["--loaded_at", "-", "report", "loaded_by__password"])
def test_only_listed_columns_sort(as_person: SignIn, sort: str) -> None:
    SourceFactory()
    answer = as_person("admin").get(f"/api/v1/sources/?sort={sort}")
    assert (answer.status_code, answer.json()["errors"][0]["attr"]) == (400, "sort")


def test_a_tile_of_nothing_is_empty(client: Client, settings: LazySettings) -> None:
    settings.PUBLIC_FACILITY_GROUPS = []
    FacilityFactory(category="port", place=point(120.4, 36.1))
    assert client.get("/tiles/facilities/9/427/200.mvt").status_code == 204
    for zoom in (0, 12):
        assert render(layer_named("parcels"), Parcel.objects.none(), zoom, 0, 0) == b""


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("facilities/?category=castle", "There is no castle; known: substation,"),
        ("facilities/?group=castles", "There is no group castles; known: utilities,"),
        ("zones/?kind=castle", "There is no castle; known: ecological_redline,"),
        ("enterprises/?honours=knight", "There is no knight; known: chain_leader,"),
        ("enterprises/?listed=maybe", "There is no maybe; known: true, false."),
        ("projects/?status=dreamt", "There is no dreamt; known: planned, committed."),
    ],
)
def test_a_wrong_choice_is_told_the_right_ones(as_person: SignIn, address: str, words: str) -> None:
    answer = as_person("planner").get(f"/api/v1/{address}")
    assert answer.status_code == 400
    assert said(answer).startswith(words)


UNREADABLE = (
    (b"null", "send a JSON object"),
    (b"{", "look near line 1, column 2"),
    (b"\xff\xfe", "no valid UTF-8"),
    (b'{"region": "\\ud800"}', "no valid UTF-8"),
    (b"[" * 100_000, "too many levels"),
    (b'{"a":' * 50_000, "too many levels"),
    (b'{"limit": NaN}', "NaN"),
    (b'{"limit": 1' + b"0" * 5000 + b"}", "too long"),
)


@pytest.mark.parametrize("address", ["parcels/match/", "siting/fit/", "projects/", "session/"])
def test_a_body_that_is_no_json_is_refused_in_words(as_person: SignIn, address: str) -> None:
    client = as_person("planner")
    for body, words in UNREADABLE:
        answer = client.post(f"/api/v1/{address}", body, content_type="application/json")
        assert answer.status_code == 400
        assert words in said(answer)


def test_words_come_in_the_language_asked_for(api_client: APIClient) -> None:
    answer = api_client.post(
        "/api/v1/parcels/match/", b"{", content_type="application/json", HTTP_ACCEPT_LANGUAGE="zh-CN"
    )
    assert said(answer) == "请求体不是有效的 JSON：第 1 行第 2 列附近有误。"


@pytest.mark.parametrize("address", ["/api/v1/castles/", "/tiles/parcels/-1/0/0.mvt", "/tiles/parcels/a/b/c.mvt"])
def test_an_address_that_leads_nowhere_is_answered_like_the_rest(api_client: APIClient, address: str) -> None:
    answer = api_client.get(address)
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (404, "not_found")
    assert "api/docs" in said(answer)


def test_a_person_who_mistypes_a_page_gets_a_way_back(client: Client) -> None:
    answer = client.get("/castles")
    assert answer.status_code == 404
    assert 'href="/"' in answer.content.decode()


@pytest.mark.parametrize("address", ["/tiles/roads.json", "/tiles/roads/9/427/200.mvt", "/healthz", "/"])
def test_a_wrong_method_is_told_the_right_ones(api_client: APIClient, address: str) -> None:
    for method in (api_client.post, api_client.put, api_client.delete, api_client.patch):
        answer = method(address)
        assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD")
        assert said(answer) == "This address takes only: GET, HEAD."


@pytest.mark.parametrize("address", ["/api/v1/projects/", "/tiles/roads.json"])
def test_a_request_without_proof_of_our_page_is_told_to_reload(as_person: SignIn, address: str) -> None:
    client = as_person("planner")
    client.handler.enforce_csrf_checks = True
    answer = client.post(address, {"code": "X"}, format="json")
    assert answer.status_code == 403
    assert "reload the page" in said(answer)


WRONG: tuple[object, ...] = (
    None,
    True,
    0,
    -1,
    1e308,
    10**400,
    "",
    "x",
    "\0",
    [],
    {},
    [[]],
    [1],
    [None],
    {"a": 1},
    "9" * 400,
    ["\0"],
)


COLUMNS = ("code", "name", "node", "investment", "hazard", "status", "committed_on", "lng", "lat", "castle")


@pytest.mark.parametrize("name", COLUMNS)
def test_a_project_with_a_wrong_column_is_refused_or_kept_whole(as_person: SignIn, name: str) -> None:
    client = as_person("planner")
    for number, value in enumerate(WRONG):
        body = json.dumps({"code": f"P{number}", "name": "一", name: value})
        answer = client.post("/api/v1/projects/", body, content_type="application/json")
        assert answer.status_code in {201, 400}, value
        assert answer.status_code == 201 or said(answer)


def test_filters_take_any_text(api_client: APIClient) -> None:
    EnterpriseFactory(listed=True)
    for name in ("q", "industry", "honours"):
        for value in WRONG:
            assert api_client.get("/api/v1/enterprises/", {name: str(value)}).status_code in {200, 400}


BAD_OPTIONS: tuple[tuple[dict[str, object], str], ...] = (
    ({"as_of": "yesterday"}, "as_of"),
    ({"as_of": 20260301}, "as_of"),
    ({"map": ["a"]}, "map"),
    ({"map": {"a": {"b": 1}}}, "map"),
    ({"map": {"a\0": "b"}}, "map"),
    ({"set": "a=b"}, "set"),
    ({"key": "code"}, "key"),
    ({"key": [1]}, "key"),
    ({"crs": 4490}, "crs"),
    ({"encoding": []}, "encoding"),
    ({"source_name": "a\0"}, "source_name"),
    ({"owner": "\ud800"}, "owner"),
    ({"strict": "no"}, "strict"),
    ({"replace": 1}, "replace"),
    ({"rules": "/etc/passwd"}, "rules"),
    ({"synthetic": True}, "synthetic"),
)


@pytest.mark.parametrize("where", ["imports/", "imports/preview/"])
def test_a_wrong_option_of_an_import_is_named_and_nothing_is_kept(
    as_person: SignIn, settings: LazySettings, tmp_path: Path, where: str
) -> None:
    settings.MEDIA_ROOT = tmp_path
    client = as_person("planner")
    for options, name in BAD_OPTIONS:
        file = SimpleUploadedFile("a.csv", b"code\n1\n")
        body = {"kind": "facilities", "file": file, "options": json.dumps(options)}
        answer = client.post(f"/api/v1/{where}", body, format="multipart")
        assert (answer.status_code, answer.json()["errors"][0]["attr"]) == (400, name), options
    answer = client.post(
        f"/api/v1/{where}", {"kind": "facilities", "file": file, "options": "[" * 99_999}, format="multipart"
    )
    assert answer.status_code == 400
    assert not ImportJob.objects.exists()
    assert not list(tmp_path.rglob("*"))


@pytest.mark.parametrize(
    "name", ["长" * 300 + ".csv", "../../../../tmp/x.csv", "..\\..\\x.csv", "a\nb\0c.csv", "." * 250, "C:\\x.csv"]
)
def test_a_file_may_be_called_anything(as_person: SignIn, settings: LazySettings, tmp_path: Path, name: str) -> None:
    settings.MEDIA_ROOT = tmp_path / "uploads"
    file = SimpleUploadedFile("x.csv", b"code,name,category,lng,lat\nS1,a,port,120.1,36.1\n")
    file.__dict__["_name"] = name  # the setter would make it harmless
    body = {"kind": "facilities", "file": file, "options": json.dumps({"crs": "EPSG:4490"})}
    answer = as_person("planner").post("/api/v1/imports/", body, format="multipart")
    if answer.status_code == 400:
        assert said(answer) == "Choose a file to import."
        return
    job = ImportJob.objects.get()
    assert Path(job.path).resolve().is_relative_to(tmp_path / "uploads")
    run_import.func(job.pk)
    job.refresh_from_db()
    assert job.state == "done"


@pytest.mark.parametrize(
    "content", [b"", b"\0" * 100, b"PK\x03\x04", b"\xff\xfe\xfa", b"{", b"a," * 5000 + b"\n1", b"\x1f\x8b\x08rubbish"]
)
def test_a_preview_of_rubbish_is_words(
    as_person: SignIn, settings: LazySettings, tmp_path: Path, content: bytes
) -> None:
    settings.MEDIA_ROOT = tmp_path
    client = as_person("planner")
    for ending in ("csv", "xlsx", "zip", "geojson", "gpkg", "shp", "parquet", ""):
        body = {"kind": "facilities", "file": SimpleUploadedFile(f"a.{ending}", content or b" "), "options": ""}
        answer = client.post("/api/v1/imports/preview/", body, format="multipart")
        assert answer.status_code in {200, 400}, ending
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]
