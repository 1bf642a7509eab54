"""Shape of the answers about documents, and what is sent with a file."""

from typing import Any

from django.utils.translation import get_language
from rest_framework import serializers

from landparcels.documents.models import DocumentKind, ParcelDocument
from landparcels.documents.services import mark_of_document


class DocumentSerializer(serializers.ModelSerializer[ParcelDocument]):
    kind_name = serializers.SerializerMethodField()
    mark = serializers.SerializerMethodField(help_text="Sent back as If-Match with a change.")

    class Meta:
        model = ParcelDocument
        fields = (
            "id",
            "name",
            "kind",
            "kind_name",
            "dated",
            "public",
            "file_name",
            "media_type",
            "size",
            "uploaded_at",
            "mark",
        )

    def get_mark(self, document: ParcelDocument) -> str:
        return mark_of_document(document)

    def get_kind_name(self, document: ParcelDocument) -> str:
        label: str = DocumentKind(document.kind).label  # 图纸 Drawing
        return label.split(" ", 1)[(get_language() or "").startswith("en")]


class DocumentListShape(serializers.Serializer[Any]):  # Any: plain data
    """All of a parcel; `may_change`: whether this person may add to them."""

    results = DocumentSerializer(many=True)
    may_change = serializers.BooleanField()


class DocumentDetailsSerializer(serializers.Serializer[Any]):  # Any: plain data
    """What is said of a document."""

    name = serializers.CharField(max_length=200, required=False, allow_blank=True)
    kind = serializers.ChoiceField(choices=DocumentKind.choices, required=False)
    dated = serializers.DateField(required=False, allow_null=True)
    public = serializers.BooleanField(required=False)


class DocumentUploadSerializer(DocumentDetailsSerializer):
    file = serializers.FileField()
    kind = serializers.ChoiceField(choices=DocumentKind.choices)
