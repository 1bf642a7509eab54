"""Which format a file is in, judged by its first bytes, and the reader for it."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from geo.importing.readers.base import Reader, UnreadableFile
from geo.importing.readers.delimited import DelimitedReader
from geo.importing.readers.geojson import open_json
from geo.importing.readers.geoparquet import ParquetReader
from geo.importing.readers.packed import extracted_member, gunzipped, inner_files, unzipped
from geo.importing.readers.shapefile import open_shapefile
from geo.importing.readers.spreadsheet import SpreadsheetReader
from geo.importing.readers.vector import VectorReader
from geo.words import say

_SIDECARS = (".dbf", ".shx", ".prj", ".cpg")
_READABLE = (".csv", ".tsv", ".txt", ".xlsx", ".xls", ".geojson", ".json", ".gpkg", ".fgb", ".parquet", ".geojsonl")
_FOREIGN = {
    b"%PDF": "PDF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"Rar!": "RAR",
    b"7z\xbc\xaf": "7z",
    b"II*\x00": "TIFF",
    b"MM\x00*": "TIFF",
    b"AC10": "DWG",
    b"\x7fELF": "ELF",
}


def open_table(path: Path | str, *, encoding: str | None = None, layer: str | None = None) -> Reader:
    """The reader for a file. `encoding` is for text and shapefiles, `layer` names a layer, sheet or file inside."""
    return _open(Path(path), encoding, layer)


def _open(file: Path, encoding: str | None, layer: str | None, *, unpacked: bool = False) -> Reader:
    """`unpacked`: it lay in an archive; in there is no other, or a few bytes could grow again and again."""
    if file.is_dir() and file.suffix.lower() == ".gdb":
        return VectorReader(file, layer=layer)
    if not file.is_file():
        raise UnreadableFile(zh=f"找不到文件 {file.name}", en=f"There is no file {file.name}")
    with file.open("rb") as opened:
        head = opened.read(4096)
    if not head:
        raise UnreadableFile(zh="文件是空的", en="The file is empty")
    if head[:2] == b"\x1f\x8b":
        if unpacked:
            raise _packed_twice()
        folder, inner = gunzipped(file)
        return _held(folder, lambda: _open(inner, encoding, layer, unpacked=True))
    if head[:4] == b"PK\x03\x04":
        return _open_zip(file, encoding, layer, unpacked=unpacked)
    if file.suffix.lower() in _SIDECARS or head[:4] == b"\x00\x00\x27\x0a":
        return open_shapefile(file, encoding=encoding)
    if head[:16] == b"SQLite format 3\x00":
        return _open_sqlite(file, layer)
    if head[:3] == b"fgb":
        return VectorReader(file, layer=None)
    if b"OSMHeader" in head[:32]:
        return VectorReader(file, layer=layer)
    if head[:4] == b"PAR1":
        return ParquetReader(file)
    if head[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        return SpreadsheetReader(file, sheet=layer)
    _refuse_foreign(head)
    if head.lstrip(b"\xef\xbb\xbf\x1e \t\r\n")[:1] in (b"{", b"["):
        return open_json(file)
    return DelimitedReader(file, encoding=encoding)


def _refuse_foreign(head: bytes) -> None:
    foreign = next((name for magic, name in _FOREIGN.items() if head.startswith(magic)), None)
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:400].lower()
    if b"<kml" in text:
        foreign = "KML"
    elif text.startswith((b"<!doctype html", b"<html")):
        foreign = "HTML"
    elif text.startswith(b"<?xml"):
        foreign = "XML"
    if foreign:
        raise UnreadableFile(
            zh=f"这是 {foreign} 文件，不能导入；请存成 CSV、XLSX、GeoJSON、GeoPackage 或 Shapefile",
            en=f"This is a {foreign} file and cannot be imported; save it as CSV, XLSX, GeoJSON, GeoPackage or Shapefile",
        )


def _open_sqlite(file: Path, layer: str | None) -> Reader:
    with closing(sqlite3.connect(f"file:{quote(str(file))}?mode=ro", uri=True)) as database:
        try:
            found = database.execute("SELECT count(*) FROM sqlite_master WHERE name = 'gpkg_contents'").fetchone()
        except (sqlite3.DatabaseError, UnicodeDecodeError):
            found = (0,)
    if not found[0]:
        raise UnreadableFile(
            zh="这是 SQLite 数据库，但不是 GeoPackage，或者已损坏",
            en="This is an SQLite database but not a GeoPackage, or it is damaged",
        )
    return VectorReader(file, layer=layer)


def _open_zip(file: Path, encoding: str | None, layer: str | None, *, unpacked: bool) -> Reader:
    """A spreadsheet is a zip itself; else one shapefile or one other readable file must lie inside."""
    names = inner_files(file)
    plain = {name.real for name in names}
    if any(name.startswith("xl/workbook") for name in plain) or "content.xml" in plain:
        return SpreadsheetReader(file, sheet=layer)
    if unpacked:
        raise _packed_twice()
    shapes = [name for name in names if name.suffix == ".shp"]
    others = [name for name in names if name.suffix in _READABLE]
    found = shapes or others
    if len(found) > 1 and layer:
        found = [name for name in found if layer in (name.shown, name.stem)]
    if len(found) != 1:
        raise _not_one([name.shown for name in shapes or others], layer)
    if shapes:
        folder, inner = unzipped(file, beside=found[0])
        return _held(folder, lambda: open_shapefile(inner, encoding=encoding))
    folder, inner = extracted_member(file, found[0])
    reader = _held(folder, lambda: _open(inner, encoding, layer, unpacked=True))
    reader.notes.append(say(zh=f"读取压缩包中的 {found[0].shown}", en=f"Read {found[0].shown} in the archive"))
    return reader


def _held(folder: Path, opened: Callable[[], Reader]) -> Reader:
    """The reader of an unpacked copy, which goes when the reader goes, or at once when there is none."""
    try:
        return opened().owns(folder)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _packed_twice() -> UnreadableFile:
    return UnreadableFile(
        zh="压缩包里还是压缩包；请先解开一层再导入",
        en="The archive holds another archive; unpack it once, then import it",
    )


def _not_one(names: list[str], layer: str | None) -> UnreadableFile:
    if not names:
        return UnreadableFile(
            zh="压缩包里没有可读取的文件（.shp、.gpkg、.geojson、.csv、.xlsx 等）",
            en="The archive holds no readable file (.shp, .gpkg, .geojson, .csv, .xlsx and so on)",
        )
    listed = ", ".join(sorted(names))
    if layer:
        return UnreadableFile(
            zh=f"压缩包里没有“{layer}”；有：{listed}", en=f"The archive has no “{layer}”; it has: {listed}"
        )
    return UnreadableFile(
        zh=f"压缩包里有多个文件，请选一个（--layer 名称）：{listed}",
        en=f"The archive holds several files; choose one (--layer NAME): {listed}",
    )
