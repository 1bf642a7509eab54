"""Files of firms and of their years, through the one import path."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import AuditEntry
from enterprises.models import Enterprise, EnterpriseYear
from enterprises.placing import place_again
from enterprises.selectors import reference_year
from geo import hexes
from geo.importing.options import Options
from geo.importing.report import Report
from geo.importing.run import load_file
from geo.models import Region
from tests.factories.enterprises import EnterpriseFactory, region

pytestmark = pytest.mark.django_db

LoadText = Callable[..., Report]


@pytest.fixture
def load(tmp_path: Path) -> LoadText:
    """`load("enterprises", "uscc,name", "local:1,One")`: the lines as a CSV file, through the import."""

    def through(kind: str, *lines: str, **options: Any) -> Report:
        file = tmp_path / f"{kind}.csv"
        file.write_text("\n".join(lines), encoding="utf-8")
        return load_file(kind, file, Options(crs="EPSG:4490", **options))

    return through


def reasons(report: Report) -> list[tuple[int, str]]:
    return [(refusal.row, refusal.column) for refusal in report.refusals]


def test_a_firm_is_read_with_all_its_columns(load: LoadText) -> None:
    city = region("370200", 119, 35, 121, 37, level="city", is_root=True)
    district = region("370202", 120, 36, 120.5, 36.5, parent=city)

    report = load(
        "enterprises",
        "统一社会信用代码,企业名称,行业代码,成立日期,规模,是否上市,资质,评级,评级年份,服务内容,总部所在地,用地面积,lng,lat",
        "stock:600001,海风电池,C3841,2015年3月1日,大型,是,链主；小巨人；高新技术企业,A,2024,检测,青岛,12.5亩,120.3,36.2",
    )

    assert report.refusals == []
    firm = Enterprise.objects.get()
    assert (firm.uscc, firm.name, firm.industry, str(firm.founded)) == (
        "stock:600001",
        "海风电池",
        "3841",
        "2015-03-01",
    )
    assert (firm.scale, firm.listed, firm.rating, firm.rating_year) == ("large", True, "A", 2024)
    assert firm.honours == ["chain_leader", "little_giant", "high_tech"]
    assert (firm.services, firm.hq_region, firm.land_mu) == ("检测", "青岛", 12.5)
    assert (firm.region, firm.in_city) == (district, True)
    assert firm.cell == hexes.cell_at(120.3, 36.2)
    assert firm.place is not None
    assert firm.place.coords == pytest.approx((120.3, 36.2))
    assert firm.source_id == report.source_id


def test_a_blank_is_unknown_and_a_firm_without_a_place_is_outside(load: LoadText) -> None:
    region("370200", 119, 35, 121, 37, level="city")

    load(
        "enterprises",
        "uscc,name,industry,scale,listed,honours,rating,services,parent,hq_region,land_mu,lng,lat",
        "local:1,One,,,,,,,,,,,",
    )

    firm = Enterprise.objects.get()
    assert (firm.scale, firm.listed, firm.rating, firm.land_mu) == (None, None, None, None)
    assert (firm.industry, firm.services, firm.parent_name, firm.hq_region, firm.honours) == ("", "", "", "", [])
    assert (firm.place, firm.cell, firm.region, firm.in_city) == (None, None, None, False)


def test_a_firm_beside_the_city_has_a_place_and_is_outside(load: LoadText) -> None:
    region("370200", 119, 35, 121, 37, level="city")

    load("enterprises", "uscc,name,lng,lat", "local:1,Near,121.2,36")

    firm = Enterprise.objects.get()
    assert (firm.in_city, firm.region) == (False, None)
    assert firm.cell is not None


def test_a_file_without_places_needs_no_datum(tmp_path: Path) -> None:
    file = tmp_path / "firms.csv"
    file.write_text("uscc,name\nlocal:1,One\n", encoding="utf-8")

    assert load_file("enterprises", file, Options()).loaded == 1


def test_full_codes_are_checked_and_older_numbers_are_flagged(load: LoadText) -> None:
    report = load(
        "enterprises",
        "uscc,name",
        "91370200163562681G,Right",
        "91370200163562681A,Wrong digit",
        "370200018000001,Old registration",
        "local:7,Other",
    )

    assert reasons(report) == [(3, "uscc")]
    checked = dict(Enterprise.objects.values_list("name", "uscc_checked"))
    assert checked == {"Right": True, "Old registration": False, "Other": False}
    assert [remark.row for remark in report.remarks] == [4]


def test_an_unknown_honour_is_kept_out_with_a_remark(load: LoadText) -> None:
    report = load("enterprises", "uscc,name,honours", "local:1,One,链主;世界第一;链主企业")

    assert Enterprise.objects.get().honours == ["chain_leader"]
    assert ["世界第一" in remark.reason.zh for remark in report.remarks] == [True]


def test_the_title_listed_says_that_a_firm_is_listed_where_the_file_does_not(load: LoadText) -> None:
    load("enterprises", "uscc,name,listed,honours", "local:1,Said,0,上市", "local:2,Unsaid,,上市", "local:3,Neither,,")

    assert dict(Enterprise.objects.values_list("name", "listed")) == {"Said": False, "Unsaid": True, "Neither": None}


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("scale", "巨型"),
        ("rating", "E"),
        ("land_mu", "-1"),
        ("industry", "电池"),
        ("founded", "去年"),
        ("listed", "也许"),
    ],
)
def test_a_value_that_makes_no_sense_refuses_its_row(load: LoadText, column: str, value: str) -> None:
    report = load("enterprises", f"uscc,name,{column}", f"local:1,One,{value}", "local:2,Two,")

    assert reasons(report) == [(2, column)]
    assert [firm.name for firm in Enterprise.objects.all()] == ["Two"]


def test_a_parent_is_found_by_code_or_by_a_name_of_its_own_wherever_it_comes(load: LoadText) -> None:
    load(
        "enterprises",
        "uscc,name,parent",
        "local:1,Child,local:3",
        "local:2,Other child,Mother",
        "local:3,Mother,",
        "local:4,Orphan,Twin",
        "local:5,Twin,",
        "local:6,Twin,",
        "local:7,Far,Some Group",
    )

    assert dict(Enterprise.objects.values_list("uscc", "parent__uscc")) == {
        "local:1": "local:3", "local:2": "local:3", "local:3": None, "local:4": None, "local:5": None,
        "local:6": None, "local:7": None,
    }  # fmt: skip
    assert Enterprise.objects.get(uscc="local:7").parent_name == "Some Group"

    load("enterprises", "uscc,name,parent", "local:1,Child,", "local:8,Some Group,")
    assert Enterprise.objects.get(uscc="local:1").parent is None
    assert Enterprise.objects.get(uscc="local:7").parent == Enterprise.objects.get(uscc="local:8")


def test_a_missing_column_leaves_what_was_known_and_a_blank_cell_forgets_it(load: LoadText) -> None:
    region("370200", 119, 35, 121, 37, level="city")
    load("enterprises", "uscc,name,land_mu,honours,lng,lat", "local:1,One,5,链主,120,36")

    load("enterprises", "uscc,name", "local:1,Renamed")
    firm = Enterprise.objects.get()
    assert (firm.name, firm.land_mu, firm.honours, firm.in_city) == ("Renamed", 5, ["chain_leader"], True)

    load("enterprises", "uscc,name,land_mu,honours,lng,lat", "local:1,Renamed,,,,")
    firm = Enterprise.objects.get()
    assert (firm.land_mu, firm.honours, firm.place, firm.in_city) == (None, [], None, False)


def test_a_year_is_read_with_units_turned_into_ours(load: LoadText) -> None:
    firm = EnterpriseFactory(uscc="local:1")

    report = load(
        "enterprise_years",
        "uscc,年份,产值（亿元）,利润,tax,employees,patents,power_kwh",
        'local:1,2024,1.5,-30,"1,200",250,12,',
    )

    assert report.refusals == []
    year = EnterpriseYear.objects.get(enterprise=firm)
    assert (year.year, year.output, year.profit, year.tax) == (2024, 15_000, -30, 1200)
    assert (year.employees, year.patents, year.power_kwh, year.rd) == (250, 12, None, None)


def test_a_year_is_updated_by_its_key_and_refused_twice_in_one_file(load: LoadText) -> None:
    EnterpriseFactory(uscc="local:1")
    load("enterprise_years", "uscc,year,output,tax", "local:1,2024,5,1")

    report = load("enterprise_years", "uscc,year,output", "local:1,2024,6", "local:1,2024,7")

    year = EnterpriseYear.objects.get()
    assert (year.output, year.tax) == (6, 1)
    assert (report.updated, reasons(report)) == (1, [(3, "uscc+year")])


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("local:9,2024,5", "uscc"),
        ("local:1,1900,5", "year"),
        ("local:1,next,5", "year"),
        ("local:1,2024,-5", "output"),
        ("local:1,2024,much", "output"),
        ("local:1,2024,5亩", "output"),
    ],
)
def test_a_year_that_makes_no_sense_is_refused(load: LoadText, line: str, column: str) -> None:
    EnterpriseFactory(uscc="local:1")

    report = load("enterprise_years", "uscc,year,output", line)

    assert reasons(report) == [(2, column)]
    assert not EnterpriseYear.objects.exists()


def test_firms_find_their_region_again_when_outlines_change() -> None:
    inside = EnterpriseFactory(lng=120.3, lat=36.2, in_city=False)
    EnterpriseFactory()
    region("370200", 119, 35, 121, 37, level="city")

    assert place_again() == 1
    inside.refresh_from_db()
    assert (inside.in_city, inside.region) == (True, Region.objects.get())
    assert place_again() == 0
    assert not AuditEntry.objects.filter(action="update").exists()


def test_a_year_ahead_of_us_is_refused_and_leaves_the_city_its_figures(load: LoadText) -> None:
    """The newest year says which figures still count: one slip of the pen would make all of them too old."""
    now = timezone.localdate().year
    load("enterprises", "uscc,name,lng,lat", "local:1,One,120,36", "local:2,Two,120,36")
    report = load("enterprise_years", "uscc,year,output", f"local:1,{now},5", f"local:2,{now + 36},7")
    assert reasons(report) == [(3, "year")]
    assert reference_year() == now
    ties = load("supply_ties", "supplier,customer,year", f"local:1,local:2,{now + 1}")
    assert reasons(ties) == [(2, "year")]
