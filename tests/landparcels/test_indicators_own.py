"""A city's own indicators: what a value may be, how it becomes a number and back, how files bring them."""

import math
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from geo.errors import NotAllowed
from geo.importing.options import Options
from geo.importing.report import Report
from geo.importing.run import load_file
from geo.words import Words
from landparcels.evidence import evidence_of, expired, expired_of, written
from landparcels.indicators import catalogue, indicators_for
from landparcels.indicators.city import CityIndicator
from landparcels.indicators.own import Option, OwnIndicator, own_indicators
from landparcels.matching import Hard, Soft, match
from landparcels.models import Parcel
from landparcels.reading import read_offer
from tests.factories.landparcels import CityIndicatorFactory, ParcelFactory

HERE = "POLYGON((120.3 36.2,120.301 36.2,120.301 36.201,120.3 36.201,120.3 36.2))"
SOIL = [
    {"code": "passed", "zh": "已通过", "en": "Passed"},
    {"code": "pending", "zh": "进行中", "en": "In progress"},
    {"code": "none", "zh": "未开展", "en": "Not begun"},
]
VOLTAGES = [{"code": code, "zh": f"{code} 千伏", "en": f"{code} kV"} for code in ("10", "35", "110")]
Load = Callable[..., Report]


def own(kind: str, *codes: str, low: float | None = None, high: float | None = None) -> OwnIndicator:
    return OwnIndicator(
        code="x", zh="某", en="X", group="terms", unit="1", bound="neutral", kind=kind,  # type: ignore[arg-type]  # a kind
        low=low, high=high, options=tuple(Option(code, code, code) for code in codes), department="", department_en="",
        legal_basis=Words("", ""), note_zh="", note_en="", public=True, position=1,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("one", "good", "bad"),
    [
        (own("decimal", low=0, high=10), [0, 10, 2.5], [-0.1, 11, "3", True, math.nan, None]),
        (own("decimal"), [-1e9], [math.inf]),
        (own("yes_no"), [True, False], [1, "yes", None]),
        (own("choice", "a", "b"), ["a"], ["c", ["a"], None]),
        (own("choices", "a", "b"), [["a"], ["a", "b"]], [[], ["c"], "a"]),
    ],
)
def test_a_value_is_of_its_type_and_within_its_range(one: OwnIndicator, good: list[object], bad: list[object]) -> None:
    assert [one.fault(value) for value in good] == [None] * len(good)
    assert all(one.fault(value) for value in bad)


@given(st.sets(st.integers(0, 49)))
def test_choices_survive_as_a_number(chosen: set[int]) -> None:
    codes = [f"c{at}" for at in range(50)]
    one = own("choices", *codes)
    value = [codes[at] for at in sorted(chosen)]

    assert one.decoded(one.encoded(value)) == value


def test_yes_choices_and_numbers_survive_as_numbers() -> None:
    assert own("yes_no").decoded(own("yes_no").encoded(False)) is False
    assert own("choice", "a", "b").encoded("b") == 2.0
    assert own("choice", "a", "b").decoded(2.0) == "b"
    assert math.isnan(own("decimal").encoded(None))
    assert own("decimal").decoded(math.nan) is None


@pytest.fixture
def dictionary(db: None) -> None:
    CityIndicatorFactory(code="steam", name_zh="可供蒸汽", name_en="Steam", unit="t/h", low=0, high=500)
    CityIndicatorFactory(
        code="soil", name_zh="土壤调查", name_en="Soil survey", type="choice", choices=SOIL, group="terms"
    )
    CityIndicatorFactory(code="voltages", name_zh="电压", type="choices", choices=VOLTAGES)
    CityIndicatorFactory(code="dock", name_zh="有码头", type="yes_no", group="services")
    CityIndicatorFactory(code="secret", name_zh="内部评分", public=False)


@pytest.fixture
def load(tmp_path: Path, db: None) -> Load:
    def run(kind: str, text: str, *, by: User | None = None) -> Report:
        path = tmp_path / f"{kind}.csv"
        path.write_text(text, encoding="utf-8")
        return load_file(kind, path, Options(crs="EPSG:4490" if kind == "parcels" else None), by=by)

    return run


def reasons(report: Report) -> list[tuple[int, str]]:
    return [(refusal.row, refusal.column) for refusal in report.refusals]


def test_they_stand_at_the_end_of_their_group_and_staff_only_ones_are_for_staff(
    dictionary: None, person: Callable[..., User]
) -> None:
    codes = list(indicators_for(person("land")))

    assert codes.index("soil") == codes.index("ramp_up_months_max") + 1
    assert codes.index("sewage_capacity") < codes.index("steam") < codes.index("corporate_tax_rate")
    assert "secret" in codes
    assert "secret" not in indicators_for(person("investor"))
    assert len(codes) == len(catalogue()) + 5


def test_a_file_brings_them_by_code_or_name_in_words_or_codes(dictionary: None, load: Load) -> None:
    report = load(
        "parcels",
        "code,可供蒸汽（吨/小时）,Soil survey,电压,有码头,wkt\n"
        f'A,12.5,已通过,10 千伏;110,是,"{HERE}"\n'
        f'B,,pending,,否,"{HERE}"\n',
    )

    assert report.refusals == []
    found = dict(Parcel.objects.values_list("code", "extra"))
    assert found["A"] == {"steam": 12.5, "soil": "passed", "voltages": ["10", "110"], "dock": True}
    assert found["B"] == {"soil": "pending", "dock": False}


def test_a_wrong_value_refuses_its_row_in_words(dictionary: None, load: Load) -> None:
    report = load(
        "parcels",
        f'code,steam,soil,voltages,dock,wkt\nA,501,,,,"{HERE}"\nB,,gone,,,"{HERE}"\nC,,,10;220,,"{HERE}"\n'
        f'D,,,,maybe,"{HERE}"\nE,much,,,,"{HERE}"\nF,1,,,,"{HERE}"\n',
    )

    assert sorted(reasons(report)) == [(2, "steam"), (3, "soil"), (4, "voltages"), (5, "dock"), (6, "steam")]
    assert all(refusal.reason.zh and refusal.reason.en for refusal in report.refusals)
    assert [parcel.code for parcel in Parcel.objects.all()] == ["F"]


def test_a_column_left_out_keeps_its_value_and_a_blank_cell_clears_it(dictionary: None, load: Load) -> None:
    load("parcels", f'code,steam,soil,start_price_expires,wkt\nA,3,passed,2026-12-31,"{HERE}"\n')
    load("parcels", f'code,steam,start_price_reference,wkt\nA,,二号文,"{HERE}"\n')

    parcel = Parcel.objects.get()
    assert parcel.extra == {"soil": "passed"}
    assert parcel.evidence == {"start_price": {"expires": "2026-12-31", "reference": "二号文"}}


def test_evidence_of_an_indicator_stands_instead_of_its_group_s(dictionary: None) -> None:
    stored = {
        "admission": {"expires": "2026-06-30", "department": "资规局"},
        "far_min": {"as_of": "2026-05-01"},
        "steam": {"expires": "2026-01-01"},
    }
    known = indicators_for()
    own_entry, of_group = evidence_of(stored, known["far_min"]), evidence_of(stored, known["far_max"])

    assert (own_entry.as_of, own_entry.expires) == (date(2026, 5, 1), None)
    assert (of_group.expires, of_group.department) == (date(2026, 6, 30), "资规局")
    assert not of_group.is_expired(date(2026, 6, 30))
    assert of_group.is_expired(date(2026, 7, 1))
    assert "far_max" in expired_of(stored, known, date(2026, 7, 1))
    assert "far_min" not in expired_of(stored, known, date(2026, 7, 1))
    parcel = ParcelFactory(evidence=stored)
    assert "steam" in expired(parcel, date(2026, 7, 1))
    assert expired(ParcelFactory(), date(2026, 7, 1)) == frozenset()


def test_what_is_written_keeps_other_parts_and_drops_empty_ones() -> None:
    before = {"far_min": {"as_of": "2026-01-01", "expires": "2027-01-01"}}

    assert written(before, {"far_min": {"expires": None}, "terms": {"reference": "一号文"}}) == {
        "far_min": {"as_of": "2026-01-01"},
        "terms": {"reference": "一号文"},
    }
    assert written(before, {"far_min": {"as_of": None, "expires": None}}) == {}


def test_the_dictionary_loads_and_loads_again(load: Load) -> None:
    text = (
        "code,name_zh,group,type,unit,bound,low,high,选项,department_zh,legal_basis_zh,public\n"
        "steam,可供蒸汽,能源水务,number,t/h,越高越好,0,500,,热力,,\n"
        "soil,土壤调查,terms,单选,,,,,passed:已通过:Passed;none:未开展,生态环境,《土壤污染防治法》,是\n"
    )
    for inserted in (2, 0):
        report = load("city_indicators", text)
        assert (report.refusals, report.inserted) == ([], inserted)

    steam, soil = own_indicators()["steam"], own_indicators()["soil"]
    assert (steam.unit, steam.bound, steam.low, steam.high, steam.public) == ("t/h", "higher_better", 0, 500, True)
    assert soil.choices == {"passed": Words("已通过", "Passed"), "none": Words("未开展", "未开展")}
    assert (soil.legal_basis.zh, soil.bound) == ("《土壤污染防治法》", "neutral")


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("Bad Code,甲,energy,number,1,,,", "code"),
        ("start_price,甲,energy,number,1,,,", "code"),
        ("steam_expires,甲,energy,number,1,,,", "code"),
        ("start_prices,甲,energy,number,1,,,", "code"),  # sta_pri in a Shapefile, as start_price
        ("x,起始价,energy,number,1,,,", "name_zh"),
        ("x,甲,energy,number,furlong,,,", "unit"),
        ("x,甲,energy,number,1,5,1,", "high"),
        ("x,甲,energy,choice,1,,,", "choices"),
        ("x,甲,energy,choice,1,,,a:甲;a:乙", "choices"),
        ("x,甲,energy,number,1,,,a:甲;b:乙", "choices"),
        ("x,甲,energy,choice,1,1,2,a:甲;b:乙", "low"),
        ("x,甲,nowhere,number,1,,,", "group"),
    ],
)
def test_an_entry_that_cannot_stand_is_refused(load: Load, row: str, column: str) -> None:
    report = load("city_indicators", f"code,name_zh,group,type,unit,low,high,choices\n{row}\n")

    assert [name for _, name in reasons(report)] == [column]
    assert not CityIndicator.objects.exists()


def test_what_parcels_have_goes_on_meaning_what_it_meant(dictionary: None, load: Load) -> None:
    ParcelFactory(extra={"steam": 3.0, "soil": "passed"})
    header = "code,name_zh,group,type,unit,choices\n"

    assert (2, "type") in reasons(load("city_indicators", header + "steam,可供蒸汽,energy,yes_no,1,\n"))
    assert reasons(load("city_indicators", header + "steam,可供蒸汽,energy,number,kg,\n")) == [(2, "unit")]
    assert reasons(load("city_indicators", header + "soil,土壤,terms,choice,1,none:未开展;other:其他\n")) == [
        (2, "choices")
    ]
    kept = load("city_indicators", header + "soil,土壤,terms,choice,1,passed:通过;other:其他\n")
    assert kept.refusals == []
    assert CityIndicator.objects.get(code="soil").name_zh == "土壤"


def test_the_dictionary_is_for_who_keeps_it(load: Load, person: Callable[..., User]) -> None:
    with pytest.raises(NotAllowed):
        load("city_indicators", "code,name_zh,group,type\nx,甲,energy,number\n", by=person("promotion"))
    assert load("city_indicators", "code,name_zh,group,type\nx,甲,energy,number\n", by=person("land")).loaded == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"code": "Not this"},
        {"type": "poem"},
        {"group": "poetry"},
        {"bound": "upward"},
        {"low": 2.0, "high": 1.0},
        {"choices": SOIL},
        {"type": "choice"},
    ],
)
def test_the_database_keeps_entries_sane(db: None, wrong: dict[str, object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        CityIndicatorFactory(**wrong)


def test_they_stand_in_the_offer_as_numbers_and_match(dictionary: None) -> None:
    ParcelFactory(code="A", extra={"steam": 20, "soil": "passed", "voltages": ["10", "110"], "dock": True})
    ParcelFactory(code="B", extra={"steam": 40.5, "soil": "none", "voltages": ["35"], "dock": False})
    ParcelFactory(code="C")

    offer = read_offer()

    assert offer.columns["steam"].tolist()[:2] == [20.0, 40.5]
    assert offer.columns["soil"].tolist()[:2] == [1.0, 4.0]
    assert offer.columns["voltages"].tolist()[:2] == [5.0, 2.0]
    assert offer.columns["dock"].tolist()[:2] == [1.0, 0.0]
    assert all(math.isnan(offer.columns[code][2]) for code in ("steam", "soil", "voltages", "dock"))

    def found(hard: list[Hard], *, allow_unknown: bool = False) -> list[int]:
        rows: list[int] = match(offer.columns, offer.code_order, hard=hard, allow_unknown=allow_unknown).rows.tolist()
        return rows

    assert found([Hard("voltages", "in", 6.0)]) == [0, 1]  # 35 or 110
    assert found([Hard("soil", "in", 1.0)]) == [0]
    assert found([Hard("soil", "in", 1.0)], allow_unknown=True) == [0, 2]
    wished = match(offer.columns, offer.code_order, soft=[Soft("soil", 1.0, 0.0, among=3.0), Soft("steam", 40, 0)])
    assert wished.rows.tolist() == [0, 1, 2]
    assert wished.score.tolist() == [75.0, 50.0, 0.0]
    assert wished.score_if_known.tolist() == [75.0, 50.0, 100.0]
