"""Results of transfers: put at their district by name, with ratios the right way round."""

from pathlib import Path

import pytest

from geo.importing.options import Options
from geo.importing.report import Report
from geo.importing.run import load_file
from landparcels.deals.models import LandDeal
from landparcels.importers.land_deals import stem
from tests.conftest import MakePerson
from tests.factories.geo import RegionFactory

pytestmark = pytest.mark.django_db

HEADER = (
    "电子监管号,地区,行政区,项目位置,土地用途,供地方式,签订日期,面积(公顷),成交价格,约定容积率(上限),约定容积率(下限)\n"
)


@pytest.fixture
def qingdao() -> None:
    city = RegionFactory(adcode="370200", name="青岛市", level="city", is_root=True)
    for adcode, name in (("370214", "城阳区"), ("370215", "即墨区"), ("370281", "胶州市")):
        RegionFactory(adcode=adcode, name=name, level="district", parent=city)


def load(folder: Path, *rows: str) -> tuple[Report, dict[str, LandDeal]]:
    path = folder / "deals.csv"
    path.write_text(HEADER + "\n".join(rows), encoding="utf-8")
    return load_file("land_deals", path), {deal.code: deal for deal in LandDeal.objects.all()}


def test_a_deal_stands_at_its_district_under_its_old_name_too_and_the_rest_is_left_out(
    qingdao: None, tmp_path: Path
) -> None:
    report, deals = load(
        tmp_path,
        'A,"山东省,青岛市",即墨市,灵山镇,工业用地,挂牌出让,2017/1/3,1.0,540,,',
        'B,"山东省,青岛市",,市南区某处,工业用地,划拨,2017年01月04日,2.0,0,,',
        'C,"青海省,海西",格尔木市,109国道,工业用地,挂牌出让,2017/1/3,1.0,10,,',
    )

    assert {code: deal.region_id for code, deal in deals.items()} == {"A": "370215", "B": "370200"}
    assert report.dropped == 1
    assert deals["A"].area_mu == pytest.approx(15)
    assert deals["B"].way == "allocation"
    priced = {deal.code: deal.price_per_mu for deal in LandDeal.objects.with_price_per_mu().all()}  # type: ignore[attr-defined]  # annotated
    assert priced == {"A": pytest.approx(36), "B": None}


def test_headings_that_most_rows_contradict_are_taken_the_other_way_round(qingdao: None, tmp_path: Path) -> None:
    place = '"山东省,青岛市",胶州市,某处,工业用地,挂牌出让,2017/1/3,1.0,540'
    report, deals = load(
        tmp_path, f"A,{place},0.8,1.5", f"B,{place},1.0,2.0", f"C,{place},2.5,1.2", f"D,{place},0.6,0.00"
    )

    bounds = {code: (deal.far_min, deal.far_max) for code, deal in deals.items()}
    assert bounds == {"A": (0.8, 1.5), "B": (1.0, 2.0), "C": (1.2, 2.5), "D": (0.6, None)}
    assert any("2 / 3" in note.en and "look swapped" in note.en for note in report.notes)


def test_single_slips_are_turned_round_and_lone_bounds_stay(qingdao: None, tmp_path: Path) -> None:
    place = '"山东省,青岛市",胶州市,某处,工业用地,挂牌出让,2017/1/3,1.0,540'
    report, deals = load(tmp_path, f"A,{place},1.5,0.8", f"B,{place},2.0,1.0", f"C,{place},0.5,1.2", f"D,{place},1.1,")

    assert (deals["C"].far_min, deals["C"].far_max) == (0.5, 1.2)
    assert (deals["D"].far_min, deals["D"].far_max) == (None, 1.1)
    assert any("turned round in 1 / 3 rows" in note.en for note in report.notes)


@pytest.mark.parametrize(
    ("name", "expected"),
    [("即墨市", "即墨"), ("即墨区", "即墨"), ("沙市", "沙市"), ("郫县", "郫县"), ("崂山区", "崂山")],
)
def test_a_stem_never_falls_below_two_characters(name: str, expected: str) -> None:
    assert stem(name) == expected


@pytest.mark.shared
@pytest.mark.parametrize(
    ("roots", "at_least"),
    [([("370200", "青岛市", "city", None), ("370214", "城阳区", "district", "370200"),
       ("370215", "即墨区", "district", "370200"), ("370281", "胶州市", "district", "370200")], 10),
     ([("330302", "鹿城区", "district", None)], 15)],
)  # fmt: skip
def test_the_results_of_january_2017_load_as_history(
    shared_data: Path, roots: list[tuple[str, str, str, str | None]], at_least: int
) -> None:
    """As docs/real-city.md says: the code is made of the address of the announcement."""
    for adcode, name, level, parent in roots:
        RegionFactory(adcode=adcode, name=name, level=level, parent_id=parent, is_root=parent is None)
    path = shared_data / "land-deals" / "landchina-results-2017-01.csv.gz"

    report = load_file("land_deals", path, Options(key=("链接",), source_name="landchina 2017-01"))

    assert report.read == 3668
    assert report.loaded >= at_least
    assert report.loaded + report.dropped + report.rejected == 3668
    deals = LandDeal.objects.all()
    assert {deal.signed_on.isoformat()[:7] for deal in deals} == {"2017-01"}
    assert all(deal.region_id in {adcode for adcode, *_ in roots} for deal in deals)
    assert any("look swapped" in note.en for note in report.notes)


def test_a_file_of_one_districts_staff_holds_the_deals_of_that_district(
    qingdao: None, tmp_path: Path, person: MakePerson
) -> None:
    path = tmp_path / "deals.csv"
    path.write_text("code,region,signed_on,price\na,370214,2020-01-01,5\nb,370215,2020-01-01,5\n", encoding="utf-8")
    officer = person("land", region="370215")
    first = load_file("land_deals", path, by=officer)
    assert [(refusal.row, refusal.column) for refusal in first.refusals] == [(2, "region")]
    path.write_text("code,region,signed_on,price\na,370214,2020-01-01,5\n", encoding="utf-8")
    load_file("land_deals", path)
    path.write_text("code,region,signed_on,price\na,370215,2020-01-01,9\n", encoding="utf-8")
    taken = load_file("land_deals", path, by=officer)
    assert [refusal.column for refusal in taken.refusals] == ["code"]
    assert LandDeal.objects.get(code="a").price == 5
