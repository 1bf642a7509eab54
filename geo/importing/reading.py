"""How the rows of a file are read as rows of a kind: which column is which, where they lie, how cells are cleaned.

The load and its preview read alike.
"""

from collections.abc import Sequence

from accounts.rights import Person, may_convert_offset
from geo import crs as systems
from geo.errors import NotAllowed
from geo.importing import cleaning
from geo.importing.errors import ImportRefused
from geo.importing.extent import deployment_extent
from geo.importing.kinds import Kind, Type
from geo.importing.options import Options
from geo.importing.readers import RawBatch, Reader


def mapping_of(kind: Kind, reader: Reader, header: Sequence[str], options: Options) -> "cleaning.HeaderMap":
    """`header` is the reader's, or what rules made of it; a code that `--key` makes counts as given."""
    keyed = [*header, kind.key[0]] if options.key and kind.key[0] not in header else list(header)
    return cleaning.map_header(
        keyed,
        kind.all_columns(),
        explicit=options.mapping,
        shape=kind.geometry,
        has_geometry=reader.has_geometry,
        constants=options.constants,
    )


def crs_of(named: str, by: Person | None) -> systems.Crs:
    """Raises NotAllowed where coordinates would be converted for somebody without that right; None is the system itself."""
    crs = systems.parse(named)
    if crs.is_offset and by is not None and not may_convert_offset(by):
        raise NotAllowed(
            zh=f"将 {crs.name} 坐标转换为国家坐标需要单独授权；请联系管理员。",
            en=f"Converting {crs.name} coordinates needs a right of its own; ask the administrator.",
        )
    return crs


def cleaner_of(
    kind: Kind, reader: Reader, mapping: "cleaning.HeaderMap", crs: systems.Crs | None
) -> "cleaning.Cleaner":
    """Rows lie within the deployment; regions, which say where that is, may lie anywhere."""
    return cleaning.Cleaner(
        mapping,
        crs=crs,
        extent=deployment_extent() if mapping.needs_crs and kind.name != "regions" else None,
        dates_are_serials=reader.dates_are_serials,
        geometry_required=kind.geometry_required,
    )


def give_codes(kind: Kind, raw: RawBatch, options: Options) -> None:
    """With `--key` a row's code is the hash of the cells named there."""
    if not options.key:
        return
    missing = [name for name in options.key if name not in raw.columns]
    if missing:
        raise ImportRefused(
            zh=f"--key 中的列不存在：{'、'.join(missing)}；文件有：{'、'.join(raw.columns)}。",
            en=f"--key names columns that are not there: {', '.join(missing)}; the file has: {', '.join(raw.columns)}.",
        )
    codes = cleaning.stable_code(zip(*(raw.columns[name] for name in options.key), strict=True))
    is_firm = any(column.name == kind.key[0] and column.type is Type.USCC for column in kind.columns)
    raw.columns[kind.key[0]] = [code and f"local:{code}" for code in codes] if is_firm else list(codes)
