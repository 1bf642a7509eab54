"""Taking a paper in, changing what is said of it, and giving it up."""

import hashlib
import os
import uuid
from collections.abc import Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from accounts.models import User
from accounts.rights import Person, may_keep_documents, region_scope
from geo.errors import BadParameter, NotAllowed, NotThere
from geo.locking import Labels, check_fresh, mark_of
from geo.words import say
from landparcels.documents.models import ParcelDocument
from landparcels.documents.sniffing import ENDINGS, HEAD, FileKind, kind_of
from landparcels.models import Parcel

LARGEST = 50 * 1024 * 1024
MOST_PER_PARCEL = 100
LONGEST_FILE_NAME = 150
FOLDER = "documents"
LABELS: Labels = {
    "name": say(zh="名称", en="the name"),
    "kind": say(zh="类别", en="the kind"),
    "dated": say(zh="文件日期", en="its day"),
    "public": say(zh="是否公开", en="whether it is public"),
}


def may_change(parcel: Parcel, person: Person) -> bool:
    """Land staff of the parcel's region."""
    if not may_keep_documents(person):
        return False
    scope = region_scope(person)
    return scope is None or (parcel.region is not None and f"/{scope}/" in parcel.region.path)


def check_right(parcel: Parcel, person: Person) -> None:
    if not may_change(parcel, person):
        raise NotAllowed(
            zh="只有本区域的自然资源部门人员可以维护宗地文件。",
            en="Only land staff of the parcel's region may keep its documents.",
        )


def add_document(
    *, parcel: Parcel, upload: "UploadedFile[bytes]", name: str, kind: str, dated: date | None, public: bool, by: User
) -> ParcelDocument:
    """Keep a file under a name that tells nothing, readable by the service alone; nothing stays of one that is refused."""
    check_right(parcel, by)
    if parcel.documents.count() >= MOST_PER_PARCEL:
        raise BadParameter(
            "file",
            zh=f"一宗地最多 {MOST_PER_PARCEL} 个文件。",
            en=f"A parcel holds at most {MOST_PER_PARCEL} documents.",
        )
    found = _checked(upload)
    path = f"{FOLDER}/{uuid.uuid4().hex}"
    digest = _write(upload, whole(path))
    try:
        return ParcelDocument.objects.create(
            parcel=parcel,
            name=name.strip() or Path(upload.name or "").stem[:200],
            kind=kind,
            dated=dated,
            public=public,
            file_name=file_name(upload.name or "document", found),
            path=path,
            media_type=found.media_type,
            size=upload.size or 0,
            sha256=digest,
            uploaded_by=by,
        )
    except BaseException:
        whole(path).unlink(missing_ok=True)
        raise


@transaction.atomic
def change_document(
    document: ParcelDocument, *, given: Mapping[str, Any], seen: str | None, by: Person
) -> ParcelDocument:
    """What is said of it; `seen` is the mark of what the person saw."""
    document = _locked(document, seen, by)
    for name, value in given.items():
        setattr(document, name, value)
    document.save(update_fields=list(given))  # of nothing: nothing
    return document


@transaction.atomic
def remove_document(document: ParcelDocument, *, seen: str | None, by: Person) -> None:
    """The row now, the file once that is certain."""
    document = _locked(document, seen, by)
    path = whole(document.path)
    document.delete()
    transaction.on_commit(partial(path.unlink, missing_ok=True))


def mark_of_document(document: ParcelDocument) -> str:
    return mark_of((document, LABELS))


def _locked(document: ParcelDocument, seen: str | None, by: Person) -> ParcelDocument:
    check_right(document.parcel, by)
    found = ParcelDocument.objects.select_for_update(of=("self",)).filter(pk=document.pk).first()
    if found is None:
        raise no_document()
    check_fresh(seen, (found, LABELS))
    return found


def no_document() -> NotThere:
    return NotThere(zh="没有这个文件。", en="There is no such document.")


def whole(path: str) -> Path:
    return settings.MEDIA_ROOT / path


def file_name(given: str, kind: FileKind) -> str:
    """Without folders and control characters, its ending that of what it is."""
    stem = "".join(letter for letter in Path(given.replace("\\", "/")).stem if letter.isprintable()).strip(" .")
    ending = Path(given).suffix.lower()
    return f"{stem[:LONGEST_FILE_NAME] or 'document'}{ending if ending in kind.endings else kind.endings[0]}"


def _checked(upload: "UploadedFile[bytes]") -> FileKind:
    size = upload.size or 0
    if size > LARGEST:
        most = LARGEST // 1024 // 1024
        raise BadParameter("file", zh=f"文件超过 {most} MB。", en=f"The file is over {most} MB.")
    if size == 0:
        raise BadParameter("file", zh="文件是空的。", en="The file is empty.")
    head = upload.read(HEAD)
    upload.seek(0)
    found = kind_of(head)
    if found is None:
        known = ", ".join(ENDINGS)
        raise BadParameter(
            "file",
            zh=f"不接受这种文件；可用：{known}（按内容识别，与文件名无关）。",
            en=f"Files of this kind are not taken; known: {known}, told by their content and not by their name.",
        )
    ending = Path(upload.name or "").suffix.lower()
    if ending not in found.endings:
        raise BadParameter(
            "file",
            zh=f"文件名以 {ending or '（无扩展名）'} 结尾，内容却是 {found.endings[0]}；请改名后再上传。",
            en=f"The name ends in {ending or 'nothing'}, but the content is {found.endings[0]}; rename it and try again.",
        )
    return found


def _write(upload: "UploadedFile[bytes]", path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    digest = hashlib.sha256()
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
            for chunk in upload.chunks():
                digest.update(chunk)
                stream.write(chunk)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return digest.hexdigest()
