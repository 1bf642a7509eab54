import pytest
from hypothesis import given
from hypothesis import strategies as st

from board.names import How, Likeness, likeness, name_of, normal, parts_of
from board.synonyms import grouped

PRODUCTS = st.text(st.sampled_from("动力电池锂离子正极材料LEDa1-（ ）"), min_size=1, max_size=12).filter(normal)


def test_width_case_and_punctuation_make_no_difference() -> None:
    assert normal("ＬＥＤ 灯（户外）") == normal("led灯·户外") == "led灯户外"


def test_a_name_is_spelled_in_full_and_by_initials() -> None:
    name = name_of("动力电池")
    assert (name.pinyin, name.initials) == ("donglidianchi", "dldc")
    assert (name_of("LED灯").pinyin, name_of("LED灯").initials) == ("leddeng", "ledd")
    assert name_of("绿色建材").pinyin == "lvsejiancai"


def test_every_ending_is_a_word_to_be_found_by() -> None:
    assert name_of("锂电池").found_by.split() == [
        "锂电池",
        "电池",
        "池",
        "lidianchi",
        "dianchi",
        "chi",
        "ldc",
        "dc",
        "c",
    ]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("动力电池", Likeness(How.EXACT, 1.0)),
        ("电池", Likeness(How.PART, 0.75)),  # 0.6 + 0.3 · 2/4
        ("车用动力电池", Likeness(How.PART, 0.8)),  # 0.6 + 0.3 · 4/6
        ("donglidianchi", Likeness(How.PINYIN, 0.85)),
        ("dldc", Likeness(How.PINYIN, 0.85)),
        ("dc", Likeness(How.PINYIN, 0.675)),  # 0.5 + 0.35 · 2/4
        ("池", Likeness(How.PART, 0.675)),  # 0.6 + 0.3 · 1/4
        ("i", None),
        ("池电", None),
    ],
)
def test_a_name_is_found_for_a_reason(asked: str, expected: Likeness | None) -> None:
    found = likeness(asked, name_of("动力电池"))
    assert (found and found.how) == (expected and expected.how)
    assert found is None or expected is None or found.value == pytest.approx(expected.value)


def test_pinyin_counts_from_the_start_of_a_syllable() -> None:
    assert likeness("dianchi", name_of("动力电池")) is not None
    assert likeness("ianchi", name_of("动力电池")) is None


def test_a_synonym_is_almost_as_sure_as_the_name_and_is_told() -> None:
    name = name_of("锂离子电池")
    assert likeness("锂电", name, ["锂电池", "锂离子电池"]) == Likeness(How.SYNONYM, 0.95, "锂离子电池")
    part = likeness("锂电", name_of("方形锂离子电池"), ["锂离子电池"])
    assert part is not None and (part.how, part.through) == (How.SYNONYM, "锂离子电池")
    assert part.value == pytest.approx(0.95 * (0.6 + 0.3 * 5 / 7))


def test_what_only_looks_alike_comes_last_and_too_little_does_not_count() -> None:
    assert likeness("锂电包", name_of("锂电池"), similar=0.6) == Likeness(How.SIMILAR, 0.3)
    assert likeness("锂电包", name_of("锂电池"), similar=0.2) is None
    assert likeness("电子", name_of("电缆"), similar=0.4) is None  # two letters are alike by chance


@given(PRODUCTS, PRODUCTS, st.floats(0, 1))
def test_likeness_is_a_share_and_the_name_itself_is_the_most(one: str, other: str, similar: float) -> None:
    like = likeness(normal(one), name_of(other), (), similar)
    assert like is None or 0 < like.value <= 1
    assert (like is not None and like.value == 1) == (normal(one) == normal(other))


@given(PRODUCTS, PRODUCTS)
def test_parts_of_names_count_both_ways(one: str, other: str) -> None:
    here, there = likeness(normal(one), name_of(other)), likeness(normal(other), name_of(one))
    if here is not None and here.how == How.PART:
        assert there is not None
        assert there.value == pytest.approx(here.value)
        assert normal(one) in parts_of(normal(other)) or normal(other) in parts_of(normal(one))


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef")), max_size=10))
def test_meaning_the_same_goes_both_ways_and_on(pairs: list[tuple[str, str]]) -> None:
    groups = grouped(pairs)
    assert all(groups[one] == groups[other] for one, other in pairs)
    assert all(name in group and all(groups[other] == group for other in group) for name, group in groups.items())
