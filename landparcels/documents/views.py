"""GET and POST parcels/{code}/documents/, PATCH and DELETE documents/{id}/, GET documents/{id}/file/."""

from urllib.parse import quote

from django.http import FileResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from geo.api import ApiView
from geo.errors import NotSignedIn, NotThere
from geo.locking import seen_by
from landparcels.documents.models import ParcelDocument
from landparcels.documents.serializers import (
    DocumentDetailsSerializer,
    DocumentListShape,
    DocumentSerializer,
    DocumentUploadSerializer,
)
from landparcels.documents.services import (
    add_document,
    change_document,
    check_right,
    may_change,
    no_document,
    remove_document,
    whole,
)
from landparcels.views import OneParcelView

BEHIND = ("parcels", "regions", "parcel_documents")


def signed_in(request: Request) -> User:
    if not isinstance(request.user, User):
        raise NotSignedIn
    return request.user


class DocumentListView(OneParcelView):
    """The papers of a parcel that one may see, newest first; land staff of its region add to them."""

    versions = BEHIND
    parser_classes = [MultiPartParser]

    @extend_schema(responses=DocumentListShape)
    def get(self, request: Request, code: str) -> Response:
        parcel = self.parcel(code)
        rows = ParcelDocument.objects.visible_to(request.user).filter(parcel=parcel).order_by("-dated", "-id")
        answer = {"results": DocumentSerializer(rows, many=True).data, "may_change": may_change(parcel, request.user)}
        return Response(answer)

    @extend_schema(request={"multipart/form-data": DocumentUploadSerializer}, responses={201: DocumentSerializer})
    def post(self, request: Request, code: str) -> Response:
        parcel = self.parcel(code)
        check_right(parcel, request.user)
        asked = DocumentUploadSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        told = asked.validated_data
        document = add_document(
            parcel=parcel,
            upload=told["file"],
            name=told.get("name", ""),
            kind=told["kind"],
            dated=told.get("dated"),
            public=told.get("public", False),
            by=signed_in(request),
        )
        document.refresh_from_db()
        return Response(DocumentSerializer(document).data, status=201)


class OneDocumentView(ApiView):
    def document(self, number: int) -> ParcelDocument:
        rows = ParcelDocument.objects.visible_to(self.request.user).select_related("parcel__region")
        rows = rows.defer("parcel__outline", "parcel__web", "parcel__region__outline", "parcel__region__web")
        document = rows.filter(pk=number).first()
        if document is None:
            raise no_document()
        return document


class DocumentView(OneDocumentView):
    """What is said of a document, and giving it up; for land staff of the region."""

    @extend_schema(request=DocumentDetailsSerializer, responses=DocumentSerializer)
    def patch(self, request: Request, number: int) -> Response:
        document = self.document(number)
        check_right(document.parcel, request.user)
        asked = DocumentDetailsSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        told = {name: value for name, value in asked.validated_data.items() if name != "name" or value}
        document = change_document(document, given=told, seen=seen_by(request), by=request.user)
        return Response(DocumentSerializer(document).data)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, number: int) -> Response:
        remove_document(self.document(number), seen=seen_by(request), by=signed_in(request))
        return Response(status=204)


class DocumentFileView(OneDocumentView):
    """The file itself, to be saved: a browser neither shows nor runs it."""

    versions = BEHIND

    @extend_schema(responses={(200, "application/octet-stream"): OpenApiTypes.BINARY})
    def get(self, request: Request, number: int) -> FileResponse:
        document = self.document(number)
        try:
            stream = whole(document.path).open("rb")
        except FileNotFoundError:
            raise NotThere(zh="文件已不在服务器上。", en="The file is no longer on the server.") from None
        response = FileResponse(stream, content_type=document.media_type)
        response["Content-Length"] = str(document.size)
        response["Content-Disposition"] = (
            f"attachment; filename=\"document-{document.pk}\"; filename*=UTF-8''{quote(document.file_name)}"
        )
        response["X-Content-Type-Options"] = "nosniff"
        response["Content-Security-Policy"] = "sandbox; default-src 'none'"
        return response
