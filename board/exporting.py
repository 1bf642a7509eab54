"""The board as a file. Its columns are those of the import, so that it loads again; the firm's name stands beside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from board.models import Post
from geo.cells import defused
from geo.errors import BadParameter
from landparcels.exporting.delimited import written

FORMATS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
HEADERS = (
    *("uscc", "firm", "kind", "product", "chain", "node", "quantity", "unit", "region", "until", "words", "state"),
)


def exported(posts: Iterable[Post], chosen: str) -> HttpResponse:
    if chosen not in FORMATS:
        known = ", ".join(FORMATS)
        raise BadParameter("format", zh=f"format 应为 {known} 之一。", en=f"format is one of {known}.")
    content = _workbook(posts) if chosen == "xlsx" else b"".join(written(HEADERS, _lines(posts)))
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


def _workbook(posts: Iterable[Post]) -> bytes:
    book = Workbook(write_only=True)
    sheet: Any = book.create_sheet("board_posts")  # Any: the library's two kinds of sheet
    sheet.freeze_panes = "B2"
    for letter, width in zip("ABCDEFGHIJKL", (22, 30, 8, 24, 18, 20, 10, 8, 10, 12, 48, 11), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.append(HEADERS)
    for line in _lines(posts):
        sheet.append([_text(sheet, value) if isinstance(value, str) else value for value in line])
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def _text(sheet: Any, value: str) -> Any:  # Any: the library's
    """As text whatever it begins with."""
    cell = WriteOnlyCell(sheet, value=ILLEGAL_CHARACTERS_RE.sub("", defused(value)))
    cell.data_type = "s"
    return cell
