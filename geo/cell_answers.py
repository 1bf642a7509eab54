"""Values of many cells as JSON or Arrow, written in one go: a city has a hundred thousand of them."""

import json
import zlib
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from django.http import HttpRequest, HttpResponse
from rest_framework.negotiation import BaseContentNegotiation, DefaultContentNegotiation
from rest_framework.parsers import BaseParser
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

from geo import hexes
from geo.hexes import Cells, Floats

ARROW = "application/vnd.apache.arrow.stream"
JSON = "application/json"
About = dict[str, Any]  # JSON by its nature


class PlainNegotiation(BaseContentNegotiation):
    """The view itself writes Arrow or JSON; whatever else was asked for gets JSON, errors too."""

    def select_parser(self, request: Request, parsers: Iterable[BaseParser]) -> BaseParser | None:
        return DefaultContentNegotiation().select_parser(request, parsers)

    def select_renderer(
        self, request: Request, renderers: Iterable[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        first = next(iter(renderers))
        return first, first.media_type


def wants_arrow(request: HttpRequest) -> bool:
    return ARROW in request.META.get("HTTP_ACCEPT", "")


def arrow_stream(cells: Cells, values: Floats, about: About) -> bytes:
    """Columns `cell` (uint64) and `value` (float32, null where unknown); what else is to be said in the metadata."""
    schema = pa.schema(
        [("cell", pa.uint64()), ("value", pa.float32())],
        metadata={name: json.dumps(said, ensure_ascii=False) for name, said in about.items()},
    )
    columns = [pa.array(cells), pa.array(values.astype(np.float32), mask=np.isnan(values))]
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, schema) as writer:
        writer.write_batch(pa.record_batch(columns, schema=schema))
    return bytes(sink.getvalue())


def json_body(spelled_cells: str, spelled_values: Sequence[str], about: About) -> bytes:
    """`{"cells": […], "values": […], …}`; the cells come spelled as by `spell`."""
    rest = json.dumps(about, ensure_ascii=False)[1:-1]
    return f'{{"cells":[{spelled_cells}],"values":[{",".join(spelled_values)}]{rest and ","}{rest}}}'.encode()


def spell(cells: Cells) -> str:
    """The inside of a JSON array of cells."""
    return ",".join(f'"{text}"' for text in hexes.texts(cells))


def spell_values(values: Floats) -> list[str]:
    """Numbers as JSON spells them; unknown is null."""
    return ["null" if value != value else repr(value) for value in values.tolist()]


def packed(request: HttpRequest, body: bytes, content_type: str) -> HttpResponse:
    """Compressed lightly: the usual level takes longer than working the values out."""
    if "gzip" not in request.META.get("HTTP_ACCEPT_ENCODING", ""):
        return HttpResponse(body, content_type=content_type)
    squeeze = zlib.compressobj(level=1, wbits=zlib.MAX_WBITS | 16)
    return HttpResponse(
        squeeze.compress(body) + squeeze.flush(), content_type=content_type, headers={"Content-Encoding": "gzip"}
    )
