"""What a file is, from its first bytes. Pure. A name may say anything; only these kinds are taken."""

import re
from dataclasses import dataclass

HEAD = 2048
"""So many bytes are enough."""


@dataclass(frozen=True, slots=True)
class FileKind:
    media_type: str
    endings: tuple[str, ...]


PDF = FileKind("application/pdf", (".pdf",))
PNG = FileKind("image/png", (".png",))
JPEG = FileKind("image/jpeg", (".jpg", ".jpeg"))
TIFF = FileKind("image/tiff", (".tif", ".tiff"))
WEBP = FileKind("image/webp", (".webp",))
DWG = FileKind("image/vnd.dwg", (".dwg",))
DXF = FileKind("image/vnd.dxf", (".dxf",))
TAKEN = (PDF, PNG, JPEG, TIFF, WEBP, DWG, DXF)
ENDINGS = tuple(ending for kind in TAKEN for ending in kind.endings)

_DXF_TEXT = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*(?:999\r?\n[^\r\n]*\r?\n\s*)*0\s*\r?\n\s*SECTION\s*\r?\n")


def kind_of(head: bytes) -> FileKind | None:
    """None for anything else, programs and archives and web pages among it."""
    if head.startswith(b"%PDF-"):
        return PDF
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if head.startswith(b"\xff\xd8\xff"):
        return JPEG
    if head.startswith((b"II*\x00", b"MM\x00*")):
        return TIFF
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return WEBP
    if re.match(rb"AC10\d\d", head):
        return DWG
    if head.startswith(b"AutoCAD Binary DXF\r\n\x1a\x00") or _DXF_TEXT.match(head):
        return DXF
    return None
