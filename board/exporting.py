"""The board as a file. Its columns are those of the import, so that it loads again; the firm's name stands beside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.http import HttpResponse
from django.utils import timezone

from board.models import Post
from geo.errors import BadParameter
from geo.sheets import XLSX, Sheet, workbook
from landparcels.exporting.delimited import written

FORMATS = {"xlsx": XLSX, "csv": "text/csv; charset=utf-8"}
HEADERS = (
    *("uscc", "firm", "kind", "product", "chain", "node", "quantity", "unit", "region", "until", "words", "state"),
)
WIDTHS = (22, 30, 8, 24, 18, 20, 10, 8, 10, 12, 48, 11)


def exported(posts: Iterable[Post], chosen: str) -> HttpResponse:
    if chosen not in FORMATS:
        known = ", ".join(FORMATS)
        raise BadParameter("format", zh=f"format 应为 {known} 之一。", en=f"format is one of {known}.")
    content = (
        workbook(Sheet("board_posts", HEADERS, _lines(posts), WIDTHS))
        if chosen == "xlsx"
        else b"".join(written(HEADERS, _lines(posts)))
    )
    response = HttpResponse(content, content_type=FORMATS[chosen])
    response["Content-Disposition"] = f'attachment; filename="board-{timezone.localdate():%Y%m%d}.{chosen}"'
    return response


def _lines(posts: Iterable[Post]) -> Iterator[list[Any]]:
    for post in posts:
        chain, node = (post.node.chain.code, post.node.code) if post.node else ("", "")
        yield [
            *(post.enterprise.uscc, post.enterprise.name, post.kind, post.product, chain, node),
            *(post.quantity, post.unit, post.region_id, post.until, post.words, post.state),
        ]
