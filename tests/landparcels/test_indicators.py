"""The 46 standard land indicators, declared once."""

import csv
from pathlib import Path

import pytest

from landparcels.indicators import by_name, catalogue, of_origin


def test_there_are_46_indicators_in_five_groups() -> None:
    groups = [field.group for field in catalogue().values()]

    assert len(groups) == 46
    assert list(dict.fromkeys(groups)) == ["admission", "terms", "energy", "policy", "services"]


def test_a_declaration_says_unit_bound_origin_range_and_department() -> None:
    power = catalogue()["power_capacity"]

    assert (power.unit, power.bound, power.origin, power.low, power.high) == (
        "MVA",
        "higher_better",
        "computed",
        0.0,
        3200.0,
    )
    assert (power.zh, power.en, power.department, power.department_en) == (
        "可接入电力容量",
        "Spare power capacity",
        "供电",
        "Power supply",
    )


def test_serviced_land_levels_are_odd_numbers_of_connections() -> None:
    level = catalogue()["services_level"]

    assert level.allowed == (3.0, 5.0, 7.0, 9.0)
    assert level.fault(7) is None
    fault = level.fault(4)
    assert fault is not None
    assert (fault.zh, fault.en) == (
        "通平条件只能是 3, 5, 7, 9，收到 4",
        "Serviced-land level is one of 3, 5, 7, 9; got 4",
    )


@pytest.mark.parametrize(
    ("code", "value", "accepted"),
    [
        ("start_price", 0, True),
        ("start_price", 1700, True),
        ("start_price", 1700.1, False),
        ("start_price", -1, False),
        ("tenure_years", 20.5, False),
        ("power_capacity", float("nan"), False),
    ],
)
def test_a_value_outside_the_sane_range_is_a_fault(code: str, value: float, accepted: bool) -> None:
    assert (catalogue()[code].fault(value) is None) is accepted


def test_an_indicator_is_found_by_code_and_by_chinese_name() -> None:
    assert by_name(" 亩均税收 ") is catalogue()["tax_per_mu_min"]
    assert by_name("metro_km") is catalogue()["metro_km"]
    assert by_name("地铁") is None


def test_every_department_has_an_english_name() -> None:
    assert all(field.department_en.isascii() for field in catalogue().values())


def test_to_a_migration_an_indicator_is_a_plain_column() -> None:
    assert catalogue()["far_min"].deconstruct()[1:] == (
        "django.db.models.FloatField",
        [],
        {"null": True, "blank": True},
    )
    assert catalogue()["far_min"].clone().en == "Minimum floor area ratio"


def test_the_catalogue_is_the_one_the_house_agreed_on(shared_domain: Path) -> None:
    with (shared_domain / "indicators.csv").open(encoding="utf-8") as table:
        agreed = list(csv.DictReader(table))

    assert list(catalogue()) == [row["code"] for row in agreed]
    for row in agreed:
        field = catalogue()[row["code"]]
        assert (field.group, field.zh, field.en, field.unit, field.bound, field.origin, field.kind) == tuple(
            row[column] for column in ("group", "name_zh", "name_en", "unit", "bound", "origin", "type")
        )
        assert (field.low, field.high, field.department, field.note_en) == (
            float(row["min"]),
            float(row["max"]),
            row["department_zh"],
            row["note"],
        )
        assert field.allowed == tuple(float(choice) for choice in row["choices"].split(";") if choice)
    assert len(of_origin("declared")) == sum(row["origin"] == "declared" for row in agreed)
