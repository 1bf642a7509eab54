import pytest

from enterprises.risks import Year, risks


def flags(*years: Year, rating: str | None = None, sold: list[float] | None = None) -> list[str]:
    found = risks(years, rating=rating, reference=2024, oldest=3, sold=sold or [], bought=[])
    return [risk.flag for risk in found]


@pytest.mark.parametrize(
    ("years", "expected"),
    [
        ([], []),
        ([Year(2023, 10, -1, 1), Year(2024, 10, -2, 1)], ["losses"]),
        ([Year(2023, 10, -1, 1), Year(2024, 10, None, 1)], []),  # unknown is no loss
        ([Year(2022, 10, -1, 1), Year(2024, 10, -1, 1)], []),  # not one after the other
        ([Year(2023, 10, 1, 1), Year(2024, 7, 1, 1)], ["shrinking"]),
        ([Year(2023, 10, 1, 1), Year(2024, 7.1, 1, 1)], []),
        ([Year(2024, 10, 1, -0.5)], ["tax_refunded"]),
        ([Year(2020, 10, 1, 1)], ["silent"]),
        ([Year(2021, 10, 1, 1)], []),
    ],
)
def test_each_flag_is_one_rule(years: list[Year], expected: list[str]) -> None:
    assert flags(*years) == expected


def test_a_rating_and_a_lone_partner_of_several_are_flagged() -> None:
    assert flags(rating="D") == ["rated_d"]
    assert flags(sold=[7, 3]) == ["one_customer"]
    assert flags(sold=[6, 4]) == []
    assert flags(sold=[10]) == []  # one recorded tie says little


def test_words_tell_the_numbers() -> None:
    (found,) = risks(
        [Year(2023, 10, 1, 1), Year(2024, 5, 1, 1)], rating=None, reference=2024, oldest=3, sold=[], bought=[]
    )
    assert (found.words.zh, found.words.en) == ("2024 年产值下降 50%", "Output fell by 50% in 2024")
