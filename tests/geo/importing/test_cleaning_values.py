from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.importing.cleaning.base import Cleaned
from geo.importing.cleaning.dates import clean_dates
from geo.importing.cleaning.identifiers import (
    clean_adcode,
    clean_cells,
    clean_industry,
    clean_uscc,
    credit_check_digit,
    stable_code,
)
from geo.importing.cleaning.texts import clean_choice, clean_code, clean_flag, clean_list, clean_text

QINGDAO_FIRM = "913702816143139252"  # 青岛联谊集团有限公司


def refused(done: Cleaned) -> list[int]:
    return [reject.index for reject in done.rejects]


def test_text_is_trimmed_and_letters_and_digits_are_narrowed() -> None:
    done = clean_text(["  胶州　热电厂 ", "ＡＢＣ１２３（二期）", "", "   ", None, 3.0, date(2024, 3, 1)])
    assert done.values == ["胶州 热电厂", "ABC123（二期）", None, None, None, "3", "2024-03-01"]
    assert sum(done.repairs.values()) == 2


def test_text_that_no_database_keeps_is_refused() -> None:
    done = clean_text(["a\x00b", "\ud83d", "好"])
    assert refused(done) == [0, 1]
    assert done.values == [None, None, "好"]


def test_text_too_long_is_refused() -> None:
    assert refused(clean_text(["一二三四", "一二三"], longest=3)) == [0]


def test_codes_keep_leading_zeros_and_lose_what_spreadsheets_add() -> None:
    done = clean_code(["0012", "370200.0", 370200.0, 370200, "'0012", " A-1 ", "1.50"])
    assert done.values == ["0012", "370200", "370200", "370200", "0012", "A-1", "1.50"]
    assert sum(done.repairs.values()) == 2


def test_a_code_whose_digits_a_spreadsheet_lost_is_refused() -> None:
    done = clean_code([9.13702816143139e17])
    assert refused(done) == [0]
    assert "text" in done.rejects[0].reason.en


@pytest.mark.parametrize(
    "cell",
    ["2024-03-01", "2024/3/1", "2024年3月1日", "2024.3.1", "20240301", 20240301, "２０２４年３月１日", " 2024-3-1 ",
     "2024-03-01T08:00:00Z", "2024-03-01 08:00:00", date(2024, 3, 1), datetime(2024, 3, 1, 8, 0)],  # noqa: DTZ001
)  # fmt: skip
def test_a_date_is_read_however_it_is_written(cell: object) -> None:
    assert clean_dates([cell]).values == [date(2024, 3, 1)]


def test_serial_days_count_in_spreadsheets_alone() -> None:
    """45352 is 1 March 2024 in Excel."""
    assert clean_dates([45352, 45352.5, "45352"], serials=True).values == [date(2024, 3, 1)] * 3
    assert refused(clean_dates([45352, "45352"])) == [0, 1]


@pytest.mark.parametrize(
    "cell", ["2024-02-30", "2024年3月", "2024", "昨天", "2024-13-01", "0001-01-01", True, "9999-01-01"]
)
def test_what_is_no_day_is_refused(cell: object) -> None:
    done = clean_dates([cell])
    assert refused(done) == [0]
    assert done.values == [None]


@given(st.dates(date(1800, 1, 1), date(2200, 12, 31)))
def test_any_day_is_read_back_from_three_spellings(day: date) -> None:
    spelled = [day.isoformat(), f"{day.year}/{day.month}/{day.day}", f"{day.year}年{day.month}月{day.day}日"]
    assert clean_dates(spelled).values == [day] * 3


def test_yes_and_no_in_both_languages() -> None:
    done = clean_flag(["是", "否", 1, 0, "true", "FALSE", True, "Ｙ", None, "", "也许"])
    assert done.values == [True, False, True, False, True, False, True, True, None, None, None]
    assert refused(done) == [10]


CHOICES = {"upstream": "upstream", "上游": "upstream", "downstream": "downstream", "下游": "downstream"}


def test_a_choice_is_known_by_code_or_label_whatever_its_case_and_width() -> None:
    done = clean_choice(["upstream", "上游", " Down Stream ", "ＵＰＳＴＲＥＡＭ", None, "中游"], choices=CHOICES)
    assert done.values == ["upstream", "upstream", "downstream", "upstream", None, None]
    assert refused(done) == [5]
    assert "upstream, downstream" in done.rejects[0].reason.en


def test_lists_are_split_at_semicolons_and_enumeration_commas_and_each_entry_once() -> None:
    assert clean_list(["3011; 3012；3013、3011", "a,b", None, " ; "]).values == [
        ["3011", "3012", "3013"],
        ["a,b"],
        None,
        [],
    ]
    assert clean_list(["上游;下游"], choices=CHOICES).values == [["upstream", "downstream"]]
    assert refused(clean_list(["上游;中游"], choices=CHOICES)) == [0]


def test_the_check_digit_of_a_published_credit_code() -> None:
    assert credit_check_digit(QINGDAO_FIRM[:17]) == QINGDAO_FIRM[17]
    assert clean_uscc([QINGDAO_FIRM, "91370200797522673R"]).values == [QINGDAO_FIRM, "91370200797522673R"]


def test_real_credit_codes_all_pass(shared_data: Any) -> None:
    lines = (shared_data / "qingdao-jiaozhou-evaluation" / "leader-enterprises-2018.csv").read_text().splitlines()[1:]
    codes = [line.split(",")[0] for line in lines]
    done = clean_uscc(codes)
    assert len(codes) == 32
    assert not done.rejects
    assert not done.remarks


@given(st.text("0123456789ABCDEFGHJKLMNPQRTUWXY", min_size=9, max_size=9), st.integers(0, 999_999), st.integers(0, 17))
def test_one_wrong_character_never_passes(tail: str, region: int, place: int) -> None:
    body = f"91{region:06}{tail}"
    code = body + credit_check_digit(body)
    assert clean_uscc([code]).values == [code]
    other = "2" if code[place] != "2" else "3"
    assert clean_uscc([code[:place] + other + code[place + 1 :]]).values == [None]


def test_older_numbers_are_taken_and_flagged() -> None:
    done = clean_uscc(["370281228000123", "61431392-5", "614313925", "stock:600373", "local:ab12"])
    assert done.values == ["370281228000123", "61431392-5", "614313925", "stock:600373", "local:ab12"]
    assert [index for index, _ in done.remarks] == [0, 1, 2]


def test_small_letters_and_blanks_in_a_credit_code_are_mended_and_counted() -> None:
    done = clean_uscc(["91370200 797522673r"])
    assert done.values == ["91370200797522673R"]
    assert sum(done.repairs.values()) == 1


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("913702816143139253", "check digit"),
        ("9137028161431392O2", "“O”"),
        ("123", "authority:number"),
        (9.13702816143139e17, "lost its last digits"),
        ("9.13703E+17", "lost its last digits"),
        ("Stock:600373", "18 characters"),
    ],
)
def test_a_wrong_credit_code_is_refused_with_the_reason(cell: object, said: str) -> None:
    done = clean_uscc([cell])
    assert refused(done) == [0]
    assert said in done.rejects[0].reason.en


def test_industry_codes_are_two_to_four_digits_without_their_section() -> None:
    done = clean_industry(["3011", "C3011", "30", 3011.0, "0111", "C", "30111", "化工"])
    assert done.values[:5] == ["3011", "3011", "30", "3011", "0111"]
    assert refused(done) == [5, 6, 7]


def test_adcodes_have_six_nine_or_twelve_digits() -> None:
    done = clean_adcode(["370281", 370281.0, "370281001", "370281001000", "3702", "青岛"])
    assert done.values[:4] == ["370281", "370281", "370281001", "370281001000"]
    assert refused(done) == [4, 5]


def test_h3_cells_become_signed_integers() -> None:
    done = clean_cells(["89a901291abffff", "nonsense", None, "0"])
    assert done.values == [0x89A901291ABFFFF, None, None, None]
    assert refused(done) == [1, 3]


def test_a_made_up_code_depends_on_the_cells_and_on_nothing_else() -> None:
    codes = stable_code(
        [("温州东", 120.75), ("温州东", 120.75), (" 温州东 ", 120.75), ("温州西", 120.59), (None, None)]
    )
    assert codes[0] == codes[1] == codes[2]
    assert codes[3] not in (codes[0], None)
    assert codes[4] is None
    assert stable_code([("ab", "c")]) != stable_code([("a", "bc")])
