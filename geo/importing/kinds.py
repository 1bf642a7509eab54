"""What can be imported: one declaration per kind, made by the room that owns the table."""

import pkgutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from enum import Enum
from importlib import import_module
from typing import TYPE_CHECKING

from django.db import models

from geo.words import SpokenError, say

if TYPE_CHECKING:
    from geo.importing.batch import Batch
    from geo.importing.load import Load


class Type(Enum):
    """How the values of a column are cleaned (geo.importing.cleaning)."""

    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    SHARE = "share"
    """0..1"""
    DATE = "date"
    FLAG = "flag"
    CHOICE = "choice"
    LIST = "list"
    """Texts separated by `;` or `；`."""
    CODE = "code"
    """An identifier: leading zeros stay, 370200.0 of a spreadsheet is mended."""
    ADCODE = "adcode"
    USCC = "uscc"
    INDUSTRY = "industry"
    """GB/T 4754, two to four digits."""
    CELL = "cell"
    """H3 cell, hexadecimal text; loaded as a signed 64-bit integer."""


class Shape(Enum):
    """The geometry a kind wants."""

    POINT = "point"
    LINE = "line"
    POLYGON = "polygon"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a template: our name, the Chinese header that is accepted too, and how its values are cleaned.

    `low` and `high` bound the sane range, inclusive; `unit` is what the number is stored in; `choices` maps each
    accepted spelling to the code stored; `also` are further headers that are accepted; `db` is the model column (default:
    the same name; "" when `prepare` uses it up).
    """

    name: str
    zh: str = ""
    type: Type = Type.TEXT
    required: bool = False
    unit: str | None = None
    low: float | None = None
    high: float | None = None
    choices: dict[str, str] = field(default_factory=dict)
    longest: int | None = None
    reciprocal_of: str | None = None
    db: str | None = None
    also: tuple[str, ...] = ()
    in_template: bool = True
    """False: read where a file has it, but not among the columns that people are offered."""

    @property
    def target(self) -> str:
        return self.name if self.db is None else self.db


@dataclass(frozen=True, slots=True)
class Kind:
    """How one kind of FORMATS.md is read and where it goes.

    - `key`: columns (our names) that identify a row; a later row with the same key in one file is rejected.
    - `conflict`: the model columns of the unique constraint behind the key (default: targets of `key`).
    - `geometry`, `geometry_column`: the shape wanted and the model column; `geometry_required`.
    - `prepare(batch, load)`: looks things up and judges what single values cannot say: rejects rows, adds, renames or
      drops columns of the batch, so that its columns are model columns afterwards.
    - `before(load)` / `after(load)`: within the transaction, before the first and after the last row.
    - `last_stands`: of rows with one key the last is loaded and the earlier are reported, instead of refusing the later.
    - `citywide`: rows belong to no region, so only a role that holds everywhere may load them.
    - `replaces_source`: a re-import under the same source name replaces that source's rows (roads).
    """

    name: str
    zh: str
    en: str
    model: type[models.Model]
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    geometry: Shape | None = None
    geometry_column: str = "place"
    geometry_required: bool = True
    conflict: tuple[str, ...] | None = None
    prepare: "Callable[[Batch, Load], None] | None" = None
    before: "Callable[[Load], None] | None" = None
    after: "Callable[[Load], None] | None" = None
    replaces_source: bool = False
    last_stands: bool = False
    citywide: bool = False
    extra_columns: Callable[[], Sequence[Column]] | None = None
    """Columns that a city declared for itself, read when an import starts."""

    def all_columns(self) -> tuple[Column, ...]:
        return (*self.columns, *(self.extra_columns() if self.extra_columns else ()))


def short_name(name: str) -> str:
    """The ten letters of a Shapefile's field: `investment_intensity_min` is `invint_min`. Our exports use it, imports know it."""
    if len(name) <= 10:
        return name
    *first, last = name.split("_")
    return f"{''.join(part[:3] for part in first)[:6]}_{last[:3]}" if first else name[:10]


class UnknownKind(SpokenError):
    pass


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> Kind:
    if kind.name in _kinds:
        raise ValueError(f"kind {kind.name} is registered twice")
    _kinds[kind.name] = kind
    return kind


def register_modules(package: str) -> None:
    """Import every module of a room's `importers` package; each registers its kinds."""
    for module in pkgutil.iter_modules(import_module(package).__path__):
        import_module(f"{package}.{module.name}")


def kinds() -> Iterable[Kind]:
    return _kinds.values()


def kind_named(name: str) -> Kind:
    try:
        return _kinds[name]
    except KeyError:
        known = ", ".join(sorted(_kinds))
        raise UnknownKind(
            say(zh=f"没有“{name}”这种数据；可用的有：{known}。", en=f"There is no kind {name}; there are: {known}.")
        ) from None
