"""Pages of a list by what it is sorted by and a tie-break; unknown values come last, and deep pages cost no more."""

import base64
import binascii
import json
import math
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import F, Field, Q, QuerySet
from django.db.models.expressions import OrderBy
from django.utils import timezone
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

from geo.errors import BadParameter
from geo.parameters import whole_number

Column = Any  # a value of whatever type the column has


class CursorPages(CursorPagination):
    """`{"results", "next"}`; `limit` up to 500, `sort` from the view's whitelist.

    `cursor` holds the last row's sort value and tie-break. DRF's own cursor loses rows whose value is unknown.
    """

    page_size = 100
    max_page_size = 500
    page_size_query_param = "limit"
    cursor_query_param = "cursor"
    _next: str | None = None

    def get_page_size(self, request: Request) -> int:
        return whole_number(request.query_params, "limit", self.page_size, least=1, most=self.max_page_size)

    def paginate_queryset(  # type: ignore[override]  # pages of querysets alone
        self, queryset: QuerySet[Any], request: Request, view: Any = None
    ) -> list[Any]:
        """The rows after the cursor; one more is read to know whether there is a next page."""
        size = self.get_page_size(request)
        ordering: tuple[str, ...] = view.ordering_for(request)
        names = tuple(dict.fromkeys(name.removeprefix("-") for name in ordering))  # by the tie-break alone: once
        falling = tuple(name.startswith("-") for name in ordering)
        if cursor := request.query_params.get(self.cursor_query_param):
            fields = [_field(queryset, name) for name in names]
            queryset = queryset.filter(_after(names, falling, _decoded(cursor, fields)))
        order = [_ordered(name, down) for name, down in zip(names, falling, strict=False)]
        rows = list(queryset.order_by(*order)[: size + 1])
        if len(rows) > size:
            last = _encoded([getattr(rows[size - 1], name) for name in names])
            self._next = str(replace_query_param(request.build_absolute_uri(), self.cursor_query_param, last))
        return rows[:size]

    def get_next_link(self) -> str | None:
        return self._next

    def get_paginated_response(self, data: Any) -> Response:
        return Response({"results": data, "next": self.get_next_link()})

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        return {
            "type": "object",
            "required": ["results", "next"],
            "properties": {"results": schema, "next": {"type": "string", "format": "uri", "nullable": True}},
        }


def _ordered(name: str, falling: bool) -> OrderBy:
    return F(name).desc(nulls_last=True) if falling else F(name).asc(nulls_last=True)


def _after(names: tuple[str, ...], falling: tuple[bool, ...], values: list[Column]) -> Q:
    """Rows behind these values; the last column is unique and known."""
    name, value, beyond = names[0], values[0], "lt" if falling[0] else "gt"
    if len(names) == 1:
        return Q(**{f"{name}__{beyond}": value})
    tied = Q(**{name: value}) & _after(names[1:], falling[1:], values[1:])
    return tied if value is None else Q(**{f"{name}__{beyond}": value}) | tied | Q(**{name: None})


def _field(queryset: QuerySet[Any], name: str) -> "Field[Any, Any]":
    """The column's, or the annotation's; a generated column's is that of its values."""
    annotation = queryset.query.annotations.get(name)
    meta = queryset.model._meta
    column: Any = annotation or (meta.pk if name == "pk" else meta.get_field(name))
    generated = annotation is not None or column.generated
    field: Field[Any, Any] = column.output_field if generated else column
    return field


def _encoded(values: list[Column]) -> str:
    return base64.urlsafe_b64encode(json.dumps(values, default=str).encode()).decode().rstrip("=")


def _decoded(cursor: str, fields: "list[Field[Any, Any]]") -> list[Column]:
    """What `_encoded` wrote; anything else is refused in words."""
    try:
        *values, last = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if last is None or len(values) + 1 != len(fields):
            raise ValueError(cursor)
        return [_value(field, value) for field, value in zip(fields, [*values, last], strict=True)]
    except (ValueError, TypeError, OverflowError, RecursionError, binascii.Error, ValidationError):
        raise BadParameter(
            "cursor",
            zh="游标无效；请从第一页重新开始。",
            en="This cursor is not one of ours; start again from the first page.",
        ) from None


def _value(field: "Field[Any, Any]", told: Column) -> Column:
    """A value that the database can compare with the column; ValueError for others, such as null characters."""
    value = None if told is None else field.to_python(told)
    if isinstance(value, str) and "\0" in value.encode().decode():
        raise ValueError(told)
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError(told)
    if isinstance(value, datetime) and timezone.is_naive(value):
        raise ValueError(told)
    return value
