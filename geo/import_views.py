"""POST and GET imports/, sources/: files come in as jobs, with progress, cancel and the rows that were refused."""

import csv
import io
import json
import uuid
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from drf_spectacular.utils import extend_schema
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import Role, User
from accounts.rights import may_import
from geo.api import ApiView, ListView
from geo.cells import defused
from geo.errors import BadParameter, NotAllowed, NotThere
from geo.import_serializers import JobSerializer, KindSerializer, PreviewSerializer, SourceSerializer, UploadSerializer
from geo.importing.kinds import Kind, kind_named, kinds
from geo.importing.options import Options
from geo.importing.preview import preview
from geo.models import ImportJob, RejectedRow, Source
from geo.tasks import discard, run_import

FIELDS = ("kind", "file", "options")
LONGEST_NAME = 180
"""Bytes of a file's name without its ending."""
OPTION_NAMES = frozenset(
    {"crs", "encoding", "layer", "map", "set", "key", "strict", "dry_run", "replace", "source_name", "owner", "as_of"}
)


class ImporterView(ApiView):
    """For those who may import."""

    staff_only = True

    def check_permissions(self, request: Request) -> None:
        super().check_permissions(request)
        if not may_import(request.user):
            raise NotAllowed(zh="您的角色不能导入数据。", en="Your role may not import data.")

    @property
    def person(self) -> User:
        assert isinstance(self.request.user, User)  # visitors were turned away
        return self.request.user

    def jobs(self) -> QuerySet[ImportJob]:
        """One's own; an administrator's are everybody's."""
        every = ImportJob.objects.select_related("asked_by", "source")
        return every if self.person.role == Role.ADMIN else every.filter(asked_by=self.person)

    def job(self, number: int) -> ImportJob:
        found = self.jobs().filter(pk=number).first()
        if found is None:
            raise NotThere(
                zh=f"没有编号为 {number} 的导入；目录见 imports/。",
                en=f"There is no import number {number}; see imports/.",
            )
        return found


class ImportListView(ImporterView):
    """GET the newest fifty; POST multipart `kind`, `file`, `options` (JSON) to start one."""

    parser_classes = [MultiPartParser]

    @extend_schema(operation_id="imports_list", responses=JobSerializer(many=True))
    def get(self, request: Request) -> Response:
        return Response({"results": JobSerializer(self.jobs().order_by("-pk")[:50], many=True).data, "next": None})

    @extend_schema(request=UploadSerializer, responses={202: JobSerializer})
    def post(self, request: Request) -> Response:
        kind, path, name, given = receive(request)
        job = ImportJob.objects.create(
            kind=kind.name, file_name=name, path=str(path), options=given, asked_by=self.person
        )
        transaction.on_commit(lambda: run_import.defer(job_id=job.pk))
        return Response(JobSerializer(job).data, status=202)


class ImportPreviewView(ImporterView):
    """POST the same as for an import; answers what it would become. Nothing is kept."""

    parser_classes = [MultiPartParser]

    @extend_schema(request=UploadSerializer, responses=PreviewSerializer)
    def post(self, request: Request) -> Response:
        kind, path, _, given = receive(request)
        try:
            return Response(preview(kind.name, path, Options.of(given), by=self.person))
        finally:
            discard(path)


class ImportDetailView(ImporterView):
    @extend_schema(responses=JobSerializer)
    def get(self, request: Request, number: int) -> Response:
        return Response(JobSerializer(self.job(number)).data)


class ImportCancelView(ImporterView):
    """A queued job ends at once, a running one at its next batch; nothing of it stays."""

    @extend_schema(request=None, responses=JobSerializer)
    def post(self, request: Request, number: int) -> Response:
        job = self.job(number)
        waiting = ImportJob.objects.filter(pk=job.pk, state=ImportJob.State.QUEUED)
        if waiting.update(state=ImportJob.State.CANCELLED, cancel_asked=True, ended_at=timezone.now()):
            discard(Path(job.path))
        else:
            ImportJob.objects.filter(pk=job.pk, state=ImportJob.State.RUNNING).update(cancel_asked=True)
        job.refresh_from_db()
        return Response(JobSerializer(job).data)


class RejectsView(ImporterView):
    """The refused rows of an import as CSV, with reasons in the reader's language."""

    @extend_schema(responses={(200, "text/csv"): str})
    def get(self, request: Request, number: int) -> HttpResponse:
        job = self.job(number)
        rows = RejectedRow.objects.filter(source=job.source_id).order_by("row") if job.source_id else []
        english = (get_language() or "").startswith("en")
        text = io.StringIO()
        writer = csv.writer(text)
        writer.writerow(["row", "column", "value", "reason"])
        for row in rows:
            writer.writerow([row.row, row.column, defused(row.value), row.reason_en if english else row.reason_zh])
        response = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="rejects-{number}.csv"'
        return response


class KindListView(ImporterView):
    """What can be imported, and the columns of each template."""

    @extend_schema(responses=KindSerializer(many=True))
    def get(self, request: Request) -> Response:
        return Response({"results": [described(kind) for kind in kinds()], "next": None})


class TemplateView(ImporterView):
    """An empty CSV with the columns of a kind."""

    @extend_schema(responses={(200, "text/csv"): str})
    def get(self, request: Request, kind: str) -> HttpResponse:
        declared = kind_named(kind)
        names = [column.name for column in declared.all_columns() if column.in_template]
        if declared.geometry:
            names += ["lng", "lat"] if declared.geometry.value == "point" else ["wkt"]
        response = HttpResponse("\ufeff" + ",".join(names) + "\r\n", content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{declared.name}.csv"'
        return response


class SourceListView(ListView):
    """Where the data came from, newest first unless sorted otherwise."""

    staff_only = True
    serializer_class = SourceSerializer
    sort_fields = ("loaded_at", "name", "kind", "as_of", "rows")
    tie_break = "-id"
    versions = ("sources",)
    queryset = Source.objects.none()

    def get_queryset(self) -> QuerySet[Source]:
        return Source.objects.visible_to(self.request.user).select_related("loaded_by").defer("report")


def receive(request: Request) -> tuple[Kind, Path, str, dict[str, Any]]:
    """The kind, where the uploaded file lies now, its own name, and the options; each checked in words."""
    form = request._request.POST
    for name in {**form, **request.FILES}:
        if name not in FIELDS:
            raise unknown_field(name)
    upload = request.FILES.get("file")
    if upload is None:
        raise BadParameter("file", zh="请选择要导入的文件。", en="Choose a file to import.")
    if upload.size > settings.LARGEST_UPLOAD:
        most = settings.LARGEST_UPLOAD // 1024 // 1024
        raise BadParameter(
            "file",
            zh=f"文件超过 {most} MB；请用命令 manage.py load 导入。",
            en=f"The file is over {most} MB; load it with manage.py load.",
        )
    kind = kind_named(str(form.get("kind", "")))
    try:
        given = json.loads(form.get("options") or "{}")
        if not isinstance(given, dict):
            raise TypeError
    except (ValueError, TypeError, RecursionError):
        raise BadParameter("options", zh="options 应为 JSON 对象。", en="options is a JSON object.") from None
    for name in given:
        if name not in OPTION_NAMES:
            known = ", ".join(sorted(OPTION_NAMES))
            raise BadParameter(
                name, zh=f"不认识选项“{name}”；可用：{known}。", en=f"Unknown option {name}; known: {known}."
            )
    Options.of(given)  # a wrong one is told before anything is kept
    folder = settings.MEDIA_ROOT / "imports" / uuid.uuid4().hex
    folder.mkdir(parents=True)
    name = fitting(Path(upload.name or "upload").name)
    path = folder / name
    with path.open("wb") as stream:
        for chunk in upload.chunks():
            stream.write(chunk)
    return kind, path, name, given


def unknown_field(name: str) -> BadParameter:
    """An option beside `options` would be lost without a word."""
    known = ", ".join(FIELDS)
    hint = (
        (
            f'{name} 请写在 options 里，如 options={{"{name}": …}}。',
            f'Put {name} into options, as options={{"{name}": …}}.',
        )
        if name in OPTION_NAMES
        else ("", "")
    )
    return BadParameter(
        name,
        zh=f"不认识的字段“{name}”；可用：{known}。{hint[0]}",
        en=f"Unknown field {name}; known: {known}. {hint[1]}".rstrip(),
    )


def fitting(name: str) -> str:
    """As much of a name as a disk takes, its ending kept."""
    stem, ending = Path(name).stem, Path(name).suffix[:20]
    return stem.encode()[:LONGEST_NAME].decode(errors="ignore") + ending


def described(kind: Kind) -> dict[str, Any]:  # JSON
    return {
        "name": kind.name,
        "name_zh": kind.zh,
        "name_en": kind.en,
        "key": kind.key,
        "geometry": kind.geometry.value if kind.geometry else None,
        "columns": [
            {
                "name": column.name,
                "name_zh": column.zh,
                "type": column.type.value,
                "required": column.required,
                "unit": column.unit,
            }
            for column in kind.all_columns()
            if column.in_template
        ],
    }
