"""Posts by what somebody typed: a part of the name, another name for it, its pinyin or initials, or something like it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import F

from board.models import Post
from board.names import LEAST_SIMILAR, LONGEST, Likeness, likeness, normal
from board.querysets import PostQuerySet
from board.synonyms import meaning_the_same
from geo.errors import BadParameter

MOST_LOOKED_AT = 500
MOST_FOUND = 100


@dataclass(frozen=True, slots=True)
class Found:
    post: Post
    likeness: Likeness


def search(rows: PostQuerySet, typed: str) -> list[Found]:
    """The best hundred, the surest reason first; of equals the newest."""
    asked = checked(typed)
    found = alike(rows, asked)
    found.sort(key=lambda one: (-one.likeness.value, -one.post.pk))
    return found[:MOST_FOUND]


def alike(rows: PostQuerySet, asked: str) -> list[Found]:
    """Posts whose name is like `asked` (normal), in no order."""
    synonyms = meaning_the_same(asked)
    return list(_judged(_candidates(rows, asked, synonyms), asked, synonyms))


def checked(typed: str) -> str:
    """The normal spelling of what was typed; too little to look for is told in words."""
    asked = normal(typed)
    if len(asked) > LONGEST:
        raise BadParameter(
            "q", zh=f"搜索词太长；请控制在 {LONGEST} 个字以内。", en=f"Too long: ask with {LONGEST} letters at most."
        )
    if not asked or (len(asked) == 1 and asked.isascii()):
        raise BadParameter(
            "q",
            zh="请输入至少一个汉字，或两个字母（产品名、拼音或拼音首字母）。",
            en="Type one Chinese letter or two Latin ones: a product's name, its pinyin or initials.",
        )
    return asked


def _candidates(rows: PostQuerySet, asked: str, synonyms: list[str]) -> list[Post]:
    with similar_from(LEAST_SIMILAR):
        return list(rows.called(asked, synonyms).order_by(F("alike").desc(), "-pk")[:MOST_LOOKED_AT])


def _judged(posts: Iterable[Post], asked: str, synonyms: list[str]) -> Iterator[Found]:
    for post in posts:
        like = likeness(asked, post.name, synonyms, post.alike)  # type: ignore[attr-defined]  # annotated by `called`
        if like is not None:
            yield Found(post, like)


@contextmanager
def similar_from(share: float) -> Iterator[None]:
    """From which word similarity on the index answers; for this transaction alone."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pg_trgm.word_similarity_threshold', %s, true)", [str(share)])
        yield
