"""Files into rows, whatever their format. Knows nothing of kinds, databases or what a column means.

    with open_table(path, encoding=None, layer=None) as reader:
        reader.header             # list[str]: column names as the file has them
        reader.crs                # "EPSG:4549" | None: for geo.crs.parse; a GeoJSON without `crs` member names none
        reader.total              # rows, or None
        reader.notes              # list[Words]: what a person should know (encoding found, columns left out)
        reader.dates_are_serials  # True for spreadsheets alone
        for batch in reader.batches(size=50_000):
            batch.columns         # dict[header, list[str | int | float | bool | date | datetime | None]]
            batch.geometry        # numpy array of shapely geometries and None, in the file's system | None: no geometry
            batch.numbers         # row numbers as a person sees them
            batch.faults          # dict[index in the batch, Words]: rows that could not be read (ragged, broken)

Anything that stops reading is `UnreadableFile` (a `SpokenError`), with words that say what to do. The format is judged by
content, not by suffix: CSV/TSV, XLSX/XLS/ODS, GeoJSON (collections, bare geometries, sequences), a JSON list of objects,
GeoPackage, Shapefile (zip or with sidecars), FlatGeobuf, (Geo)Parquet, OSM PBF (choose a layer), and each of them gzipped or alone in a zip.
"""

from geo.importing.readers.base import BATCH, RawBatch, Reader, UnreadableFile, sha256_of
from geo.importing.readers.opening import open_table

__all__ = ["BATCH", "RawBatch", "Reader", "UnreadableFile", "open_table", "sha256_of"]
