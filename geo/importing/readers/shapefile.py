"""Shapefiles with what people forget: .shx rebuilt, .dbf asked for, .prj and .cpg missed in words, GBK recognised."""

import shutil
from pathlib import Path

import pyogrio

from geo.importing.readers.base import UnreadableFile, working_folder
from geo.importing.readers.vector import DAMAGE, VectorReader, quiet
from geo.words import Words, say

_SAMPLE_RECORDS = 20_000


def open_shapefile(path: Path, *, encoding: str | None = None) -> VectorReader:
    """`path` is the .shp or any of its sidecars; nothing is ever written beside it."""
    family = {part.suffix.lower(): part for part in path.parent.iterdir() if part.stem.lower() == path.stem.lower()}
    shape = family.get(".shp") or (path if path.suffix.lower() not in (".dbf", ".shx", ".prj", ".cpg") else None)
    if shape is None:
        raise UnreadableFile(
            zh="缺少 .shp 文件；请把 .shp、.shx、.dbf、.prj 一起打成 ZIP",
            en="The .shp file is missing; put .shp, .shx, .dbf and .prj together in one ZIP",
        )
    table = family.get(".dbf")
    if table is None:
        raise UnreadableFile(
            zh="缺少 .dbf 文件（属性表）；请把 .shp、.shx、.dbf、.prj 一起打成 ZIP",
            en="The .dbf file with the attributes is missing; put .shp, .shx, .dbf and .prj together in one ZIP",
        )
    _check_whole(shape, table)
    notes: list[Words] = []
    chosen = encoding or _named_encoding(family.get(".cpg"))
    if chosen is None:
        chosen = _detected_encoding(table)
        if chosen == "GB18030":
            notes.append(
                say(zh="没有 .cpg，属性按 GB18030 读取", en="There is no .cpg; attributes were read as GB18030")
            )
    # a copy under plain names: GDAL looks for lower-case suffixes, and rebuilds a lost index on the spot
    folder = working_folder()
    for suffix in (".shp", ".shx", ".dbf", ".prj"):
        if suffix in family or suffix == ".shp":
            _link(shape if suffix == ".shp" else family[suffix], folder / f"layer{suffix}")
    try:
        if ".shx" not in family:
            _rebuild_index(folder)
            notes.append(say(zh="没有 .shx，索引已重建", en="There is no .shx; the index was rebuilt"))
        reader = VectorReader(folder / "layer.shp", encoding=chosen)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    if ".prj" not in family:
        reader.crs = None
        notes.append(
            say(zh="没有 .prj，坐标系要另外指明", en="There is no .prj: the coordinate system has to be named")
        )
    reader.notes.extend(notes)
    return reader.owns(folder)


def _check_whole(shape: Path, table: Path) -> None:
    """Both headers say how long their files are; GDAL would read what is there and fill up with nothing."""
    with shape.open("rb") as file:
        words = int.from_bytes(file.read(28)[24:28], "big")
    if not 50 <= words <= shape.stat().st_size // 2:
        raise _cut(".shp")
    with table.open("rb") as file:
        head = file.read(32)
    records, header_bytes, record_bytes = (
        int.from_bytes(head[start:end], "little") for start, end in ((4, 8), (8, 10), (10, 12))
    )
    if (
        len(head) < 32
        or header_bytes < 33
        or not record_bytes
        or header_bytes + records * record_bytes > table.stat().st_size
    ):
        raise _cut(".dbf")


def _cut(suffix: str) -> UnreadableFile:
    return UnreadableFile(
        zh=f"{suffix} 文件不完整或已损坏；请重新导出", en=f"The {suffix} file is cut short or damaged; export it again"
    )


def _link(source: Path, target: Path) -> None:
    target.symlink_to(source.resolve())


def _rebuild_index(folder: Path) -> None:
    """GDAL writes layer.shx into our folder."""
    pyogrio.set_gdal_config_options({"SHAPE_RESTORE_SHX": True})
    try:
        with quiet():
            pyogrio.read_info(folder / "layer.shp")
    except DAMAGE:
        raise UnreadableFile(zh=".shp 文件已损坏", en="The .shp file is damaged") from None
    finally:
        pyogrio.set_gdal_config_options({"SHAPE_RESTORE_SHX": None})


def _named_encoding(sidecar: Path | None) -> str | None:
    if sidecar is None:
        return None
    name = sidecar.read_bytes()[:40].decode("ascii", "ignore").strip().upper().replace("-", "")
    if name in ("UTF8", "65001"):
        return "UTF-8"
    if name in ("GBK", "GB2312", "GB18030", "936", "CP936", "OEM 936", "ANSI 936"):
        return "GB18030"
    return name.lower() or None if _is_codec(name) else None


def _is_codec(name: str) -> bool:
    import codecs

    try:
        codecs.lookup(name)
    except LookupError:
        return False
    return True


def _detected_encoding(table: Path) -> str:
    """What the text fields of the first records decode as; the trailing half of a cut character is forgiven."""
    with table.open("rb") as file:
        head = file.read(32)
        header_bytes, record_bytes = int.from_bytes(head[8:10], "little"), int.from_bytes(head[10:12], "little")
        names = file.read(header_bytes - 32)
        records = file.read(record_bytes * _SAMPLE_RECORDS)
    fields = [names[at : at + 32] for at in range(0, len(names) - 31, 32) if names[at] != 0x0D]
    texts = [field[:11].split(b"\x00")[0] for field in fields]
    for start in range(0, len(records), record_bytes):
        at = start + 1
        for field in fields:
            if field[11:12] == b"C":
                texts.append(records[at : at + field[16]].rstrip(b" \x00"))
            at += field[16]
    beyond = [text for text in texts if not text.isascii()]
    for encoding in ("utf-8", "gb18030"):
        if all(_decodes(text, encoding) for text in beyond):
            return encoding.upper()
    raise UnreadableFile(
        zh=".dbf 既不是 UTF-8 也不是 GB18030 编码；请用 --encoding 指明",
        en="The .dbf is neither UTF-8 nor GB18030; name its encoding (--encoding)",
    )


def _decodes(text: bytes, encoding: str) -> bool:
    for cut in range(3 if encoding == "utf-8" else 2):
        try:
            text[: len(text) - cut].decode(encoding)
        except UnicodeDecodeError:
            continue
        return True
    return False
