"""The one import path, end to end on a real database, with files a reader can see whole."""

from pathlib import Path

import pytest

from accounts.models import AuditEntry
from geo.errors import NotAllowed
from geo.importing.errors import ImportCancelled, ImportRefused, StrictRefused
from geo.importing.options import Options
from geo.importing.removing import unload
from geo.importing.run import load_file
from geo.models import Facility, Region, RejectedRow, Road, Source, Zone
from geo.words import SpokenError
from tests.conftest import MakePerson
from tests.factories.geo import RegionFactory
from tests.shapes import square

pytestmark = pytest.mark.usefixtures("in_english")
CGCS2000 = Options(crs="EPSG:4490")


def csv(folder: Path, text: str, name: str = "file.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def told(entry: AuditEntry) -> dict[str, object]:
    assert entry.after is not None
    return dict(entry.after)


FACILITIES = """code,name,category,capacity,lng,lat
S1,一号变电站,substation,100,120.1,36.1
S2,二号变电站,变电站,"1,050",120.2,36.2
"""


@pytest.mark.django_db
def test_good_rows_load_and_keep_their_source(tmp_path: Path) -> None:
    report = load_file("facilities", csv(tmp_path, FACILITIES), CGCS2000)

    assert (report.read, report.inserted, report.updated, report.rejected, report.status) == (2, 2, 0, 0, 0)
    second = Facility.objects.get(code="S2")
    assert (second.category, second.capacity, second.place.coords) == ("substation", 1050, (120.2, 36.2))
    source = Source.objects.get()
    assert second.source == source
    assert (source.kind, source.file_name, source.rows, source.crs) == ("facilities", "file.csv", 2, "EPSG:4490")
    assert len(source.sha256) == 64


@pytest.mark.django_db
def test_bad_rows_stay_out_with_their_number_column_value_and_reason(tmp_path: Path) -> None:
    text = (
        FACILITIES
        + "S3,三号,substation,viel,120.3,36.3\nS4,四号,castle,1,120.4,36.4\nS1,又一号,substation,1,120.1,36.1\n"
    )
    report = load_file("facilities", csv(tmp_path, text), CGCS2000)

    assert (report.inserted, report.rejected, report.status) == (2, 3, 3)
    refused = {(r.row, r.column, r.value) for r in report.refusals}
    assert refused == {(4, "capacity", "viel"), (5, "category", "castle"), (6, "code", "S1")}
    repeated = RejectedRow.objects.get(row=6)
    assert repeated.reason_en == "the same key as row 2"
    assert repeated.reason_zh == "与第 2 行重复"


@pytest.mark.django_db
def test_a_file_of_bad_rows_alone_has_status_one(tmp_path: Path) -> None:
    report = load_file("facilities", csv(tmp_path, "code,name,category,lng,lat\nS1,x,castle,120,36\n"), CGCS2000)
    assert (report.loaded, report.status) == (0, 1)


@pytest.mark.django_db
def test_a_reimport_updates_blank_cells_to_unknown_and_leaves_missing_columns(tmp_path: Path) -> None:
    load_file("facilities", csv(tmp_path, FACILITIES), CGCS2000)
    again = "code,name,category,capacity,lng,lat\nS1,一号变电站,substation,,120.1,36.1\n"
    report = load_file("facilities", csv(tmp_path, again), CGCS2000)
    assert (report.inserted, report.updated) == (0, 1)
    assert Facility.objects.get(code="S1").capacity is None

    without = "code,name,category,lng,lat\nS2,二号,substation,120.2,36.2\n"
    load_file("facilities", csv(tmp_path, without), CGCS2000)
    second = Facility.objects.get(code="S2")
    assert (second.name, second.capacity) == ("二号", 1050)


@pytest.mark.django_db
def test_replace_deletes_what_the_file_does_not_have(tmp_path: Path) -> None:
    load_file("facilities", csv(tmp_path, FACILITIES), CGCS2000)
    only = "code,name,category,lng,lat\nS1,一号,substation,120.1,36.1\n"
    report = load_file("facilities", csv(tmp_path, only), Options(crs="EPSG:4490", replace=True))
    assert report.deleted == 1
    assert [f.code for f in Facility.objects.all()] == ["S1"]


@pytest.mark.django_db
def test_strict_loads_nothing_for_one_bad_row(tmp_path: Path) -> None:
    text = FACILITIES + "S3,三号,castle,1,120.3,36.3\n"
    with pytest.raises(StrictRefused, match="Row 4"):
        load_file("facilities", csv(tmp_path, text), Options(crs="EPSG:4490", strict=True))
    assert not Facility.objects.exists()
    assert not Source.objects.exists()


@pytest.mark.django_db
def test_a_dry_run_reports_and_keeps_nothing(tmp_path: Path) -> None:
    report = load_file("facilities", csv(tmp_path, FACILITIES), Options(crs="EPSG:4490", dry_run=True))
    assert report.inserted == 2
    assert not Facility.objects.exists()
    assert not Source.objects.exists()


@pytest.mark.django_db
def test_a_cancelled_import_leaves_no_trace(tmp_path: Path) -> None:
    options = Options(crs="EPSG:4490", is_cancelled=lambda: True)
    with pytest.raises(ImportCancelled):
        load_file("facilities", csv(tmp_path, FACILITIES), options)
    assert not Source.objects.exists()


@pytest.mark.django_db
def test_an_import_that_is_cancelled_while_its_rows_are_written_leaves_no_trace(tmp_path: Path) -> None:
    """The last batch was read, so no further one would be asked."""
    options = Options(crs="EPSG:4490", is_cancelled=Facility.objects.exists)
    with pytest.raises(ImportCancelled):
        load_file("facilities", csv(tmp_path, FACILITIES), options)
    assert not Facility.objects.exists()


@pytest.mark.django_db
def test_one_audit_entry_tells_of_the_whole_load(tmp_path: Path, person: MakePerson) -> None:
    planner = person("planner", username="li")
    load_file("facilities", csv(tmp_path, FACILITIES), CGCS2000, by=planner)

    entries = AuditEntry.objects.filter(table__in=["facilities", "geo_facility"])
    assert [(e.action, e.actor, told(e)["rows"]) for e in entries] == [("load", "li", 2)]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "text", "options", "words"),
    [
        ("castles", FACILITIES, CGCS2000, "There is no kind castles"),
        ("facilities", FACILITIES, Options(), "does not say its coordinate reference system"),
        ("facilities", FACILITIES, Options(crs="EPSG:99999"), "99999"),
        ("facilities", "code,name,lng,lat\nS1,x,120,36\n", CGCS2000, "required columns are missing: category"),
        (
            "facilities",
            FACILITIES,
            Options(crs="EPSG:4490", key=("colour",)),
            "--key names columns that are not there: colour",
        ),
        ("facilities", "", CGCS2000, "empty"),
    ],
)
def test_what_cannot_be_loaded_is_refused_in_words(
    tmp_path: Path, kind: str, text: str, options: Options, words: str
) -> None:
    with pytest.raises(SpokenError, match=words):
        load_file(kind, csv(tmp_path, text), options)
    assert not Source.objects.exists()


@pytest.mark.django_db
def test_rows_outside_the_deployment_are_refused_not_shifted(tmp_path: Path) -> None:
    RegionFactory(is_root=True, outline=square(120, 36))
    text = FACILITIES + "S3,天津,substation,1,117.2,39.1\nS4,反了,substation,1,36.1,120.1\n"
    report = load_file("facilities", csv(tmp_path, text), CGCS2000)
    assert report.inserted == 2
    assert [refusal.row for refusal in report.refusals] == [4, 5]


@pytest.mark.django_db
def test_offset_coordinates_ask_for_a_right_and_are_audited(tmp_path: Path, person: MakePerson) -> None:
    path = csv(tmp_path, FACILITIES)
    with pytest.raises(NotAllowed, match="needs a right of its own"):
        load_file("facilities", path, Options(crs="GCJ-02"), by=person("planner"))

    load_file("facilities", path, Options(crs="GCJ-02"), by=person("planner", may_convert_offset=True))
    moved = Facility.objects.get(code="S1").place
    assert 0.003 < abs(moved.x - 120.1) < 0.008
    assert told(AuditEntry.objects.get(action="load"))["offset_converted"] is True


@pytest.mark.django_db
def test_a_reviewer_and_an_investor_may_not_import(tmp_path: Path, person: MakePerson) -> None:
    for role in ("reviewer", "investor"):
        with pytest.raises(NotAllowed):
            load_file("facilities", csv(tmp_path, FACILITIES), CGCS2000, by=person(role))


@pytest.mark.django_db
def test_a_role_of_one_region_may_not_replace_what_others_loaded(tmp_path: Path, person: MakePerson) -> None:
    load_file("facilities", csv(tmp_path, FACILITIES), CGCS2000)
    with pytest.raises(NotAllowed, match="holds for one region"):
        load_file(
            "facilities",
            csv(tmp_path, FACILITIES, "other.csv"),
            Options(crs="EPSG:4490", replace=True),
            by=person("planner", region="370211"),
        )
    assert Facility.objects.count() == 2


@pytest.mark.django_db
def test_unload_takes_back_the_rows_of_a_source(tmp_path: Path) -> None:
    load_file("facilities", csv(tmp_path, FACILITIES), Options(crs="EPSG:4490", source_name="first"))
    assert unload("first") == 2
    assert not Facility.objects.exists()
    assert not Source.objects.exists()
    with pytest.raises(ImportRefused, match="There is no source first"):
        unload("first")


REGIONS = """adcode,name,level,parent,wkt
370211,黄岛区,district,370200,"POLYGON((120 35,121 35,121 36,120 36,120 35))"
370200,青岛市,city,,"POLYGON((120 35,122 35,122 36,120 36,120 35))"
"""


@pytest.mark.django_db
def test_a_parent_may_come_later_in_the_file(tmp_path: Path) -> None:
    load_file("regions", csv(tmp_path, REGIONS), CGCS2000)
    district = Region.objects.get(adcode="370211")
    assert district.path == "/370200/370211/"
    assert {r.adcode for r in Region.objects.subtree("370200")} == {"370200", "370211"}


@pytest.mark.django_db
def test_regions_that_are_each_others_parents_are_refused(tmp_path: Path) -> None:
    text = 'adcode,name,level,parent,wkt\nA,a,city,B,"POLYGON((120 35,121 35,121 36,120 35))"\nB,b,city,A,"POLYGON((120 35,121 35,121 36,120 35))"\n'
    with pytest.raises(ImportRefused, match="each other's parents"):
        load_file("regions", csv(tmp_path, text), CGCS2000)
    assert not Region.objects.exists()


@pytest.mark.django_db
def test_roads_of_one_source_are_replaced_by_its_reimport(tmp_path: Path) -> None:
    two = 'name,class,wkt\n胶州湾大桥,motorway,"LINESTRING(120.1 36.1,120.2 36.1)"\n环湾路,trunk,"LINESTRING(120.3 36.1,120.3 36.2)"\n'
    one = 'name,class,wkt\n环湾路,trunk,"LINESTRING(120.3 36.1,120.3 36.2)"\n'
    options = Options(crs="EPSG:4490", source_name="roads 2026")
    load_file("roads", csv(tmp_path, two), options)
    report = load_file("roads", csv(tmp_path, one), options)
    assert report.deleted == 2
    assert [road.name for road in Road.objects.all()] == ["环湾路"]


@pytest.mark.django_db
def test_a_zone_with_a_broken_outline_is_refused_with_the_place_of_the_fault(tmp_path: Path) -> None:
    text = 'code,kind,wkt\nZ1,development_zone,"POLYGON((120 36,121 37,121 36,120 37,120 36))"\n'
    report = load_file("zones", csv(tmp_path, text), CGCS2000)
    assert not Zone.objects.exists()
    assert "120.5 36.5" in report.refusals[0].reason.en


@pytest.mark.django_db
def test_a_role_of_the_whole_city_may_replace(tmp_path: Path, person: MakePerson) -> None:
    RegionFactory(adcode="370200", is_root=True, level="city", outline=square(120, 36))
    only = "code,name,category,lng,lat\nS1,一号,substation,120.1,36.1\n"
    load_file("facilities", csv(tmp_path, FACILITIES), CGCS2000)
    options = Options(crs="EPSG:4490", replace=True)
    load_file("facilities", csv(tmp_path, only), options, by=person("planner", region="370200"))
    assert [facility.code for facility in Facility.objects.all()] == ["S1"]
