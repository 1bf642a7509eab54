"""A sentence in both languages; the one that shows is the one the reader asked for."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True, slots=True)
class Words:
    """Text in Chinese and English. `str()` picks the language of the request that is being answered."""

    zh: str
    en: str

    def __str__(self) -> str:
        from django.utils.translation import get_language

        return self.en if (get_language() or "zh").startswith("en") else self.zh

    def as_json(self) -> dict[str, str]:
        """For a column that keeps a sentence for readers of either language."""
        return {"zh": self.zh, "en": self.en}

    def both(self) -> str:
        """For a terminal or a file, where nobody's language is known."""
        return f"{self.zh} / {self.en}"


def say(*, zh: str, en: str) -> Words:
    return Words(zh, en)


def nearest_first(name: str, known: Iterable[str]) -> list[str]:
    """Those that the name was perhaps meant for, then the others in order: where there are many, few are shown."""
    names = sorted(known)
    close = get_close_matches(name, names, n=5)
    return [*close, *(other for other in names if other not in close)]


class SpokenError(Exception):
    """An error whose message can be shown to a person, in either language; knows nothing of HTTP."""

    def __init__(self, words: Words | None = None, *, zh: str = "", en: str = "") -> None:
        self.words = words or Words(zh, en)
        super().__init__(self.words.both())

    def __str__(self) -> str:
        return str(self.words)
