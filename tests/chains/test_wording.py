import pytest

from chains.flips import Flip
from chains.wording import explain_flip, money, percent


@pytest.mark.parametrize(
    ("flip", "zh", "en"),
    [
        (
            Flip("supply", 30, 36, False, "balanced", 0.1),
            "本地产值由 30 万元 增至 36 万元，即变为“均衡”。",
            "It becomes balanced when local supply rises from CNY 300 k to CNY 360 k.",
        ),
        (
            Flip("import_share", 0.65, 0.5, True, "no_chokepoint", 0.15),
            "进口占比由 0.65 降至低于 0.50，即变为“非卡点”。",
            "It becomes no chokepoint when the import share falls from 0.65 to below 0.50.",
        ),
        (
            Flip("other_suppliers", 20_000, 50_000, True, "several_sources", 0.3),
            "其他供应企业的产值由 2 亿元 增至超过 5 亿元，即变为“多来源”。",
            "It becomes supplied by several when the other suppliers' amount rises from CNY 200 m to above CNY 500 m.",
        ),
        (
            Flip("supply", 0, 0, True, "weak", 0),
            "本地产值只要大于 0，即变为“薄弱”。",
            "Any local supply at all makes it weak.",
        ),
        (
            Flip("demand", 50, 50, True, "weak", 0),
            "本地需求（50 万元）恰在界上，稍有变化即变为“薄弱”。",
            "With local demand right at the limit (CNY 500 k), the least change makes it weak.",
        ),
        (
            Flip("essential", 1, 0, False, "absent", 1),
            "若不再列为必备环节，即变为“未布局”。",
            "It becomes absent when it is no longer marked as essential.",
        ),
    ],
)
def test_a_flip_is_told_in_both_languages(flip: Flip, zh: str, en: str) -> None:
    words = explain_flip(flip)
    assert (words.zh, words.en) == (zh, en)


def test_amounts_and_shares_are_short() -> None:
    assert (money(9_999).zh, money(12_345).zh, money(0).zh) == ("9,999 万元", "1.23 亿元", "0 万元")
    assert [money(amount).en for amount in (48.89, 4_889, 200_000, 0.05, 0)] == [
        "CNY 489 k", "CNY 48.9 m", "CNY 2 bn", "CNY 500", "CNY 0",
    ]  # fmt: skip
    assert [percent(share) for share in (0.5, 0.415, 1, None)] == ["50 %", "41.5 %", "100 %", "–"]


def test_two_amounts_that_are_close_are_told_apart() -> None:
    words = explain_flip(Flip("supply", 12_345, 12_349, True, "balanced", 0.001))
    assert "1.2345 亿元" in words.zh and "1.2349 亿元" in words.zh
    assert "CNY 123.45 m" in words.en and "CNY 123.49 m" in words.en
