"""Pages of parcels by what they are sorted by and the code; unknown values come last, and deep pages cost no more."""

import base64
import binascii
import json
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import F, Q, QuerySet
from rest_framework.request import Request
from rest_framework.utils.urls import replace_query_param

from geo.api import CursorPages
from geo.errors import BadParameter
from landparcels.models import Parcel


class ParcelPages(CursorPages):
    """`cursor` holds the last row's sort value and code. DRF's own cursor would lose rows whose value is unknown."""

    def paginate_queryset(  # type: ignore[override]  # pages of this one model
        self, queryset: QuerySet[Parcel], request: Request, view: Any = None
    ) -> list[Parcel]:
        """The rows after the cursor; one more is read to know whether there is a next page."""
        size = self.get_page_size(request)
        name, *_ = self.get_ordering(request, queryset, view)
        column, falling = name.removeprefix("-"), name.startswith("-")
        order = F(column).desc(nulls_last=True) if falling else F(column).asc(nulls_last=True)
        if cursor := request.query_params.get(self.cursor_query_param):
            queryset = queryset.filter(_after(column, falling, *_decoded(cursor, column)))
        rows = list(queryset.order_by(*([order] if column != "code" else []), *_by_code(column, falling))[: size + 1])
        self._address = request.build_absolute_uri()
        self._last = None
        if len(rows) > size:
            last = rows[size - 1]
            self._last = _encoded(getattr(last, column), last.code)
        return rows[:size]

    def get_next_link(self) -> str | None:
        return self._last and str(replace_query_param(self._address, self.cursor_query_param, self._last))


def _by_code(column: str, falling: bool) -> Sequence[str]:
    return ["-code"] if column == "code" and falling else ["code"]


def _after(column: str, falling: bool, value: Any, code: str) -> Q:  # Any: of the column's type
    beyond = "lt" if falling else "gt"
    if column == "code":
        return Q(**{f"code__{beyond}": code})
    if value is None:
        return Q(**{column: None, "code__gt": code})
    return Q(**{f"{column}__{beyond}": value}) | Q(**{column: value, "code__gt": code}) | Q(**{column: None})


def _encoded(value: Any, code: str) -> str:  # Any: of the column's type
    text = json.dumps([value, code], default=str)
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _decoded(cursor: str, column: str) -> tuple[Any, str]:  # Any: of the column's type
    try:
        value, code = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if not isinstance(code, str) or "\0" in code:
            raise ValueError(cursor)
        if value is not None:
            value = next(field for field in Parcel._meta.concrete_fields if field.name == column).to_python(value)
    except (ValueError, TypeError, binascii.Error, ValidationError):
        raise BadParameter(
            "cursor",
            zh="游标无效；请从第一页重新开始。",
            en="This cursor is not one of ours; start again from the first page.",
        ) from None
    return value, code
