"""Parcels, regional values and requirement profiles through the one import path."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.contrib.gis.geos import MultiPolygon, Point, Polygon

from accounts.models import User
from geo.errors import NotAllowed
from geo.importing.options import Options
from geo.importing.report import Report
from geo.importing.run import load_file
from geo.models import Facility, Region, RegionPiece
from landparcels.models import Parcel, RegionalValue, RequirementProfile

pytestmark = pytest.mark.django_db


def square(lng: float, lat: float, side: float = 0.001) -> str:
    east, north = lng + side, lat + side
    return f'"POLYGON(({lng} {lat},{east} {lat},{east} {north},{lng} {north},{lng} {lat}))"'


HERE, THERE, AWAY = square(120.3, 36.2), square(120.4, 36.2), square(121.5, 36.2)
Importer = Callable[..., Report]


@pytest.fixture
def regions() -> None:
    Region.objects.create(adcode="370200", name="青岛市", level="city", path="/370200/", is_root=True)
    for adcode, west in (("370211", 120.25), ("370213", 120.35)):
        box = Polygon.from_bbox((west, 36.0, west + 0.1, 36.5))
        Region.objects.create(
            adcode=adcode,
            name=adcode,
            level="district",
            parent_id="370200",
            path=f"/370200/{adcode}/",
            outline=MultiPolygon(box, srid=4490),
        )
        RegionPiece.objects.create(region_id=adcode, outline=box)
    city = Polygon.from_bbox((119.5, 35.5, 121.0, 37.0))
    Region.objects.filter(adcode="370200").update(outline=MultiPolygon(city, srid=4490))
    RegionPiece.objects.create(region_id="370200", outline=city)


@pytest.fixture
def load(tmp_path: Path, django_capture_on_commit_callbacks: Callable[..., object]) -> Importer:
    def run(kind: str, text: str, *, by: User | None = None, **options: object) -> Report:
        path = tmp_path / f"{kind}.csv"
        path.write_text(text, encoding="utf-8")
        crs = {"crs": "EPSG:4490"} if kind == "parcels" else {}
        with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]  # a context manager
            return load_file(kind, path, Options(**crs, **options), by=by)  # type: ignore[arg-type]  # passed through

    return run


def reasons(report: Report) -> list[tuple[int, str, str]]:
    return [(refusal.row, refusal.column, refusal.reason.en) for refusal in report.refusals]


def test_chinese_headers_units_and_reciprocals_are_read(load: Importer) -> None:
    report = load(
        "parcels",
        "宗地编号,名称,用途,准入行业,负面清单,固定资产投资强度（万元/亩）,起始价（元/㎡）,通平条件,单位能耗增加值（万元/吨标煤）,wkt\n"
        f"P1,一号,100101,C38;39,25,350,420,7,4,{HERE}\n",
    )

    assert (report.loaded, report.rejected) == (1, 0)
    parcel = Parcel.objects.get()
    assert (parcel.code, parcel.name, parcel.land_use, parcel.status) == ("P1", "一号", "100101", "draft")
    assert (parcel.admits, parcel.excludes) == (["38", "39"], ["25"])
    assert (parcel.investment_intensity_min, parcel.start_price, parcel.services_level) == (350.0, 28.0, 7.0)
    assert parcel.energy_per_value_added_max == 0.25
    assert parcel.area_mu == pytest.approx(14.97, abs=0.01)
    assert parcel.source is not None


def test_a_land_use_may_be_a_code_or_a_name(load: Importer) -> None:
    load("parcels", f"code,用途,wkt\nA,二类工业用地,{HERE}\nB,100103,{THERE}\nC,旧工矿,{THERE}\nD,,{THERE}\n")

    assert dict(Parcel.objects.values_list("code", "land_use")) == {
        "A": "100102",
        "B": "100103",
        "C": "旧工矿",
        "D": "",
    }


def test_bad_rows_are_refused_in_words_and_the_rest_is_loaded(load: Importer) -> None:
    report = load(
        "parcels",
        "code,far_min,far_max,services_level,admits,bid_start,bid_deadline,wkt\n"
        f"ok,1,2,5,,2026-05-01,2026-05-20,{HERE}\n"
        f"far,2,1,5,,,,{HERE}\n"
        f"level,1,2,4,,,,{HERE}\n"
        f"industry,1,2,5,cars,,,{HERE}\n"
        f"dates,1,2,5,,2026-05-20,2026-05-01,{HERE}\n"
        f"absurd,1,99,5,,,,{HERE}\n"
        'bow,1,2,5,,,,"POLYGON((120.31 36.21,120.311 36.211,120.311 36.21,120.31 36.211,120.31 36.21))"\n'
        f"ok,1,2,5,,,,{THERE}\n",
    )

    assert [parcel.code for parcel in Parcel.objects.all()] == ["ok"]
    assert {row: column for row, column, _ in reasons(report)} == {
        3: "far_max",
        4: "services_level",
        5: "admits",
        6: "bid_deadline",
        7: "far_max",
        8: "geometry",
        9: "code",
    }
    assert "self-intersection at 120.3105 36.2105" in {row: words for row, _, words in reasons(report)}[8]
    assert report.status == 3


def test_a_blank_cell_sets_unknown_and_a_missing_column_leaves_the_value(load: Importer) -> None:
    load("parcels", f"code,start_price,far_min,wkt\nP1,20,1.2,{HERE}\n")

    report = load("parcels", f"code,start_price,wkt\nP1,,{HERE}\n")

    parcel = Parcel.objects.get()
    assert (report.updated, parcel.start_price, parcel.far_min) == (1, None, 1.2)


def test_overlapping_parcels_are_told_of_with_both_codes(load: Importer) -> None:
    load("parcels", f"code,wkt\nold,{HERE}\n")

    report = load(
        "parcels",
        f"code,wkt\nhalf,{square(120.3005, 36.2)}\nsliver,{square(120.300995, 36.2)}\nbeside,{square(120.302, 36.2)}\n",
    )

    told = [remark.reason.en for remark in report.remarks]
    assert "parcel half overlaps old by 50.0 %" in told
    assert not any("sliver overlaps old" in words for words in told)  # 0.5 %
    assert any("half overlaps sliver" in words for words in told)
    assert not any("beside" in words for words in told)


def test_a_parcel_finds_its_region_by_its_place(load: Importer, regions: None) -> None:
    report = load(
        "parcels",
        f"code,region,wkt\nA,,{HERE}\nB,370213,{THERE}\nC,370213,{HERE}\nD,999999,{HERE}\nE,,{AWAY}\nF,370200,{HERE}\n",
    )

    found = dict(Parcel.objects.values_list("code", "region_id"))
    assert found == {"A": "370211", "B": "370213", "C": "370213", "E": None, "F": "370200"}
    assert reasons(report) == [(5, "region", "there is no region 999999")]
    remarks = {remark.row: remark.reason.en for remark in report.remarks if remark.column == "region"}
    assert remarks == {
        4: "region 370213 is not where it lies (370211)",
        6: "lies in no region that is loaded",
    }


def test_who_may_not_publish_imports_drafts_alone(load: Importer, regions: None, person: Callable[..., User]) -> None:
    load("parcels", f"code,status,wkt\npublic,published,{THERE}\n")
    officer = person("land")

    report = load(
        "parcels",
        "code,status,start_price,wkt\n"
        f"draft,草稿,1,{HERE}\nsubmitted,submitted,1,{HERE}\nsold,已出让,1,{HERE}\nblank,,1,{HERE}\npublic,,1,{THERE}\n",
        by=officer,
    )

    assert dict(Parcel.objects.values_list("code", "status")) == {
        "draft": "draft",
        "submitted": "submitted",
        "blank": "draft",
        "public": "published",
    }
    assert [(row, column) for row, column, _ in reasons(report)] == [(4, "status"), (6, "code")]
    assert Parcel.objects.get(code="public").start_price is None


def test_who_may_publish_imports_any_status(load: Importer, person: Callable[..., User]) -> None:
    load("parcels", f"code,status,wkt\nA,published,{HERE}\nB,reserved,{THERE}\n", by=person("admin"))

    assert dict(Parcel.objects.values_list("code", "status")) == {"A": "published", "B": "reserved"}


def test_a_blank_status_leaves_a_published_parcel_published(load: Importer) -> None:
    load("parcels", f"code,status,wkt\nA,published,{HERE}\n")
    load("parcels", f"code,status,wkt\nA,,{HERE}\n")

    assert Parcel.objects.get().status == "published"


def test_a_role_of_one_region_imports_into_that_region(
    load: Importer, regions: None, person: Callable[..., User]
) -> None:
    report = load("parcels", f"code,wkt\nmine,{HERE}\ntheirs,{THERE}\n", by=person("land", region="370211"))

    assert [parcel.code for parcel in Parcel.objects.all()] == ["mine"]
    assert reasons(report) == [(3, "region", "outside the region of your role, 370211")]


def test_a_role_of_one_region_does_not_take_a_parcel_from_another(
    load: Importer, regions: None, person: Callable[..., User]
) -> None:
    load("parcels", f"code,wkt\ntheirs,{THERE}\n")

    report = load("parcels", f"code,wkt\ntheirs,{HERE}\n", by=person("land", region="370211"))

    assert reasons(report) == [(2, "region", "outside the region of your role, 370211")]
    assert Parcel.objects.get().region_id == "370213"


@pytest.mark.parametrize(("role", "region"), [("land", ""), ("land", "370211"), ("admin", "370211")])
def test_replacing_all_parcels_is_for_who_may_publish_everywhere(
    load: Importer, regions: None, person: Callable[..., User], role: str, region: str
) -> None:
    load("parcels", f"code,status,wkt\npublic,published,{THERE}\n")

    with pytest.raises(NotAllowed):
        load("parcels", f"code,wkt\nmine,{HERE}\n", by=person(role, region=region), replace=True)
    assert [parcel.code for parcel in Parcel.objects.all()] == ["public"]

    load("parcels", f"code,wkt\nmine,{HERE}\n", by=person("admin"), replace=True)
    assert [parcel.code for parcel in Parcel.objects.all()] == ["mine"]


def test_replacing_all_values_is_for_who_works_everywhere(
    load: Importer, regions: None, person: Callable[..., User]
) -> None:
    with pytest.raises(NotAllowed):
        load("regional_values", HEADER, by=person("land", region="370211"), replace=True)


def test_what_surrounds_a_parcel_is_known_after_each_load(load: Importer, regions: None) -> None:
    Facility.objects.create(code="m", name="m", category="metro", place=Point(120.3005, 36.2005, srid=4490))
    load("regional_values", "region,indicator,value,valid_from\n370200,electricity_price,0.67,2024-01-01\n")

    load("parcels", f"code,wkt\nA,{HERE}\n")

    parcel = Parcel.objects.get()
    assert parcel.metro_km == pytest.approx(0, abs=1e-3)
    assert parcel.electricity_price == 0.67
    assert parcel.cell is not None

    load("regional_values", "region,indicator,value,valid_from\n370211,工业电价,0.61,2024-01-01\n")
    parcel.refresh_from_db()
    assert parcel.electricity_price == 0.61


HEADER = "region,indicator,value,valid_from,valid_to,source\n"


def periods() -> list[tuple[float, date, date | None]]:
    return list(RegionalValue.objects.order_by("valid_from").values_list("value", "valid_from", "valid_to"))


def test_a_later_period_closes_an_open_one_and_a_re_import_changes_nothing(load: Importer, regions: None) -> None:
    text = (
        HEADER
        + "370200,electricity_price,0.70,2025-01-01,,二号文\n"
        + "370200,electricity_price,0.65,2024-01-01,,一号文\n"
    )

    for _ in range(2):
        report = load("regional_values", text)
        assert report.rejected == 0
        assert periods() == [(0.65, date(2024, 1, 1), date(2024, 12, 31)), (0.7, date(2025, 1, 1), None)]

    load("regional_values", HEADER + "370200,electricity_price,0.72,2025-07-01,,\n")
    assert periods()[1:] == [(0.7, date(2025, 1, 1), date(2025, 6, 30)), (0.72, date(2025, 7, 1), None)]


def test_other_overlaps_and_wrong_values_are_refused(load: Importer, regions: None) -> None:
    report = load(
        "regional_values",
        HEADER
        + "370200,water_price,4.3,2024-01-01,2024-12-31,\n"
        + "370200,water_price,4.5,2024-12-31,,\n"
        + "370200,water_price,4.1,2023-06-01,2024-01-01,\n"
        + "370200,water_price,4.5,2025-01-01,2024-01-01,\n"
        + "370200,water_price,400,2026-01-01,,\n"
        + "999999,water_price,4,2026-01-01,,\n"
        + "370200,far_min,1,2026-01-01,,\n"
        + "370211,water_price,4.5,2024-12-31,,\n",
    )

    assert sorted((row, column) for row, column, _ in reasons(report)) == [
        (3, "valid_from"),
        (4, "valid_from"),
        (5, "valid_from"),
        (6, "value"),
        (7, "region"),
        (8, "indicator"),
    ]
    assert RegionalValue.objects.count() == 2


def test_profiles_name_industries_or_nodes_and_indicators_or_resources(load: Importer) -> None:
    report = load(
        "requirement_profiles",
        "scope,need,basis,low,typical,high,source\n"
        "C38,可接入电力容量,absolute,5,20,60,调研\n"
        "batteries/cathode,power,per_100m_cny,,3,,\n"
        "cars,power,absolute,,3,,\n"
        "39,power,absolute,5,3,,\n"
        "39,Strong power,absolute,,3,,\n"
        "39,power,per_moon,,3,,\n",
    )

    assert set(RequirementProfile.objects.values_list("scope", "need", "typical", "reference")) == {
        ("38", "power_capacity", 20.0, "调研"),
        ("batteries/cathode", "power", 3.0, ""),
    }
    assert sorted((row, column) for row, column, _ in reasons(report)) == [
        (4, "scope"),
        (5, "typical"),
        (6, "need"),
        (7, "basis"),
    ]
