"""GET commitments/export/: the list as a file."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request

from fulfilment.commitments import answers, exporting
from fulfilment.commitments.filters import FILTERS, filtered
from fulfilment.commitments.views import QUERY, SecretView
from fulfilment.models import Commitment
from geo.errors import BadParameter
from geo.sheets import XLSX

TYPES = {"xlsx": XLSX, "csv": "text/csv; charset=utf-8"}


class CommitmentExportView(SecretView):
    """The list's commitments, by the list's filters, as XLSX or CSV."""

    parameters = FILTERS | {"format"}

    def perform_content_negotiation(self, request: Request, force: bool = False) -> Any:  # Any: DRF's pair
        """`format` names the file, not a renderer."""
        return super().perform_content_negotiation(request, force=True)

    @extend_schema(
        parameters=[OpenApiParameter("format", required=True, enum=list(TYPES)), *QUERY],
        responses={(200, "application/octet-stream"): OpenApiTypes.BINARY},
    )
    def get(self, request: Request) -> HttpResponse:
        wanted = request.query_params.get("format", "")
        if wanted not in TYPES:
            raise BadParameter("format", zh="format 只能是 xlsx 或 csv。", en="format is xlsx or csv.")
        visible = Commitment.objects.visible_to(request.user)
        rows = answers.read(filtered(visible, request.query_params)).by_urgency()
        if (count := rows.count()) > settings.LARGEST_EXPORT:
            raise BadParameter(
                "format",
                zh=f"共 {count:,} 份，一次最多导出 {settings.LARGEST_EXPORT:,} 份；请先筛选。",
                en=f"These are {count:,} commitments, one export holds {settings.LARGEST_EXPORT:,}; narrow them first.",
            )
        today, english = timezone.localdate(), (get_language() or "").startswith("en")
        headers, lines = exporting.table(rows, today, english=english)
        content = (
            b"".join(exporting.as_csv(headers, lines))
            if wanted == "csv"
            else exporting.as_spreadsheet(headers, lines, english=english)
        )
        response = HttpResponse(content, content_type=TYPES[wanted])
        response["Content-Disposition"] = f'attachment; filename="commitments-{today.isoformat()}.{wanted}"'
        return response
