"""Archives: unpacked into a folder of our own, within limits, with Chinese file names as they were meant."""

import gzip
import shutil
import struct
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Protocol

from geo.importing.readers.base import UnreadableFile, working_folder

MOST_BYTES = 4 * 1024**3
"""Unpacked, all together."""

MOST_TIMES = 200
"""Unpacked bytes for each packed one, beyond the first 64 MB: real tables stay under 50, bombs are past 1,000."""

MOST_FILES = 10_000
_FREE_BYTES = 64 * 1024**2
_CHUNK = 1024 * 1024


_DAMAGE = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, OSError, IndexError, ValueError)
"""What zipfile raises on broken archives."""


@dataclass(frozen=True, slots=True)
class Inner:
    """A file in a zip: the name under which it is stored, and the one a person reads."""

    real: str
    shown: str

    @property
    def suffix(self) -> str:
        return PurePosixPath(self.shown).suffix.lower()

    @property
    def stem(self) -> str:
        return PurePosixPath(self.shown).stem


def inner_files(path: Path) -> list[Inner]:
    """Files of a zip but for folders and what macOS adds."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    except _DAMAGE:
        raise _damaged() from None
    if len(entries) > MOST_FILES:
        raise UnreadableFile(zh="压缩包里的文件太多", en="The archive holds too many files")
    named = [Inner(entry.filename, _readable_name(entry)) for entry in entries]
    return [
        one
        for one in named
        if not one.shown.startswith("__MACOSX/") and not PurePosixPath(one.shown).name.startswith("._")
    ]


def _readable_name(entry: zipfile.ZipInfo) -> str:
    """Chinese Windows writes names in GBK without saying so; zipfile then reads them as CP437."""
    if entry.flag_bits & 0x800:
        return entry.filename
    try:
        raw = entry.filename.encode("cp437")
    except UnicodeEncodeError:
        return entry.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return entry.filename


def gunzipped(path: Path) -> tuple[Path, Path]:
    """(our folder, the file in it)."""
    folder = working_folder()
    target = folder / (path.stem or "file")
    try:
        with gzip.open(path) as packed, target.open("wb") as plain:
            _copy(packed, plain, _allowance(path.stat().st_size))
    except (OSError, EOFError, zlib.error):
        shutil.rmtree(folder, ignore_errors=True)
        raise UnreadableFile(zh="GZIP 文件已损坏或不完整", en="The gzip file is damaged or cut short") from None
    except UnreadableFile:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return folder, target


def extracted_member(path: Path, member: Inner) -> tuple[Path, Path]:
    return _extract(path, [member], member)


def unzipped(path: Path, *, beside: Inner) -> tuple[Path, Path]:
    """The file and those of the same stem in the same folder of the archive: a shapefile and its sidecars."""
    home, stem = PurePosixPath(beside.shown).parent, beside.stem.lower()
    family = [
        one
        for one in inner_files(path)
        if PurePosixPath(one.shown).parent == home and one.stem.lower().split(".")[0] == stem.split(".")[0]
    ]
    return _extract(path, family, beside)


def _extract(path: Path, members: Iterable[Inner], wanted: Inner) -> tuple[Path, Path]:
    folder = working_folder()
    left = _allowance(path.stat().st_size)
    try:
        with zipfile.ZipFile(path) as archive:
            for member in members:
                # file names inside are never used as paths: only their last part, in our own folder
                target = folder / PurePosixPath(member.shown.replace("\\", "/")).name
                with archive.open(member.real) as packed, target.open("wb") as plain:
                    left -= _copy(packed, plain, left)
    except _DAMAGE:
        shutil.rmtree(folder, ignore_errors=True)
        raise _damaged() from None
    except RuntimeError:  # zipfile's answer to a password
        shutil.rmtree(folder, ignore_errors=True)
        raise UnreadableFile(
            zh="压缩包有密码；请去掉密码再上传", en="The archive is locked with a password; take it off first"
        ) from None
    except UnreadableFile:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return folder, folder / PurePosixPath(wanted.shown.replace("\\", "/")).name


def _damaged() -> UnreadableFile:
    return UnreadableFile(
        zh="文件（ZIP 或 XLSX）已损坏或不完整", en="The file (a ZIP archive or XLSX) is damaged or cut short"
    )


def _allowance(packed_bytes: int) -> int:
    return min(MOST_BYTES, _FREE_BYTES + MOST_TIMES * packed_bytes)


class _Source(Protocol):
    def read(self, size: int, /) -> bytes: ...


class _Target(Protocol):
    def write(self, data: bytes, /) -> int: ...


def _copy(packed: _Source, plain: _Target, most: int) -> int:
    written = 0
    while chunk := packed.read(_CHUNK):
        written += len(chunk)
        if written > most:
            raise UnreadableFile(
                zh="压缩包解开后大得不合常理，没有读取",
                en="The archive unpacks to an unreasonable size; it was not read",
            )
        plain.write(chunk)
    return written


def check_unpacked_size(path: Path) -> None:
    """For formats that unpack themselves (XLSX): what the archive says its parts come to."""
    try:
        with zipfile.ZipFile(path) as archive:
            total = sum(entry.file_size for entry in archive.infolist())
    except _DAMAGE:
        raise _damaged() from None
    if total > _allowance(path.stat().st_size):
        raise UnreadableFile(
            zh="文件解开后大得不合常理，没有读取", en="The file unpacks to an unreasonable size; it was not read"
        )
