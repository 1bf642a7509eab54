"""GET grid/layers/ and grid/layers/{code}/cells/."""

from typing import Any

import numpy as np
from django.http import HttpResponse
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.rights import may_see_staff_data
from geo.api import ApiView
from geo.cell_answers import (
    ARROW,
    JSON,
    PlainNegotiation,
    arrow_stream,
    json_body,
    packed,
    spell,
    spell_values,
    wants_arrow,
)
from geo.errors import BadParameter, NotThere
from geo.filters import parse_bbox
from geo.grid_layers import LayerValues, shelf
from geo.hexes import CITY_RESOLUTION
from geo.models import GridLayer
from geo.parameters import whole_number

COARSEST = 3


class GridLayerSerializer(serializers.ModelSerializer[GridLayer]):
    periods = serializers.SerializerMethodField()
    source_name = serializers.CharField(source="source.name", default=None, allow_null=True)
    as_of = serializers.DateField(source="source.as_of", default=None, allow_null=True)
    synthetic = serializers.BooleanField(source="source.synthetic", default=False)

    class Meta:
        model = GridLayer
        fields = (
            "code", "name", "name_en", "unit", "aggregate", "subject", "public",
            "periods", "source_name", "as_of", "synthetic",
        )  # fmt: skip

    def get_periods(self, layer: GridLayer) -> list[str]:
        return shelf.get().periods.get(layer.code, [])


class CellsSerializer(serializers.Serializer[Any]):
    """Also as an Arrow stream: columns `cell` (uint64), `value` (float32), the rest in the schema's metadata."""

    cells = serializers.ListField(child=serializers.CharField())
    values = serializers.ListField(child=serializers.FloatField(allow_null=True))
    suppressed = serializers.IntegerField(help_text="Cells whose value is null, because too few stand behind it.")
    resolution = serializers.IntegerField()
    period = serializers.CharField(allow_null=True)
    unit = serializers.CharField()


class GridLayerListView(ApiView):
    """The layers one may see; they come whole."""

    versions = ("grid", "sources")

    @extend_schema(responses=GridLayerSerializer(many=True))
    def get(self, request: Request) -> Response:
        layers = GridLayer.objects.visible_to(request.user).select_related("source").order_by("code")
        return Response({"results": GridLayerSerializer(layers, many=True).data, "next": None})


class GridCellsView(ApiView):
    """The values of a layer. What too few persons or enterprises stand behind is null for visitors."""

    parameters = frozenset({"resolution", "bbox", "period"})
    versions = ("grid",)
    content_negotiation_class = PlainNegotiation

    @extend_schema(
        parameters=[
            OpenApiParameter("resolution", int, description="9 by default; staff may ask for coarser cells."),
            OpenApiParameter("bbox", str, description="west,south,east,north; by centres of cells"),
            OpenApiParameter("period", str, enum=["all", "day", "night"]),
        ],
        responses=CellsSerializer,
    )
    def get(self, request: Request, code: str) -> HttpResponse:
        layer = GridLayer.objects.visible_to(request.user).filter(code=code).first()
        if layer is None:
            raise NotThere(
                zh=f"没有图层 {code}；目录见 grid/layers/。", en=f"There is no layer {code}; see grid/layers/."
            )
        staff = may_see_staff_data(request.user)
        resolution, period = _resolution(request, staff), _period(request, layer)
        found = shelf.get().values(layer, period or "all")
        hidden = np.zeros(len(found.cells), dtype=bool) if staff else found.hidden(layer.subject)
        if resolution < CITY_RESOLUTION:
            found = found.coarser(resolution, layer.aggregate)
            hidden = np.zeros(len(found.cells), dtype=bool)
        inside = _inside(request, found)
        cells, values = found.cells[inside], np.where(hidden, np.nan, found.values)[inside]
        about = {
            "suppressed": int(hidden[inside].sum()),
            "resolution": resolution,
            "period": period,
            "unit": layer.unit,
        }
        if wants_arrow(request):
            return packed(request, arrow_stream(cells, values, about), ARROW)
        return packed(request, json_body(spell(cells), spell_values(values), about), JSON)


def _resolution(request: Request, staff: bool) -> int:
    asked = whole_number(request.query_params, "resolution", CITY_RESOLUTION, least=COARSEST, most=CITY_RESOLUTION)
    if not staff and asked != CITY_RESOLUTION:
        raise BadParameter(
            "resolution",
            zh=f"为保护隐私，公开图层只按 {CITY_RESOLUTION} 级发布。",
            en=f"To protect privacy public layers come at resolution {CITY_RESOLUTION} only.",
        )
    return asked


def _period(request: Request, layer: GridLayer) -> str | None:
    """The one asked for, else the first loaded; None where nothing was loaded."""
    loaded = shelf.get().periods.get(layer.code, [])
    asked = request.query_params.get("period")
    if asked is None:
        return loaded[0] if loaded else None
    if asked not in loaded:
        names = ", ".join(loaded) or "—"
        raise BadParameter(
            "period", zh=f"没有时段“{asked}”；可用：{names}。", en=f"There is no period {asked}; known: {names}."
        )
    return asked


def _inside(request: Request, found: LayerValues) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    text = request.query_params.get("bbox")
    if text is None:
        return np.ones(len(found.cells), dtype=bool)
    west, south, east, north = parse_bbox(text)
    lon, lat = found.centres.T
    return np.asarray((lon >= west) & (lon <= east) & (lat >= south) & (lat <= north))
