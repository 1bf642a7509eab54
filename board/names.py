"""What a product is called: one spelling of it, its pinyin, and how like two names are (docs/board.md). Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from enum import StrEnum

LONGEST = 60
"""Letters of a product's name."""
SHORTEST_PART = 2
"""A single Latin letter or digit within a name says nothing; a Chinese one does."""
LEAST_SIMILAR, LEAST_SIMILAR_LATIN = 0.25, 0.5
"""Trigrams of the question found in the name, as a share (pg_trgm's word similarity); below it names are not alike."""
SHORTEST_SIMILAR, SHORTEST_SIMILAR_LATIN = 3, 5
"""Fewer letters share trigrams by chance."""
_PIECES = re.compile(r"[\u3400-\u9fff]|[^\u3400-\u9fff]+")
_HAN = re.compile(r"[\u3400-\u9fff]")


class How(StrEnum):
    """Why a name was found, the surest first."""

    EXACT = "exact"
    SYNONYM = "synonym"
    PART = "part"
    PINYIN = "pinyin"
    SIMILAR = "similar"


@dataclass(frozen=True, slots=True)
class Likeness:
    """0 < value ≤ 1; `through` is the synonym that led here, in one spelling."""

    how: How
    value: float
    through: str = ""


@dataclass(frozen=True, slots=True)
class Name:
    """A product's name as it is compared and found."""

    normal: str
    pinyin: str
    initials: str
    found_by: str
    """Every ending of name, pinyin and initials as a word: what starts one of them is a part of the name."""


def normal(text: str) -> str:
    """Letters and digits alone, small, of one width: `LED 灯（户外）` and `led灯户外` are one name."""
    return "".join(letter for letter in unicodedata.normalize("NFKC", text).casefold() if letter.isalnum())


def name_of(text: str) -> Name:
    plain = normal(text)
    syllables, firsts = _spelled(plain)
    words = dict.fromkeys((*_endings(list(plain)), *_endings(syllables), *_endings(firsts)))
    return Name(plain, "".join(syllables), "".join(firsts), f" {' '.join(words)}")


def likeness(asked: str, name: Name, synonyms: Iterable[str] = (), similar: float = 0.0) -> Likeness | None:
    """How `asked` (normal) fits a name; `synonyms` mean the same as it, `similar` is the share of trigrams in common.

    The surest reason counts. None: not alike.
    """
    if asked == name.normal:
        return Likeness(How.EXACT, 1.0)
    found = [Likeness(How.SYNONYM, 0.95, one) for one in synonyms if one == name.normal]
    if (part := _part(asked, name.normal)) > 0:
        found.append(Likeness(How.PART, part))
    found += [Likeness(How.SYNONYM, 0.95 * part, one) for one in synonyms if (part := _part(one, name.normal)) > 0]
    if is_latin(asked) and (share := _spelling(asked, name)) > 0:
        found.append(Likeness(How.PINYIN, 0.5 + 0.35 * share))
    least, shortest = (
        (LEAST_SIMILAR_LATIN, SHORTEST_SIMILAR_LATIN) if is_latin(asked) else (LEAST_SIMILAR, SHORTEST_SIMILAR)
    )
    if similar >= least and len(asked) >= shortest:
        found.append(Likeness(How.SIMILAR, 0.5 * min(similar, 1.0)))
    return max(found, key=lambda one: one.value, default=None)


def is_latin(text: str) -> bool:
    return text.isascii() and text.isalpha()


def parts_of(plain: str, most: int = 30) -> Set[str]:
    """Names that stand within this one; of a very long name only its beginning is looked at."""
    text = plain[:most]
    pieces = {text[start:end] for start in range(len(text)) for end in range(start + 1, len(text) + 1)}
    return {piece for piece in pieces if _says_something(piece)} - {plain}


def _part(one: str, other: str) -> float:
    """0.6 to 0.9 by how much of the longer the shorter is; 0 where neither stands in the other."""
    short, long = sorted((one, other), key=len)
    if short == long or short not in long or not _says_something(short):
        return 0.0
    return 0.6 + 0.3 * len(short) / len(long)


def _says_something(part: str) -> bool:
    return len(part) >= SHORTEST_PART or not part.isascii()


def _spelling(asked: str, name: Name) -> float:
    """How much of the pinyin, or of its initials, was typed, from the start of any syllable on."""
    if f" {asked}" not in name.found_by:
        return 0.0
    spelled = name.pinyin if asked in name.pinyin else name.initials
    return len(asked) / max(len(spelled), len(asked))


def _spelled(plain: str) -> tuple[list[str], list[str]]:
    """Syllables of Chinese letters, other runs as they are; and the first letters of those syllables."""
    from pypinyin import lazy_pinyin  # its tables are large: only for those who need them

    pieces = _PIECES.findall(plain)
    read = lazy_pinyin(plain, errors=lambda run: run)
    if len(read) != len(pieces):  # a letter that has no reading
        read = [lazy_pinyin(piece, errors=lambda run: run)[0] for piece in pieces]
    firsts = [said[:1] if _HAN.match(piece) else said for piece, said in zip(pieces, read, strict=True)]
    return read, firsts


def _endings(pieces: list[str]) -> Iterator[str]:
    return ("".join(pieces[start:]) for start in range(len(pieces)))
