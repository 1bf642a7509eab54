"""The attribute table of a shapefile (.dbf): which encoding its texts are in, and names cut in the middle of a character."""

import codecs
import shutil
from pathlib import Path

from geo.importing.readers.base import UnreadableFile

_SAMPLE_RECORDS = 20_000
_CHINESE = frozenset(("GBK", "GB2312", "GB18030", "936", "CP936", "OEM 936", "ANSI 936", "ANSI936"))


def named_encoding(sidecar: Path | None) -> str | None:
    """What a .cpg names; None: it is missing or names nothing known."""
    if sidecar is None:
        return None
    name = sidecar.read_bytes()[:40].decode("ascii", "ignore").strip().upper()
    if name.replace("-", "") in ("UTF8", "65001"):
        return "UTF-8"
    if name in _CHINESE:
        return "GB18030"
    try:
        return codecs.lookup(name).name
    except LookupError:
        return None


def sample(table: Path) -> list[bytes]:
    """Field names and the texts of the first records, where they are more than ASCII."""
    fields, record_bytes = _fields(table)
    with table.open("rb") as file:
        file.seek(int.from_bytes(file.read(10)[8:10], "little"))
        records = file.read(record_bytes * _SAMPLE_RECORDS)
    texts = [_name(field) for field in fields]
    for start in range(0, len(records), record_bytes):
        at = start + 1
        for field in fields:
            if field[11:12] == b"C":
                texts.append(records[at : at + field[16]].rstrip(b" \x00"))
            at += field[16]
    return [text for text in texts if not text.isascii()]


def detected_encoding(texts: list[bytes]) -> str:
    for encoding in ("UTF-8", "GB18030"):
        if fits(texts, encoding):
            return encoding
    raise UnreadableFile(
        zh=".dbf 既不是 UTF-8 也不是 GB18030 编码；请用 --encoding 指明",
        en="The .dbf is neither UTF-8 nor GB18030; name its encoding (--encoding)",
    )


def fits(texts: list[bytes], encoding: str) -> bool:
    """A character cut in half at the end is forgiven: fields are as wide in bytes as they are."""
    return all(_whole_part(text, encoding) is not None for text in texts)


def mend_names(table: Path, encoding: str) -> None:
    """Field names hold ten bytes, and some programs cut through a character: its first half is taken off.

    `table` may be a link; it is replaced by a copy where something has to change.
    """
    fields, _ = _fields(table)
    mended = {
        32 + 32 * number: whole
        for number, field in enumerate(fields)
        if (whole := _whole_part(_name(field), encoding)) is not None and whole != _name(field)
    }
    if not mended:
        return
    original = table.resolve()
    table.unlink()
    shutil.copyfile(original, table)
    with table.open("r+b") as file:
        for at, name in mended.items():
            file.seek(at)
            file.write(name.ljust(11, b"\x00"))


def _fields(table: Path) -> tuple[list[bytes], int]:
    """(field descriptors of 32 bytes, bytes of a record)."""
    with table.open("rb") as file:
        head = file.read(32)
        header_bytes, record_bytes = int.from_bytes(head[8:10], "little"), int.from_bytes(head[10:12], "little")
        described = file.read(max(0, header_bytes - 32))
    whole = range(0, len(described) - 31, 32)
    return [described[at : at + 32] for at in whole if described[at] != 0x0D], max(1, record_bytes)


def _name(field: bytes) -> bytes:
    return field[:11].split(b"\x00")[0]


def _whole_part(text: bytes, encoding: str) -> bytes | None:
    """Without the half of a character at its end; None: it is not in this encoding."""
    longest = {"UTF-8": 3, "GB18030": 1}.get(encoding, 0)
    for cut in range(longest + 1):
        part = text[: len(text) - cut]
        try:
            part.decode(encoding)
        except UnicodeDecodeError:
            continue
        return part
    return None
