"""GET consent-texts/: every text that people were ever asked to agree to, word for word."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from geo.api import ApiView
from investors import consents
from investors.models import ConsentText
from investors.shapes import ConsentTextShape


class ConsentTextListShape(serializers.Serializer[Any]):
    in_force = serializers.CharField(help_text="Version of the text that is agreed to today.")
    results = ConsentTextShape(many=True)
    next = serializers.CharField(allow_null=True)


class ConsentTextListView(ApiView):
    """The newest first; a text that is not in force yet is not among them. They come whole."""

    @extend_schema(responses=ConsentTextListShape)
    def get(self, request: Request) -> Response:
        current = consents.current_text()
        rows = ConsentText.objects.filter(valid_from__lte=timezone.localdate()).order_by("-valid_from", "-pk")
        results = ConsentTextShape(rows, many=True).data
        return Response({"in_force": current.version, "results": results, "next": None})
