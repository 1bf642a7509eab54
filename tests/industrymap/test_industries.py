"""The list of industries and whose a code is."""

import csv
from pathlib import Path

import pytest

from industrymap.industries import BY_CODE, INDUSTRIES, UNASSIGNED, position_of, positions_of


def code_of(gbt: str) -> str | None:
    at = position_of(gbt)
    return None if at == UNASSIGNED else INDUSTRIES[at].code


@pytest.mark.parametrize(
    ("gbt", "industry"),
    [
        ("3850", "smart-appliances"),
        ("36", "automobiles"),
        ("397", "integrated-circuits"),
        ("3973", "integrated-circuits"),
        ("3974", "displays-terminals"),
        ("3581", "medical-devices"),
        ("3562", "special-machinery"),
        ("38", None),
        ("9999", None),
        ("", None),
    ],
)
def test_a_code_belongs_to_the_longest_prefix_and_a_shorter_code_to_none(gbt: str, industry: str | None) -> None:
    assert code_of(gbt) == industry


def test_no_prefix_is_held_twice() -> None:
    prefixes = [prefix for industry in INDUSTRIES for prefix in industry.prefixes]

    assert len(prefixes) == len(set(prefixes))
    assert all(2 <= len(prefix) <= 4 and prefix.isdecimal() for prefix in prefixes)


def test_there_are_27_with_two_names_each() -> None:
    assert len(BY_CODE) == len({i.name_zh for i in INDUSTRIES}) == len({i.name_en for i in INDUSTRIES}) == 27


def test_what_another_industry_holds_within_is_taken_out_of_the_filter() -> None:
    assert BY_CODE["integrated-circuits"].filter == "397,652,-3974"
    assert BY_CODE["special-machinery"].filter == "35,-358"
    assert BY_CODE["food"].filter == "13,14"


def test_many_codes_at_once() -> None:
    assert positions_of(["385", "", "3860"]).tolist() == [0, UNASSIGNED, 0]


def test_the_codes_and_names_are_those_of_the_domain_table(shared_domain: Path) -> None:
    with (shared_domain / "industries27.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = {row["code"]: row for row in csv.DictReader(file)}

    assert {code: (i.name_zh, i.name_en) for code, i in BY_CODE.items()} == {
        code: (row["name_zh"], row["name_en"]) for code, row in rows.items()
    }
