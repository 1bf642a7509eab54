"""The shape of answers about imports and sources."""

from typing import Any

from rest_framework import serializers

from geo.models import ImportJob, Source


class JobSerializer(serializers.ModelSerializer[ImportJob]):
    asked_by = serializers.CharField(source="asked_by.username")

    class Meta:
        model = ImportJob
        fields = (
            "id", "kind", "file_name", "options", "state", "cancel_asked", "done", "total",
            "report", "source", "asked_by", "asked_at", "started_at", "ended_at", "following",
        )  # fmt: skip


class UploadSerializer(serializers.Serializer[Any]):
    kind = serializers.CharField(help_text="A kind of imports/kinds/.")
    file = serializers.FileField()
    options = serializers.CharField(required=False, help_text="JSON: crs, map, set, key, strict, dry_run, replace, …")


class PreviewSerializer(serializers.Serializer[Any]):
    """What the file would become; `rows` are the first ones as they would be loaded, `places` GeoJSON in CRS84."""

    header = serializers.ListField(child=serializers.CharField())
    total = serializers.IntegerField(allow_null=True)
    crs = serializers.CharField(allow_null=True)
    needs_crs = serializers.BooleanField()
    given = serializers.ListField(child=serializers.CharField())
    missing = serializers.ListField(child=serializers.CharField())
    unknown = serializers.ListField(child=serializers.DictField())
    notes = serializers.ListField(child=serializers.DictField())
    rows = serializers.ListField(child=serializers.DictField())
    faults = serializers.ListField(child=serializers.DictField())
    places = serializers.DictField(allow_null=True)


class ColumnSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    name_zh = serializers.CharField()
    type = serializers.CharField()
    required = serializers.BooleanField()  # type: ignore[assignment]  # DRF has an attribute of that name
    unit = serializers.CharField(allow_null=True)


class KindSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    name_zh = serializers.CharField()
    name_en = serializers.CharField()
    key = serializers.ListField(child=serializers.CharField())
    geometry = serializers.CharField(allow_null=True)
    columns = ColumnSerializer(many=True)


class SourceSerializer(serializers.ModelSerializer[Source]):
    loaded_by = serializers.CharField(source="loaded_by.username", default=None)

    class Meta:
        model = Source
        fields = (
            "id", "name", "kind", "file_name", "owner", "as_of", "crs", "synthetic",
            "rows", "rejected", "loaded_by", "loaded_at", "sha256",
        )  # fmt: skip
