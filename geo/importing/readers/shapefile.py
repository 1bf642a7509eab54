"""Shapefiles with what people forget: .shx rebuilt, .dbf asked for, .prj and .cpg missed in words, GBK recognised."""

import shutil
from pathlib import Path

import pyogrio

from geo.importing.readers import dbase
from geo.importing.readers.base import UnreadableFile, working_folder
from geo.importing.readers.vector import DAMAGE, VectorReader, quiet
from geo.words import Words, say


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
    chosen = encoding or _encoding(table, family.get(".cpg"), notes)
    # a copy under plain names: GDAL looks for lower-case suffixes, and rebuilds a lost index on the spot
    folder = working_folder()
    for suffix in (".shp", ".shx", ".dbf", ".prj"):
        if suffix in family or suffix == ".shp":
            _link(shape if suffix == ".shp" else family[suffix], folder / f"layer{suffix}")
    try:
        dbase.mend_names(folder / "layer.dbf", chosen)
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


def _encoding(table: Path, sidecar: Path | None, notes: list[Words]) -> str:
    """What the .cpg says, where the attributes bear it out; else what they decode as, which is told."""
    named = dbase.named_encoding(sidecar)
    texts = dbase.sample(table)
    if named is not None and dbase.fits(texts, named):
        return named
    found = dbase.detected_encoding(texts)
    if named is not None:
        notes.append(
            say(
                zh=f".cpg 写的是 {named}，属性其实是 {found}",
                en=f"The .cpg says {named}, but the attributes are {found}",
            )
        )
    elif found == "GB18030":
        notes.append(say(zh="没有 .cpg，属性按 GB18030 读取", en="There is no .cpg; attributes were read as GB18030"))
    return found


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
