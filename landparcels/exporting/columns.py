"""The columns of an exported parcel: all that an import of parcels reads, every indicator, and who says so.

What an import reads is called what the import calls it, so that a file loads again as it is; the rest (figures of the region
and the surroundings, names, area, source) is reported there as unknown and kept out.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Literal

from geo.categories import Hazard
from geo.importing.kinds import Column, Type, kind_named
from geo.unit_words import unit_in
from geo.words import Words
from landparcels.indicators import catalogue
from landparcels.models import Status, SupplyMode

Value = str | float | bool | date | None
Kind = Literal["text", "list", "number", "flag", "date"]

IDENTITY = ("code", "name", "status", "region", "region_name", "land_use", "land_use_name", "area_mu")
PROVENANCE = ("source", "as_of", "synthetic")
_KINDS: dict[Type, Kind] = {
    Type.INTEGER: "number",
    Type.DECIMAL: "number",
    Type.FLAG: "flag",
    Type.DATE: "date",
    Type.LIST: "list",
}
_LOOKUPS = {"region": "region_id"}
_YES_NO = {True: Words("是", "yes"), False: Words("否", "no")}


@dataclass(frozen=True, slots=True)
class ExportColumn:
    """`name` as the import calls it, `lookup` where a query of parcels finds it; `choices` are a code's words."""

    name: str
    zh: str
    lookup: str
    kind: Kind = "text"
    unit: str = "1"
    choices: Mapping[str, Words] = field(default_factory=dict)

    def header(self, *, english: bool) -> str:
        """`start_price (10k CNY/mu)` or 起始价（万元/亩）: a header that the import reads, unit and all."""
        unit = unit_in(self.unit, english=english)
        if english:
            return f"{self.name} ({unit})" if unit else self.name
        return f"{self.zh}（{unit}）" if unit else self.zh

    def plain(self, value: object) -> Value:
        """For files that keep types: text, number, truth, day; nothing known is None."""
        if value is None or value == "":
            return None
        if isinstance(value, list):
            return ";".join(value) or None
        if self.kind == "number":
            return float(value)  # type: ignore[arg-type]  # a number column
        return value if isinstance(value, bool | date) else str(value)

    def shown(self, value: object, *, english: bool) -> Value:
        """For tables that people read: choices and yes or no in words, which the import knows too."""
        plain = self.plain(value)
        if isinstance(plain, bool):
            words: Words | None = _YES_NO[plain]
        else:
            words = self.choices.get(plain) if isinstance(plain, str) else None
        if words is None:
            return plain
        return words.en if english else words.zh


def _words(choices: type[Status] | type[SupplyMode] | type[Hazard]) -> dict[str, Words]:
    return {choice.value: Words(*choice.label.split(" ", 1)) for choice in choices}


_CHOICES = {"status": _words(Status), "supply_mode": _words(SupplyMode), "hazard_max": _words(Hazard)}


def _imported(column: Column) -> ExportColumn:
    return ExportColumn(
        column.name,
        column.zh,
        _LOOKUPS.get(column.name, column.name),
        _KINDS.get(column.type, "text"),
        column.unit or "1",
        _CHOICES.get(column.name, {}),
    )


@cache
def export_columns() -> tuple[ExportColumn, ...]:
    """What it is, on which terms, all indicators group by group, who says so."""
    known = {column.name: _imported(column) for column in kind_named("parcels").columns}
    known |= {
        "region_name": ExportColumn("region_name", "行政区名称", "region__name"),
        "land_use_name": ExportColumn("land_use_name", "用途名称", "land_use"),
        "area_mu": ExportColumn("area_mu", "面积", "area_mu", "number", "mu"),
        "source": ExportColumn("source", "数据来源", "source__name"),
        "as_of": ExportColumn("as_of", "数据日期", "source__as_of", "date"),
        "synthetic": ExportColumn("synthetic", "模拟数据", "source__synthetic", "flag"),
    }
    for code, indicator in catalogue().items():
        known.setdefault(code, ExportColumn(code, indicator.zh, code, "number", indicator.unit))
    terms = [name for name in known if name not in {*IDENTITY, *PROVENANCE, *catalogue()}]
    return tuple(known[name] for name in (*IDENTITY, *terms, *catalogue(), *PROVENANCE))
