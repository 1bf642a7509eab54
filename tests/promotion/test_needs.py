import pytest

from chains.verdicts import State
from geo.words import Words
from promotion.needs import Need, Standing, in_words, need_of, within_a_sentence

CELL, PACK, SEPARATOR = Words("电芯", "cells"), Words("电池包", "battery packs"), Words("隔膜", "separators")


@pytest.mark.parametrize(
    ("node", "need"),
    [
        (Standing(State.MISSING), Need.BUILD),
        (Standing(State.MISSING, behind_missing=True, beside_strong=True), Need.BUILD),
        (Standing(State.WEAK, single_source=True), Need.MEND),
        (Standing(State.ABSENT, behind_missing=True, beside_strong=True), Need.MEND),
        (Standing(State.ABSENT, beside_strong=True), Need.EXTEND),
        (Standing(State.ABSENT), None),
        (Standing(State.STRONG, single_source=True), Need.STRENGTHEN),
        (Standing(State.BALANCED, chokepoint=True), Need.STRENGTHEN),
        (Standing(State.BALANCED), None),
        (Standing(State.STRONG), None),
    ],
)
def test_every_standing_calls_for_one_thing_or_nothing(node: Standing, need: Need | None) -> None:
    assert need_of(node) is need


def test_a_missing_link_names_who_uses_it() -> None:
    words = in_words(Need.BUILD, Standing(State.MISSING), SEPARATOR, [CELL, PACK], [])
    assert words.zh == "本市还没有企业生产隔膜，而电芯、电池包都要用到它。"
    assert words.en == "No maker in the city yet. It is used here for cells and battery packs."


def test_at_most_three_users_are_named() -> None:
    users = [Words(f"环节{n}", f"link {n}") for n in range(5)]
    words = in_words(Need.MEND, Standing(State.WEAK), SEPARATOR, users, [])
    assert "环节0、环节1、环节2等环节" in words.zh
    assert "link 0, link 1, link 2 and others" in words.en


@pytest.mark.parametrize("need", list(Need))
@pytest.mark.parametrize("state", list(State))
def test_no_amount_is_told_in_public(need: Need, state: State) -> None:
    words = in_words(need, Standing(state), SEPARATOR, [CELL], [PACK])
    assert not any(letter.isdigit() for letter in words.both())
    assert "隔膜" in words.zh


def test_names_begin_small_within_a_sentence_unless_they_are_abbreviations() -> None:
    assert within_a_sentence("Control board") == "control board"
    assert within_a_sentence("IGBT modules") == "IGBT modules"
    assert within_a_sentence("IoT") == "IoT"
