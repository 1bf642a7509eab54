"""Parcels as a file: XLSX, CSV, GeoJSON, GeoPackage or Shapefile, each of which `load parcels` reads again (FORMATS).

Text is streamed as it leaves the database; what GDAL and spreadsheets write needs a file first, which is gone once sent.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO, Literal, get_args

from django.conf import settings

from accounts.rights import Person
from geo.crs import STORAGE, WGS84, Crs
from geo.errors import BadParameter
from landparcels.exporting import delimited, geojson, spreadsheet, tables, vector
from landparcels.exporting.columns import ExportColumn, export_columns, template_columns
from landparcels.exporting.crs import crs_of
from landparcels.exporting.rows import Rows, batches
from landparcels.querysets import ParcelQuerySet

Format = Literal["xlsx", "csv", "geojson", "gpkg", "shp"]
FORMATS: tuple[Format, ...] = get_args(Format)
Encoding = Literal["UTF-8", "GBK"]
ENCODINGS: tuple[Encoding, ...] = get_args(Encoding)

_CONTENT_TYPES: dict[Format, str] = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "geojson": "application/geo+json",
    "gpkg": "application/geopackage+sqlite3",
    "shp": "application/zip",
}
_CHUNK = 256 * 1024


@dataclass(frozen=True, slots=True)
class Export:
    """`content` is read once, piece by piece."""

    file_name: str
    content_type: str
    content: Iterator[bytes]


def export(
    parcels: ParcelQuerySet,
    format: str,
    crs: str,
    *,
    on: date,
    english: bool,
    person: Person | None = None,
    encoding: str = "",
) -> Export:
    """Refuses in words what it does not know and what is more than one file should hold.

    `encoding` is that of a Shapefile's texts: UTF-8, or GBK for older programs.
    """
    wanted = _format(format)
    _check_size(parcels)
    system = _system(wanted, crs, parcels)
    texts = _encoding(wanted, encoding)
    columns = export_columns(person, parcels)
    found = batches(parcels, columns, system, english=english)
    suffix = "zip" if wanted == "shp" else wanted
    name = f"parcels-{on.isoformat()}-{system.name.replace(':', '')}.{suffix}"
    content = _content(wanted, columns, found, system, english=english, encoding=texts)
    return Export(name, _CONTENT_TYPES[wanted], content)


def template(*, english: bool) -> Export:
    """An empty XLSX that the import reads once it is filled."""
    name = "parcels-template.xlsx" if english else "parcels-template-zh.xlsx"
    with TemporaryDirectory(prefix="luodi-template-") as folder:
        path = Path(folder) / name
        columns = template_columns()
        spreadsheet.write(path, columns, tables.headers(columns, english=english), (), english=english, notes=True)
        return Export(name, _CONTENT_TYPES["xlsx"], _pieces(path.open("rb")))


def _format(text: str) -> Format:
    for known in FORMATS:
        if text == known:
            return known
    names = ", ".join(FORMATS)
    raise BadParameter(
        "format",
        zh=f"不能导出为“{text[:20]}”；可用：{names}。" if text else f"请用 format 指明格式：{names}。",
        en=f"Cannot export as {text[:20]}; known: {names}." if text else f"Name a format: {names}.",
    )


def _encoding(format: Format, text: str) -> Encoding:
    for known in ENCODINGS:
        if text.upper() == known or not text:
            if format != "shp" and text:
                break
            return known
    if format != "shp":
        raise BadParameter(
            "encoding",
            zh="只有 Shapefile 可以选择字符编码；其他格式都是 UTF-8。",
            en="Only a Shapefile's encoding can be chosen; the other formats are UTF-8.",
        )
    names = ", ".join(ENCODINGS)
    raise BadParameter(
        "encoding",
        zh=f"不能用编码“{text[:20]}”；可用：{names}。",
        en=f"There is no encoding {text[:20]}; known: {names}.",
    )


def _check_size(parcels: ParcelQuerySet) -> None:
    most = settings.LARGEST_EXPORT
    count = parcels.order_by().count()
    if count > most:
        raise BadParameter(
            "format",
            zh=f"共 {count:,} 宗，一次最多导出 {most:,} 宗；请按区域或指标筛选后分次导出。",
            en=f"These are {count:,} parcels, one export holds at most {most:,}; narrow them by region or indicator.",
        )


def _system(format: Format, text: str, parcels: ParcelQuerySet) -> Crs:
    """GeoJSON has one system only; the others are in storage's unless something else is asked for."""
    system = crs_of(text, parcels) if text else STORAGE
    if format != "geojson":
        return system
    if system not in (STORAGE, WGS84):
        raise BadParameter(
            "crs",
            zh="GeoJSON 只有经纬度（CRS84）；要用平面坐标请导出 GeoPackage 或 Shapefile。",
            en="GeoJSON is in degrees (CRS84); for metres export GeoPackage or Shapefile.",
        )
    return WGS84


def _content(
    format: Format,
    columns: Sequence[ExportColumn],
    found: Iterable[Rows],
    crs: Crs,
    *,
    english: bool,
    encoding: Encoding,
) -> Iterator[bytes]:
    if format == "geojson":
        return geojson.written(found)
    headers = tables.headers(columns, english=english)
    if format == "csv":
        return delimited.written(headers, tables.lines(found, crs, english=english))
    with TemporaryDirectory(prefix="luodi-export-") as folder:
        path = Path(folder) / f"export.{format}"
        if format == "xlsx":
            lines = tables.lines(found, crs, english=english)
            spreadsheet.write(path, columns, headers, lines, english=english)
        elif format == "gpkg":
            vector.write_geopackage(path, columns, found, crs)
        else:
            vector.write_shapefile(path, columns, found, crs, encoding)
        return _pieces(path.open("rb"))  # open, so that it can be read when its folder is gone


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    with file:
        while piece := file.read(_CHUNK):
            yield piece
