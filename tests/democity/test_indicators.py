"""The ten indicators that the demo city declares for itself, beside the standard ones."""

from democity.indicators import DICTIONARY
from geo.importing.cleaning.units import parse_unit
from geo.importing.kinds import kind_named
from landparcels.indicators import catalogue

ROWS = [dict(zip(("code", "name", "name_en", "group", "type", "unit"), row, strict=False)) for row in DICTIONARY]


def test_the_ten_have_the_names_units_and_types_that_were_agreed_on() -> None:
    assert [(row["name"], row["type"], row["unit"]) for row in ROWS] == [
        ("容量电价", "number", "CNY/kVA/month"),
        ("电价电压等级", "choices", "1"),  # the kilovolts are in the choices
        ("可供蒸汽", "number", "t/h"),
        ("行政办公建筑面积占比上限", "number", "%"),
        ("建筑系数上限", "number", "%"),
        ("单位增加值VOCs排放上限", "number", "kg/10k CNY"),
        ("单位增加值碳排放上限", "number", "tCO2/10k CNY"),
        ("亩均增加值", "number", "10k CNY/mu"),
        ("约定开工期限", "number", "month"),
        ("土壤污染状况调查", "choice", "1"),
    ]


def test_each_is_the_citys_own_with_a_name_in_english_and_a_unit_that_files_may_convert() -> None:
    taken = set(catalogue()) | {column.name for column in kind_named("parcels").columns}

    for row in ROWS:
        assert row["code"] not in taken
        assert str(row["name_en"]).isascii()
        assert parse_unit(str(row["unit"])) is not None
