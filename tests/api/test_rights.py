"""What comes out for whom, over every way out: what may not be seen does not exist."""

from collections.abc import Callable
from pathlib import Path

import mapbox_vector_tile
import pytest
from rest_framework.test import APIClient

from accounts.models import User
from geo.errors import NotAllowed
from geo.importing.options import Options
from geo.importing.run import load_file
from geo.models import Facility
from landparcels.models import Parcel
from siting.models import Project
from tests.factories.enterprises import EnterpriseFactory
from tests.factories.geo import FacilityFactory, RegionFactory
from tests.factories.landparcels import ParcelFactory
from tests.factories.siting import ProjectFactory
from tests.shapes import point, rectangle

pytestmark = pytest.mark.django_db
SignIn = Callable[..., APIClient]
MakePerson = Callable[..., User]


@pytest.fixture
def two_districts() -> None:
    """A city of two districts, west and east of 120.1 degrees."""
    city = RegionFactory(adcode="990000", level="city", is_root=True, outline=rectangle(120, 36, 120.2, 36.2))
    RegionFactory(adcode="990001", parent=city, outline=rectangle(120, 36, 120.1, 36.2))
    RegionFactory(adcode="990002", parent=city, outline=rectangle(120.1, 36, 120.2, 36.2))


@pytest.fixture
def draft(two_districts: None) -> Parcel:
    return ParcelFactory(
        code="DRAFT", name="草稿地块", status="draft", region_id="990001", lng=120.05, lat=36.05, start_price=50
    )


WAYS_TO_A_DRAFT = (
    "parcels/?code=DRAFT",
    "parcels/?q=草稿",
    "parcels/?status=draft",
    "parcels/?start_price__gte=49&start_price__lte=51",
    "parcels/?start_price__isnull=false&sort=-start_price",
    "parcels/?region=990001",
    "parcels/?bbox=120,36,120.1,36.1&geometry=true",
    "parcels/export/?format=csv",
    "parcels/export/?format=geojson&status=draft",
    "search/?q=草稿",
)


@pytest.mark.parametrize("way", WAYS_TO_A_DRAFT)
@pytest.mark.parametrize("who", ["visitor", "investor", "other district"])
def test_a_draft_is_found_by_no_filter_sort_or_search(
    draft: Parcel, api_client: APIClient, as_person: SignIn, way: str, who: str
) -> None:
    client = {
        "visitor": lambda: api_client,
        "investor": lambda: as_person("investor"),
        "other district": lambda: as_person("land", region="990002"),
    }[who]()
    answer = client.get(f"/api/v1/{way}")
    assert answer.status_code == 200
    assert b"DRAFT" not in answer.getvalue()
    assert b"DRAFT" in as_person("land", region="990001").get(f"/api/v1/{way}").getvalue()


def test_a_draft_is_not_compared_matched_or_counted_in_a_histogram(draft: Parcel, api_client: APIClient) -> None:
    seen = ParcelFactory(code="SEEN", region_id="990001", lng=120.06, lat=36.05, start_price=40)
    compared = api_client.get("/api/v1/parcels/compare/?codes=SEEN,DRAFT")
    never = api_client.get("/api/v1/parcels/compare/?codes=SEEN,NEVER")
    assert compared.status_code == never.status_code
    assert compared.content.decode().replace("DRAFT", "NEVER") == never.content.decode()
    found = api_client.post("/api/v1/parcels/match/", {"soft": [], "hard": []}).json()
    assert [row["code"] for row in found["results"]] == [seen.code]
    assert api_client.get("/api/v1/parcels/histograms/?indicators=start_price").json()["start_price"]["max"] == 40


def test_a_draft_is_as_absent_as_a_parcel_that_never_was(draft: Parcel, api_client: APIClient) -> None:
    for method, path in ((api_client.get, "parcels/{}/"), (api_client.post, "parcels/{}/precheck/")):
        hidden, unknown = (method(f"/api/v1/{path.format(code)}") for code in ("DRAFT", "NEVER"))
        assert hidden.status_code == unknown.status_code == 404
        assert hidden.content.decode().replace("DRAFT", "NEVER") == unknown.content.decode()


def test_counters_and_hexagons_leave_drafts_out(draft: Parcel, api_client: APIClient, as_person: SignIn) -> None:
    assert api_client.get("/api/v1/parcels/statistics/").json()["status"] == {}
    assert api_client.get("/api/v1/portal/").json()["parcels"]["count"] == 0
    for tile in ("6/53/25", "13/6827/3215"):
        assert api_client.get(f"/tiles/parcels/{tile}.mvt").status_code == 204
        assert as_person("land", region="990001").get(f"/tiles/parcels/{tile}.mvt").status_code == 200


def test_the_etag_of_one_person_does_not_hold_for_another(
    draft: Parcel, api_client: APIClient, as_person: SignIn
) -> None:
    for address in ("/api/v1/parcels/", "/tiles/parcels/6/53/25.mvt"):
        here = as_person("land", region="990001").get(address)["ETag"]
        elsewhere = as_person("land", region="990002")
        assert elsewhere.get(address, HTTP_IF_NONE_MATCH=here).status_code != 304
        assert api_client.get(address, HTTP_IF_NONE_MATCH=here).status_code != 304


def test_the_layer_of_projects_is_not_there_for_visitors(
    two_districts: None, api_client: APIClient, as_person: SignIn
) -> None:
    ProjectFactory(place=point(120.05, 36.05))
    for client in (api_client, as_person("investor")):
        for address in ("/tiles/projects/10/853/401.mvt", "/tiles/projects.json", "/tiles/projects/10/853/401.mvt?q=x"):
            answer = client.get(address)
            assert answer.status_code == 404
            assert "there are: enterprises, facilities" in answer.json()["errors"][0]["detail"]
            assert "projects," not in answer.json()["errors"][0]["detail"]
    tile = as_person("planner").get("/tiles/projects/10/853/401.mvt").content
    assert len(mapbox_vector_tile.decode(tile)["projects"]["features"]) == 1


@pytest.mark.parametrize("asked", ["capacity__gte=1", "spare__isnull=true", "sort=capacity", "sort=-spare"])
def test_a_plants_capacity_cannot_be_asked_for(api_client: APIClient, asked: str) -> None:
    assert api_client.get(f"/api/v1/facilities/?{asked}").status_code == 400


@pytest.mark.parametrize("asked", ["output__gte=1", "land_mu__gte=1", "sort=output", "sort=-by_output", "sort=land_mu"])
def test_a_firms_money_and_land_cannot_be_asked_for(api_client: APIClient, asked: str) -> None:
    EnterpriseFactory(listed=True)
    assert api_client.get(f"/api/v1/enterprises/?{asked}").status_code == 400


def test_a_parcel_names_public_facilities_to_visitors_without_their_capacities(
    two_districts: None, api_client: APIClient, as_person: SignIn
) -> None:
    ParcelFactory(code="P", region_id="990001", lng=120.05, lat=36.05)
    FacilityFactory(category="housing", place=point(120.06, 36.05), capacity=780)

    def told(client: APIClient) -> dict[str, object]:
        (row,) = client.get("/api/v1/parcels/P/").json()["indicators"]["housing_units"]["facilities"]
        return dict(row)

    assert set(told(api_client)) == {"name", "name_en", "approximate", "km"}
    assert told(as_person("land"))["amount"] == 780


def test_a_project_of_another_district_cannot_be_taken_off_the_map(two_districts: None, as_person: SignIn) -> None:
    ProjectFactory(code="EAST", place=point(120.15, 36.05))
    west = as_person("planner", region="990001")
    for change in ({"lng": None, "lat": None}, {"lng": 120.05, "lat": 36.05}, {"name": "改名"}):
        assert west.patch("/api/v1/projects/EAST/", change).status_code == 403
    assert as_person("planner", region="990002").patch("/api/v1/projects/EAST/", {"name": "改名"}).status_code == 200
    assert Project.objects.filter(name="改名", place=point(120.15, 36.05)).exists()


def test_a_file_of_projects_does_no_more_than_its_owner_may_by_hand(
    two_districts: None, person: MakePerson, tmp_path: Path
) -> None:
    ProjectFactory(code="EAST", name="东", place=point(120.15, 36.05))
    path = tmp_path / "projects.csv"
    path.write_text(
        "code,name,lng,lat\nEAST,抢走,120.05,36.05\nWEST,西,120.05,36.05\nFAR,远,120.15,36.05\n", encoding="utf-8"
    )
    crs = Options(crs="EPSG:4490")

    with pytest.raises(NotAllowed):
        load_file("projects", path, crs, by=person("land"))
    west = person("planner", region="990001")
    with pytest.raises(NotAllowed):
        load_file("projects", path, Options(crs="EPSG:4490", replace=True), by=west)
    report = load_file("projects", path, crs, by=west)

    assert (report.inserted, report.updated, report.rejected) == (1, 0, 2)
    assert dict(Project.objects.values_list("code", "name")) == {"EAST": "东", "WEST": "西"}


def test_replacing_is_for_those_whose_role_holds_everywhere(
    two_districts: None, person: MakePerson, tmp_path: Path
) -> None:
    FacilityFactory(code="OLD", category="port", place=point(120.15, 36.05))
    path = tmp_path / "facilities.csv"
    path.write_text("code,name,category,lng,lat\nNEW,新,port,120.05,36.05\n", encoding="utf-8")
    replacing = Options(crs="EPSG:4490", replace=True)

    with pytest.raises(NotAllowed):
        load_file("facilities", path, replacing, by=person("land", region="990001"))
    assert list(Facility.objects.values_list("code", flat=True)) == ["OLD"]
    load_file("facilities", path, replacing, by=person("admin"))
    assert list(Facility.objects.values_list("code", flat=True)) == ["NEW"]


def test_a_role_of_one_region_cannot_redraw_how_far_it_reaches(
    two_districts: None, person: MakePerson, tmp_path: Path
) -> None:
    path = tmp_path / "regions.csv"
    outline = "POLYGON((120 36,120.2 36,120.2 36.2,120 36.2,120 36))"
    path.write_text(f'adcode,name,level,parent,wkt\n990001,西,district,990000,"{outline}"\n', encoding="utf-8")
    with pytest.raises(NotAllowed):
        load_file("regions", path, Options(crs="EPSG:4490"), by=person("land", region="990001"))
    assert load_file("regions", path, Options(crs="EPSG:4490"), by=person("land")).updated == 1
