"""Codes of GB/T 4754 in words."""

import pytest
from rest_framework.test import APIClient

from geo.industries import DIVISIONS, industry_words
from geo.words import Words
from tests.factories.landparcels import ParcelFactory


def test_the_standard_has_97_divisions_each_named_once() -> None:
    assert list(DIVISIONS) == [f"{number:02}" for number in range(1, 98)]
    assert len({words.zh for words in DIVISIONS.values()}) == len({words.en for words in DIVISIONS.values()}) == 97


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("32", Words("32 有色金属冶炼和压延加工业", "32 Smelting and rolling of non-ferrous metals")),
        ("384", Words("384（电气机械和器材制造业）", "384 (Electrical machinery)")),
        ("2511", Words("2511（石油、煤炭及其他燃料加工业）", "2511 (Processing of oil, coal and other fuels)")),
        ("3", Words("3", "3")),
        ("99", Words("99", "99")),
        ("", Words("", "")),
    ],
)
def test_a_code_is_told_by_its_division(code: str, words: Words) -> None:
    assert industry_words(code) == words


@pytest.mark.django_db
def test_a_parcel_tells_its_industries_in_the_language_of_the_request(api_client: APIClient) -> None:
    parcel = ParcelFactory(admits=["384"], excludes=["25"])
    told = {
        language: api_client.get(f"/api/v1/parcels/{parcel.code}/", HTTP_ACCEPT_LANGUAGE=language).json()["industries"]
        for language in ("zh-CN", "en")
    }
    assert told["zh-CN"] == {"384": "384（电气机械和器材制造业）", "25": "25 石油、煤炭及其他燃料加工业"}
    assert told["en"] == {"384": "384 (Electrical machinery)", "25": "25 Processing of oil, coal and other fuels"}
