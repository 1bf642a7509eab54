"""Raw rows into clean columns: nothing is guessed; a repair is a named rule, and counted. Knows no database.

mapping = map_header(reader.header, kind.all_columns(), explicit={"theirs": "ours"}, shape=kind.geometry,
                     has_geometry=True, constants={"ours": "value"})
    # HeaderMap; BadHeader (a SpokenError) when a name is used twice, unknown, or a ratio we cannot turn round
    mapping.unknown     # list[Unknown(header, nearest: str | None)]: reported and kept out
    mapping.missing     # list[Column]: required, and neither in the file nor in `constants`
    mapping.given       # set[str]: our names that the file gives (others keep their value on re-import)
    mapping.notes       # list[Words]: inverted reciprocals, units converted
    mapping.needs_crs   # bool: lng/lat or wkt columns, or geometry in the file

cleaner = Cleaner(mapping, crs=Crs | None, extent=polygon | None, dates_are_serials=reader.dates_are_serials)
batch = cleaner.clean(raw)      # geo.importing.batch.Batch: clean values (None: unknown), geometry in storage
                                # (EPSG:4490, 2D, Multi* for polygons and lines), refusals and remarks; constants filled in
cleaner.repairs                 # Counter[Words]: what was mended, how often

rules = load_rules(path)        # a --rules file; see cleaning/rules.py
header = rules.header(reader.header)
raw = rules.apply(raw)          # before cleaning, on the file's own columns
rules.repairs, rules.dropped    # Counter[Words], int

stable_code(rows)               # --key: codes from a hash of the named columns
"""

from geo.importing.cleaning.cleaner import Cleaner, clean_column
from geo.importing.cleaning.header import BadHeader, Field, HeaderMap, Unknown, map_header
from geo.importing.cleaning.identifiers import stable_code
from geo.importing.cleaning.rules import BadRules, Rules, load_rules

__all__ = [
    "BadHeader",
    "BadRules",
    "Cleaner",
    "Field",
    "HeaderMap",
    "Rules",
    "Unknown",
    "clean_column",
    "load_rules",
    "map_header",
    "stable_code",
]
